"""Session files, mutated: those that open are computed for a while, drawn, made a table of, and saved again."""

import json
import random
import tempfile
import time
from pathlib import Path
from typing import Any

from landscape.errors import InputError
from landscape.export.film import Film
from landscape.export.settings import Settings
from landscape.resources import asset
from landscape.scene.answers import Answers
from landscape.scene.asking import answering, unanswered
from landscape.scene.question import Question
from landscape.session.files import load, save
from landscape.translation import Translation
from tests.fuzz.harness import Fuzz
from tests.fuzz.mutation import mutated_bytes, mutated_text, mutated_tree

SECONDS = 2.0
"""How long is computed what a picture is made of."""
_ROWS = 200


class Strict(Answers):
    """Answers that fail where a question has stumbled, instead of keeping why it has no answer."""

    def refuse(self, question: Question[Any], error: Exception) -> None:
        """Keep a refusal, raise all else."""
        if not isinstance(error, InputError):
            raise error
        super().refuse(question, error)


def _make(source: random.Random) -> bytes:
    content = source.choice(sorted(asset("lessons").glob("*.json"))).read_bytes()
    how = source.randrange(6)
    if how == 0:
        return mutated_bytes(source, content)
    if how == 1:
        return mutated_text(source, content.decode()).encode("utf-8", "surrogatepass")
    return json.dumps(mutated_tree(source, json.loads(content))).encode()


def _attempt(case: bytes, _source: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "given.json"
        path.write_bytes(case)
        session = load(path)
        save(session, path)
        assert load(path) == session
    answers = Strict()
    film = Film(session, Settings(size=(160, 120), seconds=1.0), answers)
    try:
        for pictured in (True, False):
            _prepare(film, pictured)
        film.still()
    finally:
        film.close()
    for _, rows in zip(range(3), film.table.rows(answers, Translation()), strict=False):
        for _ in zip(range(_ROWS), rows, strict=False):
            pass


def _prepare(film: Film, pictured: bool) -> None:
    """Answer what a picture or a table is made of, for a while."""
    until, asked = time.perf_counter() + SECONDS, set[Question[Any]]()
    while time.perf_counter() < until:
        shown = film.shown(animated=False, pictured=pictured)
        wanted = tuple(one for one in unanswered(shown, film.answers) if one not in asked)
        if not wanted:
            return
        asked.update(wanted)
        for _ in answering(wanted, film.answers, lambda: time.perf_counter() > until):
            pass


FUZZ = Fuzz(make=_make, attempt=_attempt, count=2_000, short=40, limit=60.0)
