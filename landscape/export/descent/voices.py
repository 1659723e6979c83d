"""What is heard of a descent: the run that is explained, else the first one that is seen."""

import numpy as np

from landscape.export.settings import Settings
from landscape.export.sound import Voice
from landscape.scene.answers import Answers
from landscape.scene.descent.run_questions import trajectory_question
from landscape.scene.descent.step_strip import explaining
from landscape.session.descent.document import Descent


def voices(descent: Descent, settings: Settings, answers: Answers) -> tuple[Voice, ...]:
    """Return the loss along the run, from the side of the surface on which it is.

    There is nothing where no run is seen, and in a film of a parameter, which has no steps.
    """
    told = explaining(descent, settings.run)
    run = next((run for run in told.runs if run.visible and run.id == told.explained), None)
    if run is None or descent.animation is not None:
        return ()
    trajectory = answers.compute(trajectory_question(descent, run))
    (left, right), _ = settings.view or descent.surface.domain
    sides = 2 * (trajectory.points[:, 0] - left) / (right - left) - 1
    steps = np.arange(len(trajectory.losses), dtype=float)
    return (Voice(steps=steps, losses=np.asarray(trajectory.losses, dtype=float), sides=np.clip(sides, -1, 1)),)
