"""Undo and redo: the sessions that were, kept as values."""

from collections import deque
from collections.abc import Callable, MutableSequence
from typing import TypeAlias

from landscape.session.session import Session

Observer: TypeAlias = Callable[[Session, Session], None]

MOST_STEPS = 500
"""How many edits can be undone; the oldest are forgotten."""


class History:
    """The current session, those before it and those undone, and who wants to hear of a change."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._past: deque[Session] = deque(maxlen=MOST_STEPS)
        self._future: list[Session] = []
        self._gesture: str | None = None
        self._observers: list[Observer] = []

    @property
    def session(self) -> Session:
        """The session as it is now."""
        return self._session

    @property
    def can_undo(self) -> bool:
        """Whether an edit can be undone."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether an undone edit can be made again."""
        return bool(self._future)

    def edit(
        self, function: Callable[..., Session], /, *args: object, gesture: str | None = None, **kwargs: object
    ) -> bool:
        """Replace the session by ``function(session, *args, **kwargs)``; tell whether anything changed.

        Edits that follow each other with the same ``gesture``, such as the moves of one drag, are one step of undo
        until the gesture ends. An error rises from ``function`` and leaves everything as it was.
        """
        new = function(self._session, *args, **kwargs)
        if gesture != self._gesture:
            self.end_gesture()
        if new == self._session:
            return False
        if gesture is None or gesture != self._gesture:
            self._past.append(self._session)
        self._gesture = gesture
        self._future.clear()
        self._become(new)
        return True

    def replace(self, session: Session) -> bool:
        """Put another session in place of the current one, as one step of undo."""
        return self.edit(lambda _: session)

    def end_gesture(self) -> None:
        """Let the next edit be a step of its own; a gesture that came back to where it began leaves no step."""
        if self._gesture is not None and self._past and self._past[-1] == self._session:
            self._past.pop()
        self._gesture = None

    def undo(self) -> bool:
        """Go back one step; tell whether there was one."""
        return self._travel(self._past, self._future)

    def redo(self) -> bool:
        """Make the last undone step again; tell whether there was one."""
        return self._travel(self._future, self._past)

    def subscribe(self, observer: Observer) -> Callable[[], None]:
        """Call ``observer(old, new)`` after every change; return the function that ends it."""
        self._observers.append(observer)

        def unsubscribe() -> None:
            if observer in self._observers:
                self._observers.remove(observer)

        return unsubscribe

    def _travel(self, source: MutableSequence[Session], target: MutableSequence[Session]) -> bool:
        self.end_gesture()
        if not source:
            return False
        target.append(self._session)
        self._become(source.pop())
        return True

    def _become(self, new: Session) -> None:
        old, self._session = self._session, new
        for observer in tuple(self._observers):
            observer(old, new)
