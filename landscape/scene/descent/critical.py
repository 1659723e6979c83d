"""The critical points as markers in the picture, and what is proven about them in words."""

import math
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from landscape.catalogue.surfaces import Surface, surface_entries
from landscape.errors import InputError
from landscape.scene.answers import Answers
from landscape.scene.descent.certificate import SINGLE, certificate, degenerate_title, kind_title, notes, so_far
from landscape.scene.descent.critical_question import critical_points_question
from landscape.scene.descent.open_areas import open_areas
from landscape.scene.descent.view import View
from landscape.scene.identity import kept
from landscape.scene.layers import Range
from landscape.scene.scene import Critical, Marker, Scene
from landscape.scene.text import number, together
from landscape.session.descent.document import Descent
from landscape.translation import Translation

if TYPE_CHECKING:
    from landscape.geometry.critical.points import CriticalPoint, CriticalPoints, Kink

MOST_MARKERS = 200
"""More signs than this hide the surface."""
_ROUNDING = 1e-13
_IMPORTANCE = ("kink", "valley", "degenerate", "minimum", "maximum", "saddle")


def critical_points(
    descent: Descent, view: View, answers: Answers, say: Translation, previous: Scene | None
) -> tuple[Critical | None, tuple[Marker, ...]]:
    """Return what is known about the critical points, and the markers of those in view.

    While the answer is missing that of ``previous``, a scene of the same formula, stays and is marked as pending; at
    the start there are the catalogue's minima.
    """
    if not descent.critical:
        return None, ()
    asked = critical_points_question(descent.surface)
    best = answers.finest(asked)
    old = previous.critical if previous else None
    if isinstance(best, InputError):
        return Critical(certificate=say.error(best), notes=(), markers=()), ()
    if best is not None:
        told = _told(best, say, answers.get(asked) is None and not asked.is_settled_by(best))
        return told, _in_view(told, view.x, view.y)
    if old is None:
        begun = _begun(descent.surface, say)
        return begun, begun.markers
    old = old if old.pending else _pending(old)
    return old, kept(previous.markers if previous else None, _in_view(old, view.x, view.y))


@lru_cache(maxsize=4)
def _begun(surface: Surface, say: Translation) -> Critical:
    """Return what is known before the first search."""
    return Critical(certificate=say("Searching for critical points…"), notes=(), markers=_known(surface), pending=True)


@lru_cache(maxsize=4)
def _pending(critical: Critical) -> Critical:
    return replace(critical, pending=True)


@lru_cache(maxsize=8)
def _told(found: "CriticalPoints", say: Translation, searching: bool) -> Critical:
    """Return what was found; the same object for the same answer."""
    return Critical(
        certificate=so_far(found, say) if searching else certificate(found, say),
        notes=() if searching else tuple(map(together, notes(found, say))),
        markers=_markers(found, say),
        open=None if searching else open_areas(found),
        pending=searching,
    )


@lru_cache(maxsize=8)
def _markers(found: "CriticalPoints", say: Translation) -> tuple[Marker, ...]:
    """Return a marker for everything that was found; what is few and unlike the others goes first."""
    points = [_point(point, found, say) for point in found.points]
    others = [*_valleys(found, say), *_kinks(found, say)]
    return (*others, *points) if len(others) <= SINGLE else (*points, *others)


def _point(point: "CriticalPoint", found: "CriticalPoints", say: Translation) -> Marker:
    (x, y), value = _cleaned(point, found)
    low, high = point.eigenvalues
    title = degenerate_title(point.kind, say) if point.degenerate else kind_title(point.kind, say)
    return Marker(
        kind=point.kind,
        point=(x, y),
        label=_label(say, title, x, y, value) + f"\nλ = {number(low)}, {number(high)}",
        value=value,
        axes=point.eigenvectors if point.kind == "saddle" and not point.degenerate else (),
    )


def _valleys(found: "CriticalPoints", say: Translation) -> tuple[Marker, ...]:
    markers = []
    for valley in found.valleys:
        longest = max(valley.lines, key=len)
        middle_x, middle_y = longest[len(longest) // 2].tolist()
        x, y = _clean_place(middle_x, middle_y, found)
        label = say("Curve of critical points") + f"\nf = {number(valley.value)}"
        markers.append(Marker(kind="valley", point=(x, y), label=label, value=valley.value, lines=valley.lines))
    return tuple(markers)


def _kinks(found: "CriticalPoints", say: Translation) -> tuple[Marker, ...]:
    markers = []
    for kink in sorted(found.kinks, key=lambda kink: kink.value):
        (x, y), value = _cleaned(kink, found)
        label = _label(say, kind_title(_kink_title(kink), say), x, y, value)
        markers.append(Marker(kind="kink", point=(x, y), label=label, value=value, lines=kink.lines))
    return tuple(markers)


def _cleaned(one: "CriticalPoint | Kink", found: "CriticalPoints") -> tuple[tuple[float, float], float]:
    """Return a place and its value, 0 in place of what is only rounding beside the others."""
    return _clean_place(one.x, one.y, found), _clean(one.value, _largest(found))


def _clean_place(x: float, y: float, found: "CriticalPoints") -> tuple[float, float]:
    (x0, x1), (y0, y1) = found.domain
    return _clean(x, x1 - x0), _clean(y, y1 - y0)


def _clean(number: float, scale: float) -> float:
    return 0.0 if abs(number) < _ROUNDING * scale else number


@lru_cache(maxsize=2)
def _largest(found: "CriticalPoints") -> float:
    """Return the largest finite value that was found."""
    values = *(point.value for point in found.points), *(kink.value for kink in found.kinks)
    return max(filter(math.isfinite, map(abs, values)), default=0.0)


def _kink_title(kink: "Kink") -> str:
    if kink.region != "kink":
        return kink.region
    return "smooth kink" if kink.breaks == "curvature" else "kink"


def _label(say: Translation, title: str, x: float, y: float, value: float) -> str:
    where = say("f = {value} at ({x}, {y})", value=number(value), x=number(x), y=number(y))
    return f"{title}\n{where}"


def _known(surface: Surface) -> tuple[Marker, ...]:
    """Return the catalogue's minima, while the surface is the one they are known for."""
    entry = surface_entries().get(surface.entry)
    if entry is None or not entry.minima or replace(surface, domain=entry.domain) != entry.surface:
        return ()
    return tuple(
        Marker(kind="minimum", point=(x, y), label=f"f = {number(value)}", value=value) for x, y, value in entry.minima
    )


@lru_cache(maxsize=16)
def _in_view(critical: Critical, x: Range, y: Range) -> tuple[Marker, ...]:
    """Return the markers in view; kinds that would make them too many are left out, the important ones go first.

    A kind is shown whole or not at all, so that a symmetric surface looks symmetric; the first may be cut short.
    """
    shown: list[Marker] = []
    for kind in _IMPORTANCE:
        wanted = [one for one in critical.markers if one.kind == kind and (one.lines or _is_in(one.point, x, y))]
        if shown and len(shown) + len(wanted) > MOST_MARKERS:
            break
        shown += wanted[:MOST_MARKERS]
    return tuple(shown)


def _is_in(point: tuple[float, float], x: Range, y: Range) -> bool:
    return x[0] <= point[0] <= x[1] and y[0] <= point[1] <= y[1]
