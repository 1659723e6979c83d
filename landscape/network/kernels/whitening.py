"""Kernels of whitening: ZCA of mini-batches, Σ^(-1/2) by the eigenvectors of the covariance, and its gradient.

Decorrelated batch norm (Huang, Yang, Lang & Deng 2018, algorithms 1 and 2): x̂ = Σ^(-1/2) (x - μ), where Σ is the
covariance of the units plus ε on its diagonal. Its slopes go back by Lyapunov's equation S X + X S = -U G U with
U = Σ^(-1/2) and S = Σ^(1/2), in the basis of the eigenvectors: eigenvalues may lie together as they like.

The eigenvectors are those of real numbers. What a complex number adds to Σ is taken along to first order, which is
exact for a rate; of real numbers the same lines take away what rounding left.
"""

from landscape.network.kernels.intrinsics import Numbers, choose, dot, number, real, root, total

SWEEPS = 30
"""Of Jacobi's rotations at most; 6 to 8 are needed."""


def centre(
    memory: Numbers, source: int, centred: int, running: int, settings: int, units: int, columns: int, statistics: int
) -> None:
    """Take away each unit's mean over all columns, or the running one if ``statistics`` are fixed (0).

    If they are remembered (2), the running mean moves towards it.
    """
    share = 1.0 / number(columns)
    new = real(memory[settings + 1])
    for unit in range(units):
        x, c = source + unit * columns, centred + unit * columns
        mean = memory[running + unit]
        if statistics > 0:
            mean = total(memory, x, columns) * share
        if statistics == 2:
            memory[running + unit] = (1.0 - new) * memory[running + unit] + new * mean
        for n in range(columns):
            memory[c + n] = memory[x + n] - mean


def centre_back(
    memory: Numbers, slopes: int, through: int, around: int, units: int, columns: int, statistics: int
) -> None:
    """The slopes through the whitening, those around it by the covariance, and back through the mean."""
    share = 1.0 / number(columns)
    for unit in range(units):
        d, t, a = slopes + unit * columns, through + unit * columns, around + unit * columns
        if statistics == 0:
            for n in range(columns):
                memory[d + n] = memory[t + n]
        if statistics > 0:
            even = total(memory, t, columns) * share
            for n in range(columns):
                memory[d + n] = memory[t + n] - even + 2.0 * share * memory[a + n]


def covariance(memory: Numbers, matrix: int, settings: int, units: int, columns: int) -> None:
    """Sums of products become means, with ε on the diagonal."""
    share, eps = 1.0 / number(columns), real(memory[settings])
    for i in range(units * units):
        memory[matrix + i] *= share
    for i in range(units):
        memory[matrix + i * units + i] += eps


def eigenvectors(memory: Numbers, matrix: int, work: int, rows: int, units: int) -> None:
    """The eigenvectors of a symmetric matrix as rows; at ``work`` its eigenvalues come onto the diagonal.

    By Jacobi's rotations: each makes one number off the diagonal 0, and after some sweeps all are.
    """
    for i in range(units * units):
        memory[work + i] = real(memory[matrix + i])
        memory[rows + i] = number(0)
    for i in range(units):
        memory[rows + i * units + i] = number(1)
    scale, apart, sweep = real(dot(memory, work, memory, work, units * units)), number(1), 0
    while apart > 0.0 and sweep < SWEEPS:
        apart = number(0)
        sweep += 1
        for pair in range(units * units):
            p, q = pair // units, pair % units
            off = real(memory[work + pair])
            if p < q and off * off > 1e-36 * scale:
                apart += off * off
                ratio = (real(memory[work + q * units + q]) - real(memory[work + p * units + p])) / (2.0 * off)
                t = choose(ratio < 0.0, -1.0, 1.0) / (abs(ratio) + root(ratio * ratio + 1.0))
                c = 1.0 / root(t * t + 1.0)
                s = t * c
                for k in range(units):
                    a, b = real(memory[work + k * units + p]), real(memory[work + k * units + q])
                    memory[work + k * units + p] = c * a - s * b
                    memory[work + k * units + q] = s * a + c * b
                for k in range(units):
                    a, b = real(memory[work + p * units + k]), real(memory[work + q * units + k])
                    memory[work + p * units + k] = c * a - s * b
                    memory[work + q * units + k] = s * a + c * b
                    a, b = real(memory[rows + p * units + k]), real(memory[rows + q * units + k])
                    memory[rows + p * units + k] = c * a - s * b
                    memory[rows + q * units + k] = s * a + c * b


def roots(memory: Numbers, values: int, target: int, settings: int, units: int) -> None:
    """The square roots of the eigenvalues on a diagonal; what is less than ε is so by rounding."""
    eps = real(memory[settings])
    for i in range(units):
        found = real(memory[values + i * units + i])
        memory[target + i] = root(choose(found < eps, eps, found))


def sandwich(memory: Numbers, target: int, outer: int, inner: int, work: int, units: int) -> None:
    """A B Aᵀ of square matrices."""
    for j in range(units):
        for a in range(units):
            memory[work + j * units + a] = dot(memory, outer + j * units, memory, inner + a * units, units)
    for i in range(units):
        for j in range(units):
            memory[target + i * units + j] = dot(memory, outer + i * units, memory, work + j * units, units)


def inverse_root(memory: Numbers, within: int, roots: int, target: int, units: int) -> None:
    """Σ^(-1/2) of a matrix that is nearly diagonal: that of the eigenvalues, and the first order of what else it is."""
    for i in range(units):
        for j in range(units):
            a, b = real(memory[roots + i]), real(memory[roots + j])
            on = choose(i == j, 1.0, 0.0)
            rest = memory[within + i * units + j] - on * a * a
            memory[target + i * units + j] = on / a - rest * (1.0 / (a * b * (a + b)))


def inverse_root_back(
    memory: Numbers, slopes: int, within: int, half: int, roots: int, whole: int, work: int, units: int
) -> None:
    """The slopes of Σ^(-1/2) become those of Σ, by Lyapunov's equation, solved once more for what is left of it."""
    for i in range(units):
        for j in range(i):
            even = 0.5 * (memory[slopes + i * units + j] + memory[slopes + j * units + i])
            memory[slopes + i * units + j] = even
            memory[slopes + j * units + i] = even
    for i in range(units):
        for j in range(units):
            memory[work + i * units + j] = dot(memory, half + i * units, memory, slopes + j * units, units)
    for i in range(units):
        for j in range(units):
            a, b = real(memory[roots + i]), real(memory[roots + j])
            on = choose(i == j, 1.0, 0.0)
            rest = memory[within + i * units + j] - on * a * a
            memory[whole + i * units + j] = on * a + rest * (1.0 / (a + b))
            found = dot(memory, work + i * units, memory, half + j * units, units)
            memory[slopes + i * units + j] = -found * (1.0 / (a + b))
    for i in range(units):
        for j in range(units):
            a, b = real(memory[roots + i]), real(memory[roots + j])
            wanted = -dot(memory, work + i * units, memory, half + j * units, units)
            one = dot(memory, whole + i * units, memory, slopes + j * units, units)
            other = dot(memory, slopes + i * units, memory, whole + j * units, units)
            memory[work + units * units + i * units + j] = (wanted - one - other) * (1.0 / (a + b))
    for i in range(units * units):
        memory[slopes + i] += memory[work + units * units + i]


def remember(memory: Numbers, source: int, running: int, settings: int, count: int) -> None:
    """Move running numbers towards new ones."""
    new = real(memory[settings + 1])
    for i in range(count):
        memory[running + i] = (1.0 - new) * memory[running + i] + new * memory[source + i]
