"""What was left behind unsaved is offered in a quiet line, newest first, and stays until a person has decided."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QObject, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QMenu

from landscape.errors import InputError
from landscape.export.turns import Turns
from landscape.scene.text import session_title
from landscape.session.session import Session
from landscape.translation import Translation
from landscape.ui.context import Context
from landscape.ui.files import Files
from landscape.ui.jobs import Cancelled, Jobs
from landscape.ui.notice import Notice
from landscape.ui.recovery import Slot, left_behind
from landscape.ui.turns import ByTurns

ABOUT, CHANGED, NOT_KEPT = "unsaved", "changed", "not kept"
SOON = 400
"""Milliseconds after the first picture."""
PICTURE = 40
"""Pixels: no higher than the line."""
TAGS: Mapping[str, str] = {"en": "en_GB", "zh": "zh_CN"}


class Offers(QObject):
    """Offers what windows that are no more have left behind.

    Args:
        files: Opens what is chosen.
        notice: The line.
        context: The language.
        jobs: Read the files.
    """

    def __init__(self, files: Files, notice: Notice, context: Context, jobs: Jobs) -> None:
        super().__init__(files)
        self._files, self._notice, self._context = files, notice, context
        self.goes_on = False
        """Whether the newest is to be opened without a question, where nothing else was meanwhile."""
        self._left: list[tuple[Slot, Session]] = []
        self._picture = ByTurns(self)
        self._picture.done.connect(self._show_picture)
        self._channel = jobs.channel("recovery")
        self._channel.done.connect(lambda _key, found: self._found(found))
        files.recovery.failed.connect(self._tell_not_kept)
        files.recovery.kept.connect(lambda: notice.drop(NOT_KEPT))
        QTimer.singleShot(SOON, self, self.look)

    @property
    def left(self) -> int:
        """How many there are."""
        return len(self._left)

    def look(self) -> None:
        """Look for what was left behind."""
        self._channel.submit("left", lambda cancelled: _readable(left_behind(), cancelled))

    def fill(self, menu: QMenu) -> None:
        """Offer each by its time and title."""
        for entry in self._left:
            action = menu.addAction(self._named(*entry).replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, entry=entry: self._open(entry))

    def close(self) -> None:
        """Give back what nobody decided about, for the next window."""
        for slot, _ in self._left:
            slot.lock.unlock()
        self._left = []
        self._picture.leave()

    def look_changed(self) -> None:
        """Say it in another language."""
        if self._notice.about == ABOUT:
            self._tell()

    def _found(self, found: list[tuple[Slot, Session]]) -> None:
        self._left += found
        if self._left and self.goes_on and not self._files.path and self._files.is_saved:
            self.goes_on = False
            self._open(self._left[0])
        elif self._left:
            self._tell()

    def _tell(self) -> None:
        """Offer the newest."""
        self._picture.leave()
        if not self._left:
            self._notice.drop(ABOUT)
            return
        say, newest = self._context.say, self._left[0]
        more = say("{count} more in the menu File", count=self.left - 1) if self.left > 1 else ""
        sentence = say("Not saved: {what}", what=self._named(*newest)) + (f" · {more}" if more else "")
        choices = ((say("Open"), lambda: self._open(newest)), (say("Remove"), lambda: self._remove(newest)))
        self._notice.tell(ABOUT, sentence, choices)
        self._picture.start(_pictured(newest[1], self._context))

    def _tell_not_kept(self, error: InputError) -> None:
        say = self._context.say
        self._notice.tell(NOT_KEPT, say.error(error), [(say("Save as…"), self._files.ask_save)])

    def _show_picture(self, picture: QPixmap) -> None:
        if self._notice.about == ABOUT:
            self._notice.show_picture(picture)

    def _named(self, slot: Slot, session: Session) -> str:
        say = self._context.say
        locale = QLocale(TAGS.get(say.language, say.language))
        when = QDateTime.fromSecsSinceEpoch(int(slot.when))
        text = locale.toString(when, "ddd d MMM, HH:mm" if datetime.now().timestamp() - slot.when > 43200 else "HH:mm")
        return f"{session_title(session, say)}, {text}"

    def _open(self, entry: tuple[Slot, Session]) -> None:
        slot, session = entry
        error = self._files.recover(session)
        if error is not None:
            self._files.tell(error)
            return
        self._decided(entry)
        slot.remove()

    def _remove(self, entry: tuple[Slot, Session]) -> None:
        entry[0].remove()
        self._decided(entry)

    def _decided(self, entry: tuple[Slot, Session]) -> None:
        self._left = [each for each in self._left if each is not entry]
        self._tell()


def tell_changed(files: Files, notice: Notice, say: Translation) -> None:
    """Tell that somebody else wrote the file that is open, once."""
    if not files.has_news():
        return
    path = files.path
    sentence = say("{file} was changed by another program since it was opened here.", file=Path(path).name)

    def again() -> None:
        notice.drop(CHANGED)
        files.open(path)

    notice.tell(CHANGED, sentence, [(say("Open it again"), again)])


def _pictured(session: Session, context: Context) -> Turns[QPixmap]:
    # Loads what exports are made with, which the first picture need not wait for.
    from landscape.ui.thumbnail import thumbnail

    return (yield from thumbnail(session, PICTURE, context.theme.name, context.say))


def _readable(slots: list[Slot], cancelled: Cancelled) -> list[tuple[Slot, Session]]:
    """Return those files that can be read, with what is in them; the others stay where they are."""
    from landscape.session.files import load

    found = []
    for slot in slots:
        with suppress(InputError, OSError):
            if not cancelled():
                found.append((slot, load(slot.path)))
                continue
        slot.lock.unlock()
    return found
