"""The numbers beside the map, and the rate that is stable there."""

from PySide6.QtWidgets import QLabel

from landscape.catalogue.surfaces import surface
from landscape.scene.descent.facts import ROWS
from landscape.scene.text import number
from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent
from tests.ui.finding import beside, find, sentences


def test_the_sentence_of_a_chosen_adaptive_run_follows_the_play_head(person):
    window = person.window
    person.panels.runs.choose(3)
    window.player.go(20)
    person.settle()
    assert "preconditioned sharpness" in sentences(person.panels.here)[-1]
    person.stage.map.hovered.emit((3.0, 2.0))
    person.settle()
    assert "Gradient descent is stable here" in sentences(person.panels.here)[-1]


def test_the_numbers_follow_the_chosen_run_while_the_pointer_is_elsewhere(person):
    window = person.window
    here = person.panels.here
    person.panels.runs.choose(1)
    window.player.go(7)
    person.settle()
    (path,) = [path for path in person.scene.paths if path.run == 1]
    value = float(person.descent.surface.value(*path.points[7]))
    assert beside(here, "f") == number(value, 5)
    assert beside(here, "Here") == "at step 7"
    window.player.go(0)
    person.settle()
    assert beside(here, "Here") == "at the start"


def test_the_numbers_are_those_of_a_quadratic(open_window):
    descent = edits.choose_surface(default_descent(), surface("(x**2 + 20*y**2)/2"))
    person = open_window(edits.gather_starts(descent, (3.0, -0.5)))
    person.window.player.go(0)
    person.settle()
    told = sentences(person.panels.here)
    assert told[:-1] == [
        *("Here", "at the start"),
        *("f", "7"),
        *("∇f", "(3, −10)"),
        *("‖∇f‖", "10.44"),
        *("λ₁, λ₂", "20, 1"),
        *("κ", "20"),
        *("2/λmax", "0.1"),
    ]


def test_at_a_saddle_there_is_no_condition_number(open_window):
    person = open_window(edits.choose_surface(default_descent(), surface("x**2 - 3*y**2")))
    person.stage.map.hovered.emit((0.5, 0.5))
    person.settle()
    told = person.panels.here
    assert [beside(told, name) for name in ("λ₁, λ₂", "κ", "2/λmax")] == ["2, −6", "–", "1"]
    assert beside(told, "Here") == "at (0.5, 0.5)"


def test_every_number_belongs_to_its_name_for_a_screen_reader(person):
    here = person.panels.here
    for name in ROWS:
        number_label = find(here, QLabel, name).buddy()
        assert isinstance(number_label, QLabel)
        assert number_label.text() == beside(here, name)


def test_no_panel_jumps_when_the_sentence_has_a_line_less_or_there_is_none(person):
    """Himmelblau's function has a maximum near the middle, where nothing holds gradient descent."""
    here, below, hovered = person.panels.here, person.panels.step, person.stage.map.hovered
    long, short = (3.0, 2.0), (-0.27, -0.92)
    hovered.emit(long)
    person.settle()
    with_sentence, place = sentences(here), below.y()
    hovered.emit(short)
    person.settle()
    assert len(sentences(here)) == len(with_sentence) - 1
    assert below.y() == place
    person.edit(edits.choose_surface, surface("x + y"))
    hovered.emit(short)
    person.settle()
    assert below.y() < place
