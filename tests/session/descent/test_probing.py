"""What a person can do to the probe and to the cut."""

from dataclasses import replace

import pytest

from landscape.errors import InputError
from landscape.session.descent import edits, probing
from landscape.session.descent.checks import check
from landscape.session.descent.document import Cut, Descent
from landscape.session.descent.workspace import default_descent

ENDS = ((-1.0, 0.0), (2.0, 3.0))


@pytest.fixture
def descent() -> Descent:
    return default_descent()


def test_a_probe_is_put_moved_and_taken_away(descent: Descent):
    put = probing.set_probe(descent, (1.0, 2.0))
    assert put.probe == (1.0, 2.0)
    assert probing.set_probe(put, (3.0, -2.0)).probe == (3.0, -2.0)
    assert probing.set_probe(put, None) == descent


def test_a_probe_needs_finite_numbers(descent: Descent):
    with pytest.raises(InputError):
        probing.set_probe(descent, (float("nan"), 0.0))


def test_the_first_cut_is_a_level_line_through_the_probe(descent: Descent):
    cut = probing.cut_along(probing.set_probe(descent, (1.0, 2.0)), "line").cut
    assert cut is not None
    (x0, y0), (x1, y1) = cut.ends
    assert y0 == y1 == 2.0
    assert (x0 + x1) / 2 == 1.0
    assert x1 - x0 == 6.0  # Half of Himmelblau's domain, which is 12 wide.


def test_a_line_is_kept_while_the_cut_is_along_something_else(descent: Descent):
    line = probing.set_cut(descent, Cut(ends=ENDS))
    there = probing.cut_along(probing.set_probe(line, (0.0, 0.0)), "axis_1")
    back = probing.cut_along(probing.cut_along(there, "path", 2), "line")
    assert back.cut is not None
    assert back.cut.ends == ENDS


def test_a_cut_along_an_axis_brings_a_probe_and_goes_back_to_the_line_when_that_goes(descent: Descent):
    cut = probing.cut_along(descent, "axis_2")
    assert cut.probe == descent.start
    gone = probing.set_probe(cut, None)
    assert gone.cut is not None
    assert gone.cut.along == "line"


def test_dragging_an_end_moves_that_end_alone_and_never_onto_the_other(descent: Descent):
    line = probing.set_cut(descent, Cut(ends=ENDS))
    moved = probing.move_cut_end(line, 1, (5.0, 5.0))
    assert moved.cut is not None
    assert moved.cut.ends == (ENDS[0], (5.0, 5.0))
    assert probing.move_cut_end(line, 0, ENDS[1]) == line


@pytest.mark.parametrize(
    "cut",
    [
        Cut(ends=((1.0, 1.0), (1.0, 1.0))),
        Cut(ends=((1.0, float("inf")), (1.0, 1.0))),
        Cut(ends=ENDS, along="axis_1"),
        Cut(ends=ENDS, along="diagonal"),  # type: ignore[arg-type]
        Cut(ends=ENDS, along="path", run=99),
    ],
)
def test_a_cut_that_cannot_be_is_refused_by_the_edit_and_of_a_file(descent: Descent, cut: Cut):
    with pytest.raises(InputError):
        probing.set_cut(descent, cut)
    with pytest.raises(InputError):
        check(replace(descent, cut=cut))


def test_the_cut_along_a_run_that_is_removed_is_along_the_first_one(descent: Descent):
    cut = edits.remove_run(probing.cut_along(descent, "path", 2), 2).cut
    assert cut is not None
    assert (cut.along, cut.run) == ("path", None)
