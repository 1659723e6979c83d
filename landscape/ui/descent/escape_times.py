"""How long the runs stay near a saddle: the chart, filled in run by run, and saved as a picture."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from landscape.geometry.escape import saddle_near
from landscape.plot.curves import CurvesPlot, curves_picture
from landscape.plot.overrides import guarded
from landscape.scene.answers import Answers
from landscape.scene.descent.escape_times import escape_chart, escape_questions
from landscape.scene.text import number
from landscape.session.descent.document import Descent
from landscape.session.session import Point
from landscape.translation import composed
from landscape.ui.asker import Asker
from landscape.ui.canvas import Canvas
from landscape.ui.context import Context
from landscape.ui.dialogs.dialog import Dialog
from landscape.ui.layouts import GRID, caption, column, complain, complaint, row
from landscape.ui.words import button, write
from landscape.writing import WritingError, atomic

OWNER = "escape times"
PICTURE = (1920, 1080)
PICTURE_UNIT = 2.2


class EscapeTimesDialog(Dialog):
    """Shows for each visible run how many steps it takes to leave the saddle at ``point``."""

    def __init__(
        self, parent: QWidget, context: Context, descent: Descent, point: Point, asker: Asker, answers: Answers
    ) -> None:
        say, found = context.say, saddle_near(descent.surface, point)
        saddle = found or point
        super().__init__(parent, context, say("Time near the saddle"))
        self._descent, self._answers, self._asker = descent, answers, asker
        self._asked = dict(escape_questions(descent, saddle))
        self.scene = escape_chart(descent, {}, say)
        self.plot = CurvesPlot(context.theme)
        self.chart = Canvas(self.plot.item)
        self.chart.setBackground(context.theme.panel)
        self.chart.setMinimumSize(520, 300)
        write(self.chart, name=say("Time near the saddle"))
        self.plot.show(self.scene)
        self._complaint = complaint()
        x, y = (number(part, 4) for part in saddle)
        place = say("The saddle at ({x}, {y})", x=x, y=y) if found else say("The point ({x}, {y})", x=x, y=y)
        way = say(
            "Each run starts beside it, in the direction in which the surface falls; rings: from the saddle itself"
        )
        save = button(say("Save picture…"))
        save.clicked.connect(self._ask_path)
        close = button(say("Close"))
        close.setDefault(True)
        close.clicked.connect(self.close)
        margins = (3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        notes = caption(composed("{}. {}.", place, way), wrap=True)
        buttons = row(save, None, close)
        whole = column(self.chart, notes, self._complaint, buttons, spacing=2 * GRID, margins=margins)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        close.setFocus()
        self.resize(860, 560)
        asker.answered.connect(self._show)
        asker.refused.connect(self._show_failure)
        asker.want(OWNER, self._asked.values())
        self._show()

    def save_to(self, path: Path) -> None:
        """Write the chart as a picture."""
        try:
            with atomic(path) as temporary:
                if not curves_picture(self.scene, PICTURE, self.context.theme, PICTURE_UNIT).save(str(temporary)):
                    raise OSError(self.context.say("the picture could not be written"))
        except WritingError as error:
            complain(self._complaint, self.context.told(error))

    def look_changed(self) -> None:
        """Use the colours of the window."""
        self.chart.setBackground(self.context.theme.panel)
        self.plot.set_theme(self.context.theme)

    @guarded(None)
    def done(self, result: int) -> None:
        """Stop what is being computed: on Escape, the button or the frame."""
        self._asker.want(OWNER, ())
        super().done(result)

    def _show(self) -> None:
        """Show the runs whose times are known."""
        answers = {run: self._answers.get(question) for run, question in self._asked.items()}
        known = {run: answer for run, answer in answers.items() if answer is not None}
        self.scene = escape_chart(self._descent, known, self.context.say)
        self.plot.show(self.scene)

    def _show_failure(self, question: object, error: Exception) -> None:
        if question in self._asked.values():
            complain(self._complaint, self.context.told(error))

    def _ask_path(self) -> None:
        dialog = QFileDialog(self, self.context.say("Save picture…"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(".png")
        dialog.setNameFilters([f"{self.context.say('Pictures')} (*.png)"])
        dialog.finished.connect(dialog.deleteLater)
        dialog.fileSelected.connect(lambda path: self.save_to(Path(path)))
        dialog.open()
