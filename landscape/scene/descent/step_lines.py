"""A step as it is read beside the map: formulas with the colours of their arrows, numbers, and what chance decided."""

from dataclasses import dataclass

from landscape.catalogue.optimizers import UpdateRule, rule_parameters
from landscape.catalogue.roles import roles
from landscape.catalogue.schedules import Schedule, schedule_parameters
from landscape.descent.explanation import Explanation
from landscape.formula.symbols import latex_symbol
from landscape.scene.descent.matrices import given_matrices, matrices_after
from landscape.scene.descent.slips import Verdict, judge
from landscape.scene.formula_lines import Asked, FormulaLine, ShownMatrix, Symbols, line_formula
from landscape.scene.line_numbers import DIGITS, Hidden, number_at, shown_line, written
from landscape.scene.palette import ROLE_COLORS
from landscape.scene.scene import StepLayer
from landscape.translation import Translation

MOST_ROWS = 8
"""So many rows of a mini-batch are named."""
_OF_RATE = {"rate": r"\eta_t", "lr": r"\eta", "first": r"\eta_0", "warmup": "w"}


@dataclass(frozen=True, kw_only=True)
class ShownStep:
    """A step as it is read."""

    step: int
    lines: tuple[FormulaLine, ...]
    """Those of the schedule, then those of the rule."""
    of_schedule: int
    """How many of them are the schedule's."""
    chance: tuple[str, ...]
    """Sentences: the mini-batch, and the noise."""
    move: str
    given: tuple[ShownMatrix, ...] = ()
    """What a rule for x and y together is told of the surface: the Hessian and the gradient."""


def shown_step(layer: StepLayer, step: int, say: Translation, asked: Asked | None = None) -> ShownStep:
    """Return how the step that begins at point ``step`` is read, where what is ``asked`` is hidden."""
    told = layer.explainer.at(step)
    rule, first = layer.explainer.rule, len(told.rate)
    lines = (*told.rate, *told.lines)
    names = tuple(line.name for line in lines)
    of_schedule, of_rule = schedule_symbols(layer.explainer.rates.schedule), rule_symbols(rule)
    moved, named = _moved(told), roles(rule)
    found = []
    for index, line in enumerate(lines):
        own = index >= first
        formula, text = line_formula(line.name, line.expression, of_rule if own else of_schedule)
        shown = shown_line(line, moved.get(line.name, 0.0) if own else 0.0, _hidden(names, asked, index))
        role = named.get(line.name) if own else None
        made = matrices_after(lines, index, _hidden(names, asked, index + 1)) if rule.planar else ()
        found.append(FormulaLine(latex=formula, text=text, role=role, shown=shown, matrices=made))
    x, y = (written(part, DIGITS) for part in told.move)
    return ShownStep(
        step=told.step,
        lines=tuple(found),
        of_schedule=first,
        chance=_chance(told, say),
        move=f"Δx = {x}, Δy = {y}",
        given=given_matrices(told.lines) if rule.planar else (),
    )


def judged(layer: StepLayer, step: int, asked: Asked, typed: str) -> tuple[Verdict, float]:
    """Return what to say to a number that was typed for a hidden one, and what is right."""
    told = layer.explainer.at(step)
    lines = (*told.rate, *told.lines)
    name = lines[asked.line].name if asked.line >= len(told.rate) else ""
    moved = {"x": told.move[0], "y": told.move[1], "theta": number_at(told.move, asked.coordinate)}.get(name, 0.0)
    verdict = judge(lines, asked.line, asked.coordinate, typed, moved)
    return verdict, number_at(lines[asked.line].result, asked.coordinate)


def _moved(told: Explanation) -> dict[str, float]:
    x, y = told.move
    return {"x": x, "y": y, "theta": min((part for part in map(abs, told.move) if part), default=0.0)}


def _hidden(names: tuple[str, ...], asked: Asked | None, index: int) -> Hidden:
    """Return what tells of the names that a line reads whether they are hidden: until their line is overwritten."""
    if asked is None or index <= asked.line or names[asked.line] in names[asked.line + 1 : index]:
        return lambda _name, _coordinate: False
    name = names[asked.line]
    return lambda read, coordinate: read == name and (coordinate in (asked.coordinate, -1) or asked.coordinate == -1)


def _chance(told: Explanation, say: Translation) -> tuple[str, ...]:
    drawn, found = told.drawn, []
    if drawn.rows:
        rows = ", ".join(str(row + 1) for row in drawn.rows[:MOST_ROWS]) + ("…" if len(drawn.rows) > MOST_ROWS else "")
        found.append(say("Mini-batch: rows {rows}", rows=rows))
    if drawn.shift:
        x, y = (written(part, DIGITS) for part in drawn.shift)
        found.append(say("Noise added to the gradient: ({x}, {y})", x=x, y=y))
    if drawn.noise:
        x, y = (written(part, DIGITS) for part in drawn.noise)
        found.append(say("Drawn for ξ: ({x}, {y})", x=x, y=y))
    return tuple(found)


def rule_symbols(rule: UpdateRule) -> Symbols:
    """Return how the names of a rule are written, in the colours of their arrows."""
    own = {parameter.name: parameter.symbol for parameter in rule_parameters(rule) if parameter.symbol}
    for name, role in roles(rule).items():
        own[name] = rf"\textcolor{{{ROLE_COLORS[role]}}}{{{own.get(name) or latex_symbol(name)}}}"
    return tuple(own.items())


def schedule_symbols(schedule: Schedule | None) -> Symbols:
    """Return how the names of a schedule are written."""
    described = schedule_parameters(schedule) if schedule is not None else ()
    return tuple({**{one.name: one.symbol for one in described if one.symbol}, **_OF_RATE}.items())
