"""CSV tables, mutated: read as data for a network, or refused."""

import random
import tempfile
from pathlib import Path

from landscape.network.data.csv_table import read_data
from landscape.network.data.samples import samples
from tests.fuzz.harness import Fuzz
from tests.fuzz.mutation import NUMBERS, TEXTS, mutated_bytes, mutated_text

_BITS = [
    *NUMBERS, *TEXTS, *',;\t"\n\r\x00\ufeff', '""', "\r\n", "nan", "inf", "1e5", "0x10", "1_0", "Infinity",
    "x" * 140_000,
]  # fmt: skip


def _make(source: random.Random) -> bytes:
    mark, end = source.choice(",,;\t"), source.choice(["\n", "\n", "\r\n", "\r"])
    columns, rows = source.randint(1, 5), source.choice([1, 4, 12, 40, 40])
    lines = [mark.join(f"c{index}" for index in range(columns))] * source.randint(0, 1)
    words = source.choice([["0", "1"], ["a", "b", "c"], ["1.5", "2.5", "-3e4"], [*NUMBERS, "0"]])
    for _ in range(rows):
        lines.append(mark.join([*(f"{source.uniform(-3, 3):.3f}" for _ in range(columns - 1)), source.choice(words)]))
    content = mutated_text(source, end.join(lines), _BITS).encode("utf-8", "surrogatepass")
    return mutated_bytes(source, content) if source.random() < 0.1 else content


def _attempt(case: bytes, _source: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(case)
        samples(read_data(path))


FUZZ = Fuzz(make=_make, attempt=_attempt, count=3_000, short=200, limit=5.0)
