"""Results that come one after the other from a job, while what is wanted can change."""

from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from landscape.ui.jobs import Cancelled, Jobs

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")

KEPT = 20
"""Keys whose results are kept."""


class Streaming(QObject, Generic[Key, Result]):
    """Produces the results of the newest key in a job, and keeps those of the last ones.

    Args:
        parent: Whose it is.
        jobs: Where the work is done.
        kind: What the work is called.
        produce: Yields the results of a key; stops soon when it is cancelled.
    """

    changed = Signal()
    """There are more results, or all of them."""
    failed = Signal(object)
    _found = Signal()

    def __init__(
        self, parent: QObject, jobs: Jobs, kind: str, produce: Callable[[Key, Cancelled], Iterator[Result]]
    ) -> None:
        super().__init__(parent)
        self._produce = produce
        self._channel = jobs.channel(kind)
        self._channel.failed.connect(lambda _key, error: self.failed.emit(error))
        self._channel.done.connect(lambda _key, _nothing: self.want(self._wanted))
        self._found.connect(self._tell)
        self._told = True
        self._wanted: Key | None = None
        self._results: dict[Key, list[Result]] = {}
        self._whole: set[Key] = set()

    def want(self, key: Key | None) -> None:
        """Produce the results of ``key``, unless they are all there; None: none any more."""
        self._wanted = key
        if key is not None and not self.is_whole(key):
            self._channel.submit(key, lambda cancelled: self._work(key, cancelled))

    def close(self) -> None:
        """Produce nothing any more, and tell of nothing."""
        self._wanted = None
        self._channel.cancel()

    def results(self, key: Key) -> list[Result]:
        """Return the results of ``key`` until now."""
        return self._results.get(key, [])

    def is_whole(self, key: Key) -> bool:
        """Tell whether these are all."""
        return key in self._whole and key in self._results

    def taken(self, key: Key | None) -> tuple[tuple[Result, ...], bool]:
        """Return the results of ``key`` until now, none of None, and whether these are all."""
        return (tuple(self.results(key)), self.is_whole(key)) if key is not None else ((), False)

    def _work(self, key: Key, cancelled: Cancelled) -> None:
        """Produce in the pool until something else is wanted."""

        def stopped() -> bool:
            return cancelled() or self._wanted != key

        found: list[Result] = []
        self._results[key] = found
        while len(self._results) > KEPT:
            self._results.pop(next(iter(self._results)))
        for result in self._produce(key, stopped):
            found.append(result)
            if self._told and not cancelled():
                self._told = False
                self._found.emit()
        if not stopped():
            self._whole.add(key)
            self._found.emit()

    def _tell(self) -> None:
        self._told = True
        self.changed.emit()
