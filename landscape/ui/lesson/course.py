"""How a lesson is taken: which page is open, what was predicted, and the run that gives the answer."""

from PySide6.QtCore import QObject, Signal

from landscape.scene.lesson import until
from landscape.session.attempt import MOST_GUESSES, Attempt
from landscape.session.lesson import PAGES, Lesson, Point
from landscape.session.session import Session
from landscape.ui.lesson.prediction import Guesses
from landscape.ui.player import Player


class Course(QObject):
    """One person, or one room, before one lesson; nothing of it is undone."""

    changed = Signal()
    taken = Signal()
    """It has come further, or something was predicted."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lesson: Lesson | None = None
        self.page = 0
        self.guesses = Guesses()
        self.several = False
        """Whether another place or number is a guess of its own."""
        self.answer: float | None = None
        """What was answered to the task."""
        self._session: Session | None = None
        self._player: Player | None = None

    @property
    def name(self) -> str:
        """What the page is called in files and tests."""
        return PAGES[self.page]

    @property
    def told(self) -> bool:
        """Whether the answer to the prediction is told."""
        return self.page > PAGES.index("run")

    @property
    def last(self) -> bool:
        """Whether this is the last page that has something to say."""
        return self._next(1) == self.page

    def display(self, session: Session, player: Player) -> None:
        """Take the lesson of a session; another lesson begins with its question."""
        self._session = session
        if player is not self._player:
            if self._player is not None:
                self._player.step_changed.disconnect(self._follow)
            self._player = player
            player.step_changed.connect(self._follow)
        if session.lesson is not self.lesson:
            self.lesson = session.lesson
            self._forget(0.0)
        self.changed.emit()

    @property
    def attempt(self) -> Attempt | None:
        """How far the lesson has been taken; None: it has not begun."""
        if self.lesson is None:
            return None
        kind, guesses = self.lesson.prediction.kind, self.guesses
        found = Attempt(
            page=self.name,
            places=tuple(guesses.added) if kind == "place" else (),
            numbers=tuple(guesses.added) if kind == "number" else (),
            chosen=guesses.chosen,
            hands=tuple(guesses.counted),
            answer=self.answer,
        )
        return found if found != Attempt() else None

    def begin(self, step: float = 0.0) -> None:
        """Forget what was predicted, and ask again: at a step, or before the first."""
        self._forget(step)
        self.changed.emit()

    def resume(self, attempt: Attempt, step: float) -> None:
        """Go on where the lesson was left, at a step."""
        if self.lesson is None:
            return
        kind = self.lesson.prediction.kind
        added = list({"place": attempt.places, "number": attempt.numbers}.get(kind, ()))
        offered = len(added) if kind in ("place", "number") else MOST_GUESSES
        chosen = attempt.chosen if attempt.chosen is not None and attempt.chosen < offered else None
        page = PAGES.index(attempt.page)
        self.page, self.answer = 0 if self._is_empty(page) else page, attempt.answer
        self.guesses = Guesses(added=added, chosen=chosen, counted=list(attempt.hands))
        self.several = len(added) > 1
        self._stand(step, hidden=not self.told)
        self.changed.emit()

    def turn(self, way: int) -> bool:
        """Open the next page (1) or the one before (-1); tell whether there is one."""
        page = self._next(way)
        if self.lesson is None or page == self.page:
            return False
        self.page = page
        if self.name == "run":
            self._run()
        elif self._session is not None:
            self._stand(until(self._session, self.lesson) if self.told else 0, hidden=not self.told)
        self._take()
        return True

    def choose(self, index: int) -> None:
        """Say which of the guesses is one's own."""
        if not self.told:
            self.guesses.chosen = index
            self._take()

    def count(self, index: int) -> None:
        """Count a hand for a guess."""
        if 0 <= index < MOST_GUESSES and not self.told:
            self.guesses.count(index)
            self._take()

    def take_back(self) -> None:
        """Take the hand back that was counted last."""
        if not self.told:
            self.guesses.take_back()
            self._take()

    def guess(self, guess: float | Point) -> None:
        """Predict a place or a number."""
        if self.page == 0:
            self.guesses.add(guess, another=self.several)
            self._take()

    def set_several(self, on: bool) -> None:
        """Have each place or number that is predicted from now on be one more."""
        self.several = on
        self.changed.emit()

    def set_answer(self, answer: float) -> None:
        """Answer the task."""
        self.answer = answer
        self._take()

    def again(self) -> None:
        """Begin anew, because that is wanted."""
        self.begin()
        self.taken.emit()

    def _forget(self, step: float) -> None:
        self.page, self.guesses, self.several, self.answer = 0, Guesses(), False, None
        self._stand(step, hidden=True)

    def _take(self) -> None:
        self.changed.emit()
        self.taken.emit()

    def _next(self, way: int) -> int:
        """Return the next page that has something to say; the same one where there is none."""
        page = self.page + way
        while self.lesson is not None and 0 <= page < len(PAGES):
            if not self._is_empty(page):
                return page
            page += way
        return self.page

    def _is_empty(self, page: int) -> bool:
        """Tell whether a page has nothing to say."""
        lesson = self.lesson
        empty = {"number": lesson is None or lesson.task is None, "variation": lesson is None or not lesson.variation}
        return empty.get(PAGES[page], False)

    def _run(self) -> None:
        """Play from the beginning to where the answer is told."""
        self._stand(0, hidden=True)
        if self._player is not None:
            self._player.play(True)

    def _stand(self, step: float, *, hidden: bool) -> None:
        """Put the play head at a step, with what is to come hidden or not."""
        if self._player is not None and self.lesson is not None:
            self._player.play(False)
            self._player.hide_future(hidden)
            # A question does not go along with a training: that would give its answer.
            self._player.go(step, stay=self.page == 0)

    def _follow(self, step: float) -> None:
        """Tell the answer as soon as the run has come to it."""
        if self.lesson is None or self._session is None or self.name != "run":
            return
        if step >= until(self._session, self.lesson):
            self.turn(1)
