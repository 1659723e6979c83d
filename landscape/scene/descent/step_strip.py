"""The strip of a step under an exported picture: which formulas it has, and how wide their numbers mostly are.

It is known before the run is, so that a picture can leave room for it, and has the same form in every frame.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from landscape.catalogue.optimizers import UpdateRule
from landscape.descent.explanation import program_lines
from landscape.descent.rate_explanation import rate_lines
from landscape.descent.stepping import driven_by
from landscape.formula.lines import Line
from landscape.formula.tree import Call, Node, rebuild, size
from landscape.formula.typeset import filled
from landscape.scene.descent.matrices import given_matrices, matrices_after
from landscape.scene.descent.run_questions import trajectory_question
from landscape.scene.descent.step_lines import rule_symbols, schedule_symbols
from landscape.scene.equation import EquationQuestion
from landscape.scene.formula_lines import ShownMatrix, line_formula
from landscape.scene.line_numbers import DIGITS, written
from landscape.session.descent import edits
from landscape.session.descent.document import Descent

TYPICAL = -0.1234
"""A number as wide as most."""


@dataclass(frozen=True, kw_only=True)
class StripBlock:
    """A line of the schedule or of the rule."""

    latex: str
    text: str
    """The same as plain text."""
    rows: int
    """Of numbers: one for each coordinate."""
    sample: str
    """A row as wide as most."""


@dataclass(frozen=True, kw_only=True)
class StripPlan:
    """What a strip needs room for."""

    blocks: tuple[StripBlock, ...]
    of_schedule: int
    """How many of them are the schedule's: the first ones."""
    matrices: tuple[ShownMatrix, ...]
    """With numbers as wide as most."""

    @property
    def equations(self) -> tuple[EquationQuestion, ...]:
        """What is to be typeset."""
        return tuple(EquationQuestion(latex=block.latex) for block in self.blocks)


def explaining(descent: Descent, run: int | None = None) -> Descent:
    """Return the descent with a run that is explained: its own, else ``run``, else the first one that is seen."""
    seen = [each.id for each in descent.runs if each.visible]
    if descent.explained in seen or not seen:
        return descent
    return edits.explain(descent, run if run in seen else seen[0])


def strip_plan(descent: Descent) -> StripPlan | None:
    """Return what the strip of a descent needs room for; None where it explains no run, or one without lines."""
    run = next((run for run in descent.runs if run.visible and run.id == descent.explained), None)
    if run is None or run.strategy is not None:
        return None
    schedule = trajectory_question(descent, run).schedule
    driven = driven_by(schedule, run.rule)
    of_rule = tuple(_filled_in(line, run.rule) for line in program_lines(run.rule, driven))
    of_schedule = rate_lines(schedule, next(iter(driven), ""))
    symbols, hidden = rule_symbols(run.rule), lambda _name, _coordinate: False
    own = [_block(line, symbols, run.rule, 1 if run.rule.planar else 2) for line in of_rule]
    made = (one for index in range(len(of_rule)) for one in matrices_after(of_rule, index, hidden))
    return StripPlan(
        blocks=(*(_block(line, schedule_symbols(schedule), run.rule, 1) for line in of_schedule), *own),
        of_schedule=len(of_schedule),
        matrices=(*given_matrices(of_rule), *made) if run.rule.planar else (),
    )


def _filled_in(line: Line, rule: UpdateRule) -> Line:
    """Return a line with hyper-parameters as they are, and everything else as wide as most numbers."""
    known = {**dict.fromkeys(line.reads, TYPICAL), "t": 123.0}
    known |= {name: value for name, value in rule.values if name in known}
    return replace(line, numbers={name: (known[name],) for name in line.reads}, result=(TYPICAL,))


def _block(line: Line, symbols: tuple[tuple[str, str], ...], rule: UpdateRule, rows: int) -> StripBlock:
    latex, text = line_formula(line.name, line.expression, symbols)
    filled_in = _filled_in(line, rule)
    texts = {name: written(numbers[0], DIGITS) for name, numbers in filled_in.numbers.items()}
    asked = "".join(f"   {_text(condition, texts)} ✓" for condition in line.conditions)
    sample = f"{_text(_longest(line.expression), texts)} = {written(TYPICAL, DIGITS)}{asked}"
    return StripBlock(latex=latex, text=text, rows=rows, sample=sample)


def _text(node: Node, texts: Mapping[str, str]) -> str:
    return "".join(part.text for part in filled(node, texts))


def _longest(node: Node) -> Node:
    """Return a formula with the longest branch in place of each choice."""

    def changed(each: Node, arguments: tuple[Node, ...]) -> Node:
        if not isinstance(each, Call):
            return each
        return max(arguments[1:], key=size) if each.function == "where" else Call(each.function, arguments)

    return rebuild(node, changed)
