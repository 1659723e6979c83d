"""The losses, and their slopes by the network's outputs. Kernels.

Outputs, slopes and what is wanted are (outputs, rows); for classes 1 is wanted of the right one and 0 of the others.
The loss is put at place 0 of the room.
"""

from landscape.network.words import Numbers, choose, dot, double, lift, logarithm, number, power, real, total


def cross_entropy(room: Numbers, z: int, wanted: int, slopes: int, rest: int, classes: int, rows: int) -> None:
    """The mean over the rows of the cross-entropy of the softmax; at ``rest`` there is room for three rows."""
    largest, sums, right = rest, rest + rows, rest + 2 * rows
    for n in range(rows):
        room[largest + n] = room[z + n]
        room[sums + n] = number(0)
        room[right + n] = number(0)
    for i in range(1, classes):
        for n in range(rows):
            found, other = room[largest + n], room[z + i * rows + n]
            room[largest + n] = choose(real(other) > real(found), other, found)
    for i in range(classes):
        for n in range(rows):
            below = room[z + i * rows + n] - room[largest + n]
            value = power(real(below))
            raised = lift(value, value, below)
            room[slopes + i * rows + n] = raised
            room[sums + n] += raised
            room[right + n] += room[wanted + i * rows + n] * below
    loss, together = double(0), double(1)
    for n in range(rows):
        together *= double(real(room[sums + n]))
        if n % 64 == 63 or n == rows - 1:  # A logarithm takes longer than a product: one for 64 rows, up to 64^64
            loss += logarithm(together)
            together = double(1)
        value = 1.0 / real(room[sums + n])
        room[sums + n] = lift(value, -value * value, room[sums + n])
    room[0] = number((loss - double(real(total(room, right, rows)))) / double(rows))
    share = 1.0 / number(rows)
    for i in range(classes):
        for n in range(rows):
            likely = room[slopes + i * rows + n] * room[sums + n]
            room[slopes + i * rows + n] = share * (likely - room[wanted + i * rows + n])


def squared_error(room: Numbers, z: int, wanted: int, slopes: int, _: int, outputs: int, rows: int) -> None:
    """The mean over rows and outputs of the squared error."""
    count = outputs * rows
    share = 1.0 / number(count)
    for n in range(count):
        room[slopes + n] = room[z + n] - room[wanted + n]
    room[0] = real(dot(room, slopes, room, slopes, count)) * share
    for n in range(count):
        room[slopes + n] *= 2.0 * share
