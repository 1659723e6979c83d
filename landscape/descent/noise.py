"""Random numbers that depend on nothing but a seed and where they are used.

A counter is hashed (SplitMix64), so that step k has the same noise whether ten steps are made or ten thousand, in one
piece or in many, on every computer and with every version of NumPy.
Source of the hash: Steele, Lea & Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
"""

import numpy as np
from numpy.typing import NDArray

_GOLDEN = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
_UNIFORM = 1 << 32
"""The first stream of those that are evenly spread."""


def normals(seed: int, steps: int, channels: int, first: int = 0) -> NDArray[np.float64]:
    """Return independent standard normals, shape (steps, channels), by the method of Box and Muller.

    Row k is that of step ``first + k``; more channels do not change those before them.
    """
    counter = np.arange(first, first + steps, dtype=np.uint64)[:, None]
    channel = np.array([_hashed(seed, 1 + index) for index in range(channels)], dtype=np.uint64)
    radius = np.sqrt(-2.0 * np.log(_uniform(_mix(counter * np.uint64(2) + channel))))
    angle = 2.0 * np.pi * _uniform(_mix(counter * np.uint64(2) + np.uint64(1) + channel))
    return np.asarray(radius * np.cos(angle))


def uniforms(seed: int, steps: int, channels: int, first: int = 0) -> NDArray[np.float64]:
    """Return independent numbers evenly spread in (0, 1], shape (steps, channels); rows and channels as above."""
    counter = np.arange(first, first + steps, dtype=np.uint64)[:, None]
    return _uniform(_mix(counter + keys(seed, channels)))


def keys(seed: int, channels: int) -> NDArray[np.uint64]:
    """Return what tells the channels of :func:`uniforms` apart, (channels,): a kernel hashes them with the step."""
    start = np.array([int(seed) & _MASK], dtype=np.uint64)
    streams = np.arange(_UNIFORM, _UNIFORM + channels, dtype=np.uint64) * np.uint64(_GOLDEN)
    return _mix(_mix(start) + streams)


def spread_stream(seed: int, channel: int = 0) -> int:
    """Return the number that the counter of :func:`uniforms` begins with, for who hashes it elsewhere."""
    return _hashed(seed, _UNIFORM + channel)


def batches(seed: int, steps: int, rows: int, batch_size: int, first: int = 0) -> NDArray[np.int64]:
    """Return the rows of each step's mini-batch, shape (steps, batch_size), from step ``first`` on.

    Every epoch is another permutation of all rows; the batches walk through the epochs without a gap, so that a batch
    may end one epoch and begin the next.
    """
    begin, end = first * batch_size, (first + steps) * batch_size
    epochs = range(begin // rows, -(-end // rows))
    streams = np.arange(1, len(epochs) + 1, dtype=np.uint64) + np.uint64(epochs.start)
    start = _mix(np.array([int(seed) & _MASK], dtype=np.uint64))
    epoch = _mix(start - streams * np.uint64(_GOLDEN))[:, None]
    # No two numbers are the same, for the hash is a bijection: any kind of sorting finds the one order.
    order = np.argsort(_mix(np.add(epoch, np.arange(rows, dtype=np.uint64))), axis=1)
    offset = epochs.start * rows
    return order.astype(np.int64).reshape(-1)[begin - offset : end - offset].reshape(steps, batch_size)


def _hashed(seed: int, stream: int) -> int:
    """Return a starting point far from those of other seeds and streams."""
    start, offset = (np.array([int(number) & _MASK], dtype=np.uint64) for number in (seed, stream * _GOLDEN))
    return int(_mix(np.add(_mix(start), offset))[0])


def _mix(counter: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the SplitMix64 output for each counter."""
    z = counter * np.uint64(_GOLDEN)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(z ^ (z >> np.uint64(31)))


def _uniform(bits: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Return numbers in (0, 1], 53 bits each."""
    return np.asarray(((bits >> np.uint64(11)) + np.uint64(1)).astype(np.float64) * 2.0**-53)
