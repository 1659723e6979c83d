"""What a picture shows is told in sentences, from the same numbers, in both languages."""

from dataclasses import replace

import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.cli import main
from landscape.descent.trajectory import descend
from landscape.export.export import describe
from landscape.scene.text import number
from landscape.session.descent.document import Run
from landscape.session.files import lesson, lessons


def test_it_tells_where_each_run_is_at_the_step(qapp, session):
    told = describe(session, step=12.0).splitlines()
    descent = session.document
    found = descend(descent.surface, descent.runs[0].rule, descent.start, descent.steps)
    x, y = found.points[12].tolist()
    assert told[0] == "Himmelblau’s function" or told[0]
    assert (
        f"is at ({number(x, 3)}, {number(y, 3)}) after step 12, where f\u00a0=\u00a0{number(found.losses[12])}."
        in told[3]
    )
    assert told[3].startswith("SGD (learning rate 0.005) starts at (0.1, −0.9)")


def test_it_tells_what_became_of_a_run_once_that_is_so(qapp, session):
    wild = Run(id=7, rule=optimizer("sgd", lr=10.0), color=3)
    lost = session.with_document(replace(session.document, runs=(wild,)))
    assert "diverged at step" in describe(lost)
    assert "diverged" not in describe(lost, step=0.0)


def test_it_tells_what_is_proven(qapp):
    assert "2 minima, 1 saddle: proven complete here" in describe(lesson("saddle"))


def test_it_is_told_in_chinese(qapp):
    told = describe(lesson("saddle"), language="zh", step=30.0)
    assert "学习率 0.1" in told
    assert "2 个极小值点、1 个鞍点" in told
    assert "learning" not in told


@pytest.mark.parametrize("workspace", ["descent", "network", "search"])
def test_something_is_told_in_every_workspace(qapp, workspace):
    name = next(iter(lessons(workspace)))
    shown = lesson(name)
    if workspace == "network":
        shown = shown.with_document(replace(shown.document, steps=20))
    assert len(describe(shown).splitlines()) >= 2


def test_the_command_line_tells_it_and_writes_nothing(qapp, capsys):
    assert main(["export", "saddle", "--describe"]) == 0
    assert "2 minima, 1 saddle" in capsys.readouterr().out
    assert main(["export", "saddle"]) == 2
