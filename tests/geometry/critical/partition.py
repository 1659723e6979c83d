"""Proven or open: what independent runs find on every surface of the catalogue and on formulas that are made up.

``python -m tests.geometry.critical.partition`` prints every false word; the tests do a part of it.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator

from landscape.catalogue.surfaces import Surface, surface, surface_entries
from landscape.errors import InputError
from landscape.geometry.critical import critical_points
from tests.geometry.critical.independent import false_words
from tests.geometry.critical.made_up import made_up
from tests.geometry.critical.scipy_functions import BEGIN

COUNT = 500
RUNS = 2000
SECONDS = 5.0


def wrong_words(given: Surface, runs: int, seconds: float) -> list[str]:
    """Search a surface, and return every false word of the answer, and whether it was late."""
    begin = time.process_time()
    try:
        found = critical_points(given, seconds=seconds)
    except InputError:  # Its second derivatives are too large
        return []
    took = time.process_time() - begin  # Of the processor: others may be at work, too
    late = [f"it took {took:.1f} s of {seconds:g}"] if took > 1.1 * seconds + BEGIN else []
    return [*late, *false_words(given, found, runs)]


def cases(count: int, seed: int = 0) -> Iterator[tuple[str, Surface]]:
    """Yield every surface of the catalogue, and so many that are made up, with their names."""
    for name in surface_entries():
        yield name, surface(name)
    for number in range(count):
        case = made_up(number, seed)
        yield f"{number}: {case.formula} on {case.domain}", case.surface


def main() -> int:
    """Print the false words; exit code 1 where there are any."""
    parser = argparse.ArgumentParser(prog="python -m tests.geometry.critical.partition", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT, help="formulas that are made up")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--runs", type=int, default=RUNS, help="of Newton's method and of minimization, each")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of a search")
    parser.add_argument("--part", metavar="K/N", default="1/1", help="every Nth case, from the Kth on")
    parser.add_argument("--only", type=int, help="the formula of this number alone")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    first, step = map(int, options.part.split("/"))
    chosen = list(cases(options.count, options.seed))[first - 1 :: step]
    if options.only is not None:
        chosen = [(made_up(options.only, options.seed).formula, made_up(options.only, options.seed).surface)]
    wrong, begin = 0, time.perf_counter()
    for name, given in chosen:
        try:
            words = wrong_words(given, options.runs, options.seconds)
        except Exception as error:  # noqa: BLE001  whatever it is, the next formula is searched
            words = [f"{type(error).__name__}: {error}"]
        wrong += len(words)
        for sentence in words:
            print(f"{name}\n    {sentence}", flush=True)
    print(f"{wrong} false words about {len(chosen)} surfaces; {time.perf_counter() - begin:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
