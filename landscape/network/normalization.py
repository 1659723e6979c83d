"""The norms: what is averaged is subtracted or divided by, and the gradient through that. Kernels.

- ``batch``: over the rows, and for the convolution its positions, for every unit (Ioffe & Szegedy 2015, algorithm 1).
- ``layer``, ``group``, ``instance``: over the units of a group and their positions, for every row: one group, some, or
  one for each unit (Ba, Kiros & Hinton 2016; Wu & He 2018, eq. 7).
- ``rms``: as ``layer``, but only divided by the root mean square (Zhang & Sennrich 2019, eq. 4).
- ``weight``: each unit's weights have a length of their own (Salimans & Kingma 2016, eq. 2 and 3).

γ and β are one number per unit (:func:`scale`).

``centred`` holds what is normalized, without γ and β; ``scales`` what it was multiplied by.
"""

from landscape.network.words import Numbers, dot, lift, number, real, root, total

FIXED, OWN, REMEMBERED = range(3)
"""Which statistics batch norm takes: the running ones; those of the rows; or these, which are then remembered."""


def batch_norm(
    room: Numbers, source: int, centred: int, scales: int, running: int, settings: int, units: int, columns: int,
    statistics: int,
) -> None:  # fmt: skip
    """Each unit over all columns, or by the running statistics: its means, then as many variances.

    The settings are ε and the weight of new statistics, whose variances are unbiased as in PyTorch.
    """
    share = 1.0 / number(columns)
    for unit in range(units):
        x, c = source + unit * columns, centred + unit * columns
        mean, variance = room[running + unit], room[running + units + unit]
        if statistics != FIXED:
            mean = total(room, x, columns) * share
        for n in range(columns):
            room[c + n] = room[x + n] - mean
        if statistics != FIXED:
            variance = dot(room, c, room, c, columns) * share
        if statistics == REMEMBERED:
            new = real(room[settings + 1])
            unbiased = variance * (number(columns) / number(columns - 1))
            room[running + unit] = (1.0 - new) * room[running + unit] + new * mean
            room[running + units + unit] = (1.0 - new) * room[running + units + unit] + new * unbiased
        spread = real(variance) + real(room[settings])
        inverse = 1.0 / root(spread)
        scale = lift(inverse, -0.5 * inverse / spread, variance)
        room[scales + unit] = scale
        for n in range(columns):
            room[c + n] *= scale


def batch_norm_back(
    room: Numbers, slopes: int, centred: int, scales: int, units: int, columns: int, statistics: int
) -> None:
    """The slopes behind it become those in front of it."""
    share = 1.0 / number(columns)
    if statistics == FIXED:
        share = number(0)
    for unit in range(units):
        d, c = slopes + unit * columns, centred + unit * columns
        even, along = total(room, d, columns) * share, dot(room, d, room, c, columns) * share
        scale = room[scales + unit]
        for n in range(columns):
            room[d + n] = scale * (room[d + n] - even - room[c + n] * along)


def group_norm(
    room: Numbers, source: int, centred: int, scales: int, means: int, settings: int, groups: int, features: int,
    rows: int, shifted: int,
) -> None:  # fmt: skip
    """Each row over the features of each group; unless ``shifted``, only divided by the root mean square."""
    share = 1.0 / number(features)
    for group in range(groups):
        x, c, s = source + group * features * rows, centred + group * features * rows, scales + group * rows
        for n in range(rows):
            room[means + n] = number(0)
            room[s + n] = number(0)
        for f in range(features * shifted):
            for n in range(rows):
                room[means + n] += room[x + f * rows + n] * share
        for f in range(features):
            for n in range(rows):
                away = room[x + f * rows + n] - room[means + n]
                room[c + f * rows + n] = away
                room[s + n] += away * away * share
        for n in range(rows):
            spread = real(room[s + n]) + real(room[settings])
            inverse = 1.0 / root(spread)
            room[s + n] = lift(inverse, -0.5 * inverse / spread, room[s + n])
        for f in range(features):
            for n in range(rows):
                room[c + f * rows + n] *= room[s + n]


def group_norm_back(
    room: Numbers, slopes: int, centred: int, scales: int, means: int, groups: int, features: int, rows: int,
    shifted: int,
) -> None:  # fmt: skip
    """The slopes behind it become those in front of it; at ``means`` there is room for two rows."""
    share = 1.0 / number(features)
    for group in range(groups):
        d, c, s = slopes + group * features * rows, centred + group * features * rows, scales + group * rows
        for n in range(2 * rows):
            room[means + n] = number(0)
        for f in range(features):
            for n in range(rows):
                slope = room[d + f * rows + n] * share
                room[means + n] += slope * number(shifted)
                room[means + rows + n] += slope * room[c + f * rows + n]
        for f in range(features):
            for n in range(rows):
                slope = room[d + f * rows + n] - room[means + n] - room[c + f * rows + n] * room[means + rows + n]
                room[d + f * rows + n] = room[s + n] * slope


def scale(room: Numbers, centred: int, target: int, gamma: int, beta: int, units: int, columns: int) -> None:
    """Every unit times its γ, plus its β; a place below 0 says that it has none."""
    for unit in range(units):
        at = unit * columns
        factor, more = room[gamma + unit], number(0) * room[gamma + unit]
        if beta >= 0:
            more = room[beta + unit]
        for n in range(columns):
            room[target + at + n] = factor * room[centred + at + n] + more


def scale_back(
    room: Numbers, slopes: int, centred: int, gamma: int, to_gamma: int, to_beta: int, units: int, columns: int
) -> None:
    """The gradient of γ and, where there is one, of β; the slopes behind become those in front."""
    for unit in range(units):
        d = slopes + unit * columns
        room[to_gamma + unit] = dot(room, d, room, centred + unit * columns, columns)
        if to_beta >= 0:
            room[to_beta + unit] = total(room, d, columns)
        factor = room[gamma + unit]
        for n in range(columns):
            room[d + n] *= factor


def weight_norm(
    room: Numbers, directions: int, lengths: int, weights: int, scales: int, units: int, inputs: int
) -> None:
    """Every unit's weights: its direction at its length."""
    for unit in range(units):
        v, w = directions + unit * inputs, weights + unit * inputs
        square = dot(room, v, room, v, inputs)
        inverse = 1.0 / root(real(square))
        scale = lift(inverse, -0.5 * inverse / real(square), square)
        room[scales + unit] = scale
        length = room[lengths + unit]
        for i in range(inputs):
            room[w + i] = length * scale * room[v + i]


def weight_norm_back(
    room: Numbers, gradient: int, to_lengths: int, directions: int, lengths: int, scales: int, units: int, inputs: int
) -> None:
    """The gradient of the weights becomes that of the directions; that of the lengths is written."""
    for unit in range(units):
        v, d = directions + unit * inputs, gradient + unit * inputs
        scale = room[scales + unit]
        along = dot(room, d, room, v, inputs) * scale
        room[to_lengths + unit] = along
        factor = room[lengths + unit] * scale
        for i in range(inputs):
            room[d + i] = factor * (room[d + i] - along * scale * room[v + i])
