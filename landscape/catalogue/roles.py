"""What the names in a rule are: the gradient, a momentum, what scales each coordinate, or the step itself.

Nothing is declared for it: a gradient and what is averaged of it change their sign with the gradient (they are *odd*),
squares and absolute values do not (they are *even*).
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Literal, TypeAlias

from landscape.catalogue.optimizers import UpdateRule
from landscape.formula.lines import Line, live_lines
from landscape.formula.tree import Call, Name, Node, Number, is_number, walk

Role: TypeAlias = Literal["gradient", "momentum", "scaling", "step"]
Parity: TypeAlias = Literal["odd", "even", "neither"]

MOVED = ("theta", "x", "y")
GRADIENT = ("g", "gx", "gy")
_ODD = frozenset({"neg", "sign", "cbrt", "sin", "tan", "asin", "atan", "sinh", "tanh", "erf", "round", "trunc"})
_EVEN = frozenset({"abs", "cos", "cosh", "norm"})
MOST = 6
"""A rule that remembers more is not looked into: the kinds of all are tried together."""


@lru_cache(maxsize=256)
def roles(rule: UpdateRule) -> Mapping[str, Role]:
    """Return the role of each name of a rule that has one."""
    found: dict[str, Role] = dict.fromkeys(GRADIENT, "gradient")
    found |= dict.fromkeys(MOVED, "step")
    if rule.planar:
        return found
    program_lines = live_lines(rule.program, rule.zeros, ("theta", *rule.state))
    kinds = _kinds(program_lines, rule.state)
    if kinds is None:
        return found
    # Twice, since what is remembered may be read above the line that assigns it.
    for line in 2 * program_lines:
        role = None if line.name in MOVED else _role(line, kinds[line.name], line.name in rule.state, found)
        if role is not None:
            found[line.name] = role
    return found


def _role(line: Line, kind: Parity, remembered: bool, found: Mapping[str, Role]) -> Role | None:
    read = {found[name] for name in line.reads if name in found} - {"step"}
    if kind == "odd":
        return "momentum" if remembered or read - {"gradient"} else "gradient" if read else None
    return "scaling" if kind == "even" and read and (remembered or "scaling" in read) else None


def _kinds(lines: Sequence[Line], state: Sequence[str]) -> Mapping[str, Parity] | None:
    """Return the kind of every assigned name, under which what is remembered stays of its kind; None for none."""
    if len(state) > MOST:
        return None
    options: tuple[Parity, ...] = ("odd", "even")
    for guess in product(options, repeat=len(state)):
        kinds: dict[str, Parity] = {"g": "odd", "theta": "odd", **dict(zip(state, guess, strict=True))}
        for line in lines:
            kinds[line.name] = _kind(line.expression, kinds)
        if all(kinds[name] == kind for name, kind in zip(state, guess, strict=True)):
            return kinds
    return None


def _kind(tree: Node, kinds: Mapping[str, Parity]) -> Parity:
    done: dict[Node, Parity] = {}
    for node in walk((tree,)):
        if isinstance(node, Name):
            done[node] = kinds.get(node.id, "even")
        elif isinstance(node, Number):
            done[node] = "even"
        else:
            done[node] = _kind_of_call(node, [done[argument] for argument in node.arguments])
    return done[tree]


def _kind_of_call(node: Call, given: list[Parity]) -> Parity:
    # 0 is both odd and even.
    told = [kind for kind, argument in zip(given, node.arguments, strict=True) if not is_number(argument, 0.0)]
    match node.function:
        case _ if "neither" in told:
            return "neither"
        case "mul" | "div":
            return "even" if given[0] == given[1] else "odd"
        case "where":
            return _common(told[1:]) if given[0] == "even" else "neither"
        case "add" | "sub":
            return _common(told)
        case "pow" if given == ["odd", "even"]:
            return "even" if is_number(node.arguments[1], 2.0) else "neither"
        case function if set(given) == {"even"} or function in _EVEN:
            return "even"
        case function:
            return "odd" if function in _ODD else "neither"


def _common(kinds: Sequence[Parity]) -> Parity:
    return kinds[0] if len(set(kinds)) == 1 else "neither" if kinds else "even"
