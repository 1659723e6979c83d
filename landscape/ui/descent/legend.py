"""The legend of a lecture: the runs, and the loss that each has come to."""

from landscape.scene.descent.facts import standings
from landscape.scene.scene import Scene
from landscape.scene.text import number
from landscape.ui.workspaces import Entry


def legend(scene: Scene | None, step: float) -> tuple[Entry, ...]:
    """Return the visible runs with their losses at a step; a cross where one has diverged."""
    return tuple(
        Entry(
            name=one.name,
            color=one.color,
            dash=one.dash,
            value="✕" if one.lost else number(one.loss, 2) if one.loss == one.loss else "",
            lost=one.lost,
        )
        for one in (standings(scene, step) if scene is not None else ())
    )
