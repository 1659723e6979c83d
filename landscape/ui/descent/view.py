"""The workspace of surfaces: panels on both sides, the map and the curves between them, the time line below."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from landscape.plot.overrides import guarded
from landscape.scene.descent.run_questions import TrajectoryQuestion
from landscape.scene.question import Question
from landscape.scene.scene import Scene
from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.session.presentation import Presentation
from landscape.session.session import Point
from landscape.ui.commands import Command, Fill
from landscape.ui.context import Context
from landscape.ui.descent.comparing import COMPARISON, Comparing, is_compared
from landscape.ui.descent.critical import CriticalLink
from landscape.ui.descent.menus import layer_commands, stage_commands, step_commands, submenus
from landscape.ui.descent.pointer_lens import PointerLens
from landscape.ui.descent.probing import Probing
from landscape.ui.descent.refresh import Refresh
from landscape.ui.descent.relief_link import ReliefLink
from landscape.ui.descent.stage import Stage
from landscape.ui.descent.stage_edits import StageEdits
from landscape.ui.edges import beside_stage
from landscape.ui.following import Following
from landscape.ui.layouts import Side, column
from landscape.ui.player import Player
from landscape.ui.settings import remembered
from landscape.ui.sizes import LEFT, RIGHT
from landscape.ui.stage_bar import StageBar
from landscape.ui.timeline import TimelinePanel
from landscape.ui.workspaces import Entry, Shell, WorkspaceView

if TYPE_CHECKING:
    from landscape.export.settings import Options
    from landscape.ui.descent.cut import CutPane
    from landscape.ui.descent.editor_side import EditorSide
    from landscape.ui.descent.hyper_map import HyperMapPane
    from landscape.ui.descent.panels.critical import CriticalPanel
    from landscape.ui.descent.sides import Panels

PATIENCE = 100
"""Milliseconds that the panels wait for the first paths; kernels that must be compiled take longer."""
NARROWEST = (960, 1248)
"""Smallest width of the window without and with a map of hyper-parameters."""


class DescentView(WorkspaceView):
    """Shows a descent and emits edits of it."""

    def __init__(self, shell: Shell, context: Context) -> None:
        super().__init__()
        self._shell, self._context = shell, context
        self._descent: Descent | None = None
        self.player = Player(self)
        self._following = Following(self)
        self.stage = Stage(context, self._following)
        self._bar = StageBar(context, ((COMPARISON, context.say("Compare")),))
        self._bar.float_over(self.stage, self.stage.map)
        self._relief = ReliefLink(self.stage, self._bar, shell.jobs, self._has_relief)
        self.refresh = Refresh(self, shell.asker, shell.answers, self.stage.view)
        self._edits = StageEdits(self.stage, context, self.refresh)
        self.markers = CriticalLink(self.stage)
        self._lens = PointerLens(self.stage)
        self.probing = Probing(self.stage, context, lambda: self.descent)
        self.comparing = Comparing(self.stage, context, shell, self.player, lambda: self.descent)
        self.panels: Panels | None = None
        self.map_pane: HyperMapPane | None = None
        """Stands beside the map once there is a map of two hyper-parameters."""
        self.cut_pane: CutPane | None = None
        """Stands under the map once there is a cut."""
        self._left, self._right = Side(LEFT), Side(RIGHT)
        self.aside, self.plane = self._right, self.stage.map
        self.editor: EditorSide | None = None
        """In place of the panels at the left, while a formula is edited."""
        self._middle = beside_stage(self._left, self.stage, self._right, shell.settings, context)
        whole = column(self._middle, TimelinePanel(context, self.player), spacing=1)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.stage.map_view)
        self._panels_due = QTimer(self, singleShot=True)
        self._panels_due.timeout.connect(self._begin_background)
        self._connect()
        self.look_changed()
        self.stage.show_curves(remembered(shell.settings, "curves", "True") != "False")

    @property
    def descent(self) -> Descent:
        """What is shown."""
        assert self._descent is not None
        return self._descent

    def look_changed(self) -> None:
        """Speak another language, or use other colours."""
        say, look = self._context.say, (self._context.theme, self._context.stage_scale)
        if look != self.stage.drawn_as:
            self.stage.set_theme(*look)
        self.stage.set_names(say("Map of the surface"), say("Relief of the surface"), say("Curves against the step"))
        self.refresh.set_language(say)

    def display(self, descent: Descent) -> None:
        """Show another descent."""
        first, self._descent = self._descent is None, descent
        wide = NARROWEST[descent.hyper_map is not None]
        if wide != self.narrowest:
            self.narrowest = wide
            self.reshaped.emit()
        self.stage.set_descent(descent)
        self._bar.display(COMPARISON if is_compared(descent) else descent.stage, descent.camera)
        self.comparing.display(descent)
        self.setFocusProxy(self.comparing.front)
        if descent.stage != "map":
            self._relief.load()
        if first and (descent.stage != "map" or is_compared(descent)):
            self.setFocus()
        if self.map_pane is not None:
            self.map_pane.display(descent)
        elif descent.hyper_map is not None:
            self._build_map_pane()
        self._show_cut(descent)
        self.player.set_steps(descent.steps)
        if first:
            self.player.go(self.player.steps)
        self.refresh.show(descent)
        self._lens.display(descent)
        for beside in (self.panels, self.editor):
            if beside is not None:
                beside.display(descent)

    def _show_cut(self, descent: Descent) -> None:
        """Show the cut under the map, where there is one."""
        if self.cut_pane is None and descent.cut is not None:
            self._build_cut_pane()
        if self.cut_pane is not None:
            self.cut_pane.display(descent)
            self.stage.fit_under()

    def leave(self) -> None:
        """Compute nothing any more."""
        self.refresh.leave()
        self.comparing.leave()

    def looked_at(self) -> "Options":
        """Return the part of the plane that is in view, whether there are curves, and which run is chosen."""
        view = self.stage.view()
        run = self.panels.step.chosen if self.panels is not None else None
        return {"view": (view.x, view.y), "curves": self.stage.curves_shown, "run": run}

    def presentation(self) -> Presentation:
        """Return where the play head stands, and which part of the plane is in view."""
        return replace(self.player.presentation, view=self.stage.zoomed)

    def present(self, given: Presentation) -> None:
        """Put the play head and the map where they were."""
        super().present(given)
        if given.view is None:
            self.stage.reset_view()
        else:
            self.stage.look(*given.view)

    def show_coming(self, shown: bool) -> None:
        """Show what is still to come of paths and curves, or not."""
        self.stage.show_coming(shown)
        self.comparing.show_coming(shown)
        if self.cut_pane is not None:
            self.cut_pane.show_coming(shown)

    def commands(self) -> Mapping[str, Command]:
        """Return what the actions do."""
        return {
            **layer_commands(lambda: self.descent, self._context),
            **stage_commands(lambda: self.descent, self._context),
            **self.probing.commands(),
            **self.comparing.commands(),
            "curves": Command(run=self.toggle_curves, checked=lambda: self.stage.curves_shown),
            "reset-view": Command(run=self.stage.reset_view),
            **self._relief.commands(),
            **step_commands(lambda: self.descent, lambda: self.panels.step if self.panels is not None else None),
        }

    def submenus(self) -> Mapping[str, Fill]:
        """Return what fills the menus."""
        return submenus(self.descent, self._context)

    def settled(self) -> bool:
        """Tell whether everything that is asked is there and shown."""
        scene = self.refresh.scene
        drawn = scene is not None and scene.heat is not None and not any(path.pending for path in scene.paths)
        done = drawn and self.comparing.settled and (self.stage.complete or is_compared(self.descent))
        # While it plays, someone always waits to follow.
        follows = self._following.due and not self.player.playing
        return self.panels is not None and done and not (self.refresh.due or follows)

    def presented(self) -> QWidget:
        """Return the stage."""
        return self.stage

    def legend(self) -> tuple[Entry, ...]:
        """Return the runs with their losses."""
        from landscape.ui.descent.legend import legend

        return legend(self.refresh.scene, self.player.step)

    def set_presenting(self, on: bool) -> None:
        """Draw the stage as large as the context says, without the bar over it where it is presented."""
        self._bar.put_away(on)
        self.look_changed()

    def toggle_curves(self) -> None:
        """Show or hide the curves."""
        self.stage.show_curves(not self.stage.curves_shown)
        self._shell.settings.setValue("curves", str(self.stage.curves_shown))

    def _has_relief(self) -> bool:
        return self._descent is not None and self._descent.stage != "map"

    def _raise_relief(self, height: float) -> None:
        camera = replace(self.descent.camera, height=height)
        self._context.edit(edits.set_camera, camera, gesture="height of the relief")

    def edit_rule(self, run: int) -> None:
        """Open the rule of a run in the editor."""
        self._open_editor().edit_rule(run)

    def edit_schedule(self) -> None:
        """Open the schedule that the panel shows in the editor."""
        assert self.panels is not None
        self._open_editor().edit_schedule(self.panels.schedule)

    def edit_surface(self) -> None:
        """Open the surface in the editor."""
        self._open_editor().edit_surface()

    def _open_editor(self) -> "EditorSide":
        if self.editor is None:
            from landscape.ui.descent.editor_side import EditorSide

            self.editor = EditorSide(self._context, self._shell.asker, self._shell.answers, lambda: self.descent)
            self.editor.closed.connect(self._close_editor)
            self._middle.insertWidget(0, self.editor)
        self._left.make_room("editor", True)
        self.editor.show()
        return self.editor

    def _close_editor(self) -> None:
        """Show the panels again."""
        if self.editor is not None:
            self.editor.hide()
        self._left.make_room("editor", False)
        self.setFocus()

    def open_escape_times(self, point: Point) -> None:
        """Show how long the runs stay near the saddle at ``point``."""
        from landscape.ui.descent.escape_times import EscapeTimesDialog

        shell = self._shell
        EscapeTimesDialog(self.window(), self._context, self.descent, point, shell.asker, shell.answers).open()

    @guarded(None)
    def showEvent(self, event: QShowEvent) -> None:
        """Have the first picture ready when the window appears."""
        super().showEvent(event)
        if self.refresh.scene is None and self._descent is not None:
            self.stage.settle()
            self.refresh.now()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take probe and cut away with Escape."""
        if event.key() != Qt.Key.Key_Escape or not self.probing.leave():
            super().keyPressEvent(event)

    def _connect(self) -> None:
        shell, stage = self._shell, self.stage
        shell.asker.answered.connect(self._schedule)
        stage.view_changed.connect(self._schedule)
        stage.painted.connect(self._begin_paths, Qt.ConnectionType.QueuedConnection)
        stage.curves.step_chosen.connect(self.player.go)
        self._bar.chosen.connect(self.comparing.choose_stage)
        self._bar.heights.raised.connect(self._raise_relief)
        self._bar.heights.released.connect(self._context.end_gesture)
        self.refresh.scene_changed.connect(self._show_scene)
        self.refresh.failed.connect(self._show_failure)
        self.refresh.succeeded.connect(self._forgive)
        self.player.step_changed.connect(stage.set_step)

    def _schedule(self) -> None:
        """Build the scene anew, unless another workspace is in front."""
        if self.isVisible():
            self.refresh.schedule()

    def _build_panels(self) -> None:
        # Loaded after the first picture, which need not wait for them.
        from landscape.ui.descent.sides import Panels, notices

        context, shell = self._context, self._shell
        self.panels = panels = Panels(
            context, self.player, shell.asker, self.stage.hovered, shell.answers, shell.jobs, self._following
        )
        self._left.set_panels([*notices(context), *panels.left])
        self._right.set_panels(panels.right)
        self._link(panels.critical)
        self._link_brush(panels)
        panels.times_asked.connect(self.open_escape_times)
        panels.runs.edit_asked.connect(self.edit_rule)
        panels.schedule.edit_asked.connect(self.edit_schedule)
        panels.surface.edit_asked.connect(self.edit_surface)
        panels.display(self.descent)
        if self.refresh.scene is not None:
            panels.display_scene(self.refresh.scene)
        panels.set_step(self.player.step)

    def _build_map_pane(self) -> None:
        from landscape.ui.descent.hyper_map import HyperMapPane

        self.map_pane = pane = HyperMapPane(self._context)
        pane.display(self.descent)
        self.stage.set_beside(pane)
        if self.refresh.scene is not None:
            pane.display_scene(self.refresh.scene)

    def _build_cut_pane(self) -> None:
        from landscape.ui.descent.cut import CutPane

        self.cut_pane = pane = CutPane(self._context)
        self.stage.set_under(pane)
        self.player.step_changed.connect(pane.set_step)
        pane.set_step(self.player.step)
        self.show_coming(not self.player.future_hidden)
        if self.refresh.scene is not None:
            pane.display_scene(self.refresh.scene)

    def _link(self, panel: "CriticalPanel") -> None:
        """Link the list of the critical points with those on the map."""
        panel.pointed.connect(self.markers.point_at)
        panel.chosen.connect(self.markers.choose)
        panel.flown.connect(lambda marker: self.markers.fly_to(marker, self.descent.surface.domain))
        self.markers.hovered.connect(panel.show_hovered)
        self.markers.chosen.connect(panel.show_chosen)

    def _link_brush(self, panels: "Panels") -> None:
        """Let the mouse paint while the brush is on."""
        from landscape.ui.descent.painter import Painter

        painter = Painter(self.stage, self._context, lambda: panels.paint.brush)
        panels.paint.switched.connect(painter.set_on)
        painter.failed.connect(panels.paint.complain)

    def _begin_paths(self) -> None:
        """After the first picture: the paths."""
        self._panels_due.start(PATIENCE)
        self.refresh.allow_paths()

    def _begin_background(self) -> None:
        """After the first paths, which take half as long alone: the panels, and then all other jobs."""
        if self.panels is None:
            self._build_panels()
        self.refresh.allow_background()

    def _show_scene(self, scene: Scene) -> None:
        self.stage.show_scene(scene)
        self.markers.display(scene)
        if self.map_pane is not None:
            self.map_pane.display_scene(scene)
        if self.cut_pane is not None:
            self.cut_pane.display_scene(scene)
        if self.panels is not None:
            self.panels.display_scene(scene)
        elif self._panels_due.isActive() and not any(path.pending for path in scene.paths):
            self._panels_due.start(0)

    def _show_failure(self, question: Question[Any], error: Exception) -> None:
        if self.panels is not None:
            self.panels.complain(self._context.say.error(error), of_run=isinstance(question, TrajectoryQuestion))

    def _forgive(self) -> None:
        if self.panels is not None:
            self.panels.forgive()
