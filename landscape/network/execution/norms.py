"""The instructions of the norms: batch norm, whitening, CrossNorm and the others, and γ and β behind them."""

from landscape.network.draws import partner_offset
from landscape.network.execution.assembler import SETTINGS, Assembler
from landscape.network.kernels.interpreter import FIRST, STEP, STREAM
from landscape.network.kernels.normalization import FIXED, REMEMBERED
from landscape.network.layout import Layer, Slot


def norm(to: Assembler, layer: Layer, place: int, source: int, slopes: int, rectified: bool) -> int:
    """Write the norm of the layer of a place, and γ and β; return where what is normalized is."""
    match layer.normalization:
        case "none" | "weight":
            return source
        case "cross":
            return _cross(to, layer, place, source, slopes)
        case "batch":
            found = _batch(to, layer, source, slopes)
        case "renorm":
            found = _renorm(to, layer, source, slopes)
        case "whitening":
            found = _whitening(to, layer, source, slopes)
        case _:
            found = _group(to, layer, source, slopes)
    if layer.gamma is None:
        return found
    if layer.gamma_by is not None:
        return _modulated(to, layer, found, slopes, rectified)
    columns = layer.positions * to.rows
    normed, sizes = to.part(layer.units * columns), (layer.units, columns)
    factors = (to.at(layer.gamma), to.to(layer.gamma), to.to(layer.beta))
    to.write(
        ("scale", (found, normed, to.at(layer.gamma), to.at(layer.beta), *sizes, rectified)),
        ("scale_back", (slopes, found, *factors, *sizes)),
    )
    return normed


def _modulated(to: Assembler, layer: Layer, found: int, slopes: int, rectified: bool) -> int:
    """Write γ and β that the network's inputs move, a pair for each row."""
    normed, sizes = to.part(layer.units * layer.positions * to.rows), (layer.units, layer.positions, to.rows)
    factors, to_factors = _moved(to, layer, layer.gamma, layer.gamma_by)
    shifts, to_shifts = _moved(to, layer, layer.beta, layer.beta_by)
    to.write(
        ("modulate", (found, normed, factors, shifts, *sizes, rectified)),
        ("modulate_back", (slopes, found, factors, to_factors, to_shifts, *sizes)),
    )
    return normed


def _moved(to: Assembler, layer: Layer, own: Slot | None, by: Slot | None) -> tuple[int, int]:
    """Write the γ or the β of every row, (units, rows); return where they are, and where their slopes are put."""
    if own is None or by is None:
        return -1, -1
    units, found, slopes = layer.units, to.part(layer.units * to.rows), to.part(layer.units * to.rows)
    to.write(
        ("product", (found, to.at(by), to.inputs, 1, to.given, units, to.rows, to.inputs, to.at(own), False)),
        ("add_up", (slopes, to.to(own), units, to.rows)),
        ("product", (to.to(by), slopes, to.rows, 1, to.turned, units, to.inputs, to.rows, to.zeros, False)),
    )
    return found, slopes


def _batch(to: Assembler, layer: Layer, source: int, slopes: int) -> int:
    columns = layer.positions * to.rows
    centred, scales = to.part(layer.units * columns), to.part(layer.units)
    over = (layer.units, columns, to.statistics)
    given = (source, centred, scales, to.running + layer.running, SETTINGS)
    to.write(("batch_norm", (*given, *over)), ("batch_norm_back", (slopes, centred, scales, *over)))
    return centred


def _renorm(to: Assembler, layer: Layer, source: int, slopes: int) -> int:
    columns = layer.positions * to.rows
    centred, moved = to.part(layer.units * columns), to.part(layer.units * columns)
    scales, factors = to.part(layer.units), to.part(layer.units)
    over = (layer.units, columns, to.statistics)
    given = (source, centred, moved, scales, factors, to.running + layer.running, SETTINGS)
    to.write(
        ("batch_renorm", (*given, *over)),
        ("batch_renorm_back", (slopes, factors, layer.units, columns)),
        ("batch_norm_back", (slopes, centred, scales, *over)),
    )
    return moved


def _group(to: Assembler, layer: Layer, source: int, slopes: int) -> int:
    """Write layer norm, group norm, instance norm, or the root mean square."""
    columns = layer.positions * to.rows
    groups = {"group": to.network.groups, "instance": layer.units}.get(layer.normalization, 1)
    centred, scales = to.part(layer.units * columns), to.part(groups * to.rows)
    shifted = int(layer.normalization != "rms")
    within = (groups, layer.units * layer.positions // groups, to.rows, shifted)
    given = (source, centred, scales, to.rest, SETTINGS)
    to.write(("group_norm", (*given, *within)), ("group_norm_back", (slopes, centred, scales, to.rest, *within)))
    return centred


def _cross(to: Assembler, layer: Layer, place: int, source: int, slopes: int) -> int:
    """Write CrossNorm: of a picture channel by channel, else over the units; but for training, nothing."""
    if not to.trains:
        return source
    count = layer.units * layer.positions * to.rows
    centred, target, shift = to.part(count), to.part(count), to.part(1)
    groups = layer.units if layer.positions > 1 else 1
    means = to.part(3 * groups * to.rows)
    within = (groups, layer.units * layer.positions // groups, to.rows)
    to.write(("partner", (shift, STREAM, FIRST, STEP, partner_offset(place), to.rows)))
    to.write(
        ("cross_norm", (source, centred, target, means, shift, SETTINGS, *within)),
        ("cross_norm_back", (slopes, centred, means, shift, to.rest, *within)),
    )
    return target


def _whitening(to: Assembler, layer: Layer, source: int, slopes: int) -> int:
    """Write whitening: Σ^(-1/2) of the mini-batch, or the running one, times what is centred."""
    units, columns = layer.units, layer.positions * to.rows
    square, running = units * units, to.running + layer.running
    centred, target, through, around = (to.part(units * columns) for _ in range(4))
    over = (units, columns, to.statistics)
    to.write(("centre", (source, centred, running, SETTINGS, *over)), ("centre_back", (slopes, through, around, *over)))
    matrix = running + units
    if to.statistics != FIXED:
        matrix = _inverse_root(to, units, columns, centred, slopes, around)
    if to.statistics == REMEMBERED:
        to.write(("remember", (matrix, running + units, SETTINGS, square)))
    to.write(
        ("product", (target, matrix, units, 1, centred, units, columns, units, to.zeros, False)),
        ("product", (through, matrix, units, 1, slopes, units, columns, units, to.zeros, False)),
    )
    return target


def _inverse_root(to: Assembler, units: int, columns: int, centred: int, slopes: int, around: int) -> int:
    """Write Σ^(-1/2) of what is centred, and what goes back ``around`` the whitening; return where it is."""
    square = units * units
    turned = to.part(units * columns)
    sums, rows, vectors, within, half, matrix, grown, whole, back = (to.part(square) for _ in range(9))
    work, roots = to.part(2 * square), to.part(units)
    to.write(("turn", (centred, turned, units, columns)))
    to.write(("product", (sums, centred, columns, 1, turned, units, units, columns, to.zeros, False)))
    to.write(("covariance", (sums, SETTINGS, units, columns)))
    to.write(("eigenvectors", (sums, work, rows, units)))
    to.write(("roots", (work, roots, SETTINGS, units)))
    to.write(("turn", (rows, vectors, units, units)))
    to.write(("sandwich", (within, rows, sums, work, units)))
    to.write(("inverse_root", (within, roots, half, units)))
    to.write(
        ("sandwich", (matrix, vectors, half, work, units)),
        ("product", (grown, slopes, columns, 1, turned, units, units, columns, to.zeros, False)),
        ("sandwich", (back, rows, grown, work, units)),
        ("inverse_root_back", (back, within, half, roots, whole, work, units)),
        ("sandwich", (grown, vectors, back, work, units)),
        ("product", (around, grown, units, 1, centred, units, columns, units, to.zeros, False)),
    )
    return matrix
