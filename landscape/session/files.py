"""Session files: readable JSON with a version, and the sessions that ship with the program.

A file holds names, numbers and formulas as text; a formula is parsed like one that was typed, so opening a file never
runs anything. Lessons are such files, in ``assets/lessons``.
"""

import codecs
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from landscape.errors import InputError, Listing, nearest
from landscape.reading import read, unreadable
from landscape.resources import asset
from landscape.session import checks, links, presentation
from landscape.session import lesson as lesson_form
from landscape.session.carried import carried, carries
from landscape.session.later import Later, Unknown, restore, unknown, within
from landscape.session.lesson import Lesson
from landscape.session.presentation import Presentation
from landscape.session.session import Document, Session, session_with
from landscape.session.workspaces import WORKSPACES, session_part
from landscape.writing import write_text

MAX_BYTES = 5_000_000
FORMAT = "landscape session"
VERSION = 2
"""Raised when a file of this program could no longer be read by an earlier one."""
MINOR = 2
"""Raised when a file may have fields that an earlier program keeps and does not need; a file without one is of 0."""
OF_LESSONS = 1
"""The minor version that has lessons, and not yet what was predicted before them."""
FIRST = next(iter(WORKSPACES))
SHARED = {
    "minor": int,
    "title": dict[str, str],
    "workspace": str,
    "notes": str,
    "presentations": dict[str, Any],
    "lessons": dict[str, Any],
    "documents": dict[str, Any],
}
"""The fields of a file beside its format and its version, and their types."""

Kind = TypeVar("Kind")
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
    later = session.later.fields
    title = {"title": dict(session.title)} if session.title else {}
    notes = {"notes": session.notes} if session.notes else {}
    shown = {name: each for name, each in _named(session.presentations, "presentations", later).items() if each}
    presentations = {"presentations": shown} if shown else {}
    documents = _named(session.documents, "documents", later)
    taught = {"lessons": _named(session.lessons, "lessons", later)} if session.lessons else {}
    minor = max(session.later.minor, _minor(session))
    head = {"format": FORMAT, "version": VERSION, **({"minor": minor} if minor else {}), **title, **notes}
    shown_before = {"workspace": session.workspace, **taught, **presentations}
    return {**head, **shown_before, "documents": documents, **restore({}, "", later)}


def _minor(session: Session) -> int:
    """Return the first minor version that knows every field of a session."""
    if any(each.attempt is not None for each in session.presentations.values()):
        return MINOR
    return OF_LESSONS if session.lessons else 0


def _named(values: Mapping[str, Any], place: str, later: Iterable[Unknown]) -> dict[str, Any]:
    """Return what stands in a file of documents, or of presentations."""
    from landscape.session.form import written

    return restore({name: written(value, later, f"{place}.{name}") for name, value in values.items()}, place, later)


def load(path: Path | str) -> Session:
    """Return the session in a file, or that a picture, a film or slides carry.

    Raises:
        InputError: if it is not a session file, is of a later version, too large, or a field cannot be used; the
            message names the file and the field.
    """
    path = Path(path)
    return _opened(path.name, _unpacked(path) if carries(path) else read(path, MAX_BYTES))


def _unpacked(path: Path) -> bytes:
    """Return the content of the session file that a picture, a film or slides carry."""
    link = carried(path, 2 * MAX_BYTES)
    try:
        return links.unpacked(link, MAX_BYTES)
    except InputError as error:
        raise InputError("{file}: {problem}", file=path.name, problem=error) from error


def link(session: Session) -> str:
    """Return a whole session as one word, which :func:`open_session` takes like the name of a file."""
    import msgspec

    return links.packed(msgspec.json.encode(_written(session)))


def _opened(name: object, content: bytes) -> Session:
    fields = _decoded(name, content)
    try:
        return _session(fields)
    except InputError as error:
        raise InputError("{file}: {problem}", file=name, problem=error) from error


def _session(content: Mapping[str, Any]) -> Session:
    """Return the session that was written, with every formula parsed and every value checked."""
    from landscape.session.version_1 import upgraded

    fields = upgraded(content) if content["version"] == 1 else content
    shared = {name: _shared(name, kind, fields[name]) for name, kind in SHARED.items() if name in fields}
    minor = shared.pop("minor", MINOR)
    kept: list[Unknown] | None = [] if minor > MINOR else None
    for name in fields:
        if name not in (*SHARED, "format", "version"):
            if kept is None:
                raise InputError('a session has no field "{field}"', field=name)
            kept.append(unknown("", name, fields[name]))
    if "documents" not in shared:
        raise InputError('the field "{field}" is missing', field="documents")
    documents = _known("documents", shared.pop("documents"), _document, kept)
    prepared = _known("presentations", shared.pop("presentations", {}), _presentation, kept)
    # One that says nothing is not written, and so is none; but one may say what only a later version understands.
    said = [f"{place}." for place, *_ in kept or ()]
    shown = {
        name: each
        for name, each in prepared.items()
        if each != Presentation() or any(place.startswith(f"presentations.{name}.") for place in said)
    }
    taught = _known("lessons", shared.pop("lessons", {}), _lesson, kept)
    front = shared.get("workspace", FIRST)
    if front not in documents:
        documents[front] = session_part(front).new()
    later = Later() if kept is None else Later(minor=minor, fields=tuple(kept))
    session = Session(documents=documents, presentations=shown, lessons=taught, later=later, **shared)
    checks.title(session.title)
    checks.notes(session.notes)
    return session


def _shared(name: str, kind: Any, given: object) -> Any:  # noqa: ANN401
    import msgspec

    try:
        return msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        raise InputError('the field "{field}" must be otherwise: {problem}', field=name, problem=error) from error


def _known(
    place: str, given: Mapping[str, Any], one: Callable[[str, object, list[Unknown] | None], Kind],
    kept: list[Unknown] | None,
) -> dict[str, Kind]:  # fmt: skip
    """Return what stands in a file of each workspace; that of a newer version's is kept as it is."""
    if kept is None:
        return {name: one(name, each, None) for name, each in given.items()}
    kept += [unknown(place, name, each) for name, each in given.items() if name not in WORKSPACES]
    return {name: one(name, each, kept) for name, each in given.items() if name in WORKSPACES}


def _document(name: str, given: object, kept: list[Unknown] | None) -> Document:
    from landscape.session.form import read as read_form

    found, own = session_part(name), None if kept is None else list[Unknown]()
    document: Document = found.check(read_form(found.document, given, kept=own))
    if kept is not None:
        kept += within(f"documents.{name}", own or ())
    return document


def _presentation(name: str, given: object, kept: list[Unknown] | None) -> Presentation:
    from landscape.session.form import read as read_form

    session_part(name)
    return presentation.check(read_form(Presentation, given, f"presentations.{name}", kept))


def _lesson(name: str, given: object, kept: list[Unknown] | None) -> Lesson:
    from landscape.session.form import read as read_form

    session_part(name)
    return lesson_form.check(read_form(Lesson, given, f"lessons.{name}", kept))


def lessons(workspace: str | None = None) -> Mapping[str, Mapping[str, str]]:
    """Return the titles of the lessons in a workspace, or of all, by name: ``{"ravine": {"en": ..., "zh": ...}}``."""
    found = {name: _decoded(path.name, read(path, MAX_BYTES)) for name, path in _lesson_files().items()}
    return {name: file["title"] for name, file in found.items() if workspace in (None, file.get("workspace", FIRST))}


def lesson_texts(workspace: str) -> Mapping[str, tuple[Mapping[str, str], str]]:
    """Return of each lesson in a workspace its titles, and all that it says in every language, to be searched."""
    found = {}
    for name, path in _lesson_files().items():
        file = _decoded(path.name, read(path, MAX_BYTES))
        if file.get("workspace", FIRST) == workspace:
            taught = file.get("lessons", {}).get(workspace, {})
            found[name] = file["title"], " ".join(_strings(taught)).casefold()
    return found


def _strings(content: object) -> Iterator[str]:
    """Yield every text in what was read from a file."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, (dict, list)):
        for each in content.values() if isinstance(content, dict) else content:
            yield from _strings(each)


def lesson_names() -> tuple[str, ...]:
    """Return the names of all lessons, without reading them."""
    return tuple(_lesson_files())


def lesson(name: str) -> Session:
    """Return the lesson called ``name``; InputError where there is none."""
    known = _lesson_files()
    if name not in known:
        raise _unknown(name, known)
    return load(known[name])


def open_session(name_or_path: str) -> Session:
    """Return a lesson by its name, or else the session in a link or a file."""
    if links.is_link(name_or_path):
        return _opened(InputError("The link"), links.unpacked(name_or_path, MAX_BYTES))
    path = file_of(name_or_path)
    return lesson(name_or_path) if path is None else load(path)


def file_of(name_or_path: str) -> Path | None:
    """Return the path of a file; None for a link, the name of a lesson, and what is not there."""
    if links.is_link(name_or_path):
        return None
    path = Path(name_or_path)
    return path if name_or_path not in _lesson_files() and _is_file(path) else None


def saved_file_of(name_or_path: str) -> Path | None:
    """Return the path of a session file; None also for a picture that carries one: nothing is saved there."""
    path = file_of(name_or_path)
    return None if path is None or carries(path) else path


def is_carried(name_or_path: str) -> bool:
    """Tell whether something is the path of a picture, a film or slides that may carry a session."""
    path = file_of(name_or_path)
    return path is not None and carries(path)


def is_saved(name_or_path: str) -> bool:
    """Tell whether something is a link, the name of a lesson or the path of a file."""
    return links.is_link(name_or_path) or name_or_path in _lesson_files() or _is_file(Path(name_or_path))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError as error:
        raise unreadable(path, error) from error


def _lesson_files() -> Mapping[str, Path]:
    return {path.stem: path for path in sorted(asset("lessons").glob("*.json"))}


def _decoded(name: object, content: bytes) -> Mapping[str, Any]:
    """Return what stands in a file; refuse what is not a session, or of a version not known yet."""
    import msgspec

    try:
        # Some editors put a byte order mark before UTF-8.
        file = msgspec.json.decode(content.removeprefix(codecs.BOM_UTF8))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError("{file} is not a Landscape session: {reason}", file=name, reason=error) from error
    if not isinstance(file, dict) or file.get("format") != FORMAT:
        raise InputError('{file} is not a Landscape session: it does not say "{format}"', file=name, format=FORMAT)
    version = file.get("version")
    if not isinstance(version, int) or version < 1:
        raise InputError("{file} has no version from 1 to {known}", file=name, known=VERSION)
    if version > VERSION:
        raise InputError(
            "{file} is of version {version}; this Landscape reads up to version {known}. A newer one will open it",
            file=name, version=version, known=VERSION,
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
