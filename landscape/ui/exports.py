"""The queue of exports: files are written one after the other while the window is used; each can be cancelled."""

from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QTimer, Signal

from landscape.errors import InputError
from landscape.export.export import Progress, export_steps, format_of
from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.settings import Options, Settings
from landscape.scene.answers import Answers
from landscape.scene.text import duration
from landscape.session.session import Session
from landscape.translation import Translation
from landscape.ui.asker import Asker
from landscape.ui.turns import ByTurns
from landscape.writing import check_writable

OWNER = "export"
REMEMBERED = 4
"""As many exports that have ended are told of; those before them are forgotten."""


@dataclass(kw_only=True, eq=False)
class Export:
    """A file that waits to be written, is being written, or was; or could not be."""

    session: Session
    path: Path
    options: Options
    computed: float | None = None
    """Which share is computed of what must be known first; None: it waits for another export."""
    progress: Progress | None = None
    """How far the writing is; None: it has not begun."""
    ended: bool = False
    size: int = 0
    """Bytes of the file, once it is written."""
    error: InputError | None = None
    """Why there is no file."""

    @property
    def format(self) -> Format:
        """What kind of file it is."""
        return format_of(self.path)

    @property
    def part(self) -> float:
        """Which part is done of what takes the longest just now."""
        if self.progress is not None:
            return self.progress.done / max(self.progress.total, 1)
        return self.computed or 0.0

    def told(self, say: Translation) -> str:
        """Return in a few words how far it is, or how it ended."""
        if self.error is not None:
            return say.error(self.error)
        if self.ended:
            size = QLocale(QLocale.Language.English).formattedDataSize(self.size, 1)
            return say("{file} is written ({size})", file=self.path.name, size=size)
        if self.progress is not None:
            text = say("frame {done} of {total}", done=self.progress.done, total=self.progress.total)
            left = self.progress.left
            return text if left is None else say("{frames}, {time} left", frames=text, time=duration(left))
        return say("waiting") if self.computed is None else say("computing, {share} %", share=int(100 * self.computed))


class Exports(QObject):
    """Writes one file after the other, a frame at a time, so that the window stays alive."""

    changed = Signal()
    """There is another export, or one less, or one is further than before."""

    def __init__(self, asker: Asker, answers: Answers) -> None:
        super().__init__(asker)
        self.asker, self.answers = asker, answers
        self._all: list[Export] = []
        self._current: Export | None = None
        self._film: Film | None = None
        """What waits for all it shows to be computed."""
        self._work = ByTurns(self)
        self._work.told.connect(self._show_progress)
        self._work.done.connect(lambda _: self._end(None))
        self._work.failed.connect(self._end)
        self._work.stopped.connect(self._forget_current)
        asker.answered.connect(self._go_on)

    @property
    def all(self) -> tuple[Export, ...]:
        """What waits, is written, or has ended, in the order in which it was asked for."""
        return tuple(self._all)

    @property
    def busy(self) -> bool:
        """Whether there is a file that is not written to its end."""
        return self._current is not None

    def add(self, session: Session, path: Path, options: Options) -> None:
        """Have a session written to a file, after those before.

        Raises:
            InputError: It cannot be, as far as that is known before anything is computed.
        """
        export = Export(session=session, path=path, options=options)
        with ExitStack() as checked:
            film = checked.enter_context(closing(self._film_of(export)))
            check_writable(path)
            film.wanted(animated=export.format.animated, pictured=export.format.pictured)
            self._all.append(export)
            if self._current is None:
                checked.pop_all()
                self._current, self._film = export, film
                # What is written is listed in the window from now on, which is enough for this turn.
                QTimer.singleShot(1, self, self._go_on)
        self.changed.emit()

    def cancel(self, export: Export) -> None:
        """Write a file no further, of which nothing is left; one that is written stays, and is told of no more."""
        if export is not self._current:
            self._forget(export)
            return
        self._work.stop()
        if not self._work.busy and self._current is export:
            self._forget_current()

    def leave(self) -> None:
        """Cancel everything, and wait for nothing: what runs ends alone."""
        self._all.clear()
        self._work.leave()
        self._drop_film()
        self._current = None
        self.asker.want(OWNER, ())

    def _begin_next(self) -> None:
        """Begin with what waits the longest, if nothing is written."""
        if self._current is None:
            self._current = next((each for each in self._all if not each.ended), None)
            if self._current is not None:
                self._film = self._film_of(self._current)
                self._go_on()
        self.changed.emit()

    def _film_of(self, export: Export) -> Film:
        """Return what an export shows."""
        return export.format.fitted(Film(export.session, Settings(**export.options), self.answers))

    def _go_on(self) -> None:
        """Begin to write as soon as everything is known that is to be seen; tell how far that is."""
        if self._film is None or self._current is None:
            return
        current, form = self._current, self._current.format
        try:
            missing = self._film.wanted(animated=form.animated, pictured=form.pictured)
        except InputError as error:
            self._end(error)
            return
        self.asker.want(OWNER, missing)
        current.computed = self.asker.share(missing) if missing else 1.0
        if missing:
            self.changed.emit()
            return
        self._drop_film()
        try:
            work = export_steps(current.session, current.path, self.answers, **current.options)
        except InputError as error:
            self._end(error)
            return
        self._work.start(work)

    def _show_progress(self, progress: Progress) -> None:
        if self._current is not None:
            self._current.progress = progress
            self.changed.emit()

    def _end(self, error: InputError | None) -> None:
        """Tell that a file is written, or why it is not, and go on with the next."""
        current = self._release()
        if current is not None:
            current.ended, current.error = True, error
            with suppress(OSError):
                current.size = current.path.stat().st_size
            for old in [each for each in self._all if each.ended][:-REMEMBERED]:
                self._all.remove(old)
        self._begin_next()

    def _forget_current(self) -> None:
        current = self._release()
        if current is not None:
            self._all.remove(current)
        self._begin_next()

    def _forget(self, export: Export) -> None:
        self._all.remove(export)
        self.changed.emit()

    def _release(self) -> Export | None:
        """Let go of the export that was at work, and return it."""
        self.asker.want(OWNER, ())
        self._drop_film()
        current, self._current = self._current, None
        return current

    def _drop_film(self) -> None:
        if self._film is not None:
            self._film.close()
        self._film = None
