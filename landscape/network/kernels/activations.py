"""Kernels of activation functions and of their derivatives (see :mod:`landscape.network.kernels.compiler`).

Forward: ``count`` numbers from ``source`` to ``target``. Back: slopes are multiplied in place by those of the
activation, given what it was applied to, where the argument is called ``source``, or what it gave: ``active``.
"""

from landscape.network.kernels.intrinsics import Numbers, choose, erf, lift, power, real


def tanh(memory: Numbers, source: int, target: int, count: int) -> None:
    """Tanh z; off by no more than the distance from 1 to the next number."""
    for n in range(count):
        z = memory[source + n]
        decay = power(-2.0 * abs(real(z)))
        t = (1.0 - decay) / (1.0 + decay)
        memory[target + n] = lift(choose(real(z) < 0.0, -t, t), 1.0 - t * t, z)


def tanh_back(memory: Numbers, slopes: int, active: int, count: int) -> None:
    """1 - tanh² z."""
    for n in range(count):
        y = memory[active + n]
        memory[slopes + n] *= 1.0 - y * y


def relu(memory: Numbers, source: int, target: int, count: int) -> None:
    """The greater of z and 0; NaN stays NaN."""
    for n in range(count):
        z = memory[source + n]
        memory[target + n] = choose(real(z) <= 0.0, 0.0, z)


def relu_back(memory: Numbers, slopes: int, active: int, count: int) -> None:
    """1 where z is above 0, else 0, as in PyTorch."""
    for n in range(count):
        memory[slopes + n] = choose(real(memory[active + n]) <= 0.0, 0.0, memory[slopes + n])


def leaky_relu(memory: Numbers, source: int, target: int, count: int) -> None:
    """Z, or a hundredth of it below 0."""
    for n in range(count):
        z = memory[source + n]
        memory[target + n] = choose(real(z) <= 0.0, 0.01 * z, z)


def leaky_relu_back(memory: Numbers, slopes: int, active: int, count: int) -> None:
    """1 where z is above 0, else 0.01."""
    for n in range(count):
        slope = memory[slopes + n]
        memory[slopes + n] = choose(real(memory[active + n]) <= 0.0, 0.01 * slope, slope)


def sigmoid(memory: Numbers, source: int, target: int, count: int) -> None:
    """1/(1 + e^-z)."""
    for n in range(count):
        z = memory[source + n]
        decay = power(-abs(real(z)))
        s = choose(real(z) >= 0.0, 1.0, decay) / (1.0 + decay)
        memory[target + n] = lift(s, s * (1.0 - s), z)


def sigmoid_back(memory: Numbers, slopes: int, active: int, count: int) -> None:
    """Sigmoid times what it lacks to 1."""
    for n in range(count):
        y = memory[active + n]
        memory[slopes + n] *= y * (1.0 - y)


def gelu(memory: Numbers, source: int, target: int, count: int) -> None:
    """Z Φ(z) with the normal distribution function Φ (Hendrycks & Gimpel 2016), by the error function as in PyTorch."""
    for n in range(count):
        z = memory[source + n]
        a = real(z)
        below = 0.5 * (1.0 + erf(0.7071067811865476 * a))
        memory[target + n] = z * lift(below, 0.3989422804014327 * power(-0.5 * a * a), z)


def gelu_back(memory: Numbers, slopes: int, source: int, count: int) -> None:
    """Φ(z) + z φ(z)."""
    for n in range(count):
        z = memory[source + n]
        a = real(z)
        density = 0.3989422804014327 * power(-0.5 * a * a)
        below = 0.5 * (1.0 + erf(0.7071067811865476 * a))
        memory[slopes + n] *= lift(below, density, z) + z * lift(density, -a * density, z)
