"""A line of a rule with its numbers, whatever they are."""

import pytest

from landscape.formula.lines import Line
from landscape.formula.syntax import parse_expression
from landscape.scene.line_numbers import shown_line

LINE = parse_expression("a - b", ("a", "b"))


@pytest.mark.parametrize("a", [1e300, -1e300, 3.0, 5e-324, 0.0])
@pytest.mark.parametrize("b", [5e-324, 1e-200, 1.0, 1e300, 0.0])
def test_a_result_is_shown_by_however_little_it_moved(a, b):
    shown = shown_line(Line(name="c", expression=LINE, numbers={"a": (a,), "b": (b,)}, result=(a - b,)), moved=b)
    (row,) = shown.rows
    assert len(row.result) > 0
    assert "nan" not in row.result
