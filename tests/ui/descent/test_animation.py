"""A person chooses in the export dialog that a film varies a parameter."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from landscape.session.descent import edits
from landscape.session.descent.document import Animation
from landscape.ui.dialogs.export import ExportDialog


@pytest.fixture
def dialog(person) -> ExportDialog:
    person.edit(edits.set_layer, "critical", shown=False)
    person.window.open_export()
    return person.window.findChildren(ExportDialog)[-1]


def choose(dialog: ExportDialog, *, run: int | None, name: str) -> None:
    dialog.form.film_fields._choice.chosen.emit((run, name))


def test_a_rate_is_offered_with_ends_a_factor_of_ten_away(person, dialog: ExportDialog) -> None:
    run = person.descent.runs[0]
    choose(dialog, run=run.id, name="lr")
    animation = person.descent.animation
    assert animation is not None
    assert (animation.first, animation.last) == pytest.approx((run.rule.lr / 10, run.rule.lr * 10))
    assert dialog.form.film_fields._first.isVisible()


def test_choosing_the_steps_again_and_undo_take_the_animation_back(person, dialog: ExportDialog) -> None:
    choose(dialog, run=person.descent.runs[0].id, name="lr")
    dialog.form.film_fields._choice.chosen.emit(None)
    assert person.descent.animation is None
    assert not dialog.form.film_fields._first.isVisible()


def test_an_end_that_is_typed_is_in_the_session_and_in_the_film(person, dialog: ExportDialog, tmp_path: Path) -> None:
    import av

    run = person.descent.runs[0]
    choose(dialog, run=run.id, name="lr")
    last = dialog.form.film_fields._last
    last.setFocus()
    last.selectAll()
    person.qtbot.keyClicks(last, "0.003")
    person.qtbot.keyClick(last, Qt.Key.Key_Return)
    animation = person.descent.animation
    assert animation == Animation(run=run.id, name="lr", first=animation.first, last=0.003)
    dialog.form._format.set_key(".mp4")
    dialog.form._width.set_value(160.0)
    dialog.form._height.set_value(120.0)
    dialog.form._rate.set_value(5.0)
    dialog.form._length.set_value(1.0)
    dialog.export_to(tmp_path / "rates.mp4")
    person.qtbot.waitUntil(lambda: not dialog.running, timeout=20_000)
    with av.open(str(tmp_path / "rates.mp4")) as film:
        assert sum(1 for _ in film.decode(video=0)) == 5


def test_a_rate_of_zero_is_told_before_the_film_begins(person, dialog: ExportDialog, tmp_path: Path) -> None:
    run = person.descent.runs[0]
    choose(dialog, run=run.id, name="lr")
    dialog.form.film_fields._first.set_value(-1.0)
    dialog.form.film_fields._first.committed.emit(-1.0)
    dialog.export_to(tmp_path / "rates.mp4")
    person.qtbot.waitUntil(lambda: not dialog.running, timeout=20_000)
    assert "above 0" in dialog._complaint.text()
    assert not (tmp_path / "rates.mp4").exists()
