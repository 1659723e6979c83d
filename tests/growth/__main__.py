"""Print what is left of what is done again and again: see ``tests.growth``."""

import argparse
import os
import sys
import tempfile

SESSION = "leaving-a-saddle"


def main(arguments: list[str] | None = None) -> int:
    """Return 0 where nothing has grown."""
    from tests.growth.doings import DOINGS

    names = {each.__name__: each for each in DOINGS}
    chosen = _parser(list(names)).parse_args(arguments)
    return _print_table(
        [(names[name], chosen.formulas if name == "type_formula" else chosen.times) for name in chosen.names or names]
    )


def _parser(names: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.growth", description="Do the same again and again, and count.")
    parser.add_argument("names", nargs="*", help=", ".join(names))
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--formulas", type=int, default=500)
    return parser


def _print_table(doings: list) -> int:
    from landscape.session.files import lesson
    from tests.gaps.operation import Operation, window_of
    from tests.growth.bounds import excess, more, repeated

    found: list[str] = []
    print("| more | times | widgets | objects | Python's | threads | timers | files | MB |")
    print("|---" * 9 + "|")
    with window_of(Operation(name="", steps=iter, opened=lambda: lesson(SESSION), first=False)) as person:
        for doing, times in doings:
            before, after = repeated(person, doing, times)
            numbers = " | ".join(f"{each:.0f}" for each in more(before, after).values())
            print(f"| {doing.__name__} | {times} | {numbers} |", flush=True)
            found += [f"{doing.__name__}: {each}" for each in excess(before, after)]
    print("\n".join(found) or "Nothing has grown")
    return int(bool(found))


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("LANDSCAPE_CONFIG", tempfile.mkdtemp(prefix="landscape-growth-"))
    sys.exit(main())
