"""What a person drags on the map or the relief, as edits of the session: starts, points of data, the camera."""

from PySide6.QtCore import QObject, Qt

from landscape.session.camera import Camera
from landscape.session.descent import edits
from landscape.ui.context import Context
from landscape.ui.descent.refresh import Refresh
from landscape.ui.descent.stage import Stage


class StageEdits(QObject):
    """Makes edits of what is done on a stage."""

    def __init__(self, stage: Stage, context: Context, refresh: Refresh) -> None:
        super().__init__(stage)
        self._context, self._refresh = context, refresh
        stage.pin_moved.connect(self._move_pin)
        # Methods, not functions of their own: the map has no parent, and would keep what those hold for ever.
        stage.pin_released.connect(self._end_gesture)
        stage.double_clicked.connect(self._gather_starts)
        stage.camera_moved.connect(self._move_camera)
        stage.map.inset.data_moved.connect(self._move_data)
        stage.map.inset.data_released.connect(self._end_gesture)

    def _move_pin(self, pin: int, x: float, y: float, modifiers: Qt.KeyboardModifier) -> None:
        scene = self._refresh.scene
        if scene is None or pin >= len(scene.pins):
            return
        everything = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        function = edits.move_all_starts if everything else edits.move_start
        self._context.edit(function, (x, y), scene.pins[pin].own, gesture=f"pin {pin} {everything}")

    def _gather_starts(self, x: float, y: float) -> None:
        self._context.edit(edits.gather_starts, (x, y))

    def _move_data(self, row_index: int, given: float, target: float) -> None:
        self._context.edit(edits.set_data_point, row_index, given, target, gesture=f"data {row_index}")

    def _move_camera(self, camera: Camera) -> None:
        self._context.edit(edits.set_camera, camera)

    def _end_gesture(self) -> None:
        self._context.end_gesture()
