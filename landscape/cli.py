"""The command line: open the window, or work without one.

Exit codes: 0 done, 1 the work failed, 2 wrong use (a name, format, size or file that cannot be used) or no display.
``--help`` and ``list`` import neither Qt nor Numba.
"""

import argparse
import errno
import gc
import json
import os
import signal
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing, nullcontext
from io import TextIOWrapper
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, cast

from landscape.errors import InputError, nearest
from landscape.installation import conflict
from landscape.listings import LISTS
from landscape.options import add_look, domain, look_of, one_of, point, setting, with_formulas, with_open
from landscape.translation import Translation, translation
from landscape.version import __version__

PATIENCE = 1.0
"""Seconds in which an export that is to end does so by itself."""
FAILURES = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What keeps a file from being written that nobody who gave its name could know."""

if TYPE_CHECKING:
    from landscape.catalogue.surfaces import Surface
    from landscape.export.export import Progress
    from landscape.session.session import Session

_EPILOG = """\
Without a command the window opens. Examples:
  landscape open saddle
  landscape lecture.landscape
  landscape export beale-race -o race.mp4
  landscape export himmelblau -o race.gif --run sgd,lr=.01 --run adam,lr=.3 --start=-1,2
  landscape list optimizers
  landscape critical "x^2 + a*y^2" --set a=3
  landscape open --data points.csv --model line
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with the given arguments, or those of the command line; return its exit code."""
    if isinstance(sys.stdout, TextIOWrapper):
        # Titles have letters that the encoding of a pipe or an old terminal may lack.
        sys.stdout.reconfigure(errors="backslashreplace")
    _tell_conflict()
    parser = _parser()
    words = with_formulas(sys.argv[1:] if arguments is None else arguments)
    options = parser.parse_args(with_open(words, parser.commands))
    try:
        code = int(options.work(options))
        sys.stdout.flush()
    except InputError as error:
        failed = isinstance(error, OSError) and error.errno in FAILURES
        return _complain(_mistake(error), code=1 if failed else 2)
    except BrokenPipeError:
        # Who read the output has gone (``| head``): there is nobody to tell, nor to flush the rest to at the exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return _complain(f"{error.filename or 'The file'}: {error.strerror or error}")
    except KeyboardInterrupt:
        return interrupted()
    return code


def _mistake(error: InputError) -> str:
    """Return what is wrong, and below it the whole formula as it was probably meant."""
    sentence = _say().error(error)
    suggestion = getattr(error, "suggestion", "")
    return sentence if suggestion in sentence else f"{sentence}\n  {suggestion}"


class _Parser(argparse.ArgumentParser):
    """Suggests the nearest option or command where there is none of that name."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401
        self._options: list[str] = []
        self.commands: Collection[str] = ()
        super().__init__(**settings)

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:  # noqa: ANN401
        """Add an argument as usual, and know its name."""
        action = super().add_argument(*names, **settings)
        self._options += action.option_strings
        return action

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:  # noqa: ANN401
        """Parse as usual what can be; else suggest before it is told what is missing besides."""
        for word in sys.argv[1:] if args is None else args:
            option = word.partition("=")[0]
            if word == "--" or (self.commands and not word.startswith("-")):
                self._suggest(word, self.commands)
                break
            if option.startswith("--") and not any(known.startswith(option) for known in self._options):
                self._suggest(option, self._options)
        return super().parse_known_args(args, namespace)

    def _suggest(self, word: str, known: Collection[str]) -> None:
        near = "" if word in known else nearest(word, known)
        if near:
            self.error(f"there is no {word}; did you mean {near}?")


def _parser() -> "_Parser":
    parser = _Parser(
        prog="landscape",
        description="See optimization: optimizers race down loss surfaces.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"landscape {__version__}")
    parser.set_defaults(work=_open, what=None, data=None, model=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_open(commands)
    _add_export(commands)
    _add_list(commands)
    _add_critical(commands)
    _add_search(commands)
    parser.commands = commands.choices
    return parser


def _add_open(commands: "argparse._SubParsersAction[_Parser]") -> None:
    command = commands.add_parser("open", help="open the window on a lesson, a saved file or a link")
    _add_what(command)
    command.set_defaults(work=_open)


def _add_what(command: argparse.ArgumentParser, named: str = "LESSON|FILE|LINK") -> None:
    """Let a command work on a lesson, a saved file, or a model on the points of a table."""
    command.add_argument("what", metavar=named, nargs="?", help="not needed with --data")
    command.add_argument("--data", metavar="TABLE", help="a table (CSV): the surface is how far a model is from it")
    command.add_argument(
        "--model", metavar="NAME|FORMULA", help='of --data: line, sigmoid, ..., or such as "y*exp(x*u)"'
    )


def _add_export(commands: "argparse._SubParsersAction[_Parser]") -> None:
    command = commands.add_parser(
        "export", help="write a lesson, a saved file or a surface as a clip, picture or table"
    )
    _add_what(command, "LESSON|FILE|SURFACE|FORMULA")
    _add_set(command)
    _add_runs(command)
    command.add_argument("-o", "--output", metavar="OUT", help="its ending chooses the format")
    command.add_argument("--describe", action="store_true", help="tell in sentences what is seen; needs no OUT")
    add_look(command)
    command.set_defaults(work=_export)


def _add_list(commands: "argparse._SubParsersAction[_Parser]") -> None:
    command = commands.add_parser("list", help="list what there is")
    command.add_argument("kind", type=one_of(LISTS), choices=tuple(LISTS))
    command.add_argument("--json", action="store_true", help="for programs: a list of objects with id and title")
    command.set_defaults(work=_list)


def _add_critical(commands: "argparse._SubParsersAction[_Parser]") -> None:
    command = commands.add_parser("critical", help="find all critical points of a surface, with proof")
    command.add_argument("surface", metavar="SURFACE|FORMULA", help='such as himmelblau, or "x^4/4 - x^2/2 + y^2"')
    _add_set(command)
    command.add_argument("--domain", type=domain, metavar="x0,x1,y0,y1", help="--domain=-2,2,-2,2; the surface's own")
    command.add_argument("--json", action="store_true", help="for programs: an object with all that was found")
    command.add_argument(
        "--data", metavar="TABLE", help="a table (CSV); the formula is a model of its column u, or a loss"
    )
    command.set_defaults(work=_critical)


def _add_search(commands: "argparse._SubParsersAction[_Parser]") -> None:
    command = commands.add_parser(name="search", help="make all trials of a saved search, and write them as a table")
    command.add_argument("what", metavar="LESSON|FILE")
    command.add_argument("-o", "--output", required=True, metavar="OUT", help="ends in .csv; a killed search goes on")
    command.add_argument("--cluster", metavar="ADDRESS", help="a dask.distributed scheduler: tcp://HOST:8786")
    command.set_defaults(work=_search)


def _add_set(command: "_Parser") -> None:
    help_ = "a parameter of the surface: a=3"
    command.add_argument("--set", type=setting, action="append", default=[], metavar="NAME=VALUE", help=help_)


def _add_runs(command: "_Parser") -> None:
    command.add_argument(
        "--run", action="append", default=[], metavar="NAME,lr=.1", help="an optimizer in place of its runs; repeatable"
    )
    command.add_argument("--start", type=point, metavar="x,y", help="where all runs begin")
    command.add_argument("--steps", type=int, metavar="N", help="how many steps they make")


def _open(options: argparse.Namespace) -> int:
    from landscape.display import obstacle

    problem = obstacle(_say())
    if problem:
        return _complain(problem, code=2)
    # Searching what is being loaded for garbage would take a tenth of the start; the window does it by itself.
    gc.disable()
    try:
        from landscape.session.files import saved_file_of
        from landscape.ui.app import run

        path = saved_file_of(options.what) if options.what and options.data is None else None
        given = options.what or options.data is not None
        return run(_session(options) if given else None, str(path.absolute()) if path else "")
    finally:
        gc.enable()


def _session(options: argparse.Namespace, values: Mapping[str, float] | None = None) -> "Session":
    """Return what a command works on: a lesson, a file, or a model on a table, with ``values`` of its parameters."""
    from landscape.session.files import default_session, open_session

    session = open_session(options.what) if options.what else default_session()
    if options.data is None:
        return session
    from landscape.session.descent.own_data import session_on_file

    return session_on_file(session, Path(options.data), options.model or "line", values)


def _export(options: argparse.Namespace) -> int:
    if not (options.what or options.data):
        raise InputError("A lesson, a file, or a table with --data is needed")
    if not (options.output or options.describe):
        raise InputError("Where the file is to be must be said with -o, such as -o race.mp4")
    from landscape.display import missing_library

    problem = missing_library(_say())
    if problem:
        return _complain(problem, code=2)
    from landscape.export.export import describe, export_steps
    from landscape.export.settings import Named
    from landscape.export.standing import looked_at
    from landscape.session.files import is_carried

    stopped = Event()

    def stop(*_: object) -> None:
        # An exception out of the blue would be lost where Qt calls Python: it rises between two frames.
        stopped.set()
        Thread(target=_insist, daemon=True).start()

    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, stop)
    session = _session_to_export(options)
    stands = cast("Named", looked_at(session)) if options.what and is_carried(options.what) else Named()
    stands.update(look_of(options))
    if options.describe:
        print(describe(session, **stands))
    if not options.output:
        return 0
    steps = export_steps(session, Path(options.output), **stands)
    with closing(steps):
        for progress in steps:
            _show_progress(progress)
            if stopped.is_set() and progress.done < progress.total:
                raise KeyboardInterrupt
    print(options.output)
    return 0


def _session_to_export(options: argparse.Namespace) -> "Session":
    """Return what is to be exported, with the runs that were asked for."""
    from landscape.session.descent.document import Descent
    from landscape.session.descent.named import session_of
    from landscape.session.descent.racing import entrant, raced

    if options.data:
        session = _session(options, dict(options.set))
        typed = descent.surface if (descent := session.of(Descent)) else None
    else:
        session, typed = session_of(options.what.strip(), dict(options.set))
    session = raced(session, map(entrant, options.run), options.start, options.steps)
    _tell_parameters(typed)
    return session


def _insist() -> None:
    """Leave after a while although something is computed that nothing can stop, as what Numba compiles."""
    time.sleep(PATIENCE)
    from landscape.writing import leave

    leave(interrupted())


def interrupted() -> int:
    """Tell that somebody ended the work; return the exit code."""
    say = _say()
    return _complain(say("Interrupted; nothing was written"))


def _show_progress(progress: "Progress") -> None:
    """Show on a terminal how far an export is, and how long it will take if it goes on like this."""
    if not sys.stderr.isatty():
        return
    from landscape.scene.text import duration

    if progress.computed < 1.0:
        text = f"{progress.computed:.0%} computed"
    else:
        text = f"{progress.done} of {progress.total} frames"
        text += f", {duration(progress.left)} left" if progress.left else ""
    print(f"\r{text:<40}", end="\n" if progress.done == progress.total else "", file=sys.stderr, flush=True)


def _list(options: argparse.Namespace) -> int:
    titles = LISTS[options.kind]()
    _tell_problems()
    if options.json:
        print(json.dumps([{"id": name, "title": title} for name, title in titles.items()]))
        return 0
    width = max(map(len, titles), default=0)
    for name, title in titles.items():
        print(f"{name:<{width}}  {title}")
    return 0


def _critical(options: argparse.Namespace) -> int:
    from landscape.catalogue.surfaces import surface
    from landscape.geometry.critical import critical_points
    from landscape.geometry.critical.certificate import as_data, as_text

    if options.data is None:
        examined = surface(options.surface, domain=options.domain, **dict(options.set))
    else:
        from landscape.session.descent.own_data import surface_of_file

        examined = surface_of_file(Path(options.data), options.surface, options.domain, dict(options.set))
    _tell_parameters(None if examined.entry else examined)
    found = critical_points(examined)
    print(json.dumps(as_data(found), allow_nan=False) if options.json else as_text(found))
    return 0


def _search(options: argparse.Namespace) -> int:
    from landscape.export.search.results import search_steps
    from landscape.search.cluster import cluster
    from landscape.session.files import open_session

    with cluster(options.cluster) if options.cluster else nullcontext() as workers:
        for share in search_steps(open_session(options.what), Path(options.output), workers):
            if sys.stderr.isatty():
                print(f"\r{share:.0%} searched", end="\n" if share == 1.0 else "", file=sys.stderr, flush=True)
    print(options.output)
    return 0


def _tell_parameters(typed: "Surface | None") -> None:
    """Write which names of a formula were taken for parameters, and at which values."""
    if typed is not None and typed.values:
        listed, say = ", ".join(f"{name} = {value:.12g}" for name, value in typed.values), _say()
        told = say("Parameters: {listed} (--set {name}=… for another value)", listed=listed, name=typed.values[0][0])
        print(told, file=sys.stderr)


def _tell_conflict() -> None:
    """Write that another package overwrites files of this program, before one of them is missed."""
    if found := conflict():
        _complain(_say().error(found))


def _tell_problems() -> None:
    """Write beside the list what of a person's own catalogue was left out of it."""
    from landscape.catalogue.problems import problems

    say = _say()
    for problem in problems():
        print(say.error(problem), file=sys.stderr)


def _say() -> Translation:
    """Return the language of the terminal: that of the locale where it is one of ours, else English."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return translation(locale.replace(".", "_").partition("_")[0])


def _complain(sentence: str, code: int = 1) -> int:
    print(f"landscape: {sentence}", file=sys.stderr)
    return code
