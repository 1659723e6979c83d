"""A surface and its runs told in sentences, as a picture is described to somebody who does not see it (alt text)."""

import math

from landscape.formula.symbols import plain_symbol
from landscape.scene.answers import Answers
from landscape.scene.descent.critical import critical_points
from landscape.scene.descent.paths import paths
from landscape.scene.descent.text import shape_text, surface_title
from landscape.scene.descent.view import stage_view
from landscape.scene.scene import Path
from landscape.scene.text import number, together
from landscape.session.camera import StageView
from landscape.session.descent.document import Descent, Run
from landscape.translation import Translation


def described(descent: Descent, answers: Answers, say: Translation, step: float | None) -> tuple[str, ...]:
    """Return what is shown, where each run is at a step or at the end, and what is proven of the critical points."""
    if descent.comparison is not None and descent.comparison.shown:
        from landscape.scene.descent.comparison import build_comparison
        from landscape.scene.descent.comparison import told as compared

        scene = build_comparison(descent, descent.comparison, answers, say)
        return tuple(map(together, (*_surface(descent, say), *compared(scene, say))))
    last = float(descent.steps)
    at = last if step is None else min(max(step, 0.0), last)
    runs = {run.id: run for run in descent.runs}
    told = [_told(path, runs[path.run], descent, at, say) for path in paths(descent, answers, say, None)]
    critical, _ = critical_points(descent, stage_view(*descent.surface.domain, 64, 64), answers, say, None)
    proven = () if critical is None or critical.pending else (critical.certificate, *critical.notes)
    return tuple(map(together, (*_surface(descent, say), *told, *proven)))


def _surface(descent: Descent, say: Translation) -> tuple[str, ...]:
    surface = descent.surface
    ranges = [number(side, 3) for bounds in surface.domain for side in bounds]
    x0, x1, y0, y1 = ranges
    lines = [
        say("{shown} of f = {formula}, for x from {x0} to {x1} and y from {y0} to {y1}.",
            shown=_shown(descent.stage, say), formula=surface.formula, x0=x0, x1=x1, y0=y0, y1=y1)
    ]  # fmt: skip
    if surface.values:
        values = ", ".join(f"{plain_symbol(name) or name} = {number(value, 4)}" for name, value in surface.values)
        lines.append(say("{title}: {values}.", title=surface_title(surface, say) or "f", values=values))
    if shape := shape_text(surface, say):
        lines.append(say("The surface is {shape}.", shape=shape))
    return tuple(lines)


def _shown(stage: StageView, say: Translation) -> str:
    if stage == "relief":
        return say("A relief with contour lines")
    return say("A map with contour lines") if stage == "map" else say("A map and a relief with contour lines")


def _told(path: Path, run: Run, descent: Descent, step: float, say: Translation) -> str:
    """Return where a run began, where it is, and what became of it by then."""
    at = min(int(step), len(path.points) - 1)
    (x0, y0), (x, y) = path.points[0].tolist(), path.points[at].tolist()
    value = float(descent.surface.value(x, y))
    values = {
        "name": path.name, "step": at, "x0": number(x0, 3), "y0": number(y0, 3), "x": number(x, 3), "y": number(y, 3),
        "value": number(value) if math.isfinite(value) else "–",
    }  # fmt: skip
    if run.strategy is None:
        values["rate"] = number(run.rule.lr, 3)
        told = say("{name} (learning rate {rate}) starts at ({x0}, {y0}) and is at ({x}, {y}) after step {step}, "
                   "where f = {value}", **values)  # fmt: skip
    else:
        told = say("{name} starts at ({x0}, {y0}) and is at ({x}, {y}) after step {step}, where f = {value}", **values)
    if path.note and path.note_step <= step:
        return say("{run}; {note}.", run=told, note=path.note)
    return say("{run}.", run=told)
