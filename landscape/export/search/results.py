"""All trials of a search made without a window, and written as a table; a search that was killed goes on.

Results that take long, those of networks, stand in a file beside the table as they come, ``results.csv.part``. The same
command reads them and goes on behind them, since the same study asks for the same trials.
"""

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import numpy as np

from landscape.errors import InputError
from landscape.export.export import export_steps
from landscape.scene.answers import Answers
from landscape.scene.search.questions import race_question
from landscape.search.objectives import Evaluator, NetworkRun, evaluator
from landscape.search.spaces import Array
from landscape.search.strategies.asking import Places
from landscape.search.trials import histories
from landscape.session.form import written
from landscape.session.search.document import Study
from landscape.session.session import Session, session_with
from landscape.writing import check_writable

SUFFIX = ".csv"


def search_steps(session: Session, path: Path, workers: Executor | None = None) -> Iterator[float]:
    """Make all trials of a session's search and write them to ``path``; yield which share of them is made.

    ``workers`` train the networks; None: the cores of this machine.

    Raises:
        InputError: The session holds no search, or the path is not that of a table.
        WritingError: The place cannot be written.
    """
    study = session.of(Study)
    if study is None:
        raise InputError("The session holds no search")
    if path.suffix.lower() != SUFFIX:
        raise InputError("The results of a search are a table: {path} does not end in .csv", path=path)
    check_writable(path)
    question, answers = race_question(study), Answers()
    budget = sum(searcher.trials * searcher.steps for searcher in question.searchers)
    journal = path.with_name(path.name + ".part")
    with _Journal(journal, study) as kept:
        asked = evaluator(study.objective, question.names, workers=workers)
        slow = isinstance(study.objective, NetworkRun)
        for found in histories(question.searchers, _Remembering(asked, kept) if slow else asked):
            yield min(sum(int(history.made.sum()) for history in found) / budget, 1.0)
    answers.put(question, found)
    for _ in export_steps(session_with(study), path, answers):
        pass
    with suppress(FileNotFoundError):
        journal.unlink()
    yield 1.0


class _Journal:
    """The results of a search until now, one in a line, in the order in which they were asked."""

    def __init__(self, path: Path, study: Study) -> None:
        self._path = path
        self._title = hashlib.sha256(repr(sorted(written(study).items())).encode()).hexdigest()
        self.known: list[float] = []
        self._file: TextIO | None = None

    def __enter__(self) -> "_Journal":
        lines = self._path.read_bytes().decode("utf-8", "replace").split("\n")[:-1] if self._path.is_file() else []
        if lines and lines[0] == self._title:
            # What cannot be read, and what comes after it, is made again.
            with suppress(ValueError):
                for line in lines[1:]:
                    self.known.append(float(line))
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, results: Array) -> None:
        """Write results down for good."""
        if self._file is None:
            self._file = self._path.open("r+" if self.known else "w", encoding="utf-8", newline="\n")
            if self.known:
                # The last line may be a part of one: what was being written when the search was killed.
                self._file.seek(self._length())
                self._file.truncate()
            else:
                self._file.write(f"{self._title}\n")
        self._file.writelines(f"{result!r}\n" for result in results.tolist())
        self._file.flush()
        os.fsync(self._file.fileno())

    def _length(self) -> int:
        """Return how many bytes the lines that were read take up."""
        lines = self._path.read_bytes().split(b"\n")[: 1 + len(self.known)]
        return sum(len(line) + 1 for line in lines)


class _Remembering:
    """Answers from a journal what stands there, and writes down all else."""

    def __init__(self, asked: Evaluator, journal: _Journal) -> None:
        self._asked, self._journal = asked, journal
        self._known = list(journal.known)

    def evaluate(self, values: Array, until: Places, after: Places) -> Iterator[Array]:
        """Yield the results that are known, then those that are made."""
        count = min(len(until), len(self._known))
        if count:
            yield np.array(self._known[:count])
            del self._known[:count]
        if count < len(until):
            for piece in self._asked.evaluate(values[:, count:], until[count:], after[count:]):
                self._journal.add(piece)
                yield piece
