"""A person chooses in the export dialog that a film varies a parameter."""

from pathlib import Path

import pytest

from landscape.session.descent import edits
from landscape.session.descent.document import Animation
from landscape.ui.buttons import Choice
from landscape.ui.dialogs.export import ExportDialog
from landscape.ui.fields import NumberField
from tests.ui.finding import complaints, find, seen


@pytest.fixture
def dialog(person) -> ExportDialog:
    person.edit(edits.set_layer, "critical", shown=False)
    person.window.open_export()
    return person.window.findChildren(ExportDialog)[-1]


STEPS, RATE = "the steps", "SGD: lr"


def choose(person, dialog: ExportDialog, old: str, new: str) -> None:
    person.pick(find(dialog.form.film_fields, Choice, old), new)


def ends(dialog: ExportDialog) -> list[str]:
    """Return the names of the visible fields for the ends of what varies."""
    return [field.accessibleName() for field in seen(dialog.form.film_fields, NumberField)]


def test_a_rate_is_offered_with_ends_a_factor_of_ten_away(person, dialog: ExportDialog) -> None:
    run = person.descent.runs[0]
    choose(person, dialog, STEPS, RATE)
    animation = person.descent.animation
    assert animation is not None
    assert (animation.first, animation.last) == pytest.approx((run.rule.lr / 10, run.rule.lr * 10))
    assert ends(dialog) == ["From", "To"]


def test_choosing_the_steps_again_and_undo_take_the_animation_back(person, dialog: ExportDialog) -> None:
    choose(person, dialog, STEPS, RATE)
    choose(person, dialog, RATE, STEPS)
    assert person.descent.animation is None
    assert ends(dialog) == []


def test_an_end_that_is_typed_is_in_the_session_and_in_the_film(person, dialog: ExportDialog, tmp_path: Path) -> None:
    import av

    run = person.descent.runs[0]
    choose(person, dialog, STEPS, RATE)
    person.type(find(dialog, NumberField, "To"), "0.003")
    animation = person.descent.animation
    assert animation == Animation(run=run.id, name="lr", first=animation.first, last=0.003)
    film = "Film (MP4, H.264)"
    person.pick(find(dialog, Choice, film), film)
    for name, text in (("Width", "160"), ("Height", "120"), ("Frames per second", "5"), ("Seconds", "1")):
        person.type(find(dialog, NumberField, name), text)
    dialog.export_to(tmp_path / "rates.mp4")
    person.qtbot.waitUntil(lambda: not dialog.running, timeout=20_000)
    with av.open(str(tmp_path / "rates.mp4")) as film:
        assert sum(1 for _ in film.decode(video=0)) == 5


def test_a_rate_of_zero_is_told_before_the_film_begins(person, dialog: ExportDialog, tmp_path: Path) -> None:
    choose(person, dialog, STEPS, RATE)
    person.type(find(dialog, NumberField, "From"), "-1")
    dialog.export_to(tmp_path / "rates.mp4")
    person.qtbot.waitUntil(lambda: not dialog.running, timeout=20_000)
    (told,) = complaints(dialog)
    assert "above 0" in told
    assert not (tmp_path / "rates.mp4").exists()
