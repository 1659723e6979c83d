"""Autosave: what is not saved is in a file of its own two seconds after a change, and is found after a crash.

Each window has a file in the folder ``recovery`` beside the settings, and holds a lock on it. A file whose lock nobody
holds was left behind by a window that crashed, was killed, or was closed without saving.
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from landscape.errors import InputError
from landscape.resources import user_folder
from landscape.session.session import Session
from landscape.ui.jobs import Cancelled, Jobs
from landscape.writing import sweep

SUFFIX = ".landscape"
SOON = 1200
"""Milliseconds after the first change that is not kept yet; not after the last, or a long drag would never be kept."""
ABANDONED = 60.0
"""Seconds after which a file that is still not whole was left by a window that was killed while it wrote."""
MOST = 100
"""As many files are looked at."""


def recovery_folder() -> Path:
    """Return the folder in which windows keep what is not saved."""
    return user_folder("config") / "recovery"


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A file for what is not saved, and the lock that says whose it is: nobody else reads, writes or removes it."""

    path: Path
    lock: QLockFile

    @property
    def when(self) -> float:
        """When it was written last, in seconds since 1970; 0 where it never was."""
        with suppress(OSError):
            return self.path.stat().st_mtime
        return 0.0

    def remove(self) -> None:
        """Remove the file, and give the lock back."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
        self.lock.unlock()


def left_behind() -> list[Slot]:
    """Take what windows that are no more have left behind, newest first, so that no other window takes it."""
    folder = recovery_folder()
    sweep(folder, ABANDONED)
    _remove_idle_locks(folder)
    with suppress(OSError):
        # Not what is being written, whose name begins with a dot.
        paths = sorted(folder.glob(f"[!.]*{SUFFIX}"), reverse=True)[:MOST]
        slots = [slot for slot in map(_slot, paths) if slot.lock.tryLock(0)]
        return sorted((slot for slot in slots if slot.path.is_file()), key=lambda slot: slot.when, reverse=True)
    return []


def _remove_idle_locks(folder: Path) -> None:
    """Remove the locks of windows that were killed before they had written anything, or after they had removed it."""
    with suppress(OSError):
        for path in sorted(folder.glob("[!.]*.lock"))[:MOST]:
            slot = _slot(path.with_suffix(SUFFIX))
            if not slot.path.exists() and slot.lock.tryLock(0):
                slot.lock.unlock()


def _slot(path: Path) -> Slot:
    lock = QLockFile(str(path.with_suffix(".lock")))
    # However long a window is open: only that its process is gone makes its lock void.
    lock.setStaleLockTime(0)
    return Slot(path=path, lock=lock)


class Recovery(QObject):
    """Keeps the session of one window while it is not saved.

    Args:
        parent: The window.
        prepared: Returns the session as it is to be kept; asked in the window's thread.
    """

    failed = Signal(object)
    """What is wrong where the session cannot be kept."""
    kept = Signal()
    """The session is on the disk."""

    def __init__(self, parent: QObject, prepared: Callable[[], Session]) -> None:
        super().__init__(parent)
        self._prepared = prepared
        self._slot: Slot | None = None
        self._writing = Lock()
        # Of its own: a search takes all threads of the others for seconds.
        self._disk = Jobs(self, threads=1)
        self._channel = self._disk.channel("autosave")
        self._channel.failed.connect(lambda _key, error: self.failed.emit(_cannot(error)))
        self._channel.done.connect(lambda *_: self.kept.emit())
        self._due = QTimer(self, singleShot=True, interval=SOON)
        self._due.timeout.connect(self._keep_soon)

    @property
    def idle(self) -> bool:
        """Whether all that is to be kept is."""
        return not self._due.isActive() and self._disk.idle

    def want(self) -> None:
        """Keep the session soon, because it changed."""
        if not self._due.isActive():
            self._due.start()

    def keep(self, session: Session) -> InputError | None:
        """Keep ``session`` now, from whichever thread; return what is wrong where that cannot be."""
        try:
            self._write(self._own(), session)
        except (InputError, OSError) as error:
            return _cannot(error)
        return None

    def drop(self) -> None:
        """Keep nothing: the session is saved."""
        self._due.stop()
        with self._writing:
            slot, self._slot = self._slot, None
        if slot is not None:
            slot.remove()

    def leave(self) -> None:
        """Leave the file behind for another window, or another day; what is kept from now on goes into a new one."""
        self._due.stop()
        with self._writing:
            slot, self._slot = self._slot, None
        if slot is not None:
            slot.lock.unlock()

    def close(self) -> None:
        """Write nothing any more; what was kept is left behind."""
        self._disk.close()
        self.leave()

    def _keep_soon(self) -> None:
        try:
            slot = self._own()
        except OSError as error:
            self.failed.emit(_cannot(error))
            return
        session = self._prepared()
        self._channel.submit(object(), partial(self._job, slot, session))

    def _job(self, slot: Slot, session: Session, _cancelled: Cancelled) -> None:
        self._write(slot, session)

    def _own(self) -> Slot:
        """Return the file of this window; OSError where there cannot be one."""
        with self._writing:
            if self._slot is None:
                folder = recovery_folder()
                folder.mkdir(parents=True, exist_ok=True)
                name = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.urandom(4).hex()}{SUFFIX}"
                slot = _slot(folder / name)
                slot.lock.tryLock(0)
                self._slot = slot
            return self._slot

    def _write(self, slot: Slot, session: Session) -> None:
        from landscape.session.files import save

        with self._writing:
            # Meanwhile it may have been saved, or left behind.
            if slot is self._slot:
                save(session, slot.path)


def _cannot(error: Exception) -> InputError:
    reason = getattr(error, "strerror", None) or error
    return InputError(
        "What is not saved cannot be kept in {folder}: {reason}. Save it elsewhere; closing again drops it",
        folder=recovery_folder(), reason=reason,
    )  # fmt: skip
