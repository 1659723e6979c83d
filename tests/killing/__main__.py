"""Kill the program at random moments of editing, autosaving, saving and closing; exit code 1 where that did harm."""

import argparse
import sys

from tests.killing.outside import killed


def main() -> int:
    """Run, and print what is wrong with each."""
    parser = argparse.ArgumentParser(prog="python -m tests.killing", description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="number of the first one")
    options = parser.parse_args()
    harmed = 0
    for number in range(options.first, options.first + options.times):
        found = killed(str(number))
        harmed += bool(found)
        for wrong in found:
            print(f"{number}: {wrong}", flush=True)
    print(f"killed {options.times} times, {harmed} of them with harm")
    return 1 if harmed else 0


if __name__ == "__main__":
    sys.exit(main())
