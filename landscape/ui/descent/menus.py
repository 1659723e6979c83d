"""What the actions of the workspace of surfaces do."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, get_args

from PySide6.QtWidgets import QMenu

from landscape.geometry.levels import LevelScale
from landscape.scene.descent.text import run_titles
from landscape.session.camera import Camera, StageView
from landscape.session.descent import comparing, edits, maps
from landscape.session.descent.document import ColorMap, Descent
from landscape.session.descent.map_ranges import mapped_parameters
from landscape.translation import Translation
from landscape.ui.commands import Command, Fill, fill_choices
from landscape.ui.context import Context
from landscape.ui.descent.comparing import is_compared

if TYPE_CHECKING:
    from landscape.ui.descent.panels.step import StepPanel


def layer_commands(descent: Callable[[], Descent], context: Context) -> Mapping[str, Command]:
    """Return what shows and hides each layer, by its id."""

    def command(name: edits.Layer) -> Command:
        def shown() -> bool:
            return bool(getattr(descent(), name))

        return Command(run=lambda: context.edit(edits.set_layer, name, not shown()), checked=shown)

    return {name: command(name) for name in get_args(edits.Layer)}


def stage_commands(descent: Callable[[], Descent], context: Context) -> Mapping[str, Command]:
    """Return what shows the map, the relief or both, by its id."""

    def command(stage: StageView) -> Command:
        def shown() -> bool:
            return descent().stage == stage and not is_compared(descent())

        return Command(run=lambda: context.edit(comparing.show_stage, stage), checked=shown)

    return {f"stage-{stage}": command(stage) for stage in get_args(StageView)}


def step_commands(descent: Callable[[], Descent], panel: Callable[[], "StepPanel | None"]) -> Mapping[str, Command]:
    """Return what explains the steps of a run, and goes from line to line of them."""

    def explains() -> bool:
        return descent().explained is not None

    def of(act: Callable[["StepPanel"], object]) -> Callable[[], None]:
        def run() -> None:
            shown = panel()
            if shown is not None:
                act(shown)

        return run

    return {
        "explain": Command(run=of(lambda shown: shown.toggle()), checked=explains),
        "next-line": Command(run=of(lambda shown: shown.walk(1)), possible=explains),
        "last-line": Command(run=of(lambda shown: shown.walk(-1)), possible=explains),
    }


CAMERAS: Mapping[str, tuple[float, float]] = {"top": (0.0, 90.0), "front": (0.0, 12.0), "isometric": (45.0, 35.264)}
"""Azimuth and elevation of the usual ways to look at the relief."""


def _fill_cameras(menu: QMenu, descent: Descent, context: Context) -> None:
    say = context.say
    titles = {"top": say("from the top, as the map"), "front": say("from the front"), "isometric": say("isometric")}
    now = descent.camera
    for name, (azimuth, elevation) in CAMERAS.items():
        action = menu.addAction(titles[name])
        action.setCheckable(True)
        action.setChecked((now.azimuth, now.elevation) == (azimuth, elevation))
        camera = Camera(azimuth=azimuth, elevation=elevation, height=now.height)
        action.triggered.connect(lambda _checked=False, camera=camera: context.edit(edits.set_camera, camera))


def submenus(descent: Descent, context: Context) -> Mapping[str, Fill]:
    """Return what fills each menu, by its id."""
    edit, say = context.edit, context.say
    colors = {name: name for name in get_args(ColorMap)}
    return {
        "colormap": lambda menu: fill_choices(
            menu, colors, descent.colormap, lambda name: edit(edits.set_colormap, name)
        ),
        "levels": lambda menu: fill_choices(
            menu, level_titles(say), descent.levels, lambda name: edit(edits.set_levels, name)
        ),
        "camera": lambda menu: _fill_cameras(menu, descent, context),
        "basins": lambda menu: _fill_basins(menu, descent, context),
        "explained": lambda menu: _fill_runs(
            menu, descent, say, descent.explained, lambda run: edit(edits.explain, run)
        ),
        "hyper-map": lambda menu: _fill_maps(menu, descent, context),
    }


def level_titles(say: Translation) -> Mapping[str, str]:
    """Return how colours and contour lines can be spread over the values."""
    titles: dict[LevelScale, str] = {
        "auto": say("automatic"),
        "linear": say("evenly"),
        "log": say("logarithmic"),
        "quantile": say("equal areas"),
    }
    return {str(name): title for name, title in titles.items()}


def _fill_basins(menu: QMenu, descent: Descent, context: Context) -> None:
    _fill_runs(menu, descent, context.say, descent.basins, lambda run: context.edit(edits.show_basins, run))
    # Only a rule has basins.
    for action, run in zip(menu.actions()[1:], (run for run in descent.runs if run.visible), strict=True):
        action.setEnabled(run.own_rule is not None)


def _fill_maps(menu: QMenu, descent: Descent, context: Context) -> None:
    mapped = descent.hyper_map.run if descent.hyper_map else None
    _fill_runs(menu, descent, context.say, mapped, lambda run: context.edit(maps.show_map_of, run))
    # A map needs two hyper-parameters.
    for action, run in zip(menu.actions()[1:], (run for run in descent.runs if run.visible), strict=True):
        action.setEnabled(run.own_rule is not None and len(mapped_parameters(run.rule)) > 1)


def _fill_runs(
    menu: QMenu, descent: Descent, say: Translation, current: int | None, choose: Callable[[int | None], object]
) -> None:
    """Offer the visible runs and none; ``current`` is the one that is chosen."""
    titles = run_titles(descent, say)
    for id, title in [(None, say("none")), *((run.id, titles[run.id]) for run in descent.runs if run.visible)]:
        action = menu.addAction(title)
        action.setCheckable(True)
        action.setChecked(current == id)
        action.triggered.connect(lambda _checked=False, id=id: choose(id))
