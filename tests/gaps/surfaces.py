"""What a person does to surfaces and to the runs on them."""

import math
from functools import partial
from itertools import count

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.surfaces import surface
from landscape.session.descent import edits, maps
from landscape.session.descent.document import Descent
from landscape.session.descent.workspace import default_descent
from landscape.session.session import Session, session_with
from landscape.ui.buttons import DropButton, IconButton
from landscape.ui.descent.panels.run_row import RunRow
from landscape.ui.fields import Slider
from landscape.ui.formula_field import FormulaField
from tests.gaps.operation import Steps, operation
from tests.ui.conftest import Person
from tests.ui.finding import find, seen

NUMBERS = count(1)
"""What makes a formula another one each time, so that nothing of it is known."""
KEY = 0.06
"""Seconds between two keys of someone who types fast."""
MOVE = 0.016


def eight_runs(steps: int) -> Session:
    """Return eight runs on the default surface."""
    descent = edits.set_steps(default_descent(), steps)
    for name in ("nesterov", "adagrad", "adamw", "nadam"):
        descent = edits.add_run(descent, optimizer(name))
    return session_with(descent)


def shown_with(function: object, *arguments: object) -> Session:
    """Return the default descent after one edit."""
    return session_with(function(default_descent(), *arguments))


def choosing(name: str, person: Person) -> Steps:
    """Choose a surface from the picker, by its name."""
    person.edit(edits.choose_surface, surface("booth" if person.descent.surface.entry != "booth" else "matyas"))
    yield None
    (button,) = seen(person.panels.surface, DropButton)
    person.click(button)
    yield None
    search = QApplication.activePopupWidget().findChild(QLineEdit)
    person.qtbot.keyClicks(search, name)
    yield KEY
    person.key(Qt.Key.Key_Return, widget=search)


for entry in ("rosenbrock", "rastrigin", "holder_table", "linear_regression", "eggholder"):
    operation(partial(choosing, entry), name=f"choosing_{entry}")


def put(person: Person, text: str) -> FormulaField:
    """Select the whole formula and type another."""
    field = person.panels.surface.formula_field
    field.setFocus()
    field.selectAll()
    person.qtbot.keyClicks(field, text)
    return field


@operation
def typing_a_formula(person: Person) -> Steps:
    yield 0.0
    field = put(person, "x")
    for letter in f"^2 + 3*sin(2*y) + x*y/{next(NUMBERS)}.5":
        yield KEY
        person.qtbot.keyClicks(field, letter)


def typing(text: str, person: Person) -> Steps:
    """Paste a formula, and leave the field."""
    yield 0.0
    put(person, text.replace("#", f"1.{next(NUMBERS):04}"))
    yield None


TRAY = "-0.0001 (abs(sin(x) sin(y) exp(abs(100 - sqrt(x^2+y^2)/pi))) + #)^0.1"
HOLDER = "-# abs(sin(x) cos(y) exp(abs(1 - sqrt(x^2+y^2)/pi)))"
SCHAFFER = "0.5 + (cos(sin(abs(x^2-y^2)))^2 - 0.5)/(# + 0.001 (x^2+y^2))^2"
NESTED = "max(x+#, " + "".join(f"{('max', 'min')[k % 2]}(x*{k}+y, " for k in range(1, 29)) + "y" + ")" * 29
TANGENTS = "# " + " ".join(f"tan(x+{k}y)" for k in range(1, 11))
for name, formula in (
    ("cross_in_tray", TRAY), ("holder", HOLDER), ("schaffer", SCHAFFER), ("nested", NESTED), ("tangents", TANGENTS),
):  # fmt: skip
    operation(partial(typing, formula), name=f"searching_{name}")


@operation
def undoing_and_redoing_a_start(person: Person) -> Steps:
    person.edit(edits.move_start, (1.0 + next(NUMBERS) / 7, 0.3))
    yield None
    person.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, widget=person.window)
    yield 0.3
    person.key(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier, widget=person.window)


@operation
def undoing_a_surface(person: Person) -> Steps:
    for name in ("rastrigin", "rosenbrock"):
        person.edit(edits.choose_surface, surface(name))
        yield None
    person.window.undo()
    yield None
    person.window.redo()


@operation
def adding_a_run(person: Person) -> Steps:
    yield None
    person.pick(find(person.panels.runs, QPushButton, "Add run"), "Adaptive", "AdamW")
    yield None
    person.edit(edits.remove_run, person.descent.runs[-1].id)


@operation
def duplicating_and_removing_a_run(person: Person) -> Steps:
    yield None
    person.edit(edits.duplicate_run, 0)
    yield None
    person.edit(edits.remove_run, person.descent.runs[1].id)


@operation
def five_rates_and_undo(person: Person) -> Steps:
    yield None
    person.edit(edits.fan_rates, 0)
    yield None
    person.window.undo()


def dragging(moves: int, person: Person) -> Steps:
    """Hold the start and go round, a move in each frame."""
    start = person.pixel(*person.descent.start)
    person.mouse(QEvent.Type.MouseMove, person.canvas, start, False)
    person.mouse(QEvent.Type.MouseButtonPress, person.canvas, start, True)
    yield 0.1
    for turn in range(moves):
        angle, radius = turn / 8 + next(NUMBERS) / 1000, 1.5 + 0.5 * math.sin(turn / 17)
        at = person.pixel(radius * math.cos(angle), radius * math.sin(angle))
        person.mouse(QEvent.Type.MouseMove, person.canvas, at, True, wait=False)
        yield MOVE
    person.mouse(QEvent.Type.MouseButtonRelease, person.canvas, at, False)


for steps, moves in ((200, 60), (1000, 60), (100_000, 30)):
    operation(partial(dragging, moves), opened=partial(eight_runs, steps), name=f"dragging_8_runs_of_{steps}")


@operation
def dragging_a_rate(person: Person) -> Steps:
    person.click(seen(person.panels.runs, RunRow)[3])
    yield None
    slider = seen(person.panels.runs, Slider)[0]
    way = [QPoint(x, slider.height() // 2) for x in range(slider.width() // 3, 2 * slider.width() // 3, 2)]
    person.mouse(QEvent.Type.MouseButtonPress, slider, way[0], True)
    for at in way:
        person.mouse(QEvent.Type.MouseMove, slider, at, True, wait=False)
        yield MOVE
    person.mouse(QEvent.Type.MouseButtonRelease, slider, way[-1], False)
    yield None
    person.click(seen(person.panels.runs, RunRow)[3])


def panning(person: Person) -> Steps:
    """Drag the ground, then zoom in and out."""
    yield None
    middle = person.canvas.rect().center()
    person.mouse(QEvent.Type.MouseButtonPress, person.canvas, middle + QPoint(150, 90), True)
    for turn in range(20):
        at = middle + QPoint(150 + 4 * turn, 90 + 3 * turn)
        person.mouse(QEvent.Type.MouseMove, person.canvas, at, True, wait=False)
        yield MOVE
    person.mouse(QEvent.Type.MouseButtonRelease, person.canvas, at, False)
    for notch in (1, 1, 1, -1, -1, -1):
        person.wheel(person.canvas, middle, notch)
        yield 0.05
    yield None
    person.view.stage.reset_view()


operation(panning, name="panning_and_zooming")
operation(panning, opened=partial(shown_with, edits.show_basins, 3), name="panning_and_zooming_with_basins")


def playing(person: Person) -> Steps:
    """Play from the beginning for a second, then scrub."""
    yield None
    person.window.player.go(0)
    person.window.player.play(True)
    yield 1.0
    person.window.player.play(False)
    for step in range(0, person.window.player.steps, max(1, person.window.player.steps // 40)):
        person.window.player.go(step)
        yield MOVE
    person.window.player.go(person.window.player.steps)


operation(playing, name="playing_and_scrubbing")
operation(playing, opened=partial(eight_runs, 100_000), name="playing_and_scrubbing_8_runs_of_100000")


@operation
def resizing(person: Person) -> Steps:
    yield None
    for turn in range(12):
        person.window.resize(1600 - 20 * turn, 900 - 10 * turn)
        yield MOVE
    person.window.resize(1600, 900)


@operation
def basins_on_and_off(person: Person) -> Steps:
    yield None
    person.edit(edits.show_basins, next(NUMBERS) % 4)
    yield None
    person.edit(edits.show_basins, None)


@operation
def map_of_hyper_parameters_on_and_off(person: Person) -> Steps:
    yield None
    person.edit(maps.show_map_of, 1 + next(NUMBERS) % 3)
    yield None
    person.edit(maps.show_map_of, None)


@operation
def layers_on_and_off(person: Person) -> Steps:
    yield None
    for title in ("Arrows downhill", "Hessian lens", "Critical points", "Sharpness among the curves", "Curves"):
        person.choose("View", title)
        yield None
        person.choose("View", title)
        yield None


@operation
def pointing_at_curves_and_map(person: Person) -> Steps:
    yield None
    curves = person.stage.curves.item.scene().views()[0].viewport()
    for widget in (curves, person.canvas):
        for x in range(60, widget.width() - 60, widget.width() // 40):
            person.mouse(QEvent.Type.MouseMove, widget, QPoint(x, widget.height() // 2), False, wait=False)
            yield MOVE


@operation
def opening_menus_and_pickers(person: Person) -> Steps:
    yield None
    (surfaces,) = seen(person.panels.surface, DropButton)
    (schedules,) = seen(person.panels.schedule, DropButton)
    more = find(seen(person.panels.runs, RunRow)[0], IconButton, "What can be done with this run")
    for button in (surfaces, schedules, more, find(person.panels.runs, QPushButton, "Add run")):
        person.click(button)
        yield None
        QApplication.activePopupWidget().close()
        yield 0.1


@operation
def choosing_a_run(person: Person) -> Steps:
    yield None
    for row in (0, 3, 2, 2):
        person.click(seen(person.panels.runs, RunRow)[row])
        yield 0.2


def saddle() -> Descent:
    """Return a descent beside a saddle."""
    return edits.choose_surface(default_descent(), surface("saddle"))


@operation(opened=lambda: session_with(saddle()))
def escape_times(person: Person) -> Steps:
    yield None
    person.view.open_escape_times((0.0, 0.0))
    yield None
    close_dialogs(person)


def close_dialogs(person: Person) -> None:
    """Close whatever stands before the window."""
    from PySide6.QtWidgets import QDialog

    for dialog in person.window.findChildren(QDialog):
        dialog.close()


@operation
def stretching_and_turning(person: Person) -> Steps:
    yield None
    for turn in range(20):
        person.edit(edits.set_rotation, 3.0 * turn + next(NUMBERS) / 100, gesture="turn")
        yield MOVE


def typing_a_rule(person: Person) -> Steps:
    """Write a rule of one's own for the first run."""
    person.click(seen(person.panels.runs, RunRow)[0])
    yield None
    if not seen(person.panels.runs, FormulaField):  # It stays open from one time to the next.
        person.click(find(person.panels.runs, IconButton, "Edit the rule…"))
    yield 0.2
    (field,) = seen(person.panels.runs, FormulaField)
    field.selectAll()
    for letter in f"m = {next(NUMBERS) / 1000}*m + g; theta = theta - lr*m":
        person.qtbot.keyClicks(field, letter)
        yield KEY
    yield None
    person.click(seen(person.panels.runs, RunRow)[0])


operation(typing_a_rule)
