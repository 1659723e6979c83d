"""A trial that is handed over to the workspace in which it can be seen step by step."""

from collections.abc import Mapping

from landscape.search.objectives import NetworkRun, trained
from landscape.session.offers import Offer, RunOffer, TrainingOffer
from landscape.session.search.document import Study


def trial_offer(study: Study, values: Mapping[str, float]) -> Offer:
    """Return the run or the training that a trial with these values is."""
    objective = study.objective
    if isinstance(objective, NetworkRun):
        network, training = trained(objective, values)
        return TrainingOffer(
            data=objective.data,
            network=network,
            rule=training.rule,
            schedule=training.schedule,
            steps=training.steps,
            batch_size=training.batch_size,
        )
    return RunOffer(
        surface=study.surface,
        rule=study.rule.with_values(**values),
        schedule=study.schedule,
        start=study.start,
        steps=study.steps,
    )
