"""Kernels of loss functions, cross-entropies and squared error, and of their gradients by the network's outputs.

Outputs, slopes and what is wanted are (outputs, rows); for classes 1 is wanted of the right one and 0 of the others.
The loss is put at place 0 of the memory.
"""

from landscape.network.kernels.intrinsics import (
    Numbers,
    choose,
    dot,
    double,
    lift,
    logarithm,
    number,
    power,
    real,
    total,
)


def cross_entropy(memory: Numbers, z: int, wanted: int, slopes: int, rest: int, classes: int, rows: int) -> None:
    """The mean over the rows of the cross-entropy of the softmax; at ``rest`` there is room for three rows."""
    largest, sums, right = rest, rest + rows, rest + 2 * rows
    for n in range(rows):
        memory[largest + n] = memory[z + n]
        memory[sums + n] = number(0)
        memory[right + n] = number(0)
    for i in range(1, classes):
        for n in range(rows):
            found, other = memory[largest + n], memory[z + i * rows + n]
            memory[largest + n] = choose(real(other) > real(found), other, found)
    for i in range(classes):
        for n in range(rows):
            below = memory[z + i * rows + n] - memory[largest + n]
            value = power(real(below))
            raised = lift(value, value, below)
            memory[slopes + i * rows + n] = raised
            memory[sums + n] += raised
            memory[right + n] += memory[wanted + i * rows + n] * below
    loss, together = double(0), double(1)
    for n in range(rows):
        together *= double(real(memory[sums + n]))
        if n % 64 == 63 or n == rows - 1:  # A logarithm takes longer than a product: one for 64 rows, up to 64^64
            loss += logarithm(together)
            together = double(1)
        value = 1.0 / real(memory[sums + n])
        memory[sums + n] = lift(value, -value * value, memory[sums + n])
    memory[0] = number((loss - double(real(total(memory, right, rows)))) / double(rows))
    share = 1.0 / number(rows)
    for i in range(classes):
        for n in range(rows):
            likely = memory[slopes + i * rows + n] * memory[sums + n]
            memory[slopes + i * rows + n] = share * (likely - memory[wanted + i * rows + n])


def binary_cross_entropy(memory: Numbers, z: int, wanted: int, slopes: int, rest: int, classes: int, rows: int) -> None:
    """The mean over rows and classes of the cross-entropy of a sigmoid: ln(1 + e^-|z|) + max(z, 0) - y z."""
    sums, right = rest, rest + rows
    share = 1.0 / number(classes * rows)
    for n in range(rows):
        memory[sums + n] = number(1)
        memory[right + n] = number(0)
    for i in range(classes):
        for n in range(rows):
            given, asked = memory[z + i * rows + n], memory[wanted + i * rows + n]
            decay = power(-abs(real(given)))
            likely = choose(real(given) >= 0.0, 1.0, decay) / (1.0 + decay)
            memory[slopes + i * rows + n] = share * (lift(likely, likely * (1.0 - likely), given) - asked)
            memory[sums + n] *= 1.0 + decay
            memory[right + n] += asked * given - choose(real(given) <= 0.0, 0.0, given)
    loss, together = double(0), double(1)
    for n in range(rows):
        together *= double(real(memory[sums + n]))  # Up to 2 for each of at most ten classes
        if n % 64 == 63 or n == rows - 1:
            loss += logarithm(together)
            together = double(1)
    memory[0] = number((loss - double(real(total(memory, right, rows)))) / double(classes * rows))


def squared_error(memory: Numbers, z: int, wanted: int, slopes: int, _: int, outputs: int, rows: int) -> None:
    """The mean over rows and outputs of the squared error."""
    count = outputs * rows
    share = 1.0 / number(count)
    for n in range(count):
        memory[slopes + n] = memory[z + n] - memory[wanted + n]
    memory[0] = real(dot(memory, slopes, memory, slopes, count)) * share
    for n in range(count):
        memory[slopes + n] *= 2.0 * share
