"""The lens: how the surface curves where the runs are, and at the pointer."""

from collections.abc import Sequence

import numpy as np

from landscape.catalogue.surfaces import Surface
from landscape.geometry.curvature import hessians
from landscape.scene.answers import Answers
from landscape.scene.descent.hessian_questions import HessianQuestion
from landscape.scene.descent.run_questions import trajectory_question
from landscape.scene.identity import kept
from landscape.scene.scene import Lens, Path, Scene
from landscape.session.descent.document import Descent
from landscape.session.session import Point


def lenses(descent: Descent, answers: Answers, paths: Sequence[Path], previous: Scene | None) -> tuple[Lens, ...]:
    """Return a lens for each path, none where the descent shows none; one not known yet stays as it was."""
    if not descent.lens:
        return ()
    old = {lens.run: lens for lens in previous.lenses} if previous else {}
    found = []
    for path in paths:
        earlier = old.get(path.run)
        question = HessianQuestion(trajectory=trajectory_question(descent, descent.run_of(path.run)))
        entries = None if path.pending else answers.get(question)
        if entries is not None:
            found.append(kept(earlier, Lens(run=path.run, color=path.color, points=path.points, hessians=entries)))
        elif earlier is not None:
            found.append(earlier)
    return kept(previous.lenses if previous else None, tuple(found))


def lens_at(surface: Surface, point: Point) -> Lens:
    """Return the lens at one point."""
    points = np.array([point], dtype=np.float64)
    return Lens(points=points, hessians=hessians(surface, points))
