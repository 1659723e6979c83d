"""Session files: readable JSON with a version, and the sessions that ship with the program.

A file holds names, numbers and formulas as text; a formula is parsed like one that was typed, so opening a file never
runs anything. Lessons are such files, in ``assets/lessons``.
"""

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface_entries
from landscape.errors import InputError, nearest
from landscape.resources import asset
from landscape.session.descent import edits
from landscape.session.session import Session, Workspace
from landscape.writing import write_text

if TYPE_CHECKING:
    from landscape.session.descent.file import Header

MAX_BYTES = 5_000_000
DEFAULT_SURFACE = "himmelblau"
DEFAULT_START = (-0.2, 0.7)
DEFAULT_RATES: Mapping[str, float] = {"sgd": 0.005, "momentum": 0.004, "rmsprop": 0.05, "adam": 0.3}
"""On the hill in the middle and lively: where a run goes from here depends on the optimizer."""

_NUMBER_LIST = re.compile(r"\[\n[\s\d.,eE+-]*\]")


def default_session() -> Session:
    """Return what the program opens with: four optimizers on a surface where they part ways."""
    entry = surface_entries()[DEFAULT_SURFACE]
    session = Session(surface=entry.surface, start=DEFAULT_START, steps=entry.steps, schedule=schedule("constant"))
    for run, (name, rate) in enumerate(DEFAULT_RATES.items()):
        session = edits.set_hyper(edits.add_run(session, optimizer(name)), run, "lr", rate)
    return session


def save(session: Session, path: Path | str) -> None:
    """Write ``session`` to ``path``, whole or not at all; OSError where the place cannot be written."""
    import msgspec

    from landscape.session.descent.file import document

    text = msgspec.json.format(msgspec.json.encode(document(session)), indent=2).decode()
    write_text(path, _NUMBER_LIST.sub(lambda found: _on_one_line(found[0]), text) + "\n")


def load(path: Path | str) -> Session:
    """Return the session in a file.

    Raises:
        InputError: if it is not a session file, is of a later version, too large, or a field cannot be used; the
            message names the file and the field.
    """
    import msgspec

    from landscape.session.descent.file import Document, session_of

    path = Path(path)
    content = _read(path)
    _header(path, content)
    try:
        return session_of(msgspec.json.decode(content, type=Document))
    except (msgspec.ValidationError, RecursionError) as error:
        raise _misfit(path, str(error)) from error
    except InputError as error:
        raise InputError("{file}: {problem}", file=path.name, problem=error) from error


def lessons(workspace: Workspace | None = None) -> Mapping[str, Mapping[str, str]]:
    """Return the titles of the lessons in a workspace, or of all, by name: ``{"ravine": {"en": ..., "zh": ...}}``."""
    headers = {name: _header(path, _read(path)) for name, path in _lesson_files().items()}
    return {name: header.title for name, header in headers.items() if workspace in (None, header.workspace)}


def lesson(name: str) -> Session:
    """Return the lesson called ``name``; InputError where there is none."""
    known = _lesson_files()
    if name not in known:
        raise _unknown(name, known)
    return load(known[name])


def open_session(name_or_path: str) -> Session:
    """Return a lesson by its name, or else the session in a file."""
    path = Path(name_or_path)
    return load(path) if path.is_file() and name_or_path not in _lesson_files() else lesson(name_or_path)


def _lesson_files() -> Mapping[str, Path]:
    return {path.stem: path for path in sorted(asset("lessons").glob("*.json"))}


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError("{file} cannot be read: {reason}", file=str(path), reason=error.strerror or error) from error
    if len(content) > MAX_BYTES:
        raise InputError("{file} is larger than a session can be ({most} MB)", file=path.name, most=MAX_BYTES // 10**6)
    return content


def _header(path: Path, content: bytes) -> "Header":
    """Return what the file says it is; refuse what is not a session, or of a version not known yet."""
    import msgspec

    from landscape.session.descent.file import FORMAT, VERSION, Header

    try:
        header = msgspec.json.decode(content, type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError("{file} is not a Landscape session: {reason}", file=path.name, reason=error) from error
    if header.format != FORMAT:
        raise InputError('{file} is not a Landscape session: it does not say "{format}"', file=path.name, format=FORMAT)
    if header.version > VERSION:
        raise InputError(
            "{file} is of version {version}; this Landscape reads up to version {known}. A newer one will open it",
            file=path.name, version=header.version, known=VERSION,
        )  # fmt: skip
    if header.version < 1:
        raise InputError("{file} has no version from 1 to {known}", file=path.name, known=VERSION)
    return header


def _misfit(path: Path, message: str) -> InputError:
    """Return the error for a field that is missing, unknown or of the wrong type, from what msgspec says of it."""
    problem, _, end = message.partition(" - at `$")
    place = end.removesuffix("`").removeprefix(".")
    quoted = re.findall("`(.*?)`", problem)
    field = ".".join(part for part in (place, *quoted[:1]) if part)
    if problem.startswith("Object missing required field"):
        return InputError('{file}: the field "{field}" is missing', file=path.name, field=field)
    if problem.startswith("Object contains unknown field"):
        return InputError('{file}: a session has no field "{field}"', file=path.name, field=field)
    return InputError('{file}: the field "{field}" must be otherwise: {problem}', file=path.name, field=place,
                      problem=problem)  # fmt: skip


def _unknown(name: str, names: Collection[str]) -> InputError:
    near = nearest(name, names)
    if near:
        return InputError('There is no lesson or file "{name}"; did you mean "{nearest}"?', name=name, nearest=near)
    return InputError('There is no lesson or file "{name}"; lessons are {allowed}', name=name, allowed=", ".join(names))


def _on_one_line(numbers: str) -> str:
    """Return a JSON list of numbers without its line breaks, as long as it stays readable.

    Text in JSON has no line breaks of its own, so a list that has one is not inside of text.
    """
    short = " ".join(numbers.split()).replace("[ ", "[").replace(" ]", "]")
    return short if len(short) <= 100 else numbers
