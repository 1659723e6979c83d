"""The caption below an exported picture: for each run its rule as formulas, and the numbers in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from landscape.descent.explanation import program_lines
from landscape.descent.stepping import driven_by
from landscape.formula.lines import Line
from landscape.formula.symbols import latex_symbol
from landscape.formula.tree import Number
from landscape.formula.typeset import latex
from landscape.scene.descent.run_questions import trajectory_question
from landscape.scene.equation import EquationQuestion
from landscape.scene.formula_lines import line_formula
from landscape.scene.text import number
from landscape.session.descent.document import Descent, Run

APART = r",\quad "
"""Between two numbers."""


@dataclass(frozen=True, kw_only=True)
class CaptionFormula:
    """A line of the rule, or its numbers."""

    latex: str
    text: str
    """The same as plain text."""
    numbers: bool = False


@dataclass(frozen=True, kw_only=True)
class CaptionLine:
    """What is told of a run."""

    run: int
    formulas: tuple[CaptionFormula, ...]


def caption_lines(descent: Descent) -> tuple[CaptionLine, ...]:
    """Return what is told of each run that is seen."""
    return tuple(_line(descent, run) for run in descent.runs if run.visible)


def caption_equations(lines: Iterable[CaptionLine]) -> tuple[EquationQuestion, ...]:
    """Return what is to be typeset of them."""
    return tuple(EquationQuestion(latex=each.latex) for line in lines for each in line.formulas)


def _line(descent: Descent, run: Run) -> CaptionLine:
    symbols = {each.name: each.symbol or latex_symbol(each.name) for each in run.parameters}
    rule = _rule(descent, run)
    formulas = [line_formula(line.name, line.expression, tuple(symbols.items())) for line in rule]
    # What the rule does not read at these values, such as a weight decay of 0, is not in its lines.
    known = dict(run.rule.values) if run.uses_rule else {}
    read = {name for line in rule for name in line.reads}
    numbers = [(name, value) for name, value in run.values if name not in known or name in read]
    told = [CaptionFormula(latex=formula, text=text) for formula, text in formulas]
    if numbers:
        typeset = (f"{symbols.get(name, latex_symbol(name))} = {latex(Number(value), {})}" for name, value in numbers)
        text = ",  ".join(f"{name} = {number(value, 3)}" for name, value in numbers)
        told.append(CaptionFormula(latex=APART.join(typeset), text=text, numbers=True))
    return CaptionLine(run=run.id, formulas=tuple(told))


def _rule(descent: Descent, run: Run) -> tuple[Line, ...]:
    """Return the lines of a run's rule; none where a strategy moves it alone."""
    if not run.uses_rule:
        return ()
    return tuple(program_lines(run.rule, driven_by(trajectory_question(descent, run).schedule, run.rule)))
