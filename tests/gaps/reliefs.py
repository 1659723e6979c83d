"""What a person does to the relief: shows it, turns it, drags a pin on it, and exports it."""

import math
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt

from landscape.session.camera import StageView
from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent
from landscape.session.session import Session, session_with
from tests.gaps.exports import HD, UHD, exporting
from tests.gaps.operation import Steps, operation
from tests.gaps.surfaces import MOVE, NUMBERS, choosing, playing
from tests.ui.conftest import Person


def seen_in(stage: StageView) -> Session:
    """Return the default descent with the relief, alone or beside the map."""
    return session_with(edits.set_stage(default_descent(), stage))


RELIEF, BOTH = partial(seen_in, "relief"), partial(seen_in, "both")


@operation(first=True)
def opening_the_relief_first(person: Person) -> Steps:
    yield None
    person.key(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier, widget=person.window)


@operation
def switching_between_map_and_relief(person: Person) -> Steps:
    yield None
    for stage in ("relief", "both", "map", "both", "relief", "map"):
        person.edit(edits.set_stage, stage)
        yield None


def dragged(person: Person, way: list[QPoint]) -> Steps:
    """Hold the relief and go along a way, a move in each frame."""
    canvas = person.stage.relief_view.viewport()
    person.mouse(QEvent.Type.MouseMove, canvas, way[0], False)
    person.mouse(QEvent.Type.MouseButtonPress, canvas, way[0], True)
    for at in way:
        person.mouse(QEvent.Type.MouseMove, canvas, at, True, wait=False)
        yield MOVE
    person.mouse(QEvent.Type.MouseButtonRelease, canvas, way[-1], False)


def turning_the_relief(person: Person) -> Steps:
    """Drag the ground beside the surface."""
    yield None
    yield from dragged(person, [QPoint(30 + 5 * turn, 30 + 2 * turn) for turn in range(60)])


def dragging_a_pin(person: Person) -> Steps:
    """Drag the start over the surface, on a circle around the middle."""
    yield None
    relief = person.stage.relief
    (x0, x1), (y0, y1) = relief.view()
    angles = [turn / 8 + next(NUMBERS) / 1000 for turn in range(60)]
    circle = [(0.5 + 0.3 * math.cos(angle), 0.5 + 0.3 * math.sin(angle)) for angle in angles]
    places = [person.descent.start, *((x0 + u * (x1 - x0), y0 + v * (y1 - y0)) for u, v in circle)]
    yield from dragged(person, [person.stage.relief_view.mapFromScene(relief.pixel_of(place)) for place in places])


@operation(opened=RELIEF)
def turntable(person: Person) -> Steps:
    yield None
    person.key(Qt.Key.Key_T)
    yield 1.5
    person.key(Qt.Key.Key_T)


@operation(opened=RELIEF)
def flying_to_a_camera(person: Person) -> Steps:
    yield None
    for title in ("from the front", "from the top, as the map"):
        person.choose("View", "Camera of the relief", title)
        yield 0.8


for name, session in (("relief", RELIEF), ("both", BOTH)):
    operation(turning_the_relief, opened=session, name=f"turning_the_relief_of_{name}")
    operation(dragging_a_pin, opened=session, name=f"dragging_a_pin_on_{name}")
    operation(playing, opened=session, name=f"playing_on_{name}")
    operation(partial(choosing, "eggholder"), opened=session, name=f"choosing_eggholder_on_{name}")
for suffix, size in ((".png", UHD), (".gif", HD), (".mp4", HD), (".mp4", UHD), (".svg", HD)):
    operation(partial(exporting, suffix, size), opened=BOTH, name=f"exporting_{suffix[1:]}_{size[1]}_of_both")
