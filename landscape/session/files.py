"""Session files: readable JSON with a version, and the sessions that ship with the program.

A file holds names, numbers and formulas as text; a formula is parsed like one that was typed, so opening a file never
runs anything. Lessons are such files, in ``assets/lessons``.
"""

import codecs
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from landscape.errors import InputError, Listing, nearest
from landscape.reading import read, unreadable
from landscape.resources import asset
from landscape.session import checks, presentation
from landscape.session.presentation import Presentation
from landscape.session.session import Document, Session, session_with
from landscape.session.workspaces import WORKSPACES, session_part
from landscape.writing import write_text

MAX_BYTES = 5_000_000
FORMAT = "landscape session"
VERSION = 2
"""Raised when a file of this program could no longer be read by an earlier one."""
FIRST = next(iter(WORKSPACES))
SHARED = {
    "title": dict[str, str],
    "workspace": str,
    "notes": str,
    "presentations": dict[str, Any],
    "documents": dict[str, Any],
}
"""The fields of a file beside its format and its version, and their types."""

_NUMBER_LIST = re.compile(r"\[\n[\s\d.,eE+-]*\]")


def default_session() -> Session:
    """Return what the program opens with."""
    return session_with(session_part(FIRST).new())


def save(session: Session, path: Path | str) -> None:
    """Write ``session`` to ``path``, whole or not at all.

    Raises:
        WritingError: The place cannot be written.
    """
    import msgspec

    text = msgspec.json.format(msgspec.json.encode(_written(session)), indent=2).decode()
    write_text(path, _NUMBER_LIST.sub(lambda found: _on_one_line(found[0]), text) + "\n")


def _written(session: Session) -> dict[str, Any]:
    """Return what stands in the file of a session."""
    from landscape.session.form import written

    title = {"title": dict(session.title)} if session.title else {}
    notes = {"notes": session.notes} if session.notes else {}
    shown = {name: fields for name, each in session.presentations.items() if (fields := written(each))}
    presentations = {"presentations": shown} if shown else {}
    documents = {name: written(document) for name, document in session.documents.items()}
    head = {"format": FORMAT, "version": VERSION, **title, **notes}
    return {**head, "workspace": session.workspace, **presentations, "documents": documents}


def load(path: Path | str) -> Session:
    """Return the session in a file.

    Raises:
        InputError: if it is not a session file, is of a later version, too large, or a field cannot be used; the
            message names the file and the field.
    """
    path = Path(path)
    content = _decoded(path, read(path, MAX_BYTES))
    try:
        return _session(content)
    except InputError as error:
        raise InputError("{file}: {problem}", file=path.name, problem=error) from error


def _session(content: Mapping[str, Any]) -> Session:
    """Return the session that was written, with every formula parsed and every value checked."""
    from landscape.session.version_1 import upgraded

    fields = upgraded(content) if content["version"] == 1 else content
    shared = {name: _shared(name, kind, fields[name]) for name, kind in SHARED.items() if name in fields}
    for name in fields:
        if name not in (*SHARED, "format", "version"):
            raise InputError('a session has no field "{field}"', field=name)
    if "documents" not in shared:
        raise InputError('the field "{field}" is missing', field="documents")
    documents = {name: _document(name, given) for name, given in shared.pop("documents").items()}
    shown = {name: _presentation(name, given) for name, given in shared.pop("presentations", {}).items()}
    front = shared.get("workspace", FIRST)
    if front not in documents:
        documents[front] = session_part(front).new()
    session = Session(documents=documents, presentations=shown, **shared)
    checks.title(session.title)
    checks.notes(session.notes)
    return session


def _shared(name: str, kind: Any, given: object) -> Any:  # noqa: ANN401
    import msgspec

    try:
        return msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        raise InputError('the field "{field}" must be otherwise: {problem}', field=name, problem=error) from error


def _document(name: str, given: object) -> Document:
    from landscape.session.form import read as read_form

    found = session_part(name)
    document: Document = found.check(read_form(found.document, given))
    return document


def _presentation(name: str, given: object) -> Presentation:
    from landscape.session.form import read as read_form

    session_part(name)
    return presentation.check(read_form(Presentation, given, f"presentations.{name}"))


def lessons(workspace: str | None = None) -> Mapping[str, Mapping[str, str]]:
    """Return the titles of the lessons in a workspace, or of all, by name: ``{"ravine": {"en": ..., "zh": ...}}``."""
    found = {name: _decoded(path, read(path, MAX_BYTES)) for name, path in _lesson_files().items()}
    return {name: file["title"] for name, file in found.items() if workspace in (None, file.get("workspace", FIRST))}


def lesson(name: str) -> Session:
    """Return the lesson called ``name``; InputError where there is none."""
    known = _lesson_files()
    if name not in known:
        raise _unknown(name, known)
    return load(known[name])


def open_session(name_or_path: str) -> Session:
    """Return a lesson by its name, or else the session in a file."""
    path = file_of(name_or_path)
    return lesson(name_or_path) if path is None else load(path)


def file_of(name_or_path: str) -> Path | None:
    """Return the path of a file; None for the name of a lesson, and for what is not there."""
    path = Path(name_or_path)
    return path if name_or_path not in _lesson_files() and _is_file(path) else None


def is_saved(name_or_path: str) -> bool:
    """Tell whether something is the name of a lesson or the path of a file."""
    return name_or_path in _lesson_files() or _is_file(Path(name_or_path))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError as error:
        raise unreadable(path, error) from error


def _lesson_files() -> Mapping[str, Path]:
    return {path.stem: path for path in sorted(asset("lessons").glob("*.json"))}


def _decoded(path: Path, content: bytes) -> Mapping[str, Any]:
    """Return what stands in a file; refuse what is not a session, or of a version not known yet."""
    import msgspec

    try:
        # Some editors put a byte order mark before UTF-8.
        file = msgspec.json.decode(content.removeprefix(codecs.BOM_UTF8))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError("{file} is not a Landscape session: {reason}", file=path.name, reason=error) from error
    if not isinstance(file, dict) or file.get("format") != FORMAT:
        raise InputError('{file} is not a Landscape session: it does not say "{format}"', file=path.name, format=FORMAT)
    version = file.get("version")
    if not isinstance(version, int) or version < 1:
        raise InputError("{file} has no version from 1 to {known}", file=path.name, known=VERSION)
    if version > VERSION:
        raise InputError(
            "{file} is of version {version}; this Landscape reads up to version {known}. A newer one will open it",
            file=path.name, version=version, known=VERSION,
        )  # fmt: skip
    return file


def _unknown(name: str, names: Collection[str]) -> InputError:
    near = nearest(name, names)
    if near:
        return InputError('There is no lesson or file "{name}"; did you mean "{nearest}"?', name=name, nearest=near)
    return InputError('There is no lesson or file "{name}"; lessons are {allowed}', name=name, allowed=Listing(names))


def _on_one_line(numbers: str) -> str:
    """Return a JSON list of numbers without its line breaks, as long as it stays readable.

    Text in JSON has no line breaks of its own, so a list that has one is not inside of text.
    """
    short = " ".join(numbers.split()).replace("[ ", "[").replace(" ]", "]")
    return short if len(short) <= 100 else numbers
