"""Hears of all that goes wrong: exceptions, Qt's warnings, what is logged, and what is written to standard error."""

import faulthandler
import logging
import os
import re
import sys
import threading
import traceback
import warnings
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import qInstallMessageHandler

from landscape.errors import InputError

OURS = re.compile(
    r"This plugin does not support (propagateSizeHints|raise|grabbing the (keyboard|mouse))"
    "|Unimplemented code"
    "|occurs outside target window"
)
"""What Qt says only because there is no screen, or of a drag that leaves the window."""
HANGS = 120
"""Seconds after which an action is taken for one that never ends: where it hangs is written, and the driver ends."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something that must not be: during which action, and what was said."""

    number: int
    action: str
    text: str

    @property
    def kind(self) -> str:
        """What equal findings have in common: the last line, and the last place that is the project's own."""
        lines = self.text.strip().splitlines() or [""]
        places = [line.strip() for line in lines if "landscape/" in line and ", line " in line]
        return f"{lines[-1]}  {places[-1] if places else ''}".strip()


class Diary:
    """What is done, the last actions in a file that survives a crash."""

    KEPT = 200

    def __init__(self, folder: Path) -> None:
        self._path = folder / "actions.log"
        self._lines: list[str] = []
        self.number = 0
        self.action = ""
        self._file = self._path.open("w", encoding="utf-8", errors="backslashreplace")

    def tell(self, action: str) -> None:
        """Write down what is about to be done."""
        self.action = action
        self._lines.append(f"{self.number} {action}\n")
        self._file.write(self._lines[-1])
        if len(self._lines) >= 2 * self.KEPT:
            del self._lines[: self.KEPT]
            self._file.seek(0)
            self._file.truncate()
            self._file.writelines(self._lines)
        self._file.flush()


class Witness(logging.Handler):
    """Collects findings, each written into a file at once."""

    def __init__(self, folder: Path, diary: Diary) -> None:
        super().__init__(logging.INFO)
        self.findings: list[Finding] = []
        self._diary = diary
        self._file = (folder / "findings.txt").open("w", encoding="utf-8", errors="backslashreplace")
        self._crash = (folder / "crash.txt").open("w", encoding="utf-8")
        self._said = (folder / "stderr.txt").open("w+b")
        self._read = 0

    def begin(self) -> None:
        """Listen from now on."""
        sys.excepthook = lambda kind, error, trace: self.found("".join(traceback.format_exception(kind, error, trace)))
        sys.unraisablehook = lambda what: self.found(
            "".join(traceback.format_exception(what.exc_value)) + f"in {what.object!r}"
        )
        threading.excepthook = lambda what: self.found("".join(traceback.format_exception(what.exc_value)))
        warnings.showwarning = lambda *what: self.found(
            "".join(traceback.format_stack()) + f"{what[1].__name__}: {what[0]} in {what[2]}:{what[3]}"
        )
        qInstallMessageHandler(lambda _kind, _where, text: OURS.search(text) or self.found(f"Qt: {text}"))
        logging.getLogger().addHandler(self)
        logging.getLogger().setLevel(logging.INFO)
        faulthandler.enable(self._crash)
        sys.stderr.flush()
        os.dup2(self._said.fileno(), 2)

    def begin_action(self) -> None:
        """End the driver, and tell where it hangs, if the action that begins now does not end."""
        faulthandler.dump_traceback_later(HANGS, exit=True, file=self._crash)

    def end_action(self) -> None:
        """Look at what was written to standard error."""
        faulthandler.cancel_dump_traceback_later()
        sys.stderr.flush()
        size = os.fstat(self._said.fileno()).st_size
        if size > self._read:
            said = os.pread(self._said.fileno(), size - self._read, self._read)
            self._read = size
            self.found(f"on standard error: {said.decode(errors='backslashreplace')}")

    def emit(self, record: logging.LogRecord) -> None:
        """Hear of warnings, and of errors that are not a person's mistake, told in a sentence."""
        values = record.args if isinstance(record.args, tuple) else ()
        strange = [each for each in values if isinstance(each, BaseException) and not isinstance(each, InputError)]
        if strange:
            self.found("".join(traceback.format_exception(strange[0])))
        elif record.levelno >= logging.WARNING:
            self.found(f"logged: {record.getMessage()}")

    def found(self, text: str) -> None:
        """Keep something that must not be."""
        finding = Finding(number=self._diary.number, action=self._diary.action, text=text)
        self.findings.append(finding)
        self._file.write(f"--- {finding.number} {finding.action}\n{text.rstrip()}\n")
        self._file.flush()
