"""The pane of the cut, under the map: the profile of the surface, and along what it is cut."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from landscape.plot.descent.profile import ProfilePlot
from landscape.scene.descent.probed import cut_run, line_ends
from landscape.scene.descent.text import run_titles
from landscape.scene.scene import Scene
from landscape.session.descent import probing
from landscape.session.descent.document import Descent
from landscape.ui.buttons import Choice, DropButton, IconButton
from landscape.ui.canvas import Canvas
from landscape.ui.context import Context
from landscape.ui.layouts import GRID, caption, column, row
from landscape.ui.switch import Switch
from landscape.ui.words import write

LOWEST = 176
NARROWEST = 240


class CutPane(QWidget):
    """Shows the descent's cut from the side, and emits edits of it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._descent: Descent | None = None
        say = context.say
        self.plot = ProfilePlot(context.theme)
        self.view = Canvas(self.plot.item)
        self.view.setBackground(context.theme.panel)
        write(self.view, name=say("Profile of the cut"))
        lines = (
            ("line", say("along a line")),
            ("axis_1", say("along the axis of λ₁")),
            ("axis_2", say("along the axis of λ₂")),
            ("path", say("along a path")),
            ("step", say("along a step")),
        )
        self._along = Choice(context, say("Cut along"), lines)
        self._along.chosen.connect(lambda along: context.edit(probing.cut_along, along))
        self._run = DropButton(context, say("Run"), self._offer_runs)
        self._as_colors = Switch(say("as the colours"), context)
        write(self._as_colors, tip=say("The profile is as high as the colours tell"))
        self._as_colors.clicked.connect(lambda on: context.edit(probing.cut_as_colors, on))
        close = IconButton(context, "close", say("Close the cut"), lambda: context.edit(probing.set_cut, None))
        margins = (GRID, GRID // 2, GRID // 2, 0)
        first = row(self._along, self._run, None, self._as_colors, close, spacing=GRID // 2, margins=margins)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(NARROWEST, LOWEST)
        self._nothing = caption(say("There is nothing here to cut along"), wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        whole = column(first, self.view, self._nothing, spacing=0)
        whole.setStretch(1, 1)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def display(self, descent: Descent) -> None:
        """Show along what ``descent`` is cut; without a cut the pane is hidden."""
        self._descent = descent
        self.setVisible(descent.cut is not None)
        if descent.cut is None:
            return
        self._along.set_key(descent.cut.along)
        self._as_colors.setChecked(descent.cut.as_colors)
        run = cut_run(descent, descent.cut)
        self._run.setVisible(run is not None)
        if run is not None:
            self._run.set_choice(run_titles(descent, self._context.say)[run.id])
        nothing = run is None and line_ends(descent, descent.cut) is None
        self._nothing.setVisible(nothing)
        self.view.setVisible(not nothing)

    def display_scene(self, scene: Scene) -> None:
        """Show the cut of ``scene``."""
        if scene.cut is not None:
            self.plot.show(scene.cut)
            self._as_colors.setVisible(scene.cut.scale != "linear")

    def set_step(self, step: float) -> None:
        """Move the play head."""
        self.plot.set_step(step)

    def show_coming(self, shown: bool) -> None:
        """Show the profile along what is still to come of a path, or not."""
        self.plot.show_coming(shown)

    def look_changed(self) -> None:
        """Use the language and the colours of the window."""
        self.view.setBackground(self._context.theme.panel)
        self.plot.set_theme(self._context.theme, self._context.stage_scale)
        if self._descent is not None:
            self.display(self._descent)

    def _offer_runs(self) -> None:
        descent, menu = self._descent, self._run.menu_below()
        if descent is None or descent.cut is None:
            return
        shown, titles = cut_run(descent, descent.cut), run_titles(descent, self._context.say)
        for run in descent.runs:
            if run.visible:
                action = menu.addAction(titles[run.id])
                action.setCheckable(True)
                action.setChecked(run is shown)
                action.triggered.connect(lambda _checked=False, id=run.id: self._choose(id))
        menu.popup(self._run.mapToGlobal(self._run.rect().bottomLeft()))

    def _choose(self, run: int) -> None:
        if self._descent is not None and self._descent.cut is not None:
            self._context.edit(probing.cut_along, self._descent.cut.along, run)
