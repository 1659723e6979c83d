"""SIMD: sums, dot products and tiles of matrix products in wide registers, which nearly all the time goes to."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

from landscape.formula.machine_code.llvm import FLAGS

if TYPE_CHECKING:
    from llvmlite.ir import IRBuilder, Value
    from numba.core.base import BaseContext
    from numba.core.types import Type
    from numba.core.typing import Context, Signature

    from landscape.formula.machine_code.llvm import Intrinsic


Form: TypeAlias = Any
"""A type of LLVM's or Numba's."""


def width() -> int:
    """Return how many bytes the machine's registers hold."""
    from llvmlite.binding import get_host_cpu_features

    return 64 if get_host_cpu_features().get("avx512f") else 32


def intrinsics(lanes: int) -> dict[str, Callable[..., "Intrinsic"]]:
    """Return ``dot``, ``total``, ``tile1``, ``tile2``, ``tile4`` and ``tile8`` for registers of so many numbers."""

    def dot(_: "Context", a: Form, _ai: "Type", b: "Type", _bi: "Type", _count: "Type") -> "Intrinsic":
        from numba import types

        def write(_: "BaseContext", builder: "IRBuilder", _s: "Signature", given: "Sequence[Value]") -> "Value":
            return _sum(builder, lanes, [(given[0], given[1]), (given[2], given[3])], given[4])

        return a.dtype(a, types.int64, b, types.int64, types.int64), write

    def total(_: "Context", a: Form, _ai: "Type", _count: "Type") -> "Intrinsic":
        from numba import types

        def write(_: "BaseContext", builder: "IRBuilder", _s: "Signature", given: "Sequence[Value]") -> "Value":
            return _sum(builder, lanes, [(given[0], given[1])], given[2])

        return a.dtype(a, types.int64, types.int64), write

    return {"dot": dot, "total": total, **{f"tile{height}": _tile(lanes, height) for height in (1, 2, 4, 8)}}


def _tile(lanes: int, height: int) -> Callable[..., "Intrinsic"]:
    def tile(
        _: "Context", memory: "Type", _c: "Type", _a: "Type", _across: "Type", _along: "Type", _b: "Type",
        _columns: "Type", _inner: "Type", _width: "Type", _bias: "Type", _rectified: "Type",
    ) -> "Intrinsic":  # fmt: skip
        from numba import types

        def write(context: "BaseContext", builder: "IRBuilder", _: "Signature", given: "Sequence[Value]") -> "Value":
            _write_tile(builder, lanes, height, given)
            return context.get_dummy_value()

        return types.void(memory, *[types.int64] * 10), write

    return tile


def _write_tile(builder: "IRBuilder", lanes: int, height: int, given: "Sequence[Value]") -> None:
    from numba.core import cgutils

    memory, c, a, across, along, b, columns, inner, width, bias, rectified = given
    number = memory.type.pointee
    zero = _spread(builder, lanes, _constant(number, 0.0))
    held = [cgutils.alloca_once_value(builder, zero) for _ in range(height)]
    rows = [builder.gep(memory, [builder.add(a, builder.mul(across, _whole(row)))]) for row in range(height)]
    with _rolled(builder, inner) as index:
        there = builder.gep(memory, [builder.add(b, builder.mul(index, columns))])
        beside = _load(builder, lanes, there)
        step = builder.mul(index, along)
        for row, sum_of in zip(rows, held, strict=True):
            factor = _spread(builder, lanes, builder.load(builder.gep(row, [step])))
            product = builder.fmul(factor, beside, flags=FLAGS)
            builder.store(builder.fadd(builder.load(sum_of), product, flags=FLAGS), sum_of)
    _finish(builder, lanes, held, memory, bias, rectified)
    targets = [builder.gep(memory, [builder.add(c, builder.mul(columns, _whole(row)))]) for row in range(height)]
    with builder.if_else(builder.icmp_signed(">=", width, _whole(lanes))) as (all_of_it, a_part):
        with all_of_it:
            for target, sum_of in zip(targets, held, strict=True):
                builder.store(builder.load(sum_of), _wide(builder, lanes, target), align=_size(number))
        with a_part:
            mask = _first(builder, lanes, width)
            for target, sum_of in zip(targets, held, strict=True):
                _store_part(builder, lanes, builder.load(sum_of), target, mask)


def _finish(
    builder: "IRBuilder", lanes: int, held: "Sequence[Value]", memory: "Value", bias: "Value", rectified: "Value"
) -> None:
    """Write the adding of the biases, and 0 for what is less where it is rectified."""
    number = memory.type.pointee
    zero, lowest = _constant(number, 0.0), _constant(number, float("-inf"))
    least = _spread(builder, lanes, builder.select(builder.icmp_signed("!=", rectified, _whole(0)), zero, lowest))
    for row, sum_of in enumerate(held):
        more = _spread(builder, lanes, builder.load(builder.gep(memory, [builder.add(bias, _whole(row))])))
        found = builder.fadd(builder.load(sum_of), more, flags=FLAGS)
        builder.store(builder.select(builder.fcmp_ordered("<=", found, least), least, found), sum_of)


@contextmanager
def _rolled(builder: "IRBuilder", count: "Value") -> "Iterator[Value]":
    """Write a loop that the compiler does not unroll, for which it would run out of registers for the addresses."""
    from llvmlite.ir import IntType, MetaDataString

    before, body, after = builder.block, builder.append_basic_block(), builder.append_basic_block()
    builder.cbranch(builder.icmp_signed(">", count, _whole(0)), body, after)
    builder.position_at_end(body)
    index = builder.phi(IntType(64))
    index.add_incoming(_whole(0), before)
    yield index
    following = builder.add(index, _whole(1))
    index.add_incoming(following, builder.block)
    again = builder.cbranch(builder.icmp_signed("<", following, count), body, after)
    module = builder.module
    order = module.add_metadata([MetaDataString(module, "llvm.loop.unroll.disable")])
    loop = module.add_metadata([order, _whole(len(module.metadata))])
    loop.operands = (loop, order)  # What is said of a loop begins with itself
    again.set_metadata("llvm.loop", loop)
    builder.position_at_end(after)


def _sum(builder: "IRBuilder", lanes: int, rows: "Sequence[tuple[Value, Value]]", count: "Value") -> "Value":
    """Write the sum over n of the product of the rows' n-th numbers; a row is an address and where it begins."""
    from llvmlite.ir import FunctionType
    from numba.core import cgutils

    number = rows[0][0].type.pointee
    zero = _spread(builder, lanes, _constant(number, 0.0))
    parts = [cgutils.alloca_once_value(builder, zero) for _ in range(4)]
    """Of the sum: an addition to one need not wait for that to another."""

    def add(place: "Value", mask: "Value | None", held: "Value") -> None:
        factors = [builder.gep(row, [builder.add(begin, place)]) for row, begin in rows]
        wide = [_load(builder, lanes, at) if mask is None else _load_part(builder, lanes, at, mask) for at in factors]
        product = wide[0] if len(wide) == 1 else builder.fmul(wide[0], wide[1], flags=FLAGS)
        builder.store(builder.fadd(builder.load(held), product, flags=FLAGS), held)

    full = builder.sdiv(count, _whole(lanes))
    several = builder.sub(full, builder.srem(full, _whole(len(parts))))
    with cgutils.for_range_slice(builder, _whole(0), several, _whole(len(parts))) as (index, _):
        for part, held in enumerate(parts):
            add(builder.mul(builder.add(index, _whole(part)), _whole(lanes)), None, held)
    with cgutils.for_range_slice(builder, several, full, _whole(1)) as (index, _):
        add(builder.mul(index, _whole(lanes)), None, parts[0])
    done = builder.mul(full, _whole(lanes))
    with builder.if_then(builder.icmp_signed("<", done, count)):
        add(done, _first(builder, lanes, builder.sub(count, done)), parts[0])
    a, b, c, d = map(builder.load, parts)
    found = builder.fadd(builder.fadd(a, b, flags=FLAGS), builder.fadd(c, d, flags=FLAGS), flags=FLAGS)
    reduce = cgutils.get_or_insert_function(
        builder.module,
        FunctionType(number, [number, _vector(number, lanes)]),
        f"llvm.vector.reduce.fadd.v{lanes}f{8 * _size(number)}",
    )
    return builder.call(reduce, [_constant(number, 0.0), found], fastmath=(*FLAGS, "reassoc"))


def _first(builder: "IRBuilder", lanes: int, count: "Value") -> "Value":
    """Write the mask of the first ``count`` lanes."""
    from llvmlite.ir import Constant, IntType, VectorType

    places = Constant(VectorType(IntType(64), lanes), [Constant(IntType(64), lane) for lane in range(lanes)])
    return builder.icmp_signed("<", places, _spread(builder, lanes, count))


def _load(builder: "IRBuilder", lanes: int, at: "Value") -> "Value":
    return builder.load(_wide(builder, lanes, at), align=_size(at.type.pointee))


def _load_part(builder: "IRBuilder", lanes: int, at: "Value", mask: "Value") -> "Value":
    """Write the loading of what the mask shows; the rest is 0 and not read."""
    number = at.type.pointee
    zero = _spread(builder, lanes, _constant(number, 0.0))
    return _masked(builder, "load", zero.type, [_wide(builder, lanes, at), _align(number), mask, zero], number, lanes)


def _store_part(builder: "IRBuilder", lanes: int, value: "Value", at: "Value", mask: "Value") -> None:
    from llvmlite.ir import VoidType

    number = at.type.pointee
    _masked(builder, "store", VoidType(), [value, _wide(builder, lanes, at), _align(number), mask], number, lanes)


def _masked(
    builder: "IRBuilder", name: str, result: Form, arguments: "list[Value]", number: Form, lanes: int
) -> "Value":
    from llvmlite.ir import FunctionType
    from numba.core.cgutils import get_or_insert_function

    kind = FunctionType(result, [argument.type for argument in arguments])
    intrinsic = f"llvm.masked.{name}.v{lanes}f{8 * _size(number)}.p0"
    return builder.call(get_or_insert_function(builder.module, kind, intrinsic), arguments)


def _spread(builder: "IRBuilder", lanes: int, value: "Value") -> "Value":
    """Write a register that holds the same number in every lane."""
    from llvmlite.ir import Constant, IntType, Undefined, VectorType

    one = builder.insert_element(Constant(_vector(value.type, lanes), Undefined), value, Constant(IntType(32), 0))
    return builder.shuffle_vector(one, one, Constant(VectorType(IntType(32), lanes), [0] * lanes))


def _vector(number: Form, lanes: int) -> Form:
    from llvmlite.ir import VectorType

    return VectorType(number, lanes)


def _wide(builder: "IRBuilder", lanes: int, at: "Value") -> "Value":
    return builder.bitcast(at, _vector(at.type.pointee, lanes).as_pointer())


def _size(number: Form) -> int:
    return 4 if str(number) == "float" else 8


def _align(number: Form) -> "Value":
    from llvmlite.ir import Constant, IntType

    return Constant(IntType(32), _size(number))


def _constant(number: Form, value: float) -> "Value":
    from llvmlite.ir import Constant

    return Constant(number, value)


def _whole(value: int) -> "Value":
    from llvmlite.ir import Constant, IntType

    return Constant(IntType(64), value)
