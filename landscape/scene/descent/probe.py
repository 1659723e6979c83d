"""The probe in the picture: the osculating paraboloid at a point, its level lines, and what is said of it."""

import math
from functools import partial

import numpy as np

from landscape.geometry.levels import contour_lines
from landscape.geometry.osculating import SHARE, Osculation
from landscape.scene.answers import Answers
from landscape.scene.descent.probe_questions import OsculationQuestion
from landscape.scene.identity import kept
from landscape.scene.palette import FALLING_COLOR, GRADIENT_COLOR, PROBE_COLOR, RISING_COLOR
from landscape.scene.question import Array
from landscape.scene.scene import Probe, Scene
from landscape.scene.text import number
from landscape.session.descent.document import Descent
from landscape.translation import Translation

LEVELS = 7
"""Level lines of the paraboloid, at even steps between its lowest and its highest value on the disc."""
CELLS = 72
"""The lines are traced on so many cells across the disc."""


def probe(descent: Descent, answers: Answers, say: Translation, previous: Scene | None) -> Probe | None:
    """Return the probe of a descent that has one; while nothing is known of its place, the earlier one."""
    old = previous.probe if previous else None
    if descent.probe is None:
        return None
    found = answers.get(OsculationQuestion(surface=descent.surface, point=descent.probe))
    if found is None:
        return old
    levels = partial(_levels, found)
    new = Probe(
        osculation=found,
        color=PROBE_COLOR,
        gradient_color=GRADIENT_COLOR,
        rising_color=RISING_COLOR,
        falling_color=FALLING_COLOR,
        levels=old.levels if old is not None and old.osculation is found else levels(),
        label=say("Probe"),
    )
    return kept(old, new)


def trust_sentence(found: Osculation, say: Translation) -> str:
    """Return on which disc the paraboloid can be trusted, and what that means."""
    told = {"share": number(100 * SHARE), "radius": number(found.radius, 3)}
    if not all(map(math.isfinite, (*found.gradient, *found.hessian))):
        return say("There is no osculating paraboloid here")
    if found.radius == math.inf:
        return say("The surface is its own osculating paraboloid, everywhere")
    if found.radius >= found.reach:
        return say("On the whole domain the paraboloid is off by at most {share} % of how much f varies there", **told)
    if not found.radius:
        return say(
            "On every disc around here, however small, the paraboloid is off by more than {share} % of how much f "
            "varies there",
            **told,
        )
    return say(
        "On a disc of radius {radius} the paraboloid is off by at most {share} % of how much f varies there", **told
    )


def _levels(found: Osculation) -> Array:
    """Return level lines of the paraboloid within the disc; none where that is empty or infinite."""
    if not 0.0 < found.radius < math.inf:
        return np.zeros((0, 2))
    x, y = (place + found.radius * np.linspace(-1.0, 1.0, CELLS + 1) for place in found.point)
    heights = found.paraboloid(x[None, :], y[:, None])
    inside = np.hypot(x[None, :] - found.point[0], y[:, None] - found.point[1]) <= found.radius
    low, high = float(heights[inside].min()), float(heights[inside].max())
    if not low < high:
        return np.zeros((0, 2))
    lines = contour_lines(heights, x, y, np.linspace(low, high, LEVELS + 2)[1:-1])
    pieces = [np.concatenate((points, [[np.nan, np.nan]])) for _, points in lines]
    together = np.concatenate(pieces) if pieces else np.zeros((0, 2))
    outside = np.hypot(*(together - found.point).T) > found.radius
    together[outside] = np.nan
    together.flags.writeable = False
    return together
