"""The kernels that smooth a rasterized picture: where depth leaps, small tiles are drawn anew with more samples.

Inside the surface, colours and contour lines are smooth by themselves; stairs are seen only along its edges.
"""

from landscape.plot.raster_kernels import (
    EDGE,
    LIGHTS,
    Array,
    cover_at,
    downward,
    ink_at,
    inverse,
    laid_over,
    least,
    lightness,
    lightness_of,
    line_here,
    mixed,
    most,
    nearest_level,
    shade,
    upward,
    within,
)

TILE = 4
"""Pixels of a tile in either direction."""
CHUNK = 64
"""Pixels that are looked at together."""
LEAP = 2.0
"""How much more the depth may change from one pixel to the next than between others, in pixels."""


def mark(first: int, last: int, width: int, columns: int, near: Array, marks: Array) -> None:
    """Mark the tiles in whose pixel rows ``first`` to ``last`` depth leaps; a row of tiles has ``columns``."""
    for y in range(first, last):
        begin = 1
        while begin < width - 1:
            end, leaps = least(begin + CHUNK, width - 1), 0
            for index in range(y * width + begin, y * width + end):
                # Without a way out, LLVM looks at many pixels at once; nearly all are passed by so.
                here = near[index]
                across = (near[index + 1] - here) - (here - near[index - 1])
                down = (near[index + width] - here) - (here - near[index - width])
                leaps += (across > LEAP) | (across < -LEAP) | (down > LEAP) | (down < -LEAP)
            if leaps > 0:
                for x in range(begin, end):
                    if is_leap(y * width + x, width, near):
                        marks[(y // TILE) * columns + x // TILE] = 1
            begin = end


def is_leap(index: int, width: int, near: Array) -> bool:
    """Tell whether depth leaps at a pixel."""
    here, before, after = near[index], near[index] - near[index - 1], near[index + 1] - near[index]
    above, below = near[index] - near[index - width], near[index + width] - near[index]
    across, down = most(after - before, before - after), most(below - above, above - below)
    if not (across > LEAP or down > LEAP):
        return False
    across -= 0.5 * least(most(before, -before), most(after, -after))
    down -= 0.5 * least(most(above, -above), most(below, -below))
    found: bool = (across > LEAP or down > LEAP) and here == here
    return found


def smooth(
    first: int, last: int, half_line: float, sizes: Array, height: Array, right: Array, down: Array, depth: Array,
    light: Array, across: Array, up: Array, hole: Array, spans: Array, level: Array, colors: Array, levels: Array,
    overlay: Array, ground: Array, slots: Array, samples: Array, nears: Array, pixels: Array,
) -> None:  # fmt: skip
    """Draw the marked tiles in the rows ``first`` to ``last`` of tiles anew, and take the mean of the samples.

    ``sizes``: as of :func:`~landscape.plot.raster_kernels.fill`, then the height of the picture, how many tiles a row
    has, and how many samples a pixel in either direction. ``slots``: for each tile, 0 or one more than its place in
    ``samples`` and ``nears``. ``ground``: what was there before the surface.
    """
    across_tiles, side = sizes[8], TILE * sizes[9]
    for tile in range(first * across_tiles, last * across_tiles):
        if slots[tile] != 0:
            clear(tile, (slots[tile] - 1) * side * side, sizes, ground, samples, nears)
    for row in range(sizes[0] - 1):
        highest, lowest = least(spans[2 * row], spans[2 * row + 2]), most(spans[2 * row + 1], spans[2 * row + 3])
        if highest <= last * TILE and lowest >= first * TILE:
            cells(
                row, first, last, half_line, sizes, height, right, down, depth, light, across, up, hole, level, colors,
                levels, overlay, slots, samples, nears,
            )  # fmt: skip
    for tile in range(first * across_tiles, last * across_tiles):
        if slots[tile] != 0:
            resolve(tile, (slots[tile] - 1) * side * side, sizes, samples, pixels)


def cells(
    row: int, first: int, last: int, half_line: float, sizes: Array, height: Array, right: Array, down: Array,
    depth: Array, light: Array, across: Array, up: Array, hole: Array, level: Array, colors: Array, levels: Array,
    overlay: Array, slots: Array, samples: Array, nears: Array,
) -> None:  # fmt: skip
    """Draw what marked tiles show of a row of the mesh."""
    columns, width, across_tiles, side = sizes[1], float(sizes[2]), sizes[8], TILE * sizes[9]
    upper, lower = float(first * TILE), float(last * TILE)
    for a in range(row * columns, row * columns + columns - 1):
        b, c, d = a + 1, a + columns, a + columns + 1
        top = least(least(down[a], down[b]), least(down[c], down[d]))
        bottom = most(most(down[a], down[b]), most(down[c], down[d]))
        left = least(least(right[a], right[b]), least(right[c], right[d]))
        end = most(most(right[a], right[b]), most(right[c], right[d]))
        if bottom < upper or top > lower or end < 0.0 or left > width or hole[a - row] != 0:
            continue
        tile_right = least(across_tiles - 1, int(least(end, width)) // TILE)
        for tile_y in range(int(most(top, upper)) // TILE, least(last - 1, int(least(bottom, lower)) // TILE) + 1):
            for tile_x in range(int(most(left, 0.0)) // TILE, tile_right + 1):
                tile = tile_y * across_tiles + tile_x
                if slots[tile] != 0:
                    base = (slots[tile] - 1) * side * side
                    facet(
                        a, b, c, tile, base, half_line, sizes, height, right, down, depth, light, across, up, level,
                        colors, levels, overlay, samples, nears,
                    )  # fmt: skip
                    facet(
                        d, c, b, tile, base, half_line, sizes, height, right, down, depth, light, across, up, level,
                        colors, levels, overlay, samples, nears,
                    )  # fmt: skip


def facet(
    a: int, b: int, c: int, tile: int, base: int, half_line: float, sizes: Array, height: Array, right: Array,
    down: Array, depth: Array, light: Array, across: Array, up: Array, level: Array, colors: Array, levels: Array,
    overlay: Array, samples: Array, nears: Array,
) -> None:  # fmt: skip
    """Draw the part of a triangle that lies in a tile, of which the samples begin at ``base``."""
    fine, side = sizes[9], TILE * sizes[9]
    left, top = (tile % sizes[8]) * TILE, (tile // sizes[8]) * TILE
    x_a, y_a = (right[a] - left) * fine, (down[a] - top) * fine
    x_b, y_b = (right[b] - left) * fine - x_a, (down[b] - top) * fine - y_a
    x_c, y_c = (right[c] - left) * fine - x_a, (down[c] - top) * fine - y_a
    area = x_b * y_c - x_c * y_b
    h_a, h_b, h_c = height[a], height[b] - height[a], height[c] - height[a]
    if not (h_a == h_a and h_b == h_b and h_c == h_c) or area * area < 1e-12:
        return
    begin = most(0, upward(x_a + least(0.0, least(x_b, x_c)) - 0.5))
    end = least(side - 1, downward(x_a + most(0.0, most(x_b, x_c)) - 0.5))
    first = most(0, upward(y_a + least(0.0, least(y_b, y_c)) - 0.5))
    last = least(side - 1, downward(y_a + most(0.0, most(y_b, y_c)) - 0.5))
    if end < begin or last < first:
        return
    part = 1.0 / area
    b_x, b_y, c_x, c_y = y_c * part, -x_c * part, -y_b * part, x_b * part
    d_a, d_b, d_c = depth[a], depth[b] - depth[a], depth[c] - depth[a]
    l_a, l_b, l_c = light[a], light[b] - light[a], light[c] - light[a]
    h_x, h_y, half = b_x * h_b + c_x * h_c, b_y * h_b + c_y * h_c, half_line * fine + 0.5
    flatness, bend = line_here(h_x * h_x + h_y * h_y, h_a, h_b, h_c, level[a], half), b_x + c_x
    to_b, to_c, to_a = inverse(b_x), inverse(c_x), inverse(bend)
    for y in range(first, last + 1):
        row_b = (begin + 0.5 - x_a) * b_x + (y + 0.5 - y_a) * b_y
        row_c = (begin + 0.5 - x_a) * c_x + (y + 0.5 - y_a) * c_y
        left, right = within(b_x, to_b, row_b + EDGE, 0.0, float(end - begin))
        left, right = within(c_x, to_c, row_c + EDGE, left, right)
        left, right = within(-bend, -to_a, 1.0 + EDGE - row_b - row_c, left, right)
        if right < left:
            continue
        for x in range(begin + upward(left), begin + int(right) + 1):
            part_b = (x + 0.5 - x_a) * b_x + (y + 0.5 - y_a) * b_y
            part_c = (x + 0.5 - x_a) * c_x + (y + 0.5 - y_a) * c_y
            toward, index = d_a + part_b * d_b + part_c * d_c, base + y * side + x
            if toward > nears[index]:
                nears[index] = toward
                h = h_a + part_b * h_b + part_c * h_c
                line = nearest_level(h, sizes, levels)
                ink = ink_at(h, line, half, flatness)
                cover = cover_at(part_b, part_c, a, b, c, sizes, across, up, overlay)
                bright = l_a + part_b * l_b + part_c * l_c
                word, of_line = colors[256 * LIGHTS + shade(h)], colors[256 * LIGHTS + shade(line)]
                samples[index] = mixed(word, cover, of_line, ink, bright)


def clear(tile: int, base: int, sizes: Array, ground: Array, samples: Array, nears: Array) -> None:
    """Begin a tile with what is behind the surface."""
    width, high, fine = sizes[2], sizes[7], sizes[9]
    left, top, side = (tile % sizes[8]) * TILE, (tile // sizes[8]) * TILE, TILE * sizes[9]
    for j in range(side):
        for i in range(side):
            y, x = least(top + j // fine, high - 1), least(left + i // fine, width - 1)
            samples[base + j * side + i] = ground[y * width + x]
            nears[base + j * side + i] = -3.0e38


def resolve(tile: int, base: int, sizes: Array, samples: Array, pixels: Array) -> None:
    """Write the mean of its samples into each pixel of a tile."""
    width, high, fine = sizes[2], sizes[7], sizes[9]
    left, top, side, all_of = (tile % sizes[8]) * TILE, (tile // sizes[8]) * TILE, TILE * fine, fine * fine
    for y in range(top, least(top + TILE, high)):
        for x in range(left, least(left + TILE, width)):
            red, green, blue = 0, 0, 0
            for j in range((y - top) * fine, (y - top) * fine + fine):
                for i in range((x - left) * fine, (x - left) * fine + fine):
                    word = samples[base + j * side + i]
                    red += (word >> 16) & 255
                    green += (word >> 8) & 255
                    blue += word & 255
            half = all_of // 2
            r, g, b = (red + half) // all_of, (green + half) // all_of, (blue + half) // all_of
            pixels[y * width + x] = 0xFF000000 | (r << 16) | (g << 8) | b


PARTS = (
    is_leap,
    cells,
    facet,
    clear,
    resolve,
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
