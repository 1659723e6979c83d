"""The step of a run that is explained: what explains it, and the arrows that it is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from landscape.catalogue.roles import Role, roles
from landscape.descent.explanation import Explanation
from landscape.scene.answers import Answers
from landscape.scene.descent.questions import explained_path
from landscape.scene.descent.step_question import ExplainerQuestion
from landscape.scene.identity import kept
from landscape.scene.scene import Path, Scene, StepLayer
from landscape.session.descent.document import Descent


@dataclass(frozen=True, kw_only=True)
class StepArrow:
    """What one part of a step does, in units of the surface."""

    role: Role
    vector: tuple[float, float]
    exact: bool
    """Whether its length is true on the map; of the others only direction and proportion are."""


def step_layer(descent: Descent, answers: Answers, paths: Sequence[Path], previous: Scene | None) -> StepLayer | None:
    """Return what explains the steps of the run that is to be explained; one not known yet stays as it was."""
    old = previous.step if previous else None
    path = next((path for path in paths if path.run == descent.explained), None)
    asked = explained_path(descent)
    if path is None or not asked:
        return None
    (question,) = asked
    found = answers.get(ExplainerQuestion(trajectory=question))
    if found is None or path.pending:
        return old if old is not None and old.run == path.run else None
    if not found.steps:
        return None
    if old is not None and (old.run, old.name, old.explainer) == (path.run, path.name, found):
        return old
    return kept(old, StepLayer(run=path.run, name=path.name, explainer=found))


def step_arrows(layer: StepLayer, told: Explanation) -> tuple[StepArrow, ...]:
    """Return what the step is made of: downhill, the momentum, the rates of both coordinates, and the step.

    Of the rates there are two arrows, along x and along y: by how much each coordinate of what is averaged is scaled.
    """
    named = roles(layer.explainer.rule)
    move = np.array(told.move)
    downhill = -np.array(told.gradient)
    found = [_arrow("gradient", downhill)]
    held = _last(told, named, "momentum")
    base = downhill
    if held is not None:
        # Some rules subtract what they average, some add it.
        base = held if held @ move >= 0.0 else -held
        found.append(_arrow("momentum", base))
    if "scaling" in named.values():
        with np.errstate(all="ignore"):
            rates = np.abs(move / base)
        if np.isfinite(rates).all():
            found += [_arrow("scaling", rates * axis) for axis in np.eye(2)]
    found.append(_arrow("step", move, exact=True))
    return tuple(arrow for arrow in found if np.isfinite(arrow.vector).all())


def _last(told: Explanation, named: Mapping[str, Role], role: Role) -> np.ndarray | None:
    """Return the last vector of a role that the rule comes to; None where it has none."""
    held = [line.result for line in told.lines if named.get(line.name) == role and len(line.result) == 2]
    return np.array(held[-1]) if held else None


def _arrow(role: Role, vector: np.ndarray, *, exact: bool = False) -> StepArrow:
    x, y = vector.tolist()
    return StepArrow(role=role, vector=(x, y), exact=exact)
