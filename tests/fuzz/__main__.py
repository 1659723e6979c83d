"""Run the kinds that are named, or all of them; exit code 1 where something was neither used nor refused."""

import argparse
import importlib
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.harness import Fuzz, generator, run

KINDS = ("formulas", "catalogues", "tables", "sessions", "links", "carried")


def fuzz_of(kind: str) -> Fuzz:
    """Return what is done of one kind."""
    found: Fuzz = importlib.import_module(f"tests.fuzz.{kind}").FUZZ
    return found


def main() -> int:
    """Run, and print every fault with its case."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--count", type=int, help="cases of each kind")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--only", type=int, help="number of the one case to try and to show")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["LANDSCAPE_CONFIG"] = tempfile.mkdtemp(prefix="landscape-fuzz-")
    faults = 0
    for kind in options.kinds or KINDS:
        fuzz, begin = fuzz_of(kind), time.perf_counter()
        first, count = (options.only, 1) if options.only is not None else (options.first, options.count or fuzz.count)
        if options.only is not None:
            print(repr(fuzz.make(generator(options.seed, first))))
        found = used = 0
        for fault in run(fuzz, count, options.seed, first):
            if isinstance(fault, bool):
                used += fault
            else:
                found += 1
                print(f"--- {kind} {fault.number} (seed {options.seed}): {fault.case}\n{fault.error}", flush=True)
        faults += found
        took = time.perf_counter() - begin
        print(f"{kind}: {found} faults in {count} cases, of which {used} were used; {took:.0f} s", flush=True)
    Path(os.environ["LANDSCAPE_CONFIG"]).rmdir()
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
