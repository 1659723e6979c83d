"""A run of a descent as a PyTorch script."""

from landscape.descent.pytorch import pytorch_script
from landscape.scene.descent.run_questions import trajectory_question
from landscape.session.descent.document import Descent, Run


def run_script(descent: Descent, run: Run) -> str:
    """Return the script that makes the steps of ``run``."""
    asked = trajectory_question(descent, run)
    return pytorch_script(
        asked.surface, asked.rule, asked.start, asked.steps,
        schedule=asked.schedule, noise=asked.noise, batch_size=asked.batch_size, seed=asked.seed, state=asked.state,
    )  # fmt: skip
