"""Where the parts of an exported picture lie."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QRectF

TEXT_AT_1080 = 1.55
"""Scale of text and lines in a picture of 1080 lines: it is seen from the back row."""
MARGIN = 20.0
HEADER = 58.0
SIDE = 0.3
PROFILE = 0.36
"""Part of the room of the curves that the profile of a cut takes."""
TALLEST = 0.8
"""Height of a profile that stands alone at the side, against its width, at the most."""
"""Part of the width that legend and curves take beside the map."""
LEAST_PANEL = 74.0
"""A panel of curves lower than this cannot be read."""


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """The rectangles of a picture, in pixels; what is not shown is empty."""

    unit: float
    """Scale of text, lines and margins."""
    header: QRectF
    map: QRectF
    legend: QRectF
    curves: QRectF
    stacked: bool
    """The panels of the curves stand one above the other."""
    columns: int
    """Of the legend."""
    hyper_map: QRectF
    """Of the map of two hyper-parameters."""
    profile: QRectF = field(default_factory=QRectF)
    """Of the profile of a cut."""
    strip: QRectF = field(default_factory=QRectF)
    """Of the step in numbers, below everything else."""


def picture_unit(size: tuple[int, int]) -> float:
    """Return the scale of text and lines in a picture of ``size``."""
    width, height = size
    return TEXT_AT_1080 * min(height / 1080, width / 1400)


def arrange(
    size: tuple[int, int],
    *,
    scale: float,
    curves: bool,
    legend_rows: int,
    row_height: float,
    hyper_map: bool = False,
    profile: bool = False,
    strip: float = 0.0,
) -> Arrangement:
    """Lay a picture out: legend and curves beside the map, or above and below it where it is not wide.

    With a map of two hyper-parameters, which has the same room as the map, they are always above and below.

    Args:
        size: Width and height in pixels.
        scale: Factor on top of the scale that follows from the size.
        curves: Show the curves.
        legend_rows: Number of runs in the legend; 0 for none.
        row_height: Height of one of them at scale 1.
        hyper_map: Show a map of two hyper-parameters.
        profile: Show the profile of a cut, above or at the left of the curves.
        strip: Height of the step in numbers, in pixels.
    """
    above = size[0], size[1] - round(strip)
    unit = picture_unit(size) * scale
    places = _arranged(above, unit, (curves or profile, hyper_map), legend_rows, row_height)
    if strip:
        header = places.header
        places = replace(places, strip=QRectF(header.left(), above[1], header.width(), strip))
    return _with_profile(places, curves=curves) if profile else places


def _arranged(
    size: tuple[int, int], unit: float, shown: tuple[bool, bool], legend_rows: int, row_height: float
) -> Arrangement:
    """Lay out all but profile and strip; ``shown`` are the curves, and a map of two hyper-parameters."""
    curves, hyper_map = shown
    width, height = size
    margin, header = MARGIN * unit, HEADER * unit
    top = QRectF(margin, margin * 0.6, width - 2 * margin, header)
    body = QRectF(margin / 2, top.bottom() + margin * 0.3, width - margin, height - top.bottom() - margin * 0.8)
    if width >= 1.25 * height and (curves or legend_rows) and not hyper_map:
        return _beside(unit, top, body, curves=curves, legend=legend_rows * row_height * unit)
    columns = max(1, min(legend_rows, int(body.width() / (260 * unit)))) if legend_rows else 1
    legend = -(-legend_rows // columns) * row_height * unit
    places = _below(unit, top, body, curves=curves, legend=legend, columns=columns)
    return _divided(places) if hyper_map else places


def _with_profile(places: Arrangement, *, curves: bool) -> Arrangement:
    """Return the places with a part of that of the curves for a profile; all of it where there are no curves."""
    profile, rest = QRectF(places.curves), QRectF(places.curves)
    if not curves:
        if places.stacked:
            profile.setHeight(min(profile.height(), TALLEST * profile.width()))
        return replace(places, profile=profile, curves=QRectF())
    if places.stacked:
        profile.setHeight(PROFILE * rest.height())
        rest.setTop(profile.bottom())
    else:
        profile.setWidth(PROFILE * rest.width())
        rest.setLeft(profile.right())
    return replace(places, profile=profile, curves=rest)


def _divided(places: Arrangement) -> Arrangement:
    """Return the places with the map's divided for two maps: side by side, or in a tall picture one below the other."""
    first, second = halves(places.map)
    return replace(places, map=first, hyper_map=second)


def halves(whole: QRectF) -> tuple[QRectF, QRectF]:
    """Return the two halves of a rectangle: side by side, or in a tall one the one below the other."""
    first, second = QRectF(whole), QRectF(whole)
    if whole.width() >= whole.height():
        first.setRight(whole.center().x())
        second.setLeft(first.right())
    else:
        first.setBottom(whole.center().y())
        second.setTop(first.bottom())
    return first, second


def _beside(unit: float, header: QRectF, body: QRectF, *, curves: bool, legend: float) -> Arrangement:
    side = body.width() * (SIDE if curves else SIDE * 0.8)
    left, gap = body.right() - side, 10 * unit
    names = QRectF(left + gap, body.top(), header.right() - left - gap, legend)
    rest = QRectF(left, names.bottom() + gap, side, body.bottom() - names.bottom() - gap)
    return Arrangement(
        unit=unit,
        header=header,
        map=QRectF(body.left(), body.top(), body.width() - side, body.height()),
        legend=names,
        curves=rest if curves else QRectF(),
        stacked=True,
        columns=1,
        hyper_map=QRectF(),
    )


def _below(unit: float, header: QRectF, body: QRectF, *, curves: bool, legend: float, columns: int) -> Arrangement:
    gap = 8 * unit
    names = QRectF(header.left(), body.top(), header.width(), legend)
    strip = max(0.24 * body.height(), LEAST_PANEL * unit) if curves else 0.0
    top = names.bottom() + (gap if legend else 0.0)
    return Arrangement(
        unit=unit,
        header=header,
        map=QRectF(body.left(), top, body.width(), body.bottom() - top - strip),
        legend=names,
        curves=QRectF(body.left(), body.bottom() - strip, body.width(), strip) if curves else QRectF(),
        stacked=False,
        columns=columns,
        hyper_map=QRectF(),
    )
