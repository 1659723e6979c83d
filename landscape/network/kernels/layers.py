"""Kernels of layers: matrix products, biases, the patches of convolutions (im2col), mean pooling, residual links.

Matrices are kept row by row. What goes through the network is (features, rows of the mini-batch): these lie side by
side, so that a mini-batch fills the registers.
"""

from landscape.network.kernels.intrinsics import (
    LANES,
    Numbers,
    Wholes,
    choose,
    number,
    real,
    tile1,
    tile2,
    tile4,
    tile8,
    total,
)


def gather(
    memory: Numbers, program: Wholes, data: int, batch: int, order: int, step: int, rows: int, features: int
) -> None:
    """Fetch the rows of a mini-batch from the samples; ``order`` and ``step`` are where the program says which."""
    first = program[order] + program[step] * rows
    for n in range(rows):
        of = data + program[first + n] * features
        for i in range(features):
            memory[batch + i * rows + n] = memory[of + i]


def product(
    memory: Numbers, c: int, a: int, across: int, along: int, b: int, rows: int, columns: int, inner: int, bias: int,
    rectified: int,
) -> None:  # fmt: skip
    """C = A B: B is (inner, columns), C (rows, columns).

    A is (rows, inner); its rows are ``across`` apart and the numbers in them ``along``. Every row gets its ``bias``;
    if ``rectified``, 0 stands for what is less.
    """
    for block in range((columns + LANES - 1) // LANES):
        first, width = block * LANES, columns - block * LANES
        row = 0
        while row < rows:
            to, of, more, left = c + row * columns + first, a + row * across, bias + row, rows - row
            if left >= 8:
                tile8(memory, to, of, across, along, b + first, columns, inner, width, more, rectified)
                row += 8
            elif left >= 4:
                tile4(memory, to, of, across, along, b + first, columns, inner, width, more, rectified)
                row += 4
            elif left >= 2:
                tile2(memory, to, of, across, along, b + first, columns, inner, width, more, rectified)
                row += 2
            else:
                tile1(memory, to, of, across, along, b + first, columns, inner, width, more, rectified)
                row += 1


def turn(memory: Numbers, source: int, target: int, rows: int, columns: int) -> None:
    """The transpose of a matrix (rows, columns)."""
    for column in range(columns):
        for row in range(rows):
            memory[target + column * rows + row] = memory[source + row * columns + column]


def add_up(memory: Numbers, slopes: int, gradient: int, units: int, columns: int) -> None:
    """The gradient of the biases: every unit's slopes, summed."""
    for unit in range(units):
        memory[gradient + unit] = total(memory, slopes + unit * columns, columns)


def penalty(memory: Numbers, weights: int, gradient: int, settings: int, count: int) -> None:
    """Add ``l1`` Σ|w| + ``l2`` Σw²/2 to the loss, and its slopes to the gradient unless that is below 0."""
    l1, l2 = real(memory[settings]), real(memory[settings + 1])
    loss = number(0)
    for i in range(count):
        w = real(memory[weights + i])
        loss += abs(w) * l1 + 0.5 * l2 * w * w
    memory[0] += loss
    if gradient >= 0:
        for i in range(count):
            w = memory[weights + i]
            sign = choose(real(w) > 0.0, 1.0, choose(real(w) < 0.0, -1.0, 0.0))
            memory[gradient + i] += l1 * sign + l2 * w


def link(memory: Numbers, source: int, taken: int, target: int, count: int) -> None:
    """What a layer gives, plus what it takes: a residual link."""
    for i in range(count):
        memory[target + i] = memory[source + i] + memory[taken + i]


def hold(memory: Numbers, slopes: int, held: int, count: int) -> None:
    """Slopes that are wanted again when a layer has made others of them."""
    for i in range(count):
        memory[held + i] = memory[slopes + i]


def link_back(memory: Numbers, held: int, slopes: int, count: int) -> None:
    """The slopes that go round a layer, added to those that go through it."""
    for i in range(count):
        memory[slopes + i] += memory[held + i]


def patches(memory: Numbers, source: int, target: int, channels: int, side: int, rows: int) -> None:
    """The 3×3 pixels around each pixel of a picture, zeros outside of it: (channels times 9, pixels, rows)."""
    for tap in range(9 * channels):
        for place in range(side * side):
            y, x = place // side + tap % 9 // 3 - 1, place % side + tap % 3 - 1
            to = target + (tap * side * side + place) * rows
            inside = y >= 0 and y < side and x >= 0 and x < side
            of = source + ((tap // 9 * side + y) * side + x) * rows if inside else source
            for n in range(rows):
                memory[to + n] = choose(inside, memory[of + n], 0.0)


def pool(memory: Numbers, source: int, target: int, count: int, half: int, rows: int) -> None:
    """The means over squares of 2×2 of ``count`` pictures, which become ``half`` as wide."""
    for place in range(count * half * half):
        upper = source + (place // half * 4 * half + place % half * 2) * rows
        lower = upper + 2 * half * rows
        for n in range(rows):
            above, below = memory[upper + n] + memory[upper + rows + n], memory[lower + n] + memory[lower + rows + n]
            memory[target + place * rows + n] = 0.25 * (above + below)


def pool_back(memory: Numbers, source: int, target: int, count: int, half: int, rows: int) -> None:
    """The slopes of the means, shared among their places."""
    for place in range(count * 4 * half * half):
        of = source + (place // (4 * half) * half + place % (2 * half) // 2) * rows
        for n in range(rows):
            memory[target + place * rows + n] = 0.25 * memory[of + n]
