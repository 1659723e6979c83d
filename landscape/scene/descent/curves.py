"""The small plots under the stage: loss, learning rate, gradient norm and sharpness against the step."""

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import numpy as np

from landscape.geometry.stability import stable_sharpness
from landscape.scene.answers import Answers
from landscape.scene.descent.hessian_questions import SharpnessQuestion
from landscape.scene.descent.rate_band import rate_band
from landscape.scene.descent.run_questions import GradientNormQuestion, trajectory_question
from landscape.scene.identity import kept
from landscape.scene.layers import Band, Curve, CurvePanel, Range
from landscape.scene.question import Array
from landscape.scene.scene import Path, Scene
from landscape.session.descent.document import Descent
from landscape.translation import Translation

Quantity: TypeAlias = Literal["loss", "rate", "gradient", "sharpness"]

WIDE = 50.0
"""Ratio of the largest to the smallest value from which on the ordinate is logarithmic."""


def curve_panels(
    descent: Descent, answers: Answers, say: Translation, paths: Sequence[Path], previous: Scene | None
) -> tuple[CurvePanel, ...]:
    """Return the panels for the runs of ``paths``; a pending run keeps its earlier curves."""
    old = {panel.quantity: panel for panel in previous.curves} if previous else {}
    values = [_values(descent, answers, path) for path in paths]
    rated = _is_rated(descent, paths, values)
    if not rated:  # None of the runs has a rate: there is room for what each has cost.
        values = [{**known, "rate": known["evaluations"]} if known else known for known in values]

    def panel(quantity: Quantity, title: str) -> CurvePanel:
        earlier = {curve.run: curve for curve in old[quantity].curves} if quantity in old else {}
        curves = tuple(
            _curve(path, known.get(quantity), known.get("limit") if quantity == "sharpness" else None, earlier)
            for path, known in zip(paths, values, strict=True)
        )
        log = quantity == "gradient" or (rated if quantity == "rate" else _is_wide(curves))
        keys = ("– – 2/lr",) if any(curve.limit is not None for curve in curves) else ()
        band = _band(descent, paths, values, say) if quantity == "loss" else None
        made = CurvePanel(quantity=quantity, title=title, curves=curves, log=log, keys=keys, band=band)
        return kept(old.get(quantity), made)

    rates = panel("rate", say("learning rate") if rated else say("evaluations"))
    # Rates that never change stand beside the names of the runs: their lines would tell nothing.
    between = () if rated and _is_level(rates) else (rates,)
    panels = (panel("loss", say("loss")), *between, panel("gradient", say("gradient norm")))
    return (*panels, panel("sharpness", say("sharpness λmax"))) if descent.sharpness else panels


def _band(
    descent: Descent, paths: Sequence[Path], values: Sequence[Mapping[str, Array]], say: Translation
) -> Band | None:
    """Return the band of the first run that tests a range of rates: those of several would hide each other."""
    for path, known in zip(paths, values, strict=True):
        if known:
            question = trajectory_question(descent, descent.run_of(path.run))
            found = rate_band(question, known["loss"], known["rate"], path.color, say)
            if found is not None:
                return found
    return None


def _is_rated(descent: Descent, paths: Sequence[Path], values: Sequence[Mapping[str, Array]]) -> bool:
    """Tell whether a run has a learning rate; of what is still computed, whether a rule takes part in it."""
    pairs = list(zip(paths, values, strict=True))
    known = [len(each.get("rate", ())) > 0 or "evaluations" not in each for _, each in pairs if each]
    return any(known) if known else not pairs or any(descent.run_of(path.run).uses_rule for path, _ in pairs)


def _values(descent: Descent, answers: Answers, path: Path) -> Mapping[str, Array]:
    """Return every quantity along a run, and the limit of its sharpness; without what is still being computed."""
    if path.pending:
        return {}
    run = descent.run_of(path.run)
    question = trajectory_question(descent, run)
    trajectory = answers.compute(question)
    norms = answers.compute(GradientNormQuestion(trajectory=question))
    rates = trajectory.rates if run.strategy is None else trajectory.rates[np.isfinite(trajectory.rates)]
    found = {"loss": trajectory.losses, "rate": rates, "gradient": norms}
    if isinstance(evaluations := getattr(trajectory, "evaluations", None), np.ndarray):
        found["evaluations"] = evaluations
    if descent.sharpness:
        sharpness = answers.get(SharpnessQuestion(trajectory=question))
        limit = None if run.own_rule is None else stable_sharpness(run.own_rule, trajectory.rates)
        found |= {} if sharpness is None else {"sharpness": sharpness}
        found |= {} if limit is None else {"limit": limit}
    return found


def _curve(path: Path, values: Array | None, limit: Array | None, earlier: Mapping[int, Curve]) -> Curve:
    """Return the curve of a run; as long as it is not known, the earlier one or none."""
    old = earlier.get(path.run)
    if values is None:
        values, limit = (old.values, old.limit) if old else (np.empty(0), None)
    elif old is not None and _alike(old.values, values):
        values = old.values
    if limit is not None and old is not None and old.limit is not None and _alike(old.limit, limit):
        limit = old.limit
    new = Curve(
        run=path.run, name=path.name, color=path.color, dash=path.dash, values=values, limit=limit,
        lost=path.outcome == "diverged",
    )  # fmt: skip
    return kept(old, new)


def _is_level(panel: CurvePanel) -> bool:
    """Tell whether every curve keeps one value."""
    return all(not len(curve.values) or curve.values.min() == curve.values.max() for curve in panel.curves)


def _alike(old: Array, new: Array) -> bool:
    """Tell whether the numbers are the same, as the rates are wherever the start is; the ends mostly tell it."""
    ends = len(old) == len(new) > 0 and old[0] == new[0] and old[-1] == new[-1]
    return bool(ends and np.array_equal(old, new))


def _is_wide(curves: Sequence[Curve]) -> bool:
    """Tell whether the values, none of them negative, spread over more than a linear ordinate shows."""
    lowest, highest = np.inf, 0.0
    staying = [curve for curve in curves if not curve.lost]
    for curve in curves:
        if curve.lost and staying and len(curve.values) and np.nanmin(curve.values, initial=np.inf) < 0:
            continue  # It is drawn as far as the others reach.
        low, high = _least_positive(curve.values)
        if low < 0:
            return False
        lowest, highest = min(lowest, low), max(highest, high)
    return highest > WIDE * lowest


def _least_positive(values: Array) -> Range:
    """Return the least positive value and the greatest one, of those that are finite; a negative one where there is."""
    least, greatest = float(values.min(initial=np.inf)), float(values.max(initial=0.0))
    if not -np.inf < least <= greatest < np.inf:
        values = values[np.isfinite(values)]
        least, greatest = float(values.min(initial=np.inf)), float(values.max(initial=0.0))
    return least if least != 0 else float(values[values > 0].min(initial=np.inf)), greatest
