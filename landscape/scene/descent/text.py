"""Names and sentences about a surface and its runs."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from landscape.catalogue.surfaces import Surface, surface_entries
from landscape.scene.descent.run_questions import lengths
from landscape.scene.question import Array
from landscape.scene.text import number, rule_title
from landscape.session.descent.document import Descent, Run
from landscape.translation import Translation, composed

if TYPE_CHECKING:
    from landscape.descent.recorded import Trajectory


def run_title(run: Run, say: Translation) -> str:
    """Return what the run is called: the name it was given, or the title of its optimizer or its strategy."""
    if run.strategy is not None and not run.name:
        # Loaded with the first strategy, not with the first picture.
        from landscape.descent.strategies.strategy import entry_of

        return say.pick(entry_of(run.strategy).titles)
    return run.name or rule_title(run.rule, say)


def run_titles(descent: Descent, say: Translation) -> Mapping[int, str]:
    """Return the title of every run, by its id; runs of one title are told apart by their learning rates.

    Those of one strategy are told apart by the first of its hyper-parameters in which they differ.
    """
    titles = {run.id: run_title(run, say) for run in descent.runs}
    count = Counter(titles.values())
    return {
        run.id: title if count[title] == 1 else _told_apart(run, title, descent, say)
        for run, title in zip(descent.runs, titles.values(), strict=True)
    }


def _told_apart(run: Run, title: str, descent: Descent, say: Translation) -> str:
    if run.own_rule is not None:
        return say("{name}, η = {rate}", name=title, rate=number(run.rule.lr))
    alike = [other for other in descent.runs if other.strategy and run_title(other, say) == title]
    for name, value in run.values:
        if any(dict(other.values).get(name) != value for other in alike):
            return composed("{}, {} = {}", title, name, number(value))
    return title


def surface_title(surface: Surface, say: Translation) -> str:
    """Return the surface's title in the catalogue; empty for a formula that was typed."""
    entry = surface_entries().get(surface.entry)
    return say.pick(entry.titles) if entry else ""


def shape_text(surface: Surface, say: Translation) -> str:
    """Return how the surface is turned and stretched, which its formula does not show; empty where it is not."""
    parts = []
    if surface.rotation:
        parts.append(say("turned {angle}°", angle=number(surface.rotation)))
    if surface.scaling != (1.0, 1.0):
        x, y = surface.scaling
        parts.append(say("stretched ×{x}, ×{y}", x=number(x, 3), y=number(y, 3)))
    return composed("{} · {}", *parts) if len(parts) == 2 else parts[0] if parts else ""


def outcome_sentence(trajectory: "Trajectory", step: int, say: Translation, stable_rate: float | None = None) -> str:
    """Return what became of a run: that it arrived, or why it was lost, and at which step; empty for one on its way.

    Args:
        trajectory: what the run did.
        step: that step, as :func:`outcome_step` returns it.
        say: the language.
        stable_rate: 2/λmax at the start where that bound applies; named where the run was lost above it.
    """
    if trajectory.outcome == "finished":
        return ""
    if trajectory.outcome == "converged":
        return say("converged at step {step}", step=step) if step else _unmoved(trajectory, say)
    if not np.isfinite(trajectory.losses).any():
        return say("f has no value at the start")
    ratio = float(np.max(trajectory.rates, initial=0.0)) / stable_rate if stable_rate else 0.0
    if trajectory.outcome == "diverged":
        if ratio <= 1:
            return say("diverged at step {step}", step=step)
        return say("diverged at step {step}: lr is {ratio} times the stable 2/λmax", step=step, ratio=number(ratio, 2))
    if not step:
        return _outside(trajectory, say)
    if ratio <= 1:
        return say("left the view at step {step}", step=step)
    return say("left the view at step {step}: lr is {ratio} times the stable 2/λmax", step=step, ratio=number(ratio, 2))


def _outside(trajectory: "Trajectory", say: Translation) -> str:
    """Return how a run came to be outside of the view before its first step."""
    if "landed" in trajectory.state:  # Basin hopping goes downhill before it hops.
        return say("the way down from the start leaves the view")
    return say("outside the view from the start on")


def _unmoved(trajectory: "Trajectory", say: Translation) -> str:
    """Return what is true of a run with hardly a slope at its start, be it a critical point or a plateau."""
    if (trajectory.points == trajectory.points[0]).all():
        return say("does not move: the slope is too small for double precision")
    return say("the slope is hardly more than 0 from the start on")


def outcome_step(trajectory: "Trajectory", surface: Surface, norms: Callable[[], Array] | None = None) -> int:
    """Return the step at which a run arrived or was lost; the last one for a run that is still on its way.

    A run that diverged has no point at that step: its last finite one is a step earlier.

    Args:
        trajectory: what the run did.
        surface: the surface it ran on; "the view" that it may have left is the surface's domain.
        norms: returns the norm of the gradient after each step, where that is known.
    """
    steps = len(trajectory.points) - 1
    match trajectory.outcome:
        case "converged":
            return _settled(norms() if norms else lengths(trajectory.gradients))
        case "left":
            return _left(trajectory, surface)
        case "diverged":
            return steps + 1
        case _:
            return steps


def _settled(norms: Array) -> int:
    """Return the step from which on the gradient stays within the tolerance that the last one is in."""
    from landscape.descent.recorded import still

    above = np.flatnonzero(norms > still(float(norms[0])))
    return int(above[-1]) + 1 if len(above) else 0


def _left(trajectory: "Trajectory", surface: Surface) -> int:
    """Return the step from which on the run stays outside of the domain."""
    low, high = np.transpose(surface.domain)
    inside = np.flatnonzero(((trajectory.points >= low) & (trajectory.points <= high)).all(axis=1))
    return int(inside[-1]) + 1 if len(inside) else 0


def way_titles(say: Translation) -> Mapping[str, str]:
    """Return what the ways are called among which a strategy chooses, and what they are ways of."""
    return {
        "law": say("cooling law"),
        "exponential": say("exponential: {formula}", formula="T₀αᵏ"),
        "linear": say("linear: {formula}", formula="T₀(1 − (1 − α)k)"),
        "inverse": say("inverse: {formula}", formula="T₀/(1 + (1/α − 1)k)"),
        "logarithmic": say("logarithmic: {formula}", formula="T₀/(1 + (1/α − 1)log₂(1 + k))"),
    }
