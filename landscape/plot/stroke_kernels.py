"""The kernels that draw lines through space into a rasterized picture: smooth, dashed, hidden by what is nearer."""

from landscape.plot.raster_kernels import Array, downward, least, most, upward

STYLE = 12
"""Numbers of one stroke: first point and the one after the last; colour as a word, of which the opacity counts; half
its width; where it is drawn: 1 where it is seen, -1 where it is hidden, 0 everywhere; how much nearer something must be
to hide it; its number; the lengths of dash, gap, dash and gap, the first of them 0 where it has none; unused."""

SHORT, STRAIGHT = 6.0, 0.15
"""Pieces up to so many pixels are drawn together, where what lies between is no farther beside: at the last point."""


def project(count: int, places: Array, view: Array, seen: Array) -> None:
    """Return where places in the box are seen: how far right and down in pixels, and how near.

    ``view``: as of :func:`~landscape.plot.raster_kernels.place`.
    """
    wide, long, high = view[0], view[1], view[2]
    turn_cos, turn_sin, tilt_cos, tilt_sin = view[3], view[4], view[5], view[6]
    near, scale, left, top = view[7], view[8], view[9], view[10]
    for k in range(count):
        x, y, z = (places[3 * k] - 0.5) * wide, (places[3 * k + 1] - 0.5) * long, (places[3 * k + 2] - 0.5) * high
        sideways, away = turn_cos * x - turn_sin * y, turn_sin * x + turn_cos * y
        upward_, toward = away * tilt_sin + z * tilt_cos, z * tilt_sin - away * tilt_cos
        grown = scale / (1.0 - near * toward)
        seen[3 * k] = left + grown * sideways
        seen[3 * k + 1] = top - grown * upward_
        seen[3 * k + 2] = toward


def stroke(
    first: int, last: int, width: int, count: int, styles: Array, points: Array, near: Array, stamps: Array,
    pixels: Array,
) -> None:  # fmt: skip
    """Draw strokes in the rows ``first`` to ``last`` of the picture.

    Where the pieces of one stroke overlap, only the one that covers most counts: ``stamps`` keeps for each pixel which
    stroke was the last there, and how much of the pixel it covers.
    """
    for k in range(count):
        along, point, last_point = 0.0, int(styles[k * STYLE]), int(styles[k * STYLE + 1]) - 1
        while point < last_point:
            begin = 3 * point
            point += 1
            x, y = points[3 * point] - points[begin], points[3 * point + 1] - points[begin + 1]
            square = x * x + y * y
            if not square < 1e12:
                continue
            # What goes on almost straight is drawn as one piece.
            while square < SHORT * SHORT and point < last_point:
                next_x, next_y = points[3 * point + 3] - points[begin], points[3 * point + 4] - points[begin + 1]
                next_square, beside = next_x * next_x + next_y * next_y, x * next_y - y * next_x
                on = x * next_x + y * next_y > square and beside * beside < STRAIGHT * STRAIGHT * next_square
                if not (on and next_square < 1e12):
                    break
                point += 1
                x, y, square = next_x, next_y, next_square
            length = square**0.5
            piece(
                begin, 3 * point, x, y, length, along, k * STYLE, first, last, width, styles, points, near, stamps,
                pixels,
            )  # fmt: skip
            along += length


def piece(
    at: int, to: int, x: float, y: float, length: float, along: float, style: int, first: int, last: int, width: int,
    styles: Array, points: Array, near: Array, stamps: Array, pixels: Array,
) -> None:  # fmt: skip
    """Draw the straight piece from one point to another, with round ends."""
    x_0, y_0, n_0, n = points[at], points[at + 1], points[at + 2], points[to + 2] - points[at + 2]
    x_1, y_1, word, where = x_0 + x, y_0 + y, int(styles[style + 2]), styles[style + 4]
    reach, limit, number = styles[style + 3] + 0.5, styles[style + 5], int(styles[style + 6]) << 8
    beside = most(x_0, x_1) < -reach or least(x_0, x_1) > width + reach
    if beside or most(y_0, y_1) < first - reach or least(y_0, y_1) > last + reach:
        return
    opacity, has_dashes = float((word >> 24) & 255), styles[style + 7] > 0.0
    over = 1.0 / most(length, 1e-9)
    side_x, side_y, along_x, along_y = -y * over, x * over, x * over * over, y * over * over
    lean, spread = 0.0, 1e9
    if side_x > 1e-6 or side_x < -1e-6:
        lean, spread = side_y / side_x, reach / most(side_x, -side_x)
    left, right = most(least(x_0, x_1) - reach - 0.5, 0.0), least(most(x_0, x_1) + reach - 0.5, width - 1.0)
    top = most(first, upward(most(least(y_0, y_1), -1e6) - reach - 0.5))
    bottom = least(last - 1, downward(least(most(y_0, y_1), 1e6) + reach - 0.5))
    for row in range(top, bottom + 1):
        down = row + 0.5 - y_0
        middle = x_0 - down * lean - 0.5
        start, stop = upward(most(left, middle - spread)), downward(least(right, middle + spread))
        for column in range(start, stop + 1):
            across = column + 0.5 - x_0
            part, away = across * along_x + down * along_y, across * side_x + down * side_y
            if part < 0.0 or part > 1.0:
                part = 0.0 if part < 0.0 else 1.0
                off_x, off_y = across - part * x, down - part * y
                away = (off_x * off_x + off_y * off_y) ** 0.5
            cover = least(reach - most(away, -away), 1.0)
            if cover <= 0.0:
                continue
            index = row * width + column
            if where != 0.0 and where * (n_0 + part * n + limit - near[index]) < 0.0:
                continue
            if has_dashes:
                cover = most(least(cover, dashed(along + part * length, style, styles)), 0.0)
            share = int(cover * opacity + 0.5)
            old = stamps[index]
            covered = (old & 255) if (old >> 8) << 8 == number else 0
            if share > covered:
                stamps[index] = number | share
                pixels[index] = blended(pixels[index], word, float(share - covered) / float(255 - covered))


def dashed(along: float, style: int, styles: Array) -> float:
    """Return how much of a place of a line lies on a dash, from 0 or less to 1."""
    dash, gap, other = styles[style + 7], styles[style + 8], styles[style + 9]
    period = dash + gap + other + styles[style + 10]
    phase = along - period * int(along / period)
    second = phase - dash - gap
    on = most(least(phase, dash - phase), least(second, other - second))
    found: float = least(0.5 + most(on, phase - period), 1.0)
    return found


def blended(under: int, over: int, part: float) -> int:
    """Return a colour with a part of another over it."""
    share = int(part * 256.0 + 0.5)
    r = ((under >> 16) & 255) * (256 - share) + ((over >> 16) & 255) * share + 128
    g = ((under >> 8) & 255) * (256 - share) + ((over >> 8) & 255) * share + 128
    b = (under & 255) * (256 - share) + (over & 255) * share + 128
    return 0xFF000000 | ((r >> 8) << 16) | ((g >> 8) << 8) | (b >> 8)


PARTS = piece, dashed, blended, least, most, upward, downward
"""What others call; each only what comes after it."""
