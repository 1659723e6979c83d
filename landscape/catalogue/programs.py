"""Programs as trees: what each assigned name holds after the last line, and what of the memory anything still reads."""

from collections.abc import Collection, Iterable

from landscape.formula.tree import ZERO, Name, Node, Program, free_names, substitute


def folded(program: Program, zeros: Iterable[str] = ()) -> dict[str, Node]:
    """Return what every assigned name holds at the end, as a tree of what was there at the beginning.

    Names in ``zeros`` are 0: what they multiply is gone.
    """
    assigned: dict[str, Node] = dict.fromkeys(zeros, ZERO)
    for name, expression in program.statements:
        assigned[name] = substitute(expression, assigned)
    return assigned


def remembered(
    program: Program, roots: Collection[str], names: Collection[str], zeros: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Return those of ``names`` that are worth remembering, in their order, where those in ``zeros`` are 0.

    Left out is what ``roots`` come to depend on only where those are not 0: a switch that is off takes its memory
    with it. What they never depend on is remembered for its own sake.
    """
    if not zeros:
        return tuple(names)
    whole = _read(folded(program), roots, names)
    left = _read(folded(program, zeros), roots, names)
    return tuple(name for name in names if name in left or name not in whole)


def _read(assigned: dict[str, Node], roots: Collection[str], names: Collection[str]) -> set[str]:
    """Return which of ``names`` the roots read, by way of each other too."""
    read: set[str] = set()
    new = set(roots)
    while new:
        trees = [assigned.get(name, Name(name)) for name in new]
        new = set(free_names(*trees) & set(names)) - read
        read |= new
    return read
