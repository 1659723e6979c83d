"""The table of runs among which there is a strategy."""

import numpy as np

from landscape.descent.strategies.strategy import strategy
from landscape.export.descent.table import TrajectoryTable
from landscape.scene.answers import Answers
from landscape.session.descent.strategies import add_strategy
from landscape.session.descent.workspace import default_descent
from landscape.translation import Translation


def rows_of(table: TrajectoryTable) -> list[list[tuple[object, ...]]]:
    return [list(block) for block in table.rows(Answers(), Translation())]


def test_a_table_of_rules_has_no_column_more() -> None:
    table = TrajectoryTable(default_descent())
    assert table.columns[-1] == "rate"
    assert all(len(row) == len(table.columns) for block in rows_of(table) for row in block)


def test_with_a_strategy_every_run_tells_its_evaluations_and_its_best() -> None:
    table = TrajectoryTable(add_strategy(default_descent(), strategy("swarm")))
    *rules, swarm = rows_of(table)
    assert table.columns[-2:] == ("evaluations", "best")
    assert [row[-2] for row in swarm[:3]] == [20.0, 40.0, 60.0]
    assert [row[-2] for row in rules[0][:3]] == [0.0, 2.0, 4.0]
    assert all(row[-3] == "" for row in swarm)
    for block in (*rules, swarm):
        losses = np.array([row[4] for row in block])
        np.testing.assert_array_equal([row[-1] for row in block], np.minimum.accumulate(losses))
