"""Links, mutated: as text, as what is compressed, or as what is in it."""

import json
import random
import zlib
from base64 import urlsafe_b64encode
from functools import cache

from landscape.session.files import lesson, lessons, link, open_session
from landscape.session.links import PREFIX, packed, unpacked
from tests.fuzz.harness import Fuzz
from tests.fuzz.mutation import mutated_bytes, mutated_text, mutated_tree

LONGEST = 100_000_000


@cache
def _links() -> list[str]:
    return [link(lesson(name)) for name in lessons()]


def _make(source: random.Random) -> str:
    given = source.choice(_links())
    content = unpacked(given, LONGEST)
    how = source.randrange(6)
    if how < 2:
        return mutated_text(source, given)
    if how == 2:
        return PREFIX + mutated_text(source, given.removeprefix(PREFIX))
    if how == 3:
        return PREFIX + urlsafe_b64encode(mutated_bytes(source, zlib.compress(content))).decode()
    if how == 4:
        return packed(mutated_bytes(source, content))
    return packed(json.dumps(mutated_tree(source, json.loads(content))).encode())


def _attempt(case: str, _source: random.Random) -> None:
    session = open_session(case)
    assert open_session(link(session)) == session


FUZZ = Fuzz(make=_make, attempt=_attempt, count=2_000, short=100, limit=10.0)
