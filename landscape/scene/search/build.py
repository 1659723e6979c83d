"""From a study and what is known of it to the scene."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from landscape.geometry.levels import contour_lines
from landscape.memory import bounded, bytes_of
from landscape.scene.answers import Answers
from landscape.scene.layers import Heat
from landscape.scene.palette import color_map
from landscape.scene.search.charts import charts_of, color_of
from landscape.scene.search.questions import names_of, race_question, repeat_question, truth_question
from landscape.scene.search.scene import Floats, Map, Panel, SearchScene, Shades, Side
from landscape.scene.search.shading import Shading, shading_of
from landscape.scene.search.sides import side_of
from landscape.scene.search.text import dimension_title, entrant_title, study_title
from landscape.scene.text import number
from landscape.search.repeating import share_of_hits
from landscape.search.spaces import Space, rescaled, snapped, table_of
from landscape.search.trials import History
from landscape.search.truth import Truth, ranks
from landscape.session.search.document import Entrant, Study
from landscape.session.search.ranges import axes_of
from landscape.translation import Translation

UNIT = (0.0, 1.0)
COLORS = "viridis"
NO_CURVE: Floats = np.empty((0, 2))


class Known(NamedTuple):
    """What is known of a study until now."""

    race: tuple[History, ...] | None
    truth: Truth | None
    best: tuple[Floats, ...] | None


def known_of(study: Study, answers: Answers, address: str = "") -> Known:
    """Return what is known of a study, whose networks are trained on the cluster at an address if there is one."""
    repeat = repeat_question(study)
    return Known(
        race=answers.so_far(race_question(study, address)),  # type: ignore[arg-type]
        truth=answers.so_far(truth_question(study, address)),  # type: ignore[arg-type]
        best=(answers.so_far(repeat) or None) if repeat is not None else None,  # type: ignore[arg-type]
    )


def build_search(study: Study, known: Known, say: Translation, title: str = "") -> SearchScene:
    """Return the scene of a study as far as it is known; ``title`` takes the place of the study's own."""
    axes = axes_of(study)
    seen = np.concatenate([history.results for history in known.race]) if known.race else np.empty(0)
    shading = shading_of(study, known.truth, seen)
    places = [next(index for index, one in enumerate(axes) if one.name == name) for name in (study.across, study.up)]
    histories = known.race or ()
    panels = tuple(
        _panel(study, entrant, history, axes, places, shading, say)
        for entrant, history in zip(study.entrants, histories, strict=False)
    )
    best = known.best if known.best is not None and len(known.best) == len(panels) else None
    truth = known.truth
    sides = tuple(side_of(axis, say) for axis in axes)
    return SearchScene(
        title=title or study_title(study, say),
        trials=study.trials,
        names=names_of(study),
        across=sides[places[0]],
        up=sides[places[1]] if len(axes) > 1 else _result_side(study, shading, say),
        sides=sides,
        ticks=shading.ticks,
        truth=_map(truth, (places[0], places[1]), shading),
        panels=panels,
        charts=charts_of(study, panels, truth, best, shading, say),
        colors=color_map(COLORS),
        measure=study.measure,
        truth_title=_truth_title(study, shading, say),
        importance=_importance(study, truth, say),
        known=float(np.mean(~np.isnan(truth.results))) if truth is not None else 0.0,
        bound=truth.bound if truth is not None else np.nan,
        hits=tuple(share_of_hits(each, truth.bound) for each in best) if best is not None and truth is not None else (),
        searches=len(best[0]) if best else 0,
        computing=repeat_question(study) is not None and (not best or len(best[0]) < study.repetitions),
    )


def _result_side(study: Study, shading: Shading, say: Translation) -> Side:
    """Return the left side where there is but one dimension: the results."""
    title = say("steps") if study.measure == "steps" and study.network is None else say("loss")
    return Side(name="", title=title, ticks=shading.ticks, fine_ticks=())


def _truth_title(study: Study, shading: Shading, say: Translation) -> str:
    if study.measure == "steps" and study.network is None:
        return say("The truth: steps to a loss of {threshold}", threshold=number(study.threshold))
    if study.network is not None:
        return say("The truth: test loss after {steps} steps", steps=study.steps)
    if shading.lowest:
        lowest = number(shading.lowest, 3)
        return say("The truth: loss above {lowest} after {steps} steps", lowest=lowest, steps=study.steps)
    return say("The truth: loss after {steps} steps", steps=study.steps)


def _importance(study: Study, truth: Truth | None, say: Translation) -> tuple[tuple[str, float], ...]:
    if truth is None or not truth.importance:
        return ()
    titles = [dimension_title(dimension.name, say) for dimension in study.dimensions]
    return tuple(zip(titles, truth.importance, strict=True))


def _panel(
    study: Study,
    entrant: Entrant,
    history: History,
    axes: Space,
    places: Sequence[int],
    shading: Shading,
    say: Translation,
) -> Panel:
    space = study.space_of(entrant)
    single = len(space) == 1
    units = snapped(axes, rescaled(history.units, space, axes))
    boxes = []
    for first, box in history.boxes:
        ends = rescaled(np.array(box).T, space, axes)[:, places]
        before = float(history.spent[first - 1]) / study.steps if first else 0.0
        (left, bottom), (right, top) = ends.tolist()
        if single:
            bottom, top = UNIT
        boxes.append((before, (left, bottom, right, top)))
    return Panel(
        id=entrant.id,
        title=entrant_title(entrant, say),
        color=color_of(entrant.id),
        places=np.stack((units[:, 0], _heights(shading, history.results)), axis=1) if single else units[:, places],
        units=units,
        times=history.spent / study.steps,
        shades=shading.shades(history.results),
        results=history.results,
        trial=history.trial,
        after=history.after,
        until=history.until / study.steps,
        values=table_of(space, history.units).T,
        boxes=tuple(boxes),
        reordered=entrant.strategy == "grid",
        moves=entrant.strategy == "population",
    )


def _map(truth: Truth | None, places: tuple[int, int], shading: Shading) -> Map:
    if truth is None or truth.results.ndim < 2:
        curve, none = _curve(truth, shading), np.empty(0, np.float32)
        good = () if truth is None or not truth.importance else (_level(shading, truth.bound),)
        return Map(heat=None, good=good, across=none, up=none, curve=curve)
    return _map_of(truth, places, shading)


def _heights(shading: Shading, results: Floats) -> Floats:
    """Return where results stand in a square, those that are none at its upper side."""
    found: Floats = np.where(np.isnan(shading.shades(results)), 1.0, shading.heights(results))
    return found


def _curve(truth: Truth | None, shading: Shading) -> Floats:
    """Return the results over a single dimension, as far as they are known."""
    if truth is None:
        return NO_CURVE
    known = ~np.isnan(truth.results)
    at = (np.arange(len(known)) + 0.5) / len(known)
    return np.stack((at, _heights(shading, truth.results)), axis=1)[known]


def _level(shading: Shading, bound: float) -> Floats:
    height = float(_heights(shading, np.array([bound]))[0])
    return np.array([[0.0, height], [1.0, height]])


@bounded(8, megabytes=8, size=bytes_of)
def _map_of(truth: Truth, places: tuple[int, int], shading: Shading) -> Map:
    """Return the truth as a map of two of its dimensions: the best that is possible there."""
    others = tuple(axis for axis in range(truth.results.ndim) if axis not in places)
    best = np.fmin.reduce(truth.results, axis=others) if others else truth.results
    values = best.T if places[0] < places[1] else best
    shade = shading.shades(values)
    heat = Heat(
        shade=shade,
        values=np.where(np.isnan(shade), np.nan, values),
        x=UNIT,
        y=UNIT,
        colors=color_map(COLORS),
        ticks=shading.ticks,
    )
    return Map(heat=heat, good=_good(values, truth), across=_profile(shade, 0), up=_profile(shade, 1), curve=NO_CURVE)


def _good(values: Floats, truth: Truth) -> tuple[Floats, ...]:
    """Return lines around where a result of the best twentieth is possible."""
    if np.isnan(values).any() or not truth.importance:
        return ()
    rows, columns = values.shape
    x, y = ((np.arange(count) + 0.5) / count for count in (columns, rows))
    heights = ranks(values)
    level = float(heights[values <= truth.bound].max(initial=0.0))
    return tuple(line for _, line in contour_lines(heights, x, y, np.array([level])))


def _profile(shade: Shades, axis: int) -> Shades:
    profile: Shades = np.fmin.reduce(shade, axis=axis)
    return profile
