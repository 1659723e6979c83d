"""The basins of attraction as a layer of the picture, and what they show in words."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from landscape.descent.basins import Basins as Found
from landscape.descent.basins import Whole
from landscape.descent.limit_points import Kind
from landscape.memory import bounded
from landscape.scene.answers import Answers
from landscape.scene.descent.basin_question import BasinsQuestion, basins_question
from landscape.scene.descent.text import run_titles
from landscape.scene.descent.view import View
from landscape.scene.identity import kept
from landscape.scene.layers import Heat
from landscape.scene.palette import BASIN_COLORS, basin_shades
from landscape.scene.scene import BasinKey, Basins, Scene
from landscape.scene.text import number
from landscape.session.descent.document import Descent
from landscape.translation import Translation

MOST_KEYS = 5


def basins(descent: Descent, view: View, answers: Answers, say: Translation, previous: Scene | None) -> Basins | None:
    """Return the finest basins that are known; as long as there are none, those found last of this rule and formula."""
    wanted = basins_question(descent, view)
    if descent.basins is None or wanted is None:
        return None
    known = _known(wanted, answers)
    if known is None:
        return None
    question, found = known
    layer = Basins(
        title=say("Basins of {name}", name=run_titles(descent, say)[descent.basins]),
        label=found.labels,
        taken=found.steps,
        most=question.steps,
        gone=found.gone,
        hues=_hues(found),
        x=found.x,
        y=found.y,
        keys=_keys(found, say),
        bar=_bar(question.steps, say),
        note=say("Without the noise of the gradient") if descent.noise or descent.batch_size else "",
    )
    return kept(previous.basins if previous else None, layer)


def _known(wanted: BasinsQuestion, answers: Answers) -> tuple[BasinsQuestion, Found] | None:
    """Return the finest basins that are known, with the question that they answer.

    Where there are none, those that were found last, if they are of the same rule and formula: a value is being
    dragged. They may be of another number of steps than the wanted ones.
    """
    found = answers.finest(wanted)
    if found is not None:
        return wanted, found
    latest = answers.latest(BasinsQuestion)
    if latest is None:
        return None
    question, answer = latest
    same = (question.rule.rule, question.surface.formula) == (wanted.rule.rule, wanted.surface.formula)
    return (question, answer) if same else None


@bounded(1, megabytes=16)
def _shares(found: Found) -> tuple[NDArray[np.float64], float]:
    """Return which part of the view each attractor has, and which part is gone."""
    counts = np.bincount(found.labels.ravel() + 1, minlength=len(found.attractors) + 1)
    return counts / found.labels.size, float(found.gone.mean())


@bounded(1, megabytes=16)
def _hues(found: Found) -> Whole:
    """Return a colour for each attractor, (m,): one of its own, or where they are many, that of none nearby."""
    points, hues = found.attractors, np.zeros(len(found.attractors), dtype=np.int32)
    for index in range(len(points)):
        away = np.full(len(BASIN_COLORS), np.inf)
        distance = np.hypot(*(points[:index] - points[index]).T)
        np.minimum.at(away, hues[:index], distance)
        hues[index] = int(away.argmax())
    hues.flags.writeable = False
    return hues


def _keys(found: Found, say: Translation) -> tuple[BasinKey, ...]:
    """Return what each colour stands for, the lowest attractors if they are many."""
    shares, gone = _shares(found)
    own = shares[1:]
    named = range(len(own) if len(own) <= MOST_KEYS else MOST_KEYS - 1)
    hues = _hues(found)
    keys = [
        BasinKey(color=BASIN_COLORS[hues[label]], text=_name(found, label, say), share=_percent(float(own[label])))
        for label in named
    ]
    if rest := len(own) - len(named):
        part = _percent(float(own[len(named) :].sum()))
        keys.append(BasinKey(color="", text=say("{count} others", count=rest), share=part))
    if shares[0] - gone > 0:
        keys.append(BasinKey(color="on the way", text=say("on the way"), share=_percent(float(shares[0] - gone))))
    if gone > 0:
        keys.append(BasinKey(color="gone", text=say("diverged or left"), share=_percent(gone)))
    return tuple(keys)


def _name(found: Found, label: int, say: Translation) -> str:
    x, y = (number(float(part), 3) for part in found.attractors[label].round(9))
    kind: Kind = found.kinds[label]
    match kind:
        case "minimum":
            return say("minimum {x}, {y}", x=x, y=y)
        case "valley":
            return say("valley {x}, {y}", x=x, y=y)
        case "saddle":
            return say("saddle {x}, {y}", x=x, y=y)
        case _:
            return say("maximum {x}, {y}", x=x, y=y)


def _percent(part: float) -> str:
    return f"{number(100 * part, 2) if part < 0.995 else 100} %" if part >= 1e-4 else "< 0.01 %"


@lru_cache(maxsize=8)
def _bar(steps: int, say: Translation) -> Heat:
    """Return the bar beside the map: how bright the starts are that arrive after so many steps."""
    ticks: Sequence[tuple[float, str]] = [(1.0 - part, number(round(part * steps))) for part in (0.0, 0.25, 0.5, 0.75)]
    last = (0.0, say("{count} steps", count=number(steps)))
    return Heat(
        shade=np.empty((0, 0), dtype=np.float32), values=np.empty((0, 0)), x=(0.0, 1.0), y=(0.0, 1.0),
        colors=basin_shades(), ticks=(*ticks, last),
    )  # fmt: skip
