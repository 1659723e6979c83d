"""Print how the program ends: in every state, or in those whose names hold one of the words given."""

import sys
from collections.abc import Callable, Iterator
from functools import partial

from tests.ending.outside import WAYS, Ending, ended, ended_at_start, export_ended
from tests.ending.states import STATES

SIGNALS = WAYS[:2]
STARTS = tuple(0.05 * step for step in range(1, 31))
EXPORTS = (
    *(("idle", f"a.{suffix}") for suffix in ("mp4", "gif", "png", "svg", "csv")),
    ("critical points, tangents", "a.png"), ("basins", "a.png"), ("map", "a.png"), ("compiling", "a.png"),
)  # fmt: skip
Row = tuple[str, str, Callable[[], Ending], tuple[int, ...]]
"""What is done, how it ends, and the exit codes that are right."""


def rows() -> Iterator[Row]:
    """Yield all that is tried."""
    for name in STATES:
        for way in WAYS:
            yield name, way, partial(ended, name, way), (0,)
    for seconds in STARTS:
        for way in SIGNALS:
            yield f"start, {seconds:.2f} s", way, partial(ended_at_start, seconds, way), (0,)
    for name, file in EXPORTS:
        for way in SIGNALS:
            run = partial(export_ended, name, file, 0.7 if name == "idle" else 2.0, way)
            yield f"export {file}, {name}", way, run, (0, 1)


def main(words: list[str]) -> int:
    """Run the rows; exit code 1 where one of them took over 1.5 s, had another code, or said or left something."""
    print("| state | ended by | seconds | code | on standard error | left |\n|---|---|---|---|---|---|")
    fine = True
    for name, way, run, codes in rows():
        if words and not any(word in name for word in words):
            continue
        found = run()
        good = found.seconds < 1.5 and found.code in codes and not (found.errors and 1 not in codes)
        fine = fine and good
        last = (found.errors.strip().splitlines() or [""])[-1][:80]
        left = " ".join(found.left)
        mark = "" if good else " **!**"
        print(f"| {name} | {way} | {found.seconds:.2f}{mark} | {found.code} | {last} | {left} |", flush=True)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
