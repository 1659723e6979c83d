"""``python -m landscape`` is the same as ``landscape``."""

import os
import signal
import sys


def main() -> int:
    """Run the program with the arguments of the command line; return its exit code.

    Loading the command line takes a moment, in which somebody may want to end it again: where a window is to open,
    that is done without a word, as it is later; elsewhere the command line says so as soon as it can. An exception in
    the middle of loading Qt would abort.
    """
    opens = sys.argv[1:2] in ([], ["open"])
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda *_: os._exit(0 if opens else _interrupted()))
    try:
        from landscape.cli import main
    except KeyboardInterrupt:
        return 1
    return main()


def _interrupted() -> int:
    """Tell that the work ends, where the command line is loaded by now; return the exit code."""
    tell = getattr(sys.modules.get("landscape.cli"), "interrupted", None)
    return int(tell()) if tell is not None else 1


if __name__ == "__main__":
    sys.exit(main())
