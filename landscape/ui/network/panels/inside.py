"""What goes on inside of both networks, layer by layer."""

import math

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from landscape.plot.network.layers import LayersPlot
from landscape.plot.overrides import guarded
from landscape.scene.answers import Answers
from landscape.scene.network.scene import Course, Moment
from landscape.scene.text import number
from landscape.translation import composed
from landscape.ui.asker import Asker
from landscape.ui.context import Context
from landscape.ui.layouts import caption, column, heading
from landscape.ui.network.convolution_view import ConvolutionView
from landscape.ui.network.norm_view import NormView
from landscape.ui.network.softmax_view import SoftmaxView
from landscape.ui.sizes import scaled, sized, unit
from landscape.ui.words import write

ROW = 86
"""Height of a layer."""


class InsidePanel(QWidget):
    """Shows the layers of a course at the current step."""

    def __init__(self, context: Context, asker: Asker, answers: Answers) -> None:
        super().__init__()
        say = context.say
        self._layers = LayersView(context)
        explained = say(
            "Values that enter each activation, −5 to 5, against the step. Bar: norm of the gradient. "
            "Idle: units that are 0 on every row, or saturated."
        )
        self._statistics = caption(wrap=True)
        self._remembered = caption(wrap=True)
        self._dropped = caption(
            say("Dots: the units that dropout keeps for the first row of the mini-batch; rings: those it drops."),
            wrap=True,
        )
        self._dropped.hide()
        self._context = context
        self._names: tuple[str, ...] = ()
        self.norm = NormView(context, asker, answers)
        self.convolution = ConvolutionView(context)
        self.softmax = SoftmaxView(context)
        parts = (
            caption(explained, wrap=True), self._layers, self._dropped, self._remembered, self._statistics,
            self.norm, self.convolution, self.softmax,
        )  # fmt: skip
        self.setLayout(column(heading(say("Layers")), *parts))

    def show_course(self, course: Course) -> None:
        """Show the layers of another training, or more of the same."""
        self._names = tuple(twin.name for twin in course.twins)
        self._layers.show_course(course)
        self._statistics.setText(course.statistics)
        self._statistics.setVisible(bool(course.statistics))

    def show_moment(self, moment: Moment | None) -> None:
        """Show the numbers of another step."""
        self._layers.moment = moment
        self._layers.update()
        twins = moment.twins if moment else ()
        named = [(name, state) for name, state in zip(self._names, twins, strict=False) if state]
        told = [
            composed("{}: {}", name, number(state.remembered, 3))
            for name, state in named
            if not math.isnan(state.remembered)
        ]
        say = self._context.say
        self._remembered.setText(say("Training loss in evaluation mode: {told}", told=", ".join(told)) if told else "")
        self._remembered.setVisible(bool(told))
        self._dropped.setVisible(any(layer.kept for _, state in named for layer in state.layers))
        self.softmax.display([state.softmax if state else None for state in twins])
        # Of two networks that have one, the last is shown.
        convolutions = [(state.convolution, name) for name, state in named if state.convolution]
        self.convolution.display(*(convolutions[-1] if convolutions else (None, "")))
        norms = [(state.norm, name) for name, state in named if state.norm]
        self.norm.display(*(norms[-1] if norms else ((), "")))

    def set_step(self, step: float) -> None:
        """Move the play head."""
        self._layers.step = step
        self._layers.update()

    def show_coming(self, shown: bool) -> None:
        """Show what is still to come of the layers, or not."""
        self._layers.show_coming(shown)


class LayersView(QWidget):
    """Paints the layers."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._plot = LayersPlot()
        self._course: Course | None = None
        self.moment: Moment | None = None
        self.step = 0.0
        write(self, name=context.say("Layers of both networks"))

    def show_course(self, course: Course) -> None:
        """Show ``course``, as high as its layers need."""
        self._course = course
        rows = max((len(twin.layers) for twin in course.twins), default=0)
        if self.height() != scaled(ROW * rows):
            sized(self, height=ROW * rows)
        self.update()

    def show_coming(self, shown: bool) -> None:
        """Show what is still to come, or not."""
        self._plot.coming = shown
        self.update()

    @guarded(None)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint all of it."""
        if self._course is not None:
            painter = QPainter(self)
            context, area = self._context, QRectF(self.rect())
            self._plot.paint(painter, area, self._course, self.moment, self.step, unit(), context.theme, context.say)
