"""Kernels of regularization: dropout, and gradient clipping by norm and by value.

What dropout draws is a hash of a counter (:mod:`landscape.network.draws`), so that a mask can be told without training.
"""

from landscape.network.kernels.intrinsics import Numbers, Wholes, choose, double, number, real, root, scramble


def dropout(
    memory: Numbers, program: Wholes, source: int, target: int, mask: int, settings: int, stream: int, first: int,
    step: int, offset: int, count: int, threshold: int,
) -> None:  # fmt: skip
    """What is kept is divided by its share, the rest is 0 (Srivastava et al. 2014, inverted); the factors are kept.

    ``stream``, ``first`` and ``step`` are where the program tells where the counter begins, how many steps were made
    before, and which is being made; ``offset`` is where the layer's numbers begin.
    """
    counter = program[stream] + offset + (program[first] + program[step]) * count
    kept = real(memory[settings + 4])
    for n in range(count):
        factor = choose(scramble(counter + n) >= threshold, kept, 0.0)
        memory[mask + n] = factor
        memory[target + n] = factor * memory[source + n]


def dropout_back(memory: Numbers, slopes: int, mask: int, count: int) -> None:
    """The slopes of what was kept, by its share; 0 of the rest."""
    for n in range(count):
        memory[slopes + n] *= real(memory[mask + n])


def clip_norm(memory: Numbers, gradient: int, settings: int, count: int) -> None:
    """Shorten the whole gradient to a length if it is longer (Pascanu et al. 2013), with PyTorch's 1e-6 beside it."""
    square = double(0)
    for i in range(count):
        slope = double(real(memory[gradient + i]))
        square += slope * slope
    longest = double(real(memory[settings + 5]))
    factor = number(longest / (root(square) + double(1e-6)))
    if factor < 1.0:
        for i in range(count):
            memory[gradient + i] *= factor


def clip_value(memory: Numbers, gradient: int, settings: int, count: int) -> None:
    """Move every component that lies outside of [-c, c] to its end."""
    most = real(memory[settings + 6])
    for i in range(count):
        slope = memory[gradient + i]
        held = choose(real(slope) > most, most, slope)
        memory[gradient + i] = choose(real(slope) < -most, -most, held)
