"""Pictures and films, mutated: anywhere, in the session they carry, or in what is compressed of it."""

import json
import random
import re
import tempfile
import zlib
from base64 import urlsafe_b64encode
from functools import cache
from pathlib import Path

from landscape.export.export import export
from landscape.export.formats import formats
from landscape.session.files import load, save
from landscape.session.links import PREFIX, packed, unpacked
from tests.fuzz.harness import Fuzz
from tests.fuzz.mutation import mutated_bytes, mutated_text, mutated_tree

LONGEST = 100_000_000
_LINK = re.compile(rb"landscape:[\w-]+")


@cache
def _files() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        carrying = [suffix for suffix, each in formats().items() if each.carries]
        made = [
            export(name, Path(folder) / f"{name}{suffix}", size=(64, 64), fps=10, seconds=0.2)
            for suffix, name in zip(carrying, ["saddle", "beale-race"] * len(carrying), strict=False)
        ]
        return [path.read_bytes() for path in made]


def _make(source: random.Random) -> bytes:
    given = source.choice(_files())
    found = _LINK.search(given)
    assert found is not None
    word, how = found[0].decode(), source.randrange(6)
    if how == 0:
        return mutated_bytes(source, given[: source.randrange(1, len(given))])
    if how == 1:
        return mutated_bytes(source, given)
    return given.replace(found[0], _mutated(source, word, how).encode("utf-8", "surrogatepass"))


def _mutated(source: random.Random, word: str, how: int) -> str:
    content = unpacked(word, LONGEST)
    if how == 2:
        return PREFIX + mutated_text(source, word.removeprefix(PREFIX))
    if how == 3:
        return PREFIX + urlsafe_b64encode(mutated_bytes(source, zlib.compress(content, 9))).decode()
    if how == 4:
        return packed(mutated_bytes(source, content))
    return packed(json.dumps(mutated_tree(source, json.loads(content))).encode())


def _attempt(case: bytes, _source: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "given.bin"
        path.write_bytes(case)
        session = load(path)
        save(session, path)
        assert load(path) == session


FUZZ = Fuzz(make=_make, attempt=_attempt, count=2_000, short=60, limit=10.0)
