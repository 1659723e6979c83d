"""The charts of a race: the best so far against the budget, how often a good one is found, and learning curves."""

from collections.abc import Sequence

import numpy as np

from landscape.scene.palette import RUN_COLORS
from landscape.scene.search.scene import Chart, Floats, Line, Panel
from landscape.scene.search.shading import Shading
from landscape.search.repeating import chance, quartiles, share_of_hits
from landscape.search.truth import Truth
from landscape.session.search.document import Study
from landscape.translation import Translation

MOST_CURVES = 300
"""Learning curves of one entrant."""
MOST_EDGES = 2000
"""Of the tree of a population."""
ROOM = 0.04
"""Above and below the curves, in parts of the height."""


def charts_of(
    study: Study,
    panels: Sequence[Panel],
    truth: Truth | None,
    best: Sequence[Floats] | None,
    shading: Shading,
    say: Translation,
) -> tuple[Chart, ...]:
    """Return the charts for which there is something to show."""
    charts = [_best_so_far(study, panels, truth, best, shading, say)]
    if best is not None and truth is not None:
        charts.append(_hits(study, panels, truth, best, say))
    if any((panel.until < 1.0).any() for panel in panels):
        charts.append(_curves(study, panels, shading, say))
    return tuple(charts)


def _best_so_far(
    study: Study,
    panels: Sequence[Panel],
    truth: Truth | None,
    best: Sequence[Floats] | None,
    shading: Shading,
    say: Translation,
) -> Chart:
    budgets = np.arange(1.0, study.trials + 1.0)
    lines = []
    for place, panel in enumerate(panels):
        if best is not None:
            low, middle, high = (shading.heights(values) for values in quartiles(best[place]))
            band = Line(
                title=panel.title, color=panel.color, x=budgets, y=middle, low=low, high=high, dashed=True, thin=True
            )
            lines.append(band)
        least = shading.heights(np.minimum.accumulate(panel.results)) if len(panel.results) else panel.results
        lines.append(Line(title=panel.title, color=panel.color, x=panel.times, y=least, stepped=True))
    bound = None
    if truth is not None and np.isfinite(truth.bound):
        bound = (float(shading.heights(np.array([truth.bound]))[0]), say("best 5 %"))
    title = say("Best so far; median and quartiles of {count} searches", count=len(best[0]) if best else 0)
    return Chart(
        title=title if best is not None else say("Best so far"),
        abscissa=say("budget in whole runs"),
        x=(0.0, float(study.trials)),
        y=(0.0, 1.0),
        log=shading.log,
        lines=tuple(lines),
        timed=True,
        bound=bound,
    )


def _hits(study: Study, panels: Sequence[Panel], truth: Truth, best: Sequence[Floats], say: Translation) -> Chart:
    """Return how many searches have a trial among the best twentieth, against independent draws."""
    budgets = np.arange(0.0, study.trials + 1.0)
    lines = [
        Line(
            title="1 − 0.95ⁿ" if abs(truth.share - 0.05) < 5e-4 else f"1 − {1.0 - truth.share:.3g}ⁿ",
            color="",
            x=budgets,
            y=np.concatenate(([0.0], chance(truth.share, study.trials))),
            dashed=True,
        )
    ]
    for panel, each in zip(panels, best, strict=True):
        share = np.concatenate(([0.0], share_of_hits(each, truth.bound)))
        lines.append(Line(title=panel.title, color=panel.color, x=budgets, y=share))
    return Chart(
        title=say("Share of searches that hit the best 5 %"),
        abscissa=say("budget in whole runs"),
        x=(0.0, float(study.trials)),
        y=(0.0, 1.0),
        log=False,
        lines=tuple(lines),
        timed=True,
    )


def _curves(study: Study, panels: Sequence[Panel], shading: Shading, say: Translation) -> Chart:
    """Return what was seen of each trial on its way, of those strategies that look at it on the way."""
    lines = []
    for panel in panels:
        if not (panel.until < 1.0).any():
            continue
        heights = shading.heights(panel.results)
        if panel.moves:
            lines += _lineage(study, panel, heights)
            continue
        for trial in range(min(int(panel.trial.max(initial=-1)) + 1, MOST_CURVES)):
            places = np.flatnonzero(panel.trial == trial)
            lines.append(
                Line(
                    title=panel.title,
                    color=panel.color,
                    x=panel.until[places] * study.steps,
                    y=heights[places],
                    thin=True,
                    times=panel.times[places],
                )
            )
    return Chart(
        title=say("Learning curves, some cut short"),
        abscissa=say("steps"),
        x=(0.0, float(study.steps)),
        y=(0.0, 1.0),
        log=shading.log,
        lines=tuple(lines),
        timed=False,
    )


def _lineage(study: Study, panel: Panel, heights: Floats) -> list[Line]:
    """Return from which evaluation each of a population came: a tree, with the way of the best at the end over it."""

    def line(places: list[int], times: Floats, *, thin: bool) -> Line:
        at = np.array(places)
        return Line(
            title=panel.title, color=panel.color, x=panel.until[at] * study.steps, y=heights[at], thin=thin, times=times
        )

    after = panel.after.tolist()
    edges = [(before, place) for place, before in enumerate(after) if before >= 0][:MOST_EDGES]
    # A line is there once its end is.
    lines = [line([before, place], np.full(2, panel.times[place]), thin=True) for before, place in edges]
    last = np.where(panel.until == panel.until.max(initial=0.0), panel.results, np.inf)
    best = ancestors(after, int(last.argmin())) if len(after) else []
    return [*lines, line(best, panel.times[np.array(best)], thin=False)] if best else lines


def ancestors(after: Sequence[int], place: int) -> list[int]:
    """Return the evaluations on the way to one of them, the first at first."""
    way = [place]
    while after[way[-1]] >= 0:
        way.append(after[way[-1]])
    return way[::-1]


def color_of(identity: int) -> str:
    """Return the colour of an entrant."""
    return RUN_COLORS[identity % len(RUN_COLORS)]
