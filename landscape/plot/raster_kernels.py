"""The kernels of the rasterizer, as plain functions of numbers and addresses of arrays, which Numba compiles.

They are called through :mod:`landscape.plot.rasterizer` alone. ``PARTS`` are called by the others.
"""

from typing import Any, TypeAlias, TypeVar

Number = TypeVar("Number", int, float)
Array: TypeAlias = Any
"""In a kernel: the address of an array."""
LIGHTS = 320
"""Brightnesses that a colour is kept in, from 0 on in steps of 1/256."""
BRIGHTEST = (LIGHTS - 2) / 256
EDGE = 1e-5
"""Of a triangle: what is so far beyond an edge belongs to it, so that there is no gap between two."""


def place(
    count: int, across: Array, up: Array, height: Array, slope_across: Array, slope_up: Array, rim: Array, view: Array,
    right: Array, down: Array, depth: Array, light: Array,
) -> None:  # fmt: skip
    """Place vertices in the picture and light them.

    ``view``: width, length and height of the box in pixels; cosine and sine of the azimuth and of the elevation; how
    much nearer things grow; factor and position in the picture; direction of the light; ambient, diffuse and specular
    part of it; direction to the eye.
    """
    wide, long, high = view[0], view[1], view[2]
    turn_cos, turn_sin, tilt_cos, tilt_sin = view[3], view[4], view[5], view[6]
    near, scale, left, top = view[7], view[8], view[9], view[10]
    light_x, light_y, light_z = view[11], view[12], view[13]
    ambient, diffuse, gloss = view[14], view[15], view[16]
    eye_x, eye_y, eye_z = view[17], view[18], view[19]
    half_x, half_y, half_z = light_x + eye_x, light_y + eye_y, light_z + eye_z
    half = (half_x * half_x + half_y * half_y + half_z * half_z) ** 0.5 + 1e-12
    for k in range(count):
        s = least(most(height[k], 0.0), 1.0) if height[k] == height[k] else 0.0
        x, y, z = (across[k] - 0.5) * wide, (up[k] - 0.5) * long, (s - 0.5) * high
        sideways, away = turn_cos * x - turn_sin * y, turn_sin * x + turn_cos * y
        upward, toward = away * tilt_sin + z * tilt_cos, z * tilt_sin - away * tilt_cos
        grown = scale / (1.0 - near * toward)
        right[k] = left + grown * sideways
        down[k] = top - grown * upward
        depth[k] = toward
        gx, gy = -slope_across[k] * high / wide, -slope_up[k] * high / long
        size = (gx * gx + gy * gy + 1.0) ** 0.5
        if not size < 1e30:
            gx, gy, size = 0.0, 0.0, 1e30
        lit = (gx * light_x + gy * light_y + light_z) / size
        shine = (gx * half_x + gy * half_y + half_z) / (size * half)
        shine = shine * shine
        shine = shine * shine
        shine = shine * shine
        shine = shine * shine
        light[k] = least((ambient + diffuse * most(lit, 0.0) + gloss * shine * shine) * rim[k], BRIGHTEST)


def fill(
    first: int, last: int, half_line: float, sizes: Array, height: Array, right: Array, down: Array, depth: Array,
    light: Array, across: Array, up: Array, hole: Array, spans: Array, level: Array, colors: Array, levels: Array,
    overlay: Array, pixels: Array, near: Array,
) -> None:  # fmt: skip
    """Draw the triangles of a mesh in the rows ``first`` to ``last`` of the picture.

    ``sizes``: rows and columns of the mesh, width of the picture, number of entries in ``levels``, rows and columns of
    what is laid over the surface, every how many vertices are used. ``spans``: how high and how low each row of the
    mesh comes in the picture. ``level``: the contour line that is nearest to each vertex; ``levels``: to each height.
    """
    rows, columns, width, stride = sizes[0], sizes[1], sizes[2], sizes[6]
    for index in range(first * width, last * width):
        near[index] = -3.0e38
    row = 0
    while row < rows - stride:
        next_row, column = row + stride, 0
        highest, lowest = least(spans[2 * row], spans[2 * next_row]), most(spans[2 * row + 1], spans[2 * next_row + 1])
        if highest > last or lowest < first:
            column = columns
        while column < columns - stride:
            a = row * columns + column
            column += stride
            b, c = a + stride, a + stride * columns
            d = c + stride
            y_a, y_b, y_c, y_d = down[a], down[b], down[c], down[d]
            top, bottom = least(least(y_a, y_b), least(y_c, y_d)), most(most(y_a, y_b), most(y_c, y_d))
            if bottom < first or top > last or hole[a - row] != 0:
                continue
            x_a, x_b, x_c, x_d = right[a], right[b], right[c], right[d]
            h_a, h_b, h_c, h_d = height[a], height[b], height[c], height[d]
            d_a, d_b, d_c, d_d = depth[a], depth[b], depth[c], depth[d]
            l_a, l_b, l_c, l_d = light[a], light[b], light[c], light[d]
            triangle(
                x_a, y_a, h_a, d_a, l_a, x_b, y_b, h_b, d_b, l_b, x_c, y_c, h_c, d_c, l_c, level[a], a, b, c,
                first, last, half_line, sizes, across, up, colors, levels, overlay, pixels, near,
            )  # fmt: skip
            triangle(
                x_d, y_d, h_d, d_d, l_d, x_c, y_c, h_c, d_c, l_c, x_b, y_b, h_b, d_b, l_b, level[d], d, c, b,
                first, last, half_line, sizes, across, up, colors, levels, overlay, pixels, near,
            )  # fmt: skip
        row = next_row


def triangle(
    x_a: float, y_a: float, h_a: float, d_a: float, l_a: float, x_b: float, y_b: float, h_b: float, d_b: float,
    l_b: float, x_c: float, y_c: float, h_c: float, d_c: float, l_c: float, level: float, a: int, b: int, c: int,
    first: int, last: int, half_line: float, sizes: Array, across: Array, up: Array, colors: Array, levels: Array,
    overlay: Array, pixels: Array, near: Array,
) -> None:  # fmt: skip
    """Draw the triangle of three vertices.

    A contour line is where the height, which is linear in each triangle, is nearer to a level than half the line's
    width: so it lies on the surface, and is as wide in every direction.
    """
    top = most(first, upward(least(y_a, least(y_b, y_c)) - 0.5))
    bottom = least(last - 1, downward(most(y_a, most(y_b, y_c)) - 0.5))
    width = sizes[2]
    begin = most(0, upward(least(x_a, least(x_b, x_c)) - 0.5))
    end = least(width - 1, downward(most(x_a, most(x_b, x_c)) - 0.5))
    if end < begin or bottom < top:
        return
    area = (x_b - x_a) * (y_c - y_a) - (x_c - x_a) * (y_b - y_a)
    if not (h_a == h_a and h_b == h_b and h_c == h_c) or area * area < 1e-12:
        return
    part = 1.0 / area
    b_x, b_y, c_x, c_y = (y_c - y_a) * part, (x_a - x_c) * part, (y_a - y_b) * part, (x_b - x_a) * part
    h_b, h_c, d_b, d_c, l_b, l_c = h_b - h_a, h_c - h_a, d_b - d_a, d_c - d_a, l_b - l_a, l_c - l_a
    h_x, h_y = b_x * h_b + c_x * h_c, b_y * h_b + c_y * h_c
    flatness = line_here(h_x * h_x + h_y * h_y, h_a, h_b, h_c, level, half_line + 0.5)
    d_x, l_x, laid, bend = b_x * d_b + c_x * d_c, b_x * l_b + c_x * l_c, sizes[4] > 0, b_x + c_x
    to_b, to_c, to_a = inverse(b_x), inverse(c_x), inverse(bend)
    for y in range(top, bottom + 1):
        part_b = (begin + 0.5 - x_a) * b_x + (y + 0.5 - y_a) * b_y
        part_c = (begin + 0.5 - x_a) * c_x + (y + 0.5 - y_a) * c_y
        left, right = within(b_x, to_b, part_b + EDGE, 0.0, float(end - begin))
        left, right = within(c_x, to_c, part_c + EDGE, left, right)
        left, right = within(-bend, -to_a, 1.0 + EDGE - part_b - part_c, left, right)
        if right < left:
            continue
        start, row = upward(left), y * width + begin
        part_b += start * b_x
        part_c += start * c_x
        toward = d_a + part_b * d_b + part_c * d_c
        h = h_a + part_b * h_b + part_c * h_c
        bright = l_a + part_b * l_b + part_c * l_c
        for index in range(row + start, row + int(right) + 1):
            if toward > near[index]:
                near[index] = toward
                if flatness > 0.0 or laid:
                    on = index - row - start
                    cover = cover_at(part_b + on * b_x, part_c + on * c_x, a, b, c, sizes, across, up, overlay)
                    line = nearest_level(h, sizes, levels)
                    ink = ink_at(h, line, half_line + 0.5, flatness)
                    word, of_line = colors[256 * LIGHTS + shade(h)], colors[256 * LIGHTS + shade(line)]
                    pixels[index] = mixed(word, cover, of_line, ink, bright)
                else:
                    pixels[index] = colors[int(h * 255.0 + 0.5) * LIGHTS + int(bright * 256.0 + 0.5)]
            toward += d_x
            h += h_x
            bright += l_x


def inverse(slope: float) -> float:
    """Return 1/slope, 0 for 0."""
    return 1.0 / slope if slope != 0.0 else 0.0


def within(slope: float, inverted: float, value: float, left: float, right: float) -> tuple[float, float]:
    """Return the part of a row in which what begins with ``value`` and grows by ``slope`` is not negative."""
    at = -value * inverted
    if slope > 0.0:
        return most(left, at), right
    if slope < 0.0:
        return left, least(right, at)
    return left, right if value >= 0.0 else -1.0


def line_here(square: float, h_a: float, h_b: float, h_c: float, level: float, half: float) -> float:
    """Return how many pixels a triangle needs for a unit of height; 0 where no contour line touches it.

    Args:
        square: Square of its slope in the picture. Where it is flat, a line would be as wide as the triangle.
        h_a: Height of one of its vertices.
        h_b: How much higher the second one is.
        h_c: How much higher the third one is.
        level: The level that is nearest to the first.
        half: How far from its middle a line can be seen, in pixels.
    """
    beyond = most(level - h_a, h_a - level) - most(most(h_b, -h_b), most(h_c, -h_c))
    touched = square > 1e-14 and (beyond < 0.0 or beyond * beyond < square * half * half)
    return 1.0 / square**0.5 if touched else 0.0


def ink_at(height: float, line: float, half: float, flatness: float) -> float:
    """Return how much of a pixel the contour line at a height covers, 0 or less for nothing."""
    if flatness == 0.0:
        return 0.0
    away = height - line
    return least(half - most(away, -away) * flatness, 1.0)


def shade(height: float) -> int:
    """Return which of 256 colours a height has."""
    return int(least(most(height, 0.0), 1.0) * 255.0 + 0.5)


def cover_at(
    part_b: float, part_c: float, a: int, b: int, c: int, sizes: Array, across: Array, up: Array, overlay: Array
) -> int:
    """Return the word that lies over the surface at a place of a triangle; 0 for none."""
    if sizes[4] == 0:
        return 0
    u = across[a] + part_b * (across[b] - across[a]) + part_c * (across[c] - across[a])
    v = up[a] + part_b * (up[b] - up[a]) + part_c * (up[c] - up[a])
    return laid_over(u, v, sizes, overlay)


def nearest_level(height: float, sizes: Array, levels: Array) -> float:
    """Return the contour line that is nearest to a height."""
    found: float = levels[int(least(most(height, 0.0), 1.0) * (sizes[3] - 1) + 0.5)]
    return found


def laid_over(u: float, v: float, sizes: Array, overlay: Array) -> int:
    """Return the word that lies over the surface at a place of the base."""
    rows, columns = sizes[4], sizes[5]
    column = least(most(int(u * columns), 0), columns - 1)
    row = least(most(int((1.0 - v) * rows), 0), rows - 1)
    word: int = overlay[row * columns + column]
    return word


def mixed(word: int, cover: int, line: int, ink: float, bright: float) -> int:
    """Return a colour with another, premultiplied one over it, then a contour line, lit.

    Args:
        word: The colour of the surface.
        cover: What lies over it; 0 for nothing.
        line: The colour of the line's own height: its ink is the same on both of its sides.
        ink: How much of the pixel it covers.
        bright: Factor of the light.
    """
    red, green, blue = float((word >> 16) & 255), float((word >> 8) & 255), float(word & 255)
    if cover != 0:
        rest = 1.0 - float((cover >> 24) & 255) / 255.0
        red = red * rest + float((cover >> 16) & 255)
        green = green * rest + float((cover >> 8) & 255)
        blue = blue * rest + float(cover & 255)
    if ink > 0.0:
        # Dark on what is light, and light on what is dark.
        tone = 0.0 if (lightness(red, green, blue) if cover != 0 else lightness_of(line)) > 110.0 else 255.0
        part = ink * (0.40 if tone == 0.0 else 0.46)
        red, green, blue = red + (tone - red) * part, green + (tone - green) * part, blue + (tone - blue) * part
    r, g, b = int(least(red * bright, 255.0)), int(least(green * bright, 255.0)), int(least(blue * bright, 255.0))
    return 0xFF000000 | (r << 16) | (g << 8) | b


def lightness(red: float, green: float, blue: float) -> float:
    """Return how light a colour is, from 0 to 255."""
    return red * 0.299 + green * 0.587 + blue * 0.114


def lightness_of(word: int) -> float:
    """Return how light the colour of a word is."""
    return lightness(float((word >> 16) & 255), float((word >> 8) & 255), float(word & 255))


def least(a: Number, b: Number) -> Number:
    """Return the smaller one; Numba's own leaves a way open on which it fails, and then no machine code can be kept."""
    return a if a < b else b


def most(a: Number, b: Number) -> Number:
    """Return the larger one."""
    return a if a > b else b


def upward(a: float) -> int:
    """Return the next whole number that is not less."""
    whole = int(a)
    return whole + 1 if whole < a else whole


def downward(a: float) -> int:
    """Return the next whole number that is not more."""
    whole = int(a)
    return whole - 1 if whole > a else whole


PARTS = (
    triangle,
    cover_at,
    ink_at,
    line_here,
    within,
    inverse,
    nearest_level,
    laid_over,
    mixed,
    lightness_of,
    lightness,
    shade,
    least,
    most,
    upward,
    downward,
)
"""What others call; each only what comes after it."""
