"""The list of exports: how far each file is, and what can be done with it."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QBoxLayout, QLabel, QScrollArea, QWidget

from landscape.scene.answers import Answers
from landscape.ui.asker import Asker
from landscape.ui.buttons import IconButton
from landscape.ui.context import Context
from landscape.ui.exports import Export, Exports
from landscape.ui.layouts import GRID, Elided, Margins, caption, column, row
from landscape.ui.progress import ShareBar
from landscape.ui.sizes import sized
from landscape.ui.words import button, write

BAR, NAME = 120, 170
"""Widths of a bar, and of the name of a file before it."""
MOST = 4
"""As many lines are seen at once: more would leave the window no room."""


def exports_below(stack: QBoxLayout, context: Context, asker: Asker, answers: Answers) -> Exports:
    """Return a new queue of exports, whose list stands below all that is in a layout."""
    exports = Exports(asker, answers)
    stack.addWidget(ExportsList(context, exports))
    return exports


class ExportsList(QScrollArea):
    """A line for each export; hidden while there is none, and scrolled where there are many: to what is written."""

    def __init__(self, context: Context, exports: Exports, margins: Margins = (2 * GRID, 4, GRID, 4)) -> None:
        super().__init__()
        self._context, self._exports = context, exports
        self._lines: dict[Export, ExportLine] = {}
        self._column = column(spacing=0, margins=margins)
        self._inside = QWidget()
        self._running: Export | None = None
        self._inside.setLayout(self._column)
        for widget in (self, self._inside):
            widget.setProperty("role", "panel")
            widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        write(self, name=context.say("Exports"))
        exports.changed.connect(self.look_changed)
        self.look_changed()

    def look_changed(self) -> None:
        """Show what there is now."""
        there = self._exports.all
        for export in [each for each in self._lines if each not in there]:
            line = self._lines.pop(export)
            line.hide()
            line.deleteLater()
        for export in there:
            if export not in self._lines:
                self._lines[export] = ExportLine(self._context, self._exports, export)
                self._column.addWidget(self._lines[export])
            self._lines[export].show_now()
        self.setVisible(bool(there))
        if there:
            self._fit()

    def _fit(self) -> None:
        """Be as high as all lines are, or as a few; show the one that is written, once when it begins."""
        lines = list(self._lines.values())
        sizes = [line.minimumSizeHint() for line in lines]
        edge = self._column.contentsMargins()
        line = max(size.height() for size in sizes)
        self.setFixedHeight(edge.top() + min(len(lines), MOST) * line + edge.bottom())
        bar = self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(edge.left() + max(size.width() for size in sizes) + edge.right() + bar)
        running = next((export for export in self._lines if not export.ended), None)
        if running is not self._running:
            self._running = running
            self.ensureWidgetVisible(self._lines[running] if running is not None else lines[-1], 0, 0)


class ExportLine(QWidget):
    """One of them."""

    def __init__(self, context: Context, exports: Exports, export: Export) -> None:
        super().__init__()
        self._context, self._export = context, export
        say = context.say
        self._name, self._told, self._end = Elided(export.path.name), caption(), Elided()
        self._bar = ShareBar(export.path.name)
        sized(self._bar, width=BAR)
        sized(self._name, width=NAME)
        self._cancel = button(say("Cancel"), "quiet")
        self._show_file = button(say("Show file"), "quiet")
        self._close = IconButton(context, "close", say("Tell no more of it"), lambda: exports.cancel(export))
        self._close.setProperty("role", "small")
        self._cancel.clicked.connect(lambda: exports.cancel(export))
        self._show_file.clicked.connect(self._reveal)
        whole = row(self._name, self._bar, self._told, self._end, self._show_file, self._cancel, self._close)
        whole.setStretch(2, 1)
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def show_now(self) -> None:
        """Show how far it is."""
        export = self._export
        for running in (self._name, self._bar, self._told, self._cancel):
            running.setVisible(not export.ended)
        for ended in (self._end, self._close):
            ended.setVisible(export.ended)
        self._show_file.setVisible(export.ended and export.error is None)
        self._bar.show_share(export.part)
        label: QLabel = self._end if export.ended else self._told
        if export.error is not None and self._end.property("role") != "complaint":
            self._end.setProperty("role", "complaint")
            self._end.style().polish(self._end)
        text = export.told(self._context.say)
        if text != label.text():
            write(label, text=text)

    def _reveal(self) -> None:
        """Open the folder the file is in."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._export.path.parent)))
