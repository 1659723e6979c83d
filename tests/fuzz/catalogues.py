"""A person's own catalogue files, mutated: what can be used is on the shelf, and of all else there is a sentence."""

import os
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

from landscape.catalogue.optimizers import optimizer, optimizer_entries, optimizer_shelf
from landscape.catalogue.problems import problems
from landscape.catalogue.rates import default_rate
from landscape.catalogue.schedules import schedule, schedule_entries, schedule_shelf
from landscape.catalogue.surfaces import surface, surface_entries, surface_shelf
from landscape.resources import asset
from tests.fuzz.harness import LONGEST_SENTENCE, Fuzz
from tests.fuzz.mutation import NUMBERS, TEXTS, mutated_bytes, mutated_text

SHELVES = {"surfaces": surface_shelf, "optimizers": optimizer_shelf, "schedules": schedule_shelf}
_BITS = [
    *NUMBERS, *map(repr, TEXTS), "nan", "inf", "-inf", "true", "1979-05-27", "07:32:00", "[[0,1],[0,1]]", "[]", "{}",
    "0x1f", "1_0", "groups", *'[]{}=,#\n\x00', '"""', "\n[a]\n", "parameters.k = {default = 1, min = 0, max = 2}\n",
]  # fmt: skip


@dataclass(frozen=True)
class File:
    kind: str
    content: bytes


def _make(source: random.Random) -> File:
    kind = source.choice(list(SHELVES))
    entries = asset("catalogue", f"{kind}.toml").read_text(encoding="utf-8").split("\n\n[")[1:]
    chosen = source.sample(entries, source.choice([1, 1, 2]))
    text = "\n\n".join(f"[own_{entry}" for entry in chosen)
    content = mutated_text(source, text, _BITS).encode("utf-8", "surrogatepass")
    return File(kind, mutated_bytes(source, content) if source.random() < 0.1 else content)


def _attempt(case: File, _source: random.Random) -> None:
    before = os.environ.get("LANDSCAPE_CONFIG")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LANDSCAPE_CONFIG"] = folder
        place = Path(folder) / "catalogue" / f"{case.kind}.toml"
        place.parent.mkdir()
        place.write_bytes(case.content)
        try:
            _forget()
            _use()
        finally:
            os.environ.pop("LANDSCAPE_CONFIG")
            if before is not None:
                os.environ["LANDSCAPE_CONFIG"] = before
            _forget()


def _use() -> None:
    for problem in problems():
        assert str(problem).isprintable()
        assert len(str(problem)) <= LONGEST_SENTENCE
    assert {"himmelblau", "rosenbrock"} <= set(surface_entries())
    for name in set(surface_entries()) - _SHIPPED["surfaces"]:
        made = surface(name)
        made.gradient(*surface_entries()[name].start)
        assert default_rate(made, optimizer("sgd")) is not None
    for name in set(optimizer_entries()) - _SHIPPED["optimizers"]:
        assert optimizer(name).state is not None
    for name in set(schedule_entries()) - _SHIPPED["schedules"]:
        schedule(name).rates(0.1, 5)


def _forget() -> None:
    for shelf in SHELVES.values():
        shelf.cache_clear()


_SHIPPED = {
    "surfaces": set(surface_entries()),
    "optimizers": set(optimizer_entries()),
    "schedules": set(schedule_entries()),
}

FUZZ = Fuzz(make=_make, attempt=_attempt, count=3_000, short=60, limit=10.0)
