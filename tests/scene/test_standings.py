"""Who is where: the order of the lines."""

import math

import pytest

from landscape.scene.standings import Row, ordered


def row(name: str, loss: float, *, lost: bool = False) -> Row:
    return Row(name=name, color="#000000", numbers=(loss, -loss), lost=lost)


ROWS = (row("b", 2.0), row("wild", -1e292, lost=True), row("c", math.nan), row("a", 3.0), row("d", 1.0))


def names(column: int, **order: bool) -> list[str]:
    return [each.name for each in ordered(ROWS, column, **order)]


def test_what_diverged_is_last_whatever_its_loss_and_whichever_way_it_is_sorted():
    for column in (-1, 0, 1):
        for falling in (False, True):
            assert names(column, falling=falling)[-1] == "wild"


@pytest.mark.parametrize(("falling", "expected"), [(False, "dba"), (True, "abd")])
def test_rows_stand_by_their_numbers_and_what_is_not_known_after_them(falling, expected):
    assert "".join(names(0, falling=falling)[:4]) == expected + "c"


def test_rows_stand_by_their_names():
    assert names(-1)[:4] == ["a", "b", "c", "d"]
