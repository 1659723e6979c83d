"""The comparison of the runs by evaluations drawn for export."""

from typing import Any

from landscape.export.settings import Settings
from landscape.export.turns import Turns, in_thread
from landscape.plot.descent.comparison_picture import ComparisonPicture
from landscape.plot.painters import Ground
from landscape.scene.answers import Answers
from landscape.scene.descent.comparison import build_comparison, comparison_wanted
from landscape.scene.question import Question
from landscape.scene.text import session_title
from landscape.session.descent.document import Comparison, Descent
from landscape.session.session import Session
from landscape.translation import translation


class ComparisonRenderer:
    """Draws the comparison; in a film the curves are drawn with the steps."""

    def __init__(self, session: Session, shown: Comparison, settings: Settings, answers: Answers) -> None:
        descent = session.document
        assert isinstance(descent, Descent)
        self._descent, self._shown, self._answers = descent, shown, answers
        self._say = translation(settings.language)
        self._title = session_title(session, self._say)
        self._picture = ComparisonPicture(settings.size, settings.colors, settings.text)
        if session.future_hidden:
            self._picture.hide_future()

    @property
    def anew(self) -> bool:
        """Whether each step shows something else that must be computed: no, all is of the same repetitions."""
        return False

    def wanted(self) -> tuple[Question[Any], ...]:
        """Return all that is shown."""
        return comparison_wanted(self._descent)

    def painting(self, device: Ground, step: float) -> Turns[None]:
        """Paint the picture at a step on a device of its size, by turns."""
        scene = yield from in_thread(
            lambda _: build_comparison(self._descent, self._shown, self._answers, self._say, self._title)
        )
        part = step / self._descent.steps if self._descent.steps else 1.0
        yield from self._picture.painting(device, scene, part)

    def close(self) -> None:
        """Let go of nothing: what is drawn is made of no widgets."""
