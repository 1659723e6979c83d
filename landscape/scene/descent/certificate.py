"""What was proven about the critical points of a surface, and what was not, as sentences."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from landscape.scene.text import number
from landscape.translation import Translation

if TYPE_CHECKING:
    from landscape.geometry.critical.points import CriticalPoints, Kink

SINGLE = 3
"""As many of one sort are told one by one; more are counted."""
TINY = 1e-6
"""A part of the domain that nobody sees."""


def kind_title(kind: str, say: Translation) -> str:
    """Return what a marker is called."""
    titles = {
        "minimum": say("Minimum"),
        "maximum": say("Maximum"),
        "saddle": say("Saddle"),
        "degenerate": say("Degenerate point"),
        "kink": say("Not differentiable here"),
        "smooth kink": say("The formula is not smooth here"),
        "pole": say("A pole"),
        "jump": say("A jump"),
        "gap": say("A gap of the formula"),
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
    if found.share >= 1.0 and {region.kind for region in found.regions} == {"flat"}:
        return say("The formula is constant: every point of the domain is critical")
    if found.share >= 1.0:
        return say("{counts}: proven, but nothing is excluded", counts=counts) if counts else say("Nothing is decided")
    if is_at_places(found):
        if counts:
            return say("{counts}: proven, and no others but at these places:", counts=counts)
        return say("Proven: critical points only at these places:")
    share = percent(found.share, say)
    if counts:
        return say(
            "{counts}: proven, and no others outside of the hatched {share} of the domain", counts=counts, share=share
        )
    return say("Proven: no critical points outside of the hatched {share} of the domain", share=share)


def is_at_places(found: "CriticalPoints") -> bool:
    """Tell whether all that is open are tiny rectangles around points that are told."""
    told = len(found.degenerate) + sum(not kink.lines for kink in found.kinks)
    return told > 0 and found.share < TINY and not (found.undecided or found.valleys)


def percent(share: float, say: Translation) -> str:
    """Return a part of the domain: never 0 for what is not nothing, never 100 for what is not all."""
    if share < 0.0001:
        return say("less than 0.01 %")
    return say("{number} %", number=number(min(100 * share, 99.9) if share < 1.0 else 100.0, 3))


def so_far(found: "CriticalPoints", say: Translation) -> str:
    """Return what is proven while the search goes on."""
    counts = _counts(found, say)
    return say("{counts} so far: proven", counts=counts) if counts else say("Searching for critical points…")


def notes(found: "CriticalPoints", say: Translation) -> tuple[str, ...]:
    """Return what there is beside proven points, and what was not decided: a sentence for each."""
    return (*_valleys(found, say), *_degenerate(found, say), *_kinks(found, say), *_rest(found, say))


def _counts(found: "CriticalPoints", say: Translation) -> str:
    """Return how many points of each kind are proven."""
    number_of = Counter(point.kind for point in found.points if point.proven)
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
        yield say("{count} points with a degenerate Hessian", count=len(found.degenerate))
        return
    for point in found.degenerate:
        x, y = number(point.x), number(point.y)
        index = say("index not known") if point.index is None else say("index {index}", index=number(point.index))
        title = degenerate_title(point.kind, say)
        yield say("{title} at ({x}, {y}), {index}", title=title, x=x, y=y, index=index)


def degenerate_title(kind: str, say: Translation) -> str:
    """Return what a point is called whose Hessian does not tell: its kind, if something else tells."""
    if kind == "degenerate":
        return say("A point with a degenerate Hessian, kind not decided")
    return say("{kind} (degenerate Hessian)", kind=kind_title(kind, say))


def _kinks(found: "CriticalPoints", say: Translation) -> Iterator[str]:
    for region in ("kink", "gap", "jump", "pole"):
        kinks = [kink for kink in found.kinks if kink.region == region]
        if len(kinks) > SINGLE:
            yield _many_kinks(kinks, say)
        else:
            yield from (_kink(kink, say) for kink in kinks)


def _many_kinks(kinks: "list[Kink]", say: Translation) -> str:
    count, lowest = len(kinks), number(min(kink.value for kink in kinks))
    match kinks[0].region:
        case "pole":
            return say("{count} poles", count=count)
        case "jump":
            return say("{count} jumps", count=count)
        case "gap":
            return say("{count} gaps of the formula, which limits close", count=count)
    if all(kink.breaks == "curvature" for kink in kinks):
        return say(
            "{count} places where the formula is not smooth, the lowest at f = {value}", count=count, value=lowest
        )
    return say("{count} places without a derivative, the lowest at f = {value}", count=count, value=lowest)


def _kink(kink: "Kink", say: Translation) -> str:
    x, y, value = number(kink.x), number(kink.y), number(kink.value)
    if kink.region != "kink":
        return _break(kink, say, x, y)
    what = say("not differentiable") if kink.breaks == "slope" else say("the formula is not smooth")
    if kink.lines:
        return say("{what} along a line, lowest at ({x}, {y}), f = {value}", what=what, x=x, y=y, value=value)
    match kink.kind:
        case "minimum":
            return say("{what} at ({x}, {y}), f = {value}: a minimum", what=what, x=x, y=y, value=value)
        case "maximum":
            return say("{what} at ({x}, {y}), f = {value}: a maximum", what=what, x=x, y=y, value=value)
        case "saddle":
            return say("{what} at ({x}, {y}), f = {value}: a saddle", what=what, x=x, y=y, value=value)
    return say("{what} at ({x}, {y}), f = {value}", what=what, x=x, y=y, value=value)


def _break(kink: "Kink", say: Translation, x: str, y: str) -> str:
    match kink.region, bool(kink.lines):
        case "pole", True:
            return say("a pole along a line through ({x}, {y})", x=x, y=y)
        case "pole", False:
            return say("a pole at ({x}, {y})", x=x, y=y)
        case "jump", True:
            return say("a jump along a line through ({x}, {y})", x=x, y=y)
        case "jump", False:
            return say("a jump at ({x}, {y})", x=x, y=y)
        case _, True:
            return say("a gap of the formula along a line through ({x}, {y}), which a limit closes", x=x, y=y)
    return say("a gap of the formula at ({x}, {y}), which a limit closes", x=x, y=y)


def _rest(found: "CriticalPoints", say: Translation) -> Iterator[str]:
    """Yield what is flat and what was not decided."""
    if len(found.flats) == 1:
        yield say("a flat region, where the formula is constant")
    elif found.flats:
        yield say("{count} flat regions, where the formula is constant", count=len(found.flats))
    undecided = sum(region.share for region in found.regions if region.kind == "undecided")
    if found.undecided:
        yield say("not decided: {share} of the domain", share=percent(undecided, say))
    if found.exhausted:
        yield say("the search ended after {boxes} rectangles", boxes=found.boxes)
