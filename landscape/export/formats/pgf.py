"""The map of a surface for a LaTeX document (PGF/TikZ): the text is in the document's own fonts."""

from collections.abc import Generator
from pathlib import Path

from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.export.imprint import Imprint
from landscape.export.turns import in_thread


def write(path: Path, film: Film) -> Generator[int | None]:
    """Write the map at the last step, or the one that is chosen, in a thread."""
    imprint = film.imprint(animated=False)
    yield from in_thread(lambda _: path.write_text(_told(imprint) + film.tikz(), encoding="utf-8", newline="\n"))
    yield 1


def _told(imprint: Imprint) -> str:
    """Return what the file says of itself as comments."""
    lines = [*imprint.text.splitlines(), imprint.link] if imprint.link else imprint.text.splitlines()
    return "".join(f"% {line}\n" for line in lines) + "% Needs \\usepackage{tikz}.\n"


FORMAT = Format(
    suffix=".pgf",
    titles={"en": "Map for LaTeX (PGF/TikZ)", "zh": "LaTeX 地图（PGF/TikZ）"},
    animated=False,
    pictured=False,
    write=write,
    length=lambda _: 1,
    solid=True,
)
