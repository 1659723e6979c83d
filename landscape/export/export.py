"""The way in: a session and a path to a finished file."""

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypedDict, Unpack

from landscape.arguments import checked
from landscape.errors import InputError, Listing, nearest
from landscape.export.film import Film
from landscape.export.formats import Format, formats
from landscape.export.settings import Settings
from landscape.scene.answers import Answers
from landscape.scene.layers import Range
from landscape.scene.network.page import StagePage
from landscape.session.files import open_session
from landscape.session.session import Session
from landscape.writing import atomic


class Options(TypedDict, total=False):
    """The fields of :class:`~landscape.export.settings.Settings`, as keyword arguments."""

    size: tuple[int, int]
    fps: float
    seconds: float
    theme: str
    language: str
    curves: bool
    legend: bool
    view: tuple[Range, Range] | None
    step: float | None
    page: StagePage | None


@checked
def export(what: Session | str | Path, path: str | Path, **options: Unpack[Options]) -> Path:
    """Write a session to a file and return its path; the suffix chooses the format.

    Args:
        what: A session, the name of a lesson, or the path of a saved one.
        path: Where to; an existing file is replaced, but only by a whole one.
        **options: ``size=(1920, 1080)`` in pixels, ``fps=30``, ``seconds=10``, ``theme="dark"`` or ``"light"``,
            ``language="en"`` or another of ``LANGUAGES``, ``curves=True``, ``legend=True``, ``view=None`` (ranges of x
            and y instead of the surface's domain), ``step=None`` (for a still picture, instead of the last),
            ``page=None`` (of networks, instead of the twins).

    Raises:
        InputError: An option cannot be used, the format is unknown, or the file cannot be written.
    """
    with closing(export_steps(what, path, **options)) as steps:
        for _ in steps:
            pass
    return Path(path)


def export_steps(
    what: Session | str | Path, path: str | Path, answers: Answers | None = None, **options: Unpack[Options]
) -> Generator[tuple[int, int]]:
    """Like :func:`export`, a little at a time: yields how many frames are done, and of how many.

    The whole is done when both are the same; what takes long is computed before the first frame, as far as ``answers``
    do not know it. Closing the iterator before leaves nothing behind. What cannot work is refused at once; the drawing
    happens in the thread that iterates, the encoding in another.
    """
    form = format_of(path)
    settings = Settings(**options)
    session = what if isinstance(what, Session) else open_session(str(what))
    film = Film(session, settings, answers)
    return _written(film.sized(form.fitted(film.size)), Path(path), form)


def format_of(path: str | Path) -> Format:
    """Return the format that the suffix of a path stands for."""
    suffix = Path(path).suffix.lower()
    known = formats()
    if suffix in known:
        return known[suffix]
    allowed = Listing(known)
    if not suffix:
        raise InputError("{path} has no suffix that tells the format; there are: {allowed}", path=path, allowed=allowed)
    guess = nearest(suffix, known)
    if guess:
        raise InputError(
            "There is no format {suffix}; did you mean {guess}? There are: {allowed}",
            suffix=suffix, guess=guess, allowed=allowed,
        )  # fmt: skip
    raise InputError("There is no format {suffix}; there are: {allowed}", suffix=suffix, allowed=allowed)


def _written(film: Film, path: Path, form: Format) -> Generator[tuple[int, int]]:
    total = form.length(film)
    for _ in film.prepare(animated=form.animated, pictured=form.pictured):
        yield 0, total
    with _writing(path) as temporary, closing(_iterator(form, temporary, film)) as work:
        for done in work:
            yield min(done, total - 1), total
    yield total, total


def _iterator(form: Format, path: Path, film: Film) -> Generator[int]:
    yield from form.write(path, film)


@contextmanager
def _writing(path: Path) -> Iterator[Path]:
    """Yield a temporary path that replaces ``path`` in the end; what the disk refuses becomes one sentence."""
    try:
        with atomic(path) as temporary:
            yield temporary
    except OSError as error:
        raise InputError("{path} cannot be written: {reason}", path=path, reason=error.strerror or error) from error
