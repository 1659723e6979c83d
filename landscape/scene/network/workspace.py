"""What the scenes know of the workspace of the networks."""

from typing import TYPE_CHECKING

from landscape.network.data.datasets import DATASETS
from landscape.scene.answers import Answers
from landscape.scene.workspaces import ScenePart
from landscape.session.network.document import Experiment
from landscape.translation import Translation


def _described(experiment: Experiment, answers: Answers, say: Translation, step: float | None) -> tuple[str, ...]:
    from landscape.scene.network.questions import recording_questions
    from landscape.scene.network.text import race_sentence, twin_names

    first, second = twin_names(experiment, say)
    data = say.pick(DATASETS[experiment.data.name].titles)
    recordings = [answers.so_far(question) for question in recording_questions(experiment)]
    at = float(experiment.steps) if step is None else step
    return (
        say("Two networks in training on {data}: {first}, and {second}.", data=data, first=first, second=second),
        race_sentence(experiment, recordings, at, say),
    )


if TYPE_CHECKING:
    from landscape.scene.measures import Measures


def _measures() -> "Measures[Experiment]":
    # Loaded with the first lesson.
    from landscape.scene.network.measures import MEASURES

    return MEASURES


WORKSPACE: ScenePart[Experiment] = ScenePart(
    title=lambda experiment, say: say.pick(DATASETS[experiment.data.name].titles),
    measures=_measures,
    described=_described,
)
