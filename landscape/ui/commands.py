"""What the commands of the menus do."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, get_args

from PySide6.QtWidgets import QMenu

from landscape.geometry.levels import LevelScale
from landscape.scene.text import run_titles
from landscape.session.descent import edits, maps
from landscape.session.descent.map_ranges import mapped_parameters
from landscape.session.session import ColorMap, Workspace
from landscape.translation import LANGUAGES, Translation
from landscape.ui.settings import SYSTEM

if TYPE_CHECKING:
    from landscape.ui.main_window import MainWindow


OF_SURFACES = frozenset(
    ("colormap", "levels", "contours", "arrows", "critical", "basins", "hyper-map", "lens", "curves", "sharpness",
     "reset-view")
)  # fmt: skip
"""What changes nothing that can be seen while networks are in front."""


def callbacks(window: "MainWindow") -> Mapping[str, Callable[[], object]]:
    """Return what each command does, by its id."""
    edit = window.edit

    def toggle_layer(layer: str) -> None:
        edit(edits.set_layer, layer, not getattr(window.history.session, layer))

    return {
        "open": window.files.ask_open,
        "reopen": window.files.reopen,
        "save": window.files.ask_save,
        "export": window.open_export,
        "copy": window.files.copy_picture,
        "quit": window.close,
        "undo": window.undo,
        "redo": window.redo,
        "contours": lambda: toggle_layer("contours"),
        "arrows": lambda: toggle_layer("arrows"),
        "critical": lambda: toggle_layer("critical"),
        "lens": lambda: toggle_layer("lens"),
        "sharpness": lambda: toggle_layer("sharpness"),
        "curves": window.toggle_curves,
        "reset-view": window.stage.reset_view,
        "fullscreen": window.toggle_full_screen,
        "play": lambda: window.player.toggle(),
        "forward": lambda: window.player.move(1),
        "back": lambda: window.player.move(-1),
        "forward-ten": lambda: window.player.move(10),
        "back-ten": lambda: window.player.move(-10),
        "first": lambda: window.player.go(0),
        "last": lambda: window.player.go(window.player.steps),
        "mark": lambda: window.player.toggle_mark(),
        "next-mark": lambda: window.player.jump(1),
        "last-mark": lambda: window.player.jump(-1),
        "slower": lambda: window.player.shift_speed(-1),
        "faster": lambda: window.player.shift_speed(1),
        "loop": lambda: window.player.set_loop(not window.player.loop),
        "keys": window.open_keys,
        "about": window.open_about,
    }


def checked(window: "MainWindow", command: str) -> bool:
    """Tell whether a command that switches something is on."""
    session = window.history.session
    return {
        "contours": session.contours,
        "arrows": session.arrows,
        "critical": session.critical,
        "lens": session.lens,
        "sharpness": session.sharpness,
        "curves": window.stage.curves_shown,
        "fullscreen": window.isFullScreen(),
        "loop": window.player.loop,
    }.get(command, False)


def possible(window: "MainWindow", command: str) -> bool:
    """Tell whether a command can be given now."""
    return {
        "undo": window.history.can_undo,
        "redo": window.history.can_redo,
        "reopen": window.files.last().is_file(),
    }.get(command, command not in OF_SURFACES or window.history.session.workspace == "descent")


def fill(menu: QMenu, submenu: str, window: "MainWindow", say: Translation) -> None:
    """Fill a submenu when it opens."""
    menu.clear()
    session, edit = window.history.session, window.edit
    match submenu:
        case "lessons":
            _fill_lessons(menu, window, say)
        case "basins":
            _fill_runs(menu, window, say, session.basins, lambda index: edit(edits.show_basins, index))
        case "hyper-map":
            mapped = session.hyper_map.run if session.hyper_map else None
            _fill_runs(menu, window, say, mapped, lambda index: edit(maps.show_map_of, index))
            # A map needs two hyper-parameters.
            for action, run in zip(menu.actions()[1:], (run for run in session.runs if run.visible), strict=True):
                action.setEnabled(len(mapped_parameters(run.rule)) > 1)
        case "colormap":
            titles = {name: name for name in get_args(ColorMap)}
            _fill_choices(menu, titles, session.colormap, lambda name: edit(edits.set_colormap, name))
        case "levels":
            _fill_choices(menu, level_titles(say), session.levels, lambda name: edit(edits.set_levels, name))
        case "theme":
            titles = {SYSTEM: say("Like the system"), "light": say("Light"), "dark": say("Dark")}
            _fill_choices(menu, titles, window.theme_name, window.set_theme)
        case "language":
            _fill_choices(menu, LANGUAGES, window.language, window.set_language)


def level_titles(say: Translation) -> Mapping[str, str]:
    """Return how colours and contour lines can be spread over the values."""
    titles: dict[LevelScale, str] = {
        "auto": say("automatic"),
        "linear": say("evenly"),
        "log": say("logarithmic"),
        "quantile": say("equal areas"),
    }
    return {str(name): title for name, title in titles.items()}


def _fill_choices(menu: QMenu, titles: Mapping[str, str], current: str, choose: Callable[[str], object]) -> None:
    for name, title in titles.items():
        action = menu.addAction(title)
        action.setCheckable(True)
        action.setChecked(name == current)
        action.triggered.connect(lambda _checked=False, name=name: choose(name))


def _fill_runs(
    menu: QMenu, window: "MainWindow", say: Translation, current: int | None, choose: Callable[[int | None], object]
) -> None:
    """Offer the visible runs and none; ``current`` is the colour of the one that is chosen."""
    session = window.history.session
    titles = dict(enumerate(run_titles(session, say)))
    for index, title in [(None, say("none")), *((i, title) for i, title in titles.items() if session.runs[i].visible)]:
        action = menu.addAction(title)
        action.setCheckable(True)
        action.setChecked(current == (None if index is None else session.runs[index].color))
        action.triggered.connect(lambda _checked=False, index=index: choose(index))


def _fill_lessons(menu: QMenu, window: "MainWindow", say: Translation) -> None:
    from landscape.session.files import lessons

    for workspace in get_args(Workspace):
        menu.addSeparator()
        for name, titles in lessons(workspace).items():
            action = menu.addAction(say.pick(titles))
            action.triggered.connect(lambda _checked=False, name=name: window.files.open(name))
