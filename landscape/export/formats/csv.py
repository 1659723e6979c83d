"""What is shown as a table, for a spreadsheet or a script."""

import csv
import time
from collections.abc import Generator
from itertools import islice
from pathlib import Path

from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.turns import in_thread
from landscape.scene.question import Cancelled
from landscape.translation import translation

CHUNK = 500
"""Rows between two looks at whether the table is still wanted."""
BREATH = 0.0002
"""Seconds after each of these for the window: this thread would let it wait for the interpreter again and again."""


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write the table of the document in front, as UTF-8, in a thread."""
    done, encoding = [0], "utf-8-sig" if film.settings.byte_order_mark else "utf-8"
    table, answers, say = film.table, film.answers, translation(film.settings.language)

    def work(stopped: Cancelled) -> None:
        with path.open("w", encoding=encoding, newline="") as file:
            written = csv.writer(file)
            written.writerow(table.columns)
            for rows in table.rows(answers, say):
                while chunk := list(islice(rows, CHUNK)):
                    written.writerows(chunk)
                    if stopped():
                        return
                    time.sleep(BREATH)
                done[0] += 1

    yield from in_thread(work, lambda: done[0])
    yield done[0]


FORMAT = Format(
    suffix=".csv",
    titles={"en": "Table (CSV)", "zh": "表格（CSV）"},
    animated=False,
    pictured=False,
    write=write,
    length=lambda film: film.table.blocks,
    carries=False,
)
