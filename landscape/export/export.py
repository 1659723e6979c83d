"""The way in: a session and a path to a finished file."""

from collections.abc import Generator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import NamedTuple, Unpack, cast

from landscape.arguments import checked
from landscape.errors import InputError, Listing, nearest
from landscape.export.film import Film
from landscape.export.formats import Format, formats
from landscape.export.settings import Named, Settings
from landscape.export.standing import chosen, looked_at
from landscape.export.turns import Stopped, Turns, finished
from landscape.scene.answers import Answers
from landscape.session.files import is_carried, open_session
from landscape.session.session import Session
from landscape.writing import atomic


class Progress(NamedTuple):
    """How far an export is."""

    done: int
    """Frames that are written."""
    total: int
    """Frames that will be."""
    computed: float
    """Which share is computed of what must be known before the first of them."""
    left: float | None
    """Seconds that the frames to come will take if they are like those before; None while there are none.

    Where each is computed anew, a few from all over the film are measured before the first.
    """


@checked
def export(what: Session | str | Path, path: str | Path, **options: Unpack[Named]) -> Path:
    """Write a session to a file and return its path; the suffix chooses the format.

    Args:
        what: A session, the name of a lesson, or the path of a saved one, or of a picture or film that carries one:
            that is drawn at its step, with its view.
        path: Where to; an existing file is replaced, but only by a whole one.
        **options: ``size=(1920, 1080)`` in pixels, ``fps=30``, ``seconds=10``, ``theme="dark"`` or ``"light"``,
            ``language="en"`` or another of ``LANGUAGES``, ``curves=True``, ``legend=True``, ``view=None`` (ranges of x
            and y instead of the surface's domain), ``step=None`` (for a still picture, instead of the last),
            ``workspace="network"`` (another than is in front), ``page="why"`` (of networks, instead of the twins),
            ``stage=None`` (of surfaces, ``"map"``, ``"relief"`` or ``"both"`` instead of what the session shows),
            ``turntable=False`` (the relief turns once in a film), ``explain=False`` (of surfaces, a strip with the rule
            of a run and the numbers of each step; ``run=None`` names it by its id where the session explains none),
            ``session=True`` (the file carries the session, and opens again like a saved one), ``ground="#ffffff"`` (the
            colour around the plots, as of slides, instead of the theme's), ``transparent=False`` (no ground at all,
            where the format can do without), ``loops=0`` (how many times an animation runs; 0: for ever), ``hold=None``
            (seconds of rest at the end), ``rewind=False`` (a film goes back to its beginning, so that it repeats
            without a jump), ``sound=False`` (a film is heard: pitch the loss, marks click), ``ease=False`` (it begins
            and ends slowly), ``caption=False`` (of surfaces, a line for each run with its rule and numbers),
            ``text=1.0`` (how many times as large text and lines are), ``millimeters=100`` (the longer side of a relief
            as a thing).

    Raises:
        InputError: An option cannot be used, the format is unknown, or the file cannot be written.
    """
    with closing(export_steps(what, path, **options)) as steps:
        for _ in steps:
            pass
    return Path(path)


def export_steps(
    what: Session | str | Path, path: str | Path, answers: Answers | None = None, **options: Unpack[Named]
) -> Generator[Progress]:
    """Like :func:`export`, by turns: yields how far it is.

    The whole is done when as many frames are done as there are; what takes long is computed before the first one, as
    far as ``answers`` do not know it. Closing the iterator before leaves nothing behind; it waits for the threads that
    compute and encode, where throwing :class:`~landscape.export.turns.Stopped` into it yields until they have ended.
    What cannot work is refused at once. The drawing happens in the thread that iterates.
    """
    form = format_of(path)
    session = what if isinstance(what, Session) else open_session(str(what))
    stands = Named() if isinstance(what, Session) or not is_carried(str(what)) else cast("Named", looked_at(session))
    stands.update(options)
    session, settings = _settings(session, stands)
    film = Film(session, settings, answers)
    return _written(form.fitted(film), Path(path), form)


def describe(what: Session, /, **options: Unpack[Named]) -> str:
    """Return what a picture of a session shows, in sentences, after computing it: for who does not see it."""
    with closing(Film(*_settings(what, options))) as film:
        finished(film.prepare(animated=False, pictured=True))
        return film.imprint(animated=False).description


def _settings(session: Session, options: Named) -> tuple[Session, Settings]:
    """Return the session as its workspace is chosen, and all else as settings.

    Numbers of NumPy, of which some are less precise, become Python's own.
    """
    session, found = chosen(session, options)
    settings = Settings(**found)
    step = None if settings.step is None else float(settings.step)
    if settings.view is None:
        return session, replace(settings, step=step)
    (left, right), (bottom, top) = settings.view
    view = (float(left), float(right)), (float(bottom), float(top))
    return session, replace(settings, step=step, view=view)


def format_of(path: str | Path) -> Format:
    """Return the format that the suffix of a path stands for."""
    name, suffix = Path(path).name.lower(), Path(path).suffix.lower()
    known = formats()
    fitting = [each for each in known if name.endswith(each) and name != each]
    if fitting:
        return known[max(fitting, key=len)]
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


def _written(film: Film, path: Path, form: Format) -> Generator[Progress]:
    total = form.length(film)
    # The place is tried before anything is computed.
    with closing(film), atomic(path) as temporary:
        yield from _told(film, _made(film, temporary, form), total)
    yield Progress(total, total, 1.0, 0.0)


def _made(film: Film, path: Path, form: Format) -> Turns[None]:
    """Compute, then write."""
    yield from film.prepare(animated=form.animated, pictured=form.pictured)
    yield 0
    if form.animated and form.pictured:
        yield from film.sampling()
    yield from form.write(path, film)


def _told(film: Film, work: Turns[None], total: int) -> Generator[Progress]:
    """Do some work, and yield how far it is; stopped, go on until its threads have ended."""
    most, clock = 0, _Clock(film, total)
    try:
        for done in work:
            if done is not None:
                most = done
                clock.look(done)
            yield Progress(min(most, total - 1), total, 1.0 if clock.runs else film.computed, clock.left)
    except Stopped as stop:
        with suppress(Stopped, StopIteration):
            work.throw(stop)
            while True:
                yield Progress(min(most, total - 1), total, film.computed, None)
                next(work)
        raise
    finally:
        work.close()


class _Clock:
    """Tells how long the frames to come will take, from when everything is computed."""

    def __init__(self, film: Film, total: int) -> None:
        self._film, self._total = film, total
        self._begun: float | None = None
        self._end: float | None = None
        self._drawn = False

    @property
    def runs(self) -> bool:
        """Whether everything is computed."""
        return self._begun is not None

    @property
    def left(self) -> float | None:
        """Seconds to the end; None as long as nothing tells how long frames take."""
        return None if self._end is None else max(self._end - monotonic(), 0.0)

    def look(self, done: int) -> None:
        """Reckon anew, when so many frames are done."""
        now = monotonic()
        if self._begun is None or (done and not self._drawn and not self._film.sampled):
            self._begun = now
        self._drawn = done > 0
        before, after = self._film.costs(done, self._total)
        if before > 0:
            self._end = now + (now - self._begun) * after / before
