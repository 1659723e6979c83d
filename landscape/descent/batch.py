"""Many starts at once: where each of them ends, and nothing of the way there."""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.descent.noise import normals
from landscape.descent.stepping import Pair, load_coefficients, load_constants, norm, pair, step_of, surface_trees
from landscape.formula.code import Code, literal, shape
from landscape.formula.kernels import WIDE, Columns, Emitter, lanes_for
from landscape.formula.machine import is_ready, load

CHUNK = 2048
"""Starts that are computed between two questions whether to go on."""

ENDS = (
    "void @ends(ptr noalias %xs, ptr noalias %ys, i64 %starts, i64 %steps, ptr noalias %constants, "
    "ptr noalias %coefficients, ptr noalias %normals, ptr noalias %data, i64 %count)"
)
_PROTOTYPE = ctypes.CFUNCTYPE(
    None,
    *(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64),
    *(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64),
)


def descend_many(
    surface: Surface,
    rule: UpdateRule,
    starts: NDArray[np.float64],
    steps: int,
    schedule: Schedule | None = None,
    threads: int = 2,
    cancelled: Callable[[], bool] = lambda: False,
    seed: int = 0,
) -> NDArray[np.float64]:
    """Return where ``rule`` ends after ``steps`` steps from each start.

    Each end is that of :func:`landscape.descent.trajectory.descend` from the same start with the same seed, to
    rounding (an unstable rule may magnify it). It does not depend on the other starts, nor on ``threads``.

    Args:
        surface: The loss.
        rule: The update rule with its learning rate.
        starts: (m, 2).
        steps: At least 0.
        schedule: The rate of each step; None: the rule's own throughout.
        threads: How many run at once.
        cancelled: Asked between chunks of ``CHUNK`` starts; once it says yes, the starts not yet begun get NaN.
        seed: Decides the noise of a rule that has some; all starts feel the same.

    Returns:
        (m, 2) float64, read-only; inf or NaN where the trajectory diverged.
    """
    kernel = load(_source(pair(surface, rule)), "ends")
    rates = schedule.rates(rule.lr, steps) if schedule else np.full(steps, rule.lr)
    arrays = (
        np.array([*surface.kernel_values, *rule.kernel_values]),
        step_of(rule.rule).schedule(rates, dict(zip(rule.hyper_names, rule.kernel_values, strict=True))),
        np.ascontiguousarray(normals(seed, steps, 4)[:, 2:]),
        surface.data_array if surface.data else np.empty((0, 0)),
    )
    pointers = [array.ctypes.data for array in arrays]
    call = _PROTOTYPE(kernel.address)
    padded = len(starts) + -len(starts) % WIDE
    ends = np.full((2, padded), np.nan)

    def run(first: int) -> None:
        last = min(first + CHUNK, padded)
        if cancelled():
            return
        piece = np.ones((2, last - first))
        piece[:, : len(starts) - first] = starts[first:last].T
        call(piece[0].ctypes.data, piece[1].ctypes.data, last - first, steps, *pointers, surface.rows)
        ends[:, first:last] = piece

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(run, range(0, padded, CHUNK)))
    result = ends[:, : len(starts)].T
    result.flags.writeable = False
    return result


def is_warm(surface: Surface, rule: UpdateRule) -> bool:
    """Tell whether :func:`descend_many` would begin at once, without compiling."""
    return is_ready(_source(pair(surface, rule)), "ends")


@lru_cache(maxsize=64)
def _source(both: Pair) -> str:
    """Return the module whose ``ends`` moves the points (xs, ys), a multiple of ``WIDE`` of them, in place."""
    step = step_of(both.rule)
    trees = surface_trees(both, step, loss=False)
    return _Ends(both, lanes_for([*trees.values(), *step.moved, *step.state])).source()


class _Ends:
    """Writes the kernel for many starts."""

    def __init__(self, both: Pair, lanes: int) -> None:
        self.code = Code()
        self.both = both
        self.lanes = lanes
        self.type = shape(lanes)
        self.rule = UpdateRule(both.rule)
        self.step = step_of(both.rule)
        self.axes = 1 if self.rule.planar else 2
        self.state = [[f"%state{axis}.{index}" for index in range(len(self.step.state))] for axis in range(self.axes)]

    def source(self) -> str:
        code, lanes = self.code, self.lanes
        self.parameters, self.hyper = load_constants(code, self.both, lanes, lanes)
        zero = code.splat(literal(0.0), lanes)
        code.write("%idle = icmp sle i64 %steps, 0", "br i1 %idle, label %finish, label %pack")
        code.begin("pack")
        code.write("%first = phi i64 [0, %entry], [%then, %stored]")
        starts = [code.load(pointer, "%first", lanes) for pointer in ("%xs", "%ys")]
        code.write("br label %loop")
        code.begin("loop")
        top = len(code.lines)
        moved = self._step()
        code.write("%next = add i64 %step, 1", "%more = icmp slt i64 %next, %steps")
        names = ["%x", "%y", *(name for axis in self.state for name in axis)]
        firsts = [*starts, *[zero] * (len(names) - 2)]
        code.lines[top:top] = self._phis(names, firsts, moved)
        code.write("br i1 %more, label %loop, label %stored")
        code.begin("stored")
        code.store(moved[0], "%xs", "%first", lanes)
        code.store(moved[1], "%ys", "%first", lanes)
        code.write(f"%then = add i64 %first, {lanes}", "%again = icmp slt i64 %then, %starts")
        code.write("br i1 %again, label %pack, label %finish")
        code.begin("finish")
        code.write("ret void")
        return code.module(ENDS)

    def _phis(self, names: Sequence[str], firsts: Sequence[str], moved: Sequence[str]) -> Iterator[str]:
        block = self.code.block
        yield f"  %step = phi i64 [0, %pack], [%next, %{block}]"
        for name, first, then in zip(names, firsts, moved, strict=True):
            yield f"  {name} = phi {self.type} [{first}, %pack], [{then}, %{block}]"

    def _step(self) -> list[str]:
        """Write a step; return the new x and y, then the new state, axis by axis."""
        trees = surface_trees(self.both, self.step, loss=False)
        emitter = self._emitter({**self.parameters, "x": "%x", "y": "%y"})
        seen = dict(zip(trees, emitter.emit(list(trees.values())), strict=True))
        given = load_coefficients(self.code, self.step, "%step", self.lanes) | self.hyper
        if "gnorm" in self.step.reads:
            given["gnorm"] = norm(emitter, seen["gx"], seen["gy"])
        if self.rule.planar:
            return self._rule(0, given | seen | {"x": "%x", "y": "%y"})
        per_axis = [
            self._rule(axis, given | self._noise(axis) | {"theta": position, "g": seen[slope]})
            for axis, (position, slope) in enumerate((("%x", "gx"), ("%y", "gy")))
        ]
        return [axis[0] for axis in per_axis] + [value for axis in per_axis for value in axis[1:]]

    def _rule(self, axis: int, given: dict[str, str]) -> list[str]:
        state = dict(zip(self.rule.state, self.state[axis], strict=True))
        return self._emitter(given | state).emit([*self.step.moved, *self.step.state])

    def _noise(self, axis: int) -> dict[str, str]:
        if "noise" not in self.step.reads:
            return {}
        row = self.code.effect("mul i64 %step, 2")
        place = self.code.effect(f"add i64 {row}, {axis}")
        return {"noise": self.code.splat(self.code.load("%normals", place), self.lanes)}

    def _emitter(self, values: dict[str, str]) -> Emitter:
        return Emitter(self.code, values, self.lanes, Columns(self.both.columns))
