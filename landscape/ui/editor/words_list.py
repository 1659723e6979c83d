"""The names that a formula may use, with what they stand for; a click writes one where the cursor is."""

from collections.abc import Callable, Mapping
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from landscape.translation import said_in
from landscape.ui.context import Context

FUNCTIONS = (
    "sqrt", "abs", "sign", "exp", "log", "sin", "cos", "tan", "tanh", "sigmoid", "relu", "softplus", "min", "max",
    "floor", "ceil", "round", "mod", "norm", "atan2", "erf", "where",
)  # fmt: skip
"""Those that are offered; all others of the language may be typed."""


class WordsList(QLabel):
    """A text of links."""

    def __init__(self, context: Context, meanings: Mapping[str, str], insert: Callable[[str], object]) -> None:
        super().__init__()
        self._context, self._meanings = context, meanings
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setProperty("role", "caption")
        self.linkActivated.connect(insert)
        self.look_changed()

    def look_changed(self) -> None:
        """Speak the language and use the colours of the window."""
        say = self._context.say
        given = " &nbsp; ".join(
            f"{self._link(name, name)}&nbsp;{escape(meaning)}" for name, meaning in self._said().items()
        )
        functions = " ".join(self._link(f"{name}()", name) for name in FUNCTIONS)
        remark = escape(say("Any other name is a hyper-parameter; one that is read before it is set is remembered."))
        self.setText(f"<p>{given}</p><p>{functions}</p><p>{remark}</p>")

    def _said(self) -> Mapping[str, str]:
        say = self._context.say
        return {name: said_in(meaning, say) for name, meaning in self._meanings.items()}

    def _link(self, inserted: str, shown: str) -> str:
        style = f'style="color: {self._context.theme.accent}; text-decoration: none"'
        return f'<a href="{inserted}" {style}>{escape(shown)}</a>'
