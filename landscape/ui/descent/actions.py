"""What can be chosen about how a surface is shown, from the menus and the keyboard."""

from landscape.translation import Translation
from landscape.ui.actions import Action, Submenu


def actions(say: Translation) -> tuple[Action | Submenu | None, ...]:
    """Return what the workspace of surfaces adds to the menu of what is seen."""
    return (
        Action(id="stage-map", title=say("Map"), keys=("Ctrl+2",), checkable=True),
        Action(id="stage-relief", title=say("Relief"), keys=("Ctrl+3",), checkable=True),
        Action(id="stage-both", title=say("Map and relief"), keys=("Ctrl+4",), checkable=True),
        Action(id="comparison", title=say("Comparison by evaluations"), keys=("Ctrl+5",), checkable=True),
        Submenu(id="camera", title=say("Camera of the relief")),
        Action(id="turntable", title=say("Turn the relief"), keys=("T",), bare=True, checkable=True),
        None,
        Submenu(id="colormap", title=say("Colour map")),
        Submenu(id="levels", title=say("Levels")),
        Action(id="contours", title=say("Contour lines"), checkable=True),
        Action(id="arrows", title=say("Arrows downhill"), checkable=True),
        Action(id="critical", title=say("Critical points"), checkable=True),
        Submenu(id="basins", title=say("Basins")),
        Submenu(id="explained", title=say("Steps explained")),
        Submenu(id="hyper-map", title=say("Map of two hyper-parameters")),
        Action(id="lens", title=say("Hessian lens"), keys=("H",), bare=True, checkable=True),
        Action(id="probe", title=say("Probe"), keys=("P",), bare=True, checkable=True),
        Action(id="cut", title=say("Cut"), keys=("C",), bare=True, checkable=True),
        Action(id="curves", title=say("Curves"), checkable=True),
        Action(id="sharpness", title=say("Sharpness among the curves"), checkable=True),
        None,
        Action(id="explain", title=say("This step, line by line"), keys=("E",), bare=True, checkable=True),
        Action(id="next-line", title=say("To the next line"), keys=(".",), bare=True),
        Action(id="last-line", title=say("To the line before"), keys=(",",), bare=True),
        None,
        Action(id="reset-view", title=say("Show the whole domain"), keys=("Ctrl+0",)),
    )
