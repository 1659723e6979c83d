"""Kernels of normalization, batch norm, layer norm, weight norm and others, and of the gradients through it.

- ``batch``: over the rows, and for the convolution its positions, for every unit (Ioffe & Szegedy 2015, algorithm 1).
- ``layer``, ``group``, ``instance``: over the units of a group and their positions, for every row: one group, some, or
  one for each unit (Ba, Kiros & Hinton 2016; Wu & He 2018, eq. 7).
- ``rms``: as ``layer``, but only divided by the root mean square (Zhang & Sennrich 2019, eq. 4).
- ``renorm``: as ``batch``, but moved on to what the running statistics would give (Ioffe 2017, algorithm 1).
- ``cross``: each row takes the mean and the standard deviation of another one (Tang et al. 2021, eq. 1).
- ``weight``: each unit's weights have a length of their own (Salimans & Kingma 2016, eq. 2 and 3).

γ and β are one number per unit (:func:`scale`).

``centred`` holds what is normalized, without γ and β; ``scales`` what it was multiplied by.
"""

from landscape.network.kernels.intrinsics import (
    Numbers,
    Wholes,
    choose,
    dot,
    lift,
    number,
    real,
    root,
    scramble,
    total,
)

FIXED, OWN, REMEMBERED = range(3)
"""Which statistics batch norm takes: the running ones; those of the rows; or these, which are then remembered."""


def batch_norm(
    memory: Numbers, source: int, centred: int, scales: int, running: int, settings: int, units: int, columns: int,
    statistics: int,
) -> None:  # fmt: skip
    """Each unit over all columns, or by the running statistics: its means, then as many variances.

    The settings are ε and the weight of new statistics, whose variances are unbiased as in PyTorch.
    """
    share = 1.0 / number(columns)
    for unit in range(units):
        x, c = source + unit * columns, centred + unit * columns
        mean, variance = memory[running + unit], memory[running + units + unit]
        if statistics != FIXED:
            mean = total(memory, x, columns) * share
        for n in range(columns):
            memory[c + n] = memory[x + n] - mean
        if statistics != FIXED:
            variance = dot(memory, c, memory, c, columns) * share
        if statistics == REMEMBERED:
            new = real(memory[settings + 1])
            unbiased = variance * (number(columns) / number(columns - 1))
            memory[running + unit] = (1.0 - new) * memory[running + unit] + new * mean
            memory[running + units + unit] = (1.0 - new) * memory[running + units + unit] + new * unbiased
        spread = real(variance) + real(memory[settings])
        inverse = 1.0 / root(spread)
        scale = lift(inverse, -0.5 * inverse / spread, variance)
        memory[scales + unit] = scale
        for n in range(columns):
            memory[c + n] *= scale


def batch_norm_back(
    memory: Numbers, slopes: int, centred: int, scales: int, units: int, columns: int, statistics: int
) -> None:
    """The slopes behind it become those in front of it."""
    share = 1.0 / number(columns)
    if statistics == FIXED:
        share = number(0)
    for unit in range(units):
        d, c = slopes + unit * columns, centred + unit * columns
        even, along = total(memory, d, columns) * share, dot(memory, d, memory, c, columns) * share
        scale = memory[scales + unit]
        for n in range(columns):
            memory[d + n] = scale * (memory[d + n] - even - memory[c + n] * along)


def batch_renorm(
    memory: Numbers, source: int, centred: int, target: int, scales: int, factors: int, running: int, settings: int,
    units: int, columns: int, statistics: int,
) -> None:  # fmt: skip
    """As batch norm, then times r plus d: clipped, and to the gradient constants, which are kept as ``factors``.

    The running statistics are means and, as in the paper, standard deviations. With a mini-batch's own statistics, and
    with the running ones, r is 1 and d is 0.
    """
    share = 1.0 / number(columns)
    new, most, farthest = real(memory[settings + 1]), real(memory[settings + 7]), real(memory[settings + 8])
    for unit in range(units):
        x, c, y = source + unit * columns, centred + unit * columns, target + unit * columns
        mean, deviation = memory[running + unit], real(memory[running + units + unit])
        inverse = 1.0 / deviation
        scale = lift(inverse, 0.0, mean)
        r, d = number(1), number(0)
        if statistics != FIXED:
            mean = total(memory, x, columns) * share
        for n in range(columns):
            memory[c + n] = memory[x + n] - mean
        if statistics != FIXED:
            variance = dot(memory, c, memory, c, columns) * share
            spread = real(variance) + real(memory[settings])
            inverse = 1.0 / root(spread)
            scale = lift(inverse, -0.5 * inverse / spread, variance)
        if statistics == REMEMBERED:
            old, now = real(memory[running + unit]), root(spread)
            r, d = now / deviation, (real(mean) - old) / deviation
            r = choose(r > most, most, choose(r * most < 1.0, 1.0 / most, r))
            d = choose(d > farthest, farthest, choose(d < -farthest, -farthest, d))
            memory[running + unit] = old + new * (real(mean) - old)
            memory[running + units + unit] = deviation + new * (now - deviation)
        memory[scales + unit] = scale
        memory[factors + unit] = r
        for n in range(columns):
            memory[c + n] *= scale
            memory[y + n] = r * memory[c + n] + d


def batch_renorm_back(memory: Numbers, slopes: int, factors: int, units: int, columns: int) -> None:
    """The slopes behind r and d become those in front of them, where batch norm's go on."""
    for unit in range(units):
        factor = real(memory[factors + unit])
        for n in range(columns):
            memory[slopes + unit * columns + n] *= factor


def partner(
    memory: Numbers, program: Wholes, target: int, stream: int, first: int, step: int, offset: int, rows: int
) -> None:
    """How many places further on each row finds the one that it exchanges with: drawn anew for every step."""
    memory[target] = number(0)
    if rows > 1:
        memory[target] = number(1 + scramble(program[stream] + offset + program[first] + program[step]) % (rows - 1))


def cross_norm(
    memory: Numbers, source: int, centred: int, target: int, means: int, shift: int, settings: int, groups: int,
    features: int, rows: int,
) -> None:  # fmt: skip
    """Each row's features in each group, normalized, get the mean and the standard deviation of another row.

    At ``means`` are those of every group, then the standard deviations, then their inverses.
    """
    share, ahead = 1.0 / number(features), int(real(memory[shift]))
    for group in range(groups):
        x, c, y = source + group * features * rows, centred + group * features * rows, target + group * features * rows
        m = means + group * rows
        s, inverses = m + groups * rows, m + 2 * groups * rows
        for n in range(rows):
            memory[m + n] = number(0)
            memory[s + n] = number(0)
        for f in range(features):
            for n in range(rows):
                memory[m + n] += memory[x + f * rows + n] * share
        for f in range(features):
            for n in range(rows):
                away = memory[x + f * rows + n] - memory[m + n]
                memory[c + f * rows + n] = away
                memory[s + n] += away * away * share
        for n in range(rows):
            spread = real(memory[s + n]) + real(memory[settings])
            deviation = root(spread)
            memory[inverses + n] = lift(1.0 / deviation, -0.5 / (deviation * spread), memory[s + n])
            memory[s + n] = lift(deviation, 0.5 / deviation, memory[s + n])
        for f in range(features):
            for n in range(rows):
                other = (n + ahead) % rows
                memory[c + f * rows + n] *= memory[inverses + n]
                memory[y + f * rows + n] = memory[c + f * rows + n] * memory[s + other] + memory[m + other]


def cross_norm_back(
    memory: Numbers, slopes: int, centred: int, means: int, shift: int, rest: int, groups: int, features: int, rows: int
) -> None:
    """The slopes behind it become those in front of it: a row is answered for by itself and by who took from it."""
    share, ahead = 1.0 / number(features), int(real(memory[shift]))
    for group in range(groups):
        d, c = slopes + group * features * rows, centred + group * features * rows
        s, inverses = means + (groups + group) * rows, means + (2 * groups + group) * rows
        for n in range(2 * rows):
            memory[rest + n] = number(0)
        for f in range(features):
            for n in range(rows):
                slope = memory[d + f * rows + n] * share
                memory[rest + n] += slope
                memory[rest + rows + n] += slope * memory[c + f * rows + n]
        for n in range(rows):
            giver, taker = (n + ahead) % rows, (n + rows - ahead) % rows
            for f in range(features):
                own = memory[c + f * rows + n]
                slope = memory[d + f * rows + n] - memory[rest + n] - own * memory[rest + rows + n]
                taken = memory[rest + taker] + own * memory[rest + rows + taker]
                memory[d + f * rows + n] = memory[s + giver] * memory[inverses + n] * slope + taken


def group_norm(
    memory: Numbers, source: int, centred: int, scales: int, means: int, settings: int, groups: int, features: int,
    rows: int, shifted: int,
) -> None:  # fmt: skip
    """Each row over the features of each group; unless ``shifted``, only divided by the root mean square."""
    share = 1.0 / number(features)
    for group in range(groups):
        x, c, s = source + group * features * rows, centred + group * features * rows, scales + group * rows
        for n in range(rows):
            memory[means + n] = number(0)
            memory[s + n] = number(0)
        for f in range(features * shifted):
            for n in range(rows):
                memory[means + n] += memory[x + f * rows + n] * share
        for f in range(features):
            for n in range(rows):
                away = memory[x + f * rows + n] - memory[means + n]
                memory[c + f * rows + n] = away
                memory[s + n] += away * away * share
        for n in range(rows):
            spread = real(memory[s + n]) + real(memory[settings])
            inverse = 1.0 / root(spread)
            memory[s + n] = lift(inverse, -0.5 * inverse / spread, memory[s + n])
        for f in range(features):
            for n in range(rows):
                memory[c + f * rows + n] *= memory[s + n]


def group_norm_back(
    memory: Numbers, slopes: int, centred: int, scales: int, means: int, groups: int, features: int, rows: int,
    shifted: int,
) -> None:  # fmt: skip
    """The slopes behind it become those in front of it; at ``means`` there is room for two rows."""
    share = 1.0 / number(features)
    for group in range(groups):
        d, c, s = slopes + group * features * rows, centred + group * features * rows, scales + group * rows
        for n in range(2 * rows):
            memory[means + n] = number(0)
        for f in range(features):
            for n in range(rows):
                slope = memory[d + f * rows + n] * share
                memory[means + n] += slope * number(shifted)
                memory[means + rows + n] += slope * memory[c + f * rows + n]
        for f in range(features):
            for n in range(rows):
                slope = (
                    memory[d + f * rows + n] - memory[means + n] - memory[c + f * rows + n] * memory[means + rows + n]
                )
                memory[d + f * rows + n] = memory[s + n] * slope


def scale(
    memory: Numbers, centred: int, target: int, gamma: int, beta: int, units: int, columns: int, rectified: int
) -> None:
    """Every unit times its γ, plus its β, where that is not below 0; if ``rectified``, 0 stands for what is less."""
    cut = rectified != 0
    for unit in range(units):
        at = unit * columns
        factor, more = memory[gamma + unit], number(0) * memory[gamma + unit]
        if beta >= 0:
            more = memory[beta + unit]
        for n in range(columns):
            scaled = factor * memory[centred + at + n] + more
            memory[target + at + n] = choose(cut and real(scaled) <= 0.0, 0.0, scaled)


def scale_back(
    memory: Numbers, slopes: int, centred: int, gamma: int, to_gamma: int, to_beta: int, units: int, columns: int
) -> None:
    """The gradient of γ and, where there is one, of β; the slopes behind become those in front."""
    for unit in range(units):
        d = slopes + unit * columns
        memory[to_gamma + unit] = dot(memory, d, memory, centred + unit * columns, columns)
        if to_beta >= 0:
            memory[to_beta + unit] = total(memory, d, columns)
        factor = memory[gamma + unit]
        for n in range(columns):
            memory[d + n] *= factor


def modulate(
    memory: Numbers, centred: int, target: int, factors: int, shifts: int, units: int, positions: int, rows: int,
    rectified: int,
) -> None:  # fmt: skip
    """Every unit of every row times the row's γ, plus its β, where that is not below 0; both are (units, rows)."""
    for unit in range(units):
        gamma, beta = factors + unit * rows, shifts + unit * rows
        for position in range(positions):
            at = (unit * positions + position) * rows
            for n in range(rows):
                memory[target + at + n] = memory[gamma + n] * memory[centred + at + n]
            if shifts >= 0:
                for n in range(rows):
                    memory[target + at + n] += memory[beta + n]
            if rectified != 0:
                for n in range(rows):
                    given = memory[target + at + n]
                    memory[target + at + n] = choose(real(given) <= 0.0, 0.0, given)


def modulate_back(
    memory: Numbers, slopes: int, centred: int, factors: int, to_factors: int, to_shifts: int, units: int,
    positions: int, rows: int,
) -> None:  # fmt: skip
    """The slopes of every row's γ and, where there is one, of its β; the slopes behind become those in front."""
    for unit in range(units):
        gamma, to_gamma, to_beta = factors + unit * rows, to_factors + unit * rows, to_shifts + unit * rows
        for n in range(rows):
            memory[to_gamma + n] = number(0) * memory[gamma + n]
            if to_shifts >= 0:
                memory[to_beta + n] = number(0) * memory[gamma + n]
        for position in range(positions):
            at = (unit * positions + position) * rows
            for n in range(rows):
                memory[to_gamma + n] += memory[slopes + at + n] * memory[centred + at + n]
            if to_shifts >= 0:
                for n in range(rows):
                    memory[to_beta + n] += memory[slopes + at + n]
            for n in range(rows):
                memory[slopes + at + n] *= memory[gamma + n]


def weight_norm(
    memory: Numbers, directions: int, lengths: int, weights: int, scales: int, units: int, inputs: int
) -> None:
    """Every unit's weights: its direction at its length."""
    for unit in range(units):
        v, w = directions + unit * inputs, weights + unit * inputs
        square = dot(memory, v, memory, v, inputs)
        inverse = 1.0 / root(real(square))
        scale = lift(inverse, -0.5 * inverse / real(square), square)
        memory[scales + unit] = scale
        length = memory[lengths + unit]
        for i in range(inputs):
            memory[w + i] = length * scale * memory[v + i]


def weight_norm_back(
    memory: Numbers, gradient: int, to_lengths: int, directions: int, lengths: int, scales: int, units: int, inputs: int
) -> None:
    """The gradient of the weights becomes that of the directions; that of the lengths is written."""
    for unit in range(units):
        v, d = directions + unit * inputs, gradient + unit * inputs
        scale = memory[scales + unit]
        along = dot(memory, d, memory, v, inputs) * scale
        memory[to_lengths + unit] = along
        factor = memory[lengths + unit] * scale
        for i in range(inputs):
            memory[d + i] = factor * (memory[d + i] - along * scale * memory[v + i])
