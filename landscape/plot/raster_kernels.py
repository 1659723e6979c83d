"""The kernels of the rasterizer, as plain functions of numbers and addresses of arrays, which Numba compiles.

They are called through :mod:`landscape.plot.rasterizer` alone. ``PARTS`` are called by the others.
"""

from typing import Any, TypeAlias, TypeVar

Number = TypeVar("Number", int, float)
Array: TypeAlias = Any
"""In a kernel: the address of an array."""


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
        light[k] = (ambient + diffuse * most(lit, 0.0) + gloss * shine * shine) * rim[k]


def fill(
    first: int, last: int, half_line: float, sizes: Array, height: Array, right: Array, down: Array, depth: Array,
    light: Array, across: Array, up: Array, hole: Array, colors: Array, levels: Array, overlay: Array, pixels: Array,
    near: Array,
) -> None:  # fmt: skip
    """Draw the triangles of a mesh in the rows ``first`` to ``last`` of the picture.

    ``sizes``: rows and columns of the mesh, width of the picture, number of levels, rows and columns of what is laid
    over the surface, every how many vertices are used.
    """
    rows, columns, width, stride = sizes[0], sizes[1], sizes[2], sizes[6]
    for index in range(first * width, last * width):
        near[index] = -3.0e38
    row = 0
    while row < rows - stride:
        column = 0
        while column < columns - stride:
            a = row * columns + column
            column += stride
            b, c = a + stride, a + stride * columns
            d = c + stride
            y_a, y_b, y_c, y_d = down[a], down[b], down[c], down[d]
            above = y_a < first and y_b < first and y_c < first and y_d < first
            below = y_a > last and y_b > last and y_c > last and y_d > last
            if above or below or hole[a - row] != 0:
                continue
            triangle(
                a, b, c, first, last, half_line, sizes, height, right, down, depth, light, across, up, colors, levels,
                overlay, pixels, near,
            )  # fmt: skip
            triangle(
                d, c, b, first, last, half_line, sizes, height, right, down, depth, light, across, up, colors, levels,
                overlay, pixels, near,
            )  # fmt: skip
        row += stride


def triangle(
    a: int, b: int, c: int, first: int, last: int, half_line: float, sizes: Array, height: Array, right: Array,
    down: Array, depth: Array, light: Array, across: Array, up: Array, colors: Array, levels: Array, overlay: Array,
    pixels: Array, near: Array,
) -> None:  # fmt: skip
    """Draw the triangle of three vertices.

    A contour line is where the height, which is linear in each triangle, is nearer to a level than half the line's
    width: so it lies on the surface, and is as wide in every direction.
    """
    h_a, h_b, h_c = height[a], height[b], height[c]
    x_a, y_a, x_b, y_b, x_c, y_c = right[a], down[a], right[b], down[b], right[c], down[c]
    area = (x_b - x_a) * (y_c - y_a) - (x_c - x_a) * (y_b - y_a)
    if not (h_a == h_a and h_b == h_b and h_c == h_c) or area * area < 1e-12:
        return
    width = sizes[2]
    top = most(first, upward(least(y_a, least(y_b, y_c)) - 0.5))
    bottom = least(last - 1, downward(most(y_a, most(y_b, y_c)) - 0.5))
    begin = most(0, upward(least(x_a, least(x_b, x_c)) - 0.5))
    end = least(width - 1, downward(most(x_a, most(x_b, x_c)) - 0.5))
    if end < begin or bottom < top:
        return
    b_x, b_y, c_x, c_y = (y_c - y_a) / area, (x_a - x_c) / area, (y_a - y_b) / area, (x_b - x_a) / area
    h_b, h_c, d_b, d_c = h_b - h_a, h_c - h_a, depth[b] - depth[a], depth[c] - depth[a]
    l_b, l_c = light[b] - light[a], light[c] - light[a]
    steep = ((b_x * h_b + c_x * h_c) ** 2 + (b_y * h_b + c_y * h_c) ** 2) ** 0.5
    reach = steep * (half_line + 0.5)
    low, high = h_a + least(0.0, least(h_b, h_c)) - reach, h_a + most(0.0, most(h_b, h_c)) + reach
    # Where the surface is flat, no line is drawn: it would be as wide as the triangle.
    level = beyond(low, sizes, levels) if steep > 1e-7 else 0
    level_end = beyond(high, sizes, levels) if steep > 1e-7 else 0
    for y in range(top, bottom + 1):
        part_b = (begin + 0.5 - x_a) * b_x + (y + 0.5 - y_a) * b_y
        part_c = (begin + 0.5 - x_a) * c_x + (y + 0.5 - y_a) * c_y
        for index in range(y * width + begin, y * width + end + 1):
            toward = depth[a] + part_b * d_b + part_c * d_c
            inside = part_b >= -1e-5 and part_c >= -1e-5 and part_b + part_c <= 1.00001
            if inside and toward > near[index]:
                near[index] = toward
                h = h_a + part_b * h_b + part_c * h_c
                ink = 0.0
                for k in range(level, level_end):
                    ink = most(ink, half_line + 0.5 - most(h - levels[k], levels[k] - h) / steep)
                cover = 0
                if sizes[4] > 0:
                    u = across[a] + part_b * (across[b] - across[a]) + part_c * (across[c] - across[a])
                    v = up[a] + part_b * (up[b] - up[a]) + part_c * (up[c] - up[a])
                    cover = laid_over(u, v, sizes, overlay)
                word = colors[int(least(most(h, 0.0), 1.0) * 255.0 + 0.5)]
                pixels[index] = mixed(word, cover, least(ink, 1.0), light[a] + part_b * l_b + part_c * l_c)
            part_b += b_x
            part_c += c_x


def beyond(height: float, sizes: Array, levels: Array) -> int:
    """Return the first level that is not below a height."""
    index = 0
    while index < sizes[3] and levels[index] < height:
        index += 1
    return index


def laid_over(u: float, v: float, sizes: Array, overlay: Array) -> int:
    """Return the word that lies over the surface at a place of the base."""
    rows, columns = sizes[4], sizes[5]
    column = least(most(int(u * columns), 0), columns - 1)
    row = least(most(int((1.0 - v) * rows), 0), rows - 1)
    word: int = overlay[row * columns + column]
    return word


def mixed(word: int, cover: int, ink: float, bright: float) -> int:
    """Return a colour with another, premultiplied one over it, then a contour line, lit."""
    red, green, blue = float((word >> 16) & 255), float((word >> 8) & 255), float(word & 255)
    if cover != 0:
        rest = 1.0 - float((cover >> 24) & 255) / 255.0
        red = red * rest + float((cover >> 16) & 255)
        green = green * rest + float((cover >> 8) & 255)
        blue = blue * rest + float(cover & 255)
    if ink > 0.0:
        # Dark on what is light, and light on what is dark.
        tone = 0.0 if red * 0.299 + green * 0.587 + blue * 0.114 > 110.0 else 255.0
        part = ink * (0.40 if tone == 0.0 else 0.46)
        red, green, blue = red + (tone - red) * part, green + (tone - green) * part, blue + (tone - blue) * part
    r, g, b = int(least(red * bright, 255.0)), int(least(green * bright, 255.0)), int(least(blue * bright, 255.0))
    return 0xFF000000 | (r << 16) | (g << 8) | b


def double(first: int, last: int, width: int, small: Array, large: Array) -> None:
    """Copy the rows ``first`` to ``last`` of the smaller picture into pixels of twice the size."""
    for row in range(first, last):
        for column in range(width):
            word, at = small[row * width + column], 4 * row * width + 2 * column
            large[at] = word
            large[at + 1] = word
            large[at + 2 * width] = word
            large[at + 2 * width + 1] = word


def halve(first: int, last: int, width: int, large: Array, small: Array) -> None:
    """Take the mean of each two by two pixels in the rows ``first`` to ``last`` of the smaller picture."""
    for row in range(first, last):
        for column in range(width):
            at = 4 * row * width + 2 * column
            a, b, c, d = large[at], large[at + 1], large[at + 2 * width], large[at + 2 * width + 1]
            word = 0
            for shift in (0, 8, 16, 24):
                total = ((a >> shift) & 255) + ((b >> shift) & 255) + ((c >> shift) & 255) + ((d >> shift) & 255)
                word |= ((total + 2) >> 2) << shift
            small[row * width + column] = word


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


PARTS = triangle, beyond, laid_over, mixed, least, most, upward, downward
"""What others call; each only what comes after it."""
