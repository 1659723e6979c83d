"""What layers are made of: products of matrices, biases, the convolution's patches and means. Kernels.

Matrices are kept row by row. What goes through the network is (features, rows of the mini-batch): these lie side by
side, so that a mini-batch fills the registers.
"""

from landscape.network.words import LANES, Numbers, Wholes, choose, number, real, tile1, tile4, tile8, total


def gather(room: Numbers, plan: Wholes, data: int, batch: int, order: int, step: int, rows: int, features: int) -> None:
    """Fetch the rows of a mini-batch from the samples; ``order`` and ``step`` are where the plan says which."""
    first = plan[order] + plan[step] * rows
    for n in range(rows):
        of = data + plan[first + n] * features
        for i in range(features):
            room[batch + i * rows + n] = room[of + i]


def product(
    room: Numbers, c: int, a: int, across: int, along: int, b: int, rows: int, columns: int, inner: int
) -> None:
    """C = A B: B is (inner, columns), C (rows, columns).

    A is (rows, inner); its rows are ``across`` apart and the numbers in them ``along``.
    """
    for block in range((columns + LANES - 1) // LANES):
        left = block * LANES
        width = columns - left
        row = 0
        while row + 8 <= rows:
            tile8(room, c + row * columns + left, a + row * across, across, along, b + left, columns, inner, width)
            row += 8
        while row + 4 <= rows:
            tile4(room, c + row * columns + left, a + row * across, across, along, b + left, columns, inner, width)
            row += 4
        while row < rows:
            tile1(room, c + row * columns + left, a + row * across, across, along, b + left, columns, inner, width)
            row += 1


def turn(room: Numbers, source: int, target: int, rows: int, columns: int) -> None:
    """The transpose of a matrix (rows, columns)."""
    for column in range(columns):
        for row in range(rows):
            room[target + column * rows + row] = room[source + row * columns + column]


def add_bias(room: Numbers, sums: int, bias: int, units: int, columns: int) -> None:
    """Every unit plus its bias."""
    for unit in range(units):
        more = room[bias + unit]
        for n in range(columns):
            room[sums + unit * columns + n] += more


def add_up(room: Numbers, slopes: int, gradient: int, units: int, columns: int) -> None:
    """The gradient of the biases: every unit's slopes, summed."""
    for unit in range(units):
        room[gradient + unit] = total(room, slopes + unit * columns, columns)


def penalty(room: Numbers, weights: int, gradient: int, settings: int, count: int) -> None:
    """Add ``l1`` Σ|w| + ``l2`` Σw²/2 to the loss, and its slopes to the gradient unless that is below 0."""
    l1, l2 = real(room[settings]), real(room[settings + 1])
    loss = number(0)
    for i in range(count):
        w = real(room[weights + i])
        loss += abs(w) * l1 + 0.5 * l2 * w * w
    room[0] += loss
    if gradient >= 0:
        for i in range(count):
            w = room[weights + i]
            sign = choose(real(w) > 0.0, 1.0, choose(real(w) < 0.0, -1.0, 0.0))
            room[gradient + i] += l1 * sign + l2 * w


def patches(room: Numbers, source: int, target: int, side: int, rows: int) -> None:
    """The 3×3 pixels around each pixel of a picture, zeros outside of it: (9, pixels, rows)."""
    for tap in range(9):
        for place in range(side * side):
            y, x = place // side + tap // 3 - 1, place % side + tap % 3 - 1
            to = target + (tap * side * side + place) * rows
            inside = y >= 0 and y < side and x >= 0 and x < side
            of = source + (y * side + x) * rows if inside else source
            for n in range(rows):
                room[to + n] = choose(inside, room[of + n], 0.0)


def pool(room: Numbers, source: int, target: int, count: int, half: int, rows: int) -> None:
    """The means over squares of 2×2 of ``count`` pictures, which become ``half`` as wide."""
    for place in range(count * half * half):
        upper = source + (place // half * 4 * half + place % half * 2) * rows
        lower = upper + 2 * half * rows
        for n in range(rows):
            above, below = room[upper + n] + room[upper + rows + n], room[lower + n] + room[lower + rows + n]
            room[target + place * rows + n] = 0.25 * (above + below)


def pool_back(room: Numbers, source: int, target: int, count: int, half: int, rows: int) -> None:
    """The slopes of the means, shared among their places."""
    for place in range(count * 4 * half * half):
        of = source + (place // (4 * half) * half + place % (2 * half) // 2) * rows
        for n in range(rows):
            room[target + place * rows + n] = 0.25 * room[of + n]
