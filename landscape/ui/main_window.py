"""The window: holds the history, the play head and the stage, and puts the panels around them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMainWindow, QPlainTextEdit, QPushButton, QWidget

from landscape.catalogue.problems import problems
from landscape.errors import InputError
from landscape.plot.theme import configure, palette
from landscape.scene.answers import Answers
from landscape.scene.descent.basin_question import basin_questions
from landscape.scene.descent.map_question import hyper_map_questions
from landscape.scene.descent.run_questions import TrajectoryQuestion
from landscape.scene.descent.scene import Scene
from landscape.scene.question import Question
from landscape.session.descent import edits
from landscape.session.files import default_session
from landscape.session.history import History
from landscape.session.session import Point, Session, Workspace
from landscape.translation import translation
from landscape.ui.actions import bare_command
from landscape.ui.commands import callbacks, possible
from landscape.ui.context import Context
from landscape.ui.descent.critical import CriticalLink, CriticalSearch
from landscape.ui.descent.pointer_lens import PointerLens
from landscape.ui.descent.stage import Stage
from landscape.ui.files import Files
from landscape.ui.icons import Icons
from landscape.ui.jobs import Jobs
from landscape.ui.layouts import Side, clear, column, row
from landscape.ui.menu_row import MenuRow
from landscape.ui.place import remember_place, restore_place, set_font
from landscape.ui.player import Player
from landscape.ui.refining import Refining
from landscape.ui.refresh import Refresh
from landscape.ui.settings import SYSTEM, chosen_language, open_settings, remembered, theme_named
from landscape.ui.sizes import LEFT, RIGHT
from landscape.ui.stack import Workspaces
from landscape.ui.style import sheet

if TYPE_CHECKING:
    from landscape.ui.descent.panels.critical import CriticalPanel
    from landscape.ui.descent.sides import Panels

NARROWEST, LOWEST = (960, 1248), 600
"""Smallest width of the window without and with a map of hyper-parameters, and smallest height."""


class MainWindow(QMainWindow):
    """The program's window.

    Args:
        session: What to open; the default session where it is None.
        settings: Where the window's place, theme and language are remembered.
        language: Overrides the remembered one.
        theme: ``"light"``, ``"dark"`` or ``"system"``; overrides the remembered one.
    """

    def __init__(
        self,
        session: Session | None = None,
        settings: QSettings | None = None,
        language: str | None = None,
        theme: str | None = None,
    ) -> None:
        super().__init__()
        configure()
        set_font(self)
        self.settings = settings or open_settings()
        self.language = language or chosen_language(self.settings)
        self.theme_name = theme or remembered(self.settings, "theme", SYSTEM)
        self.say = translation(self.language)
        self.theme = theme_named(self.theme_name)
        self.history = History(session or default_session())
        self._descent_player = Player(self)
        self.files = Files(self)
        self.jobs = Jobs(self)
        self._typesetter = self.jobs.channel("typesetting")
        self.stage = Stage(self.theme)
        self.answers = Answers()
        self.refresh = Refresh(self, self.jobs, self.answers, lambda: self.history.session, self.stage.view)
        self.search = CriticalSearch(self, self.jobs, self.answers, lambda: self.history.session)
        self.maps = Refining(self, self.jobs, self.answers, "maps", lambda: hyper_map_questions(self.history.session))
        self.basins = Refining(
            self, self.jobs, self.answers, "basins", lambda: basin_questions(self.history.session, self.stage.view())
        )
        self.markers = CriticalLink(self.stage)
        self._lens = PointerLens(self.stage.map, lambda: self.history.session)
        self.panels: Panels | None = None
        self._left, self._right = Side(LEFT), Side(RIGHT)
        self._descent = QWidget()
        self.workspaces = Workspaces(self._descent, self.jobs, self.answers)
        self._foot = column()
        self._assemble()
        self._connect()
        self._dress()
        self.refresh.set_language(self.say)
        self._descent_player.set_steps(self.history.session.steps)
        self._descent_player.go(self._descent_player.steps)
        self.workspaces.display(self.history.session)
        if remembered(self.settings, "curves", "True") == "False":
            self.stage.show_curves(False)
        restore_place(self, self.settings)

    @property
    def player(self) -> Player:
        """The play head of the workspace in front."""
        return self.workspaces.player or self._descent_player

    def edit(
        self, function: Callable[..., Session], /, *args: object, gesture: str | None = None, **kwargs: object
    ) -> InputError | None:
        """Change the session through the history; return what is wrong where that cannot be."""
        try:
            self.history.edit(function, *args, gesture=gesture, **kwargs)
        except InputError as error:
            return error
        return None

    def undo(self) -> None:
        """Go back one step."""
        self.history.undo()

    def redo(self) -> None:
        """Make the last undone step again."""
        self.history.redo()

    def set_theme(self, name: str) -> None:
        """Use the theme ``"light"``, ``"dark"`` or ``"system"``, now and next time."""
        self.theme_name = name
        self.settings.setValue("theme", name)
        self._retheme()

    def set_language(self, language: str) -> None:
        """Speak another language, now and next time."""
        self.language = language
        self.settings.setValue("language", language)
        self.say = translation(language)
        self.refresh.set_language(self.say)
        self._dress()

    def toggle_curves(self) -> None:
        """Show or hide the curves."""
        self.stage.show_curves(not self.stage.curves_shown)
        self.settings.setValue("curves", str(self.stage.curves_shown))

    def toggle_full_screen(self) -> None:
        """Fill the screen, or be a window again."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def open_workspace(self, workspace: Workspace) -> None:
        """Bring another workspace to the front."""
        if workspace != self.history.session.workspace:
            from landscape.session.network.edits import open_workspace

            self.player.play(False)
            self.edit(open_workspace, workspace)

    def open_export(self) -> None:
        """Open the dialog that writes a clip, a picture or a table."""
        from landscape.ui.dialogs.export import ExportDialog

        self.player.play(False)
        view, page = self.stage.view(), self.workspaces.page()
        look = (view.x, view.y), self.settings
        ExportDialog(self, self._context(), self.history.session, *look, self.jobs, self.answers, page).open()

    def open_escape_times(self, point: Point) -> None:
        """Show how long the runs stay near the saddle at ``point``."""
        from landscape.ui.descent.escape_times import EscapeTimesDialog

        session = self.history.session
        EscapeTimesDialog(self, self._context(), session, point, self.jobs, self.answers).open()

    def open_keys(self) -> None:
        """Show all keys."""
        from landscape.ui.dialogs.keys import KeysDialog

        KeysDialog(self, self._context()).open()

    def open_problems(self) -> None:
        """Show what is wrong in a person's own catalogue files."""
        from landscape.ui.dialogs.problems import ProblemsDialog

        ProblemsDialog(self, self._context()).open()

    def open_about(self) -> None:
        """Show what the program is."""
        from landscape.ui.dialogs.about import AboutDialog

        AboutDialog(self, self._context()).open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a bare key means, where no field has the keyboard."""
        typing = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        command = "" if typing else bare_command(event, self.say)
        if command and possible(self, command) and not (event.isAutoRepeat() and command == "play"):
            self._commands[command]()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Have the first picture ready when the window appears."""
        super().showEvent(event)
        if self.refresh.scene is None:
            self.stage.settle()
            self.refresh.now()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs, and remember where the window was."""
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.player.play(False)
        self.files.keep_last()
        self.jobs.close()
        remember_place(self, self.settings)
        self.settings.sync()
        super().closeEvent(event)

    def _assemble(self) -> None:
        middle = row(self._left, self.stage, self._right, spacing=1)
        middle.setStretch(1, 1)
        whole = column(middle, self._foot, spacing=1)
        whole.setStretch(0, 1)
        self._descent.setLayout(whole)
        self.workspaces.setProperty("role", "ground")
        self.setCentralWidget(self.workspaces)
        self.setMinimumSize(NARROWEST[self.history.session.hyper_map is not None], LOWEST)
        self.setWindowTitle("Landscape")
        self._commands = callbacks(self)

    def _connect(self) -> None:
        self.history.subscribe(self._session_changed)
        self.stage.view_changed.connect(self.refresh.schedule)
        self.stage.painted.connect(self._begin_background, Qt.ConnectionType.QueuedConnection)
        self.stage.curves.step_chosen.connect(self._descent_player.go)
        self.stage.map.pin_moved.connect(self._move_pin)
        self.stage.map.pin_released.connect(self.history.end_gesture)
        self.stage.map.stage_double_clicked.connect(lambda x, y: self.edit(edits.gather_starts, (x, y)))
        self.stage.map.inset.data_moved.connect(self._move_data)
        self.stage.map.inset.data_released.connect(self.history.end_gesture)
        self.refresh.scene_changed.connect(self._show_scene)
        self.search.found.connect(self.refresh.schedule)
        self.basins.found.connect(self.refresh.schedule)
        self.maps.found.connect(self.refresh.schedule)
        self.refresh.failed.connect(self._show_failure)
        self.refresh.succeeded.connect(self._forgive)
        self._descent_player.step_changed.connect(self.stage.set_step)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_theme_changed)
        self.stage.set_session(self.history.session)

    def _context(self) -> Context:
        theme = self.theme
        return Context(
            edit=self.edit,
            end_gesture=self.history.end_gesture,
            say=self.say,
            theme=theme,
            icons=Icons(theme.muted, theme.line, theme.accent),
        )

    def _dress(self) -> None:
        """Make everything that depends on the language or on the theme."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(palette(self.theme))
        self.setStyleSheet(sheet(self.theme))
        self.setMenuWidget(MenuRow(self, self._context(), self._commands))
        self.workspaces.set_context(self._context())
        self._show_title(self.history.session)
        self.stage.set_names(self.say("Map of the surface"), self.say("Curves against the step"))
        if self.panels is not None:
            self._build_panels()

    def _build_panels(self) -> None:
        # Loaded after the first picture, which need not wait for them.
        from landscape.ui.descent.sides import Panels
        from landscape.ui.timeline import TimelinePanel

        context = self._context()
        hovered = self.stage.map.hovered
        self.panels = Panels(context, self._descent_player, self._typesetter, hovered, self.answers)
        self._left.set_panels([*self._notices(context), *self.panels.left])
        self._right.set_panels(self.panels.right)
        self.stage.set_beside(self.panels.hyper_map)
        clear(self._foot)
        self._foot.addWidget(TimelinePanel(context, self._descent_player))
        self._link(self.panels.critical)
        self.panels.times_asked.connect(self.open_escape_times)
        self.panels.display(self.history.session)
        if self.refresh.scene is not None:
            self.panels.display_scene(self.refresh.scene)
        self.panels.set_step(self._descent_player.step)

    def _link(self, panel: "CriticalPanel") -> None:
        """Link the list of the critical points with those on the map."""
        panel.pointed.connect(self.markers.point_at)
        panel.chosen.connect(self.markers.choose)
        panel.flown.connect(lambda marker: self.markers.fly_to(marker, self.history.session.surface.domain))
        self.markers.hovered.connect(panel.show_hovered)
        self.markers.chosen.connect(panel.show_chosen)

    def _notices(self, context: Context) -> list[QWidget]:
        """Return a line that stands above the panels while a person's own catalogue has mistakes."""
        count = len(problems())
        if not count:
            return []
        button = QPushButton(context.say("Left out of your own catalogue: {count}", count=count))
        button.setProperty("role", "warning")
        button.clicked.connect(self.open_problems)
        return [button]

    def _retheme(self) -> None:
        self.theme = theme_named(self.theme_name)
        self.stage.set_theme(self.theme)
        self._dress()

    def _system_theme_changed(self) -> None:
        if self.theme_name == SYSTEM:
            self._retheme()

    def _begin_background(self) -> None:
        """After the first picture: the panels, and the jobs."""
        self.refresh.allow_background()
        if self.panels is None:
            self._build_panels()

    def _session_changed(self, _old: Session, new: Session) -> None:
        self.setMinimumWidth(NARROWEST[new.hyper_map is not None])
        self.workspaces.display(new)
        if new.workspace == "descent":
            self._show_descent(new)
        self._show_title(new)

    def _show_descent(self, new: Session) -> None:
        self.stage.set_session(new)
        self._descent_player.set_steps(new.steps)
        self.refresh.schedule()
        self._lens.display()
        if self.panels is not None:
            self.panels.display(new)

    def _show_title(self, session: Session) -> None:
        menu_row = self.menuWidget()
        if isinstance(menu_row, MenuRow):
            menu_row.display(session, can_undo=self.history.can_undo, can_redo=self.history.can_redo)

    def _show_scene(self, scene: Scene) -> None:
        self.stage.show_scene(scene)
        self.markers.display(scene)
        if self.panels is not None:
            self.search.follow()
            self.basins.follow()
            self.maps.follow()
            self.panels.display_scene(scene)

    def _show_failure(self, question: Question[object], error: Exception) -> None:
        if self.panels is not None:
            self.panels.complain(self.say.error(error), of_run=isinstance(question, TrajectoryQuestion))

    def _forgive(self) -> None:
        if self.panels is not None:
            self.panels.forgive()

    def _move_pin(self, pin: int, x: float, y: float, modifiers: Qt.KeyboardModifier) -> None:
        scene = self.refresh.scene
        if scene is None or pin >= len(scene.pins):
            return
        own = scene.pins[pin].own
        everything = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        function = edits.move_all_starts if everything else edits.move_start
        self.edit(function, (x, y), own, gesture=f"pin {pin} {everything}")

    def _move_data(self, row_index: int, given: float, target: float) -> None:
        self.edit(edits.set_data_point, row_index, given, target, gesture=f"data {row_index}")
