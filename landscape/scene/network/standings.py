"""How both networks do at a step, as lines of a table."""

import math
from collections.abc import Sequence

import numpy as np

from landscape.network.training.recording import Recording
from landscape.scene.network.text import recording_note, twin_names
from landscape.scene.palette import TWIN_COLORS
from landscape.scene.standings import Heading, Row
from landscape.scene.text import number
from landscape.session.network.document import Experiment
from landscape.translation import Translation


def standing_headings(experiment: Experiment, say: Translation) -> tuple[Heading, ...]:
    """Return what stands over the columns."""
    threshold = number(experiment.threshold, 3)
    return (
        Heading(title=say("loss"), tip=say("The loss over all training rows.")),
        Heading(title=say("test"), tip=say("The loss over the test rows, which no step has seen.")),
        Heading(
            title=say("steps"), whole=True,
            tip=say("Steps until the training loss is at or under {loss}.", loss=threshold),
        ),
    )  # fmt: skip


def standing_rows(
    experiment: Experiment, recordings: Sequence[Recording | None], step: float, say: Translation
) -> tuple[Row, ...]:
    """Return how each network does at ``step``, as far as it is trained."""
    names = twin_names(experiment, say)
    pairs = zip(names, TWIN_COLORS, recordings, strict=True)
    return tuple(_row(experiment, name, color, recording, step, say) for name, color, recording in pairs)


def _row(
    experiment: Experiment, name: str, color: str, recording: Recording | None, step: float, say: Translation
) -> Row:
    if recording is None or not len(recording.at):
        return Row(name=name, color=color, numbers=(math.nan,) * 3, state=say("computing…"))
    at = max(int(np.searchsorted(recording.at, step, side="right")) - 1, 0)
    come = min(recording.step, int(step))
    reached = recording.reached(experiment.threshold)
    ended = step >= recording.step
    return Row(
        name=name,
        color=color,
        numbers=(
            float(recording.losses[at, 0]),
            float(recording.losses[at, 1]),
            float(reached) if reached is not None and reached <= come else math.nan,
        ),
        state=recording_note(recording, say) if ended else "",
        lost=recording.outcome == "diverged" and ended,
    )
