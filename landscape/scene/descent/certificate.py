"""What was proven about the critical points of a surface, and what was not, as sentences."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from landscape.scene.text import number
from landscape.translation import Translation

if TYPE_CHECKING:
    from landscape.geometry.critical.points import CriticalPoints, Kink

SINGLE = 3
"""As many of one sort are told one by one; more are counted."""


def kind_title(kind: str, say: Translation) -> str:
    """Return what a marker is called."""
    titles = {
        "minimum": say("Minimum"),
        "maximum": say("Maximum"),
        "saddle": say("Saddle"),
        "degenerate": say("Degenerate point"),
        "kink": say("Not differentiable here"),
        "smooth kink": say("The formula is not smooth here"),
        "jump": say("A jump or a pole"),
        "valley": say("Curve of critical points"),
    }
    return titles[kind]


def certificate(found: "CriticalPoints", say: Translation) -> str:
    """Return what is proven, in one sentence."""
    counts = _counts(found, say)
    if found.complete:
        if not counts:
            return say("No critical points in the domain: proven")
        index = _index(found)
        if index:
            return say("{counts}: proven complete here (index {index})", counts=counts, index=index)
        return say("{counts}: proven complete here", counts=counts)
    if found.exhausted or found.undecided:
        return say("{counts}: proven, but not all is decided", counts=counts) if counts else say("Not all is decided")
    if any(kink.lines for kink in found.kinks):
        # What is as near to a line as its boxes are wide was searched, not decided.
        if counts:
            return say("{counts}: proven. Except close to the lines, there is only this besides:", counts=counts)
        return say("Proven that, except close to the lines, there is only this:")
    if counts:
        return say("{counts}: proven. Besides there is only this:", counts=counts)
    return say("Proven that there is only this:")


def so_far(found: "CriticalPoints", say: Translation) -> str:
    """Return what is proven while the search goes on."""
    counts = _counts(found, say)
    return say("{counts} so far: proven", counts=counts) if counts else say("Searching for critical points…")


def notes(found: "CriticalPoints", say: Translation) -> tuple[str, ...]:
    """Return what there is beside proven points, and what was not decided: a sentence for each."""
    return (*_valleys(found, say), *_degenerate(found, say), *_kinks(found, say), *_rest(found, say))


def _counts(found: "CriticalPoints", say: Translation) -> str:
    number_of = found.counts
    parts = []
    if n := number_of["minimum"]:
        parts.append(say("{count} minima", count=n) if n > 1 else say("1 minimum"))
    if n := number_of["maximum"]:
        parts.append(say("{count} maxima", count=n) if n > 1 else say("1 maximum"))
    if n := number_of["saddle"]:
        parts.append(say("{count} saddles", count=n) if n > 1 else say("1 saddle"))
    return say(", ").join(parts)


def _index(found: "CriticalPoints") -> str:
    """Return the sum of the indices, ``4 + 1 − 4 = 1``, where the border's own count agrees."""
    minima, maxima, saddles = (found.counts[kind] for kind in ("minimum", "maximum", "saddle"))
    if found.boundary_index is None or found.boundary_index != found.index_sum:
        return ""
    total = " + ".join(str(part) for part in (minima, maxima) if part)
    total += f" − {saddles}" if saddles and total else f"−{saddles}" if saddles else ""
    result = number(found.boundary_index)
    return total if total == result else f"{total} = {result}"


def _valleys(found: "CriticalPoints", say: Translation) -> Iterator[str]:
    if len(found.valleys) > SINGLE:
        values = [valley.value for valley in found.valleys]
        low, high = number(min(values)), number(max(values))
        yield say("{count} curves of critical points, f from {low} to {high}", count=len(values), low=low, high=high)
        return
    for valley in found.valleys:
        value = number(valley.value)
        if valley.kind == "minimum":
            yield say("a valley: a whole curve of minima, f = {value}", value=value)
        elif valley.kind == "maximum":
            yield say("a ridge: a whole curve of maxima, f = {value}", value=value)
        else:
            yield say("a curve of critical points, f = {value}", value=value)


def _degenerate(found: "CriticalPoints", say: Translation) -> Iterator[str]:
    if len(found.degenerate) > SINGLE:
        yield say("{count} degenerate points: the Hessian does not tell their kind", count=len(found.degenerate))
        return
    for point in found.degenerate:
        x, y = number(point.x), number(point.y)
        if point.index is None:
            yield say("a degenerate point at ({x}, {y}): the Hessian does not tell its kind", x=x, y=y)
        else:
            index = number(point.index)
            yield say("a degenerate point at ({x}, {y}), index {index}", x=x, y=y, index=index)


def _kinks(found: "CriticalPoints", say: Translation) -> Iterator[str]:
    for breaks in ("slope", "curvature", "value"):
        kinks = [kink for kink in found.kinks if kink.breaks == breaks]
        if len(kinks) > SINGLE:
            yield _many_kinks(kinks, say)
        else:
            yield from (_kink(kink, say) for kink in kinks)


def _many_kinks(kinks: "list[Kink]", say: Translation) -> str:
    count, lowest = len(kinks), number(min(kink.value for kink in kinks))
    if kinks[0].breaks == "value":
        return say("{count} jumps or poles", count=count)
    if kinks[0].breaks == "curvature":
        return say(
            "{count} places where the formula is not smooth, the lowest at f = {value}", count=count, value=lowest
        )
    return say("{count} places without a derivative, the lowest at f = {value}", count=count, value=lowest)


def _kink(kink: "Kink", say: Translation) -> str:
    x, y, value = number(kink.x), number(kink.y), number(kink.value)
    if kink.breaks == "value":
        place = say("a jump or a pole along a line through ({x}, {y})", x=x, y=y)
        return place if kink.lines else say("a jump or a pole at ({x}, {y})", x=x, y=y)
    what = say("not differentiable") if kink.breaks == "slope" else say("the formula is not smooth")
    if kink.lines:
        return say("{what} along a line, lowest at ({x}, {y}), f = {value}", what=what, x=x, y=y, value=value)
    if kink.kind == "minimum":
        return say("{what} at ({x}, {y}), f = {value}: a minimum", what=what, x=x, y=y, value=value)
    if kink.kind == "maximum":
        return say("{what} at ({x}, {y}), f = {value}: a maximum", what=what, x=x, y=y, value=value)
    return say("{what} at ({x}, {y}), f = {value}", what=what, x=x, y=y, value=value)


def _rest(found: "CriticalPoints", say: Translation) -> Iterator[str]:
    """Yield what is flat and what was not decided."""
    if len(found.flats) == 1:
        yield say("a flat region, where double precision sees no slope")
    elif found.flats:
        yield say("{count} flat regions, where double precision sees no slope", count=len(found.flats))
    if len(found.undecided) == 1:
        yield say("1 small rectangle is undecided")
    elif found.undecided:
        yield say("{count} small rectangles are undecided", count=len(found.undecided))
    if found.exhausted:
        yield say("the search ended after {boxes} rectangles", boxes=found.boxes)
