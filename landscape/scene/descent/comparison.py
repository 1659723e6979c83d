"""The runs compared by evaluations: what share has found the target (ECDF), Wilson's interval, and where they end."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landscape.descent.comparison import Success, wilson
from landscape.descent.course import GRADIENT_COST
from landscape.scene.answers import Answers
from landscape.scene.asking import known_share
from landscape.scene.descent.comparison_question import comparison_questions, ground_question
from landscape.scene.descent.text import run_titles
from landscape.scene.layers import Dash, Heat
from landscape.scene.palette import DASHES, RUN_COLORS, color_map
from landscape.scene.question import Array, Question
from landscape.scene.text import number
from landscape.session.descent.document import Comparison, Descent
from landscape.translation import Translation

TOGETHER = 0.02
"""Ends nearer than this part of a side of the domain are one place."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Reached:
    """How soon the repetitions of one run came to the target."""

    run: int
    name: str
    color: str
    dash: Dash
    x: Array
    """(k,): evaluations, increasing; where the share rises, and the last."""
    y: Array
    """(k,): the share from there to the next."""
    low: Array
    high: Array
    """(k,): the ends of Wilson's interval about it."""
    cells: tuple[str, ...]
    """What stands in the table: found, its interval, by when half had found it, and evaluations for each that did."""

    def share(self, evaluations: float) -> float:
        """Return the share that has found the target by so many evaluations."""
        return float(self.y[max(int(np.searchsorted(self.x, evaluations, side="right")) - 1, 0)])


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A place where repetitions end."""

    x: float
    y: float
    """From 0 to 1 over the domain."""
    count: int
    found: int
    """In how many of these the target was reached."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Ends:
    """Where the repetitions of one run end."""

    name: str
    color: str
    note: str
    spots: tuple[Spot, ...]
    """Those with the most last."""
    repetitions: int


@dataclass(frozen=True, kw_only=True, eq=False)
class ComparisonScene:
    """The whole comparison, as far as it is known."""

    title: str
    chart: str
    """What the curves are."""
    abscissa: str
    evaluations: float
    """The last of the abscissa, which begins with 1."""
    headings: tuple[str, ...]
    """Of the columns of the table."""
    lines: tuple[Reached, ...]
    ends: tuple[Ends, ...]
    ground: Heat | None
    sentences: tuple[str, ...]
    known: float
    """Which share of it is computed."""


def comparison_wanted(descent: Descent) -> tuple[Question[Any], ...]:
    """Return all that a comparison shows."""
    return (ground_question(descent), *comparison_questions(descent).values())


def build_comparison(
    descent: Descent, shown: Comparison, answers: Answers, say: Translation, title: str = ""
) -> ComparisonScene:
    """Return the comparison of the visible runs, from the answers that are there."""
    asked, titles = comparison_questions(descent), run_titles(descent, say)
    found = {run: answers.so_far(question) for run, question in asked.items()}
    known = {run: success for run, success in found.items() if success is not None and len(success.needed)}
    colors = {run.id: run.color for run in descent.runs}
    return ComparisonScene(
        title=title,
        chart=say("f ≤ {target} is found, of {count} starts", count=shown.repetitions, target=number(shown.target, 6)),
        abscissa=say("evaluations, of which a gradient counts {cost}", cost=GRADIENT_COST),
        evaluations=float(shown.evaluations),
        headings=(say("found"), "95 %", say("half by"), say("price")),
        lines=tuple(_reached(run, titles[run], colors[run], success, shown) for run, success in known.items()),
        ends=tuple(_ends(descent, titles[run], colors[run], success, say) for run, success in known.items()),
        ground=_ground(descent, answers),
        sentences=_sentences(shown, say),
        known=known_share(tuple(asked.values()), answers),
    )  # fmt: skip


def reading(scene: ComparisonScene, evaluations: float, say: Translation) -> str:
    """Return what the curves say at a place of the abscissa."""
    shares = (f"{line.name}: {_percent(line.share(evaluations))}" for line in scene.lines)
    return "\n".join((say("after {count} evaluations", count=round(evaluations)), *shares))


def told(scene: ComparisonScene, say: Translation) -> tuple[str, ...]:
    """Return the comparison in sentences, for who does not see it."""
    lines = tuple(
        say("{run}: {found} of the starts, 95 % interval {interval}; half by {half} evaluations, price {price}.",
            run=line.name, found=line.cells[0], interval=line.cells[1], half=line.cells[2], price=line.cells[3])
        for line in scene.lines
    )  # fmt: skip
    return (say("{title}.", title=scene.chart), *lines)


def _sentences(shown: Comparison, say: Translation) -> tuple[str, ...]:
    return (
        say("Each start is drawn evenly over the domain, the same ones for every run; all else that is random, too, "
            "has its own seed each time. Band: the 95 % interval of Wilson."),
        say("Half by: evaluations after which half of the starts had found it. "
            "Price: evaluations of all starts, for each that found it; at most {most} a start.",
            most=shown.evaluations),
    )  # fmt: skip


def _reached(run: int, name: str, color: int, success: Success, shown: Comparison) -> Reached:
    rises = np.unique(success.needed[np.isfinite(success.needed)])
    x = np.unique(np.concatenate(((1.0,), np.maximum(rises, 1.0), (float(shown.evaluations),))))
    shares, count = success.reached(x), len(success.needed)
    bounds = np.array([wilson(round(share * count), count) for share in shares.tolist()])
    low, high = success.interval
    cells = (
        _percent(success.share),
        f"{_percent(low)[:-2]}–{_percent(high)}",
        number(success.half, 3) if math.isfinite(success.half) else "–",
        number(success.price, 3) if math.isfinite(success.price) else "–",
    )
    return Reached(
        run=run, name=name, color=RUN_COLORS[color], dash=DASHES[color], x=x, y=shares,
        low=bounds[:, 0], high=bounds[:, 1], cells=cells,
    )  # fmt: skip


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"


def _ends(descent: Descent, name: str, color: int, success: Success, say: Translation) -> Ends:
    low, high = np.transpose(descent.surface.domain)
    places = (success.ends - low) / (high - low)
    inside = np.isfinite(places).all(axis=1) & (places >= 0.0).all(axis=1) & (places <= 1.0).all(axis=1)
    order = np.flatnonzero(inside)[np.argsort(success.values[inside], kind="stable")]
    spots = _together(places[order], np.isfinite(success.needed[order]))
    left = int((~inside).sum())
    note = say("{count} left the domain", count=left) if left else ""
    return Ends(
        name=name, color=RUN_COLORS[color], note=note, spots=spots, repetitions=len(success.needed)
    )  # fmt: skip


def _together(places: NDArray[np.float64], found: NDArray[np.bool_]) -> tuple[Spot, ...]:
    """Return places with those near the first of them, from the one of the lowest value on."""
    left, spots = np.ones(len(places), dtype=bool), list[Spot]()
    for index in range(len(places)):
        if left[index]:
            near = left & (np.abs(places - places[index]) <= TOGETHER).all(axis=1)
            left &= ~near
            x, y = places[near].mean(axis=0).tolist()
            spots.append(Spot(x=x, y=y, count=int(near.sum()), found=int(found[near].sum())))
    return tuple(sorted(spots, key=lambda spot: (spot.found > 0, spot.count)))


def _ground(descent: Descent, answers: Answers) -> Heat | None:
    shading = answers.get(ground_question(descent))
    if shading is None:
        return None
    x, y = descent.surface.domain
    ticks = tuple((shade, number(value)) for shade, value in shading.ticks)
    return Heat(
        shade=shading.shade, values=shading.values, x=x, y=y, colors=color_map(descent.colormap), ticks=ticks
    )  # fmt: skip
