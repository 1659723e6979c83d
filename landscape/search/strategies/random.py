"""Random search: every trial is drawn from the whole space, whatever the others were (Bergstra & Bengio 2012)."""

from landscape.search.strategies.asking import Asking, Plan, whole_runs


def random(plan: Plan) -> Asking:
    """Ask for independent trials."""
    yield whole_runs(plan, plan.draw(plan.trials))
