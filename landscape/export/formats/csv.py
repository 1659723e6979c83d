"""What is shown as a table, for a spreadsheet or a script."""

import csv
from collections.abc import Iterator
from pathlib import Path

from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.translation import translation


def write(path: Path, film: Film) -> Iterator[int]:
    """Write the table of the document in front, as UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(film.table.columns)
        for done, rows in enumerate(film.table.rows(film.answers, translation(film.settings.language)), start=1):
            table.writerows(rows)
            yield done


FORMAT = Format(
    suffix=".csv",
    titles={"en": "Table (CSV)", "zh": "表格（CSV）"},
    animated=False,
    pictured=False,
    write=write,
    length=lambda film: film.table.blocks,
)
