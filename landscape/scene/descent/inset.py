"""The data of a data surface, with the model of every run drawn through them."""

from collections.abc import Sequence

import numpy as np

from landscape.scene.answers import Answers
from landscape.scene.descent.run_questions import PredictionQuestion, model_inputs, trajectory_question
from landscape.scene.identity import kept
from landscape.scene.question import Array
from landscape.scene.scene import Inset, Path, Scene
from landscape.session.descent.document import Descent


def inset(descent: Descent, answers: Answers, paths: Sequence[Path], previous: Scene | None) -> Inset | None:
    """Return the inset of a surface with data, None for others; ``paths`` are those of the new scene."""
    surface = descent.surface
    if not surface.data:
        return None
    inputs = model_inputs(surface, descent.steps)
    earlier = _earlier(previous, inputs)
    return kept(
        previous.inset if previous else None,
        Inset(
            input_name=surface.columns[0],
            target_name=surface.columns[-1],
            points=surface.data_array[[0, -1]].T,
            inputs=inputs,
            predictions=tuple(_predictions(descent, answers, path, inputs, earlier) for path in paths),
        ),
    )


def _predictions(descent: Descent, answers: Answers, path: Path, inputs: Array, earlier: dict[int, Array]) -> Array:
    """Return the model along a path; of a pending path what was shown before, or gaps."""
    if path.pending or not len(inputs):
        gaps = np.full((len(path.points), len(inputs)), np.nan)
        old = earlier.get(path.run, gaps)
        return old if old.shape == gaps.shape else gaps
    question = trajectory_question(descent, descent.run_of(path.run))
    return answers.compute(PredictionQuestion(trajectory=question))


def _earlier(previous: Scene | None, inputs: Array) -> dict[int, Array]:
    """Return the predictions of the previous scene by the run of their path, if they are at the same inputs."""
    if previous is None or previous.inset is None or not np.array_equal(previous.inset.inputs, inputs):
        return {}
    return {path.run: values for path, values in zip(previous.paths, previous.inset.predictions, strict=True)}
