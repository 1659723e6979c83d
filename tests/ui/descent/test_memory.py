"""What a run remembers at the start can be set: a velocity, or the point before."""

import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.session.descent import edits
from landscape.session.files import load, save
from landscape.session.session import session_with


def test_a_heavy_ball_begins_with_the_point_before_it(person, tmp_path) -> None:
    person.edit(edits.move_start, (1.0, 1.0))
    person.edit(edits.add_run, optimizer("heavy_ball"))
    person.settle()
    run = person.descent.runs[-1].id
    person.panels.runs.choose(run)
    memory = person.panels.runs.memory
    assert not memory.switch.isChecked()
    memory.switch.click()
    memory.change("previous x", 2.0, "")
    memory.change("previous y", 2.0, "")
    person.settle()
    assert person.descent.run_of(run).state == (("v", (-1.0, -1.0)),)
    assert memory.switch.isChecked()
    memory.change("v x", -0.5, "")
    assert dict(person.descent.run_of(run).state)["v"] == pytest.approx((-0.5, -1.0))
    save(session_with(person.descent), tmp_path / "kept.json")
    kept = load(tmp_path / "kept.json").documents["descent"]
    assert kept.run_of(run).state == person.descent.run_of(run).state
    memory.switch.click()
    assert person.descent.run_of(run).state == ()
