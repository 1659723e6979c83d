"""Print the table of gaps: of every operation, or of those that are named."""

import json
import os
import statistics
import subprocess
import sys
import tempfile

TIMES = 5
TIMEOUT = 280
"""Seconds that an operation may take, five times."""


def main(names: list[str]) -> int:
    """Measure each operation in a process of its own, since what was done before warms it; 2 for an unknown name."""
    from tests.gaps import exports, files, hall, look, networks, reliefs, searches, surfaces  # noqa: F401
    from tests.gaps.operation import OPERATIONS

    if names[:1] == ["--only"]:
        print(json.dumps(measured(OPERATIONS[names[1]], int(names[2]))))
        return 0
    unknown = [name for name in names if name not in OPERATIONS]
    if unknown:
        print(f"There is no {', '.join(unknown)}; there are {', '.join(OPERATIONS)}", file=sys.stderr)
        return 2
    print("| operation | largest gap of five, ms | of it busy | median | busiest turn | at full speed |")
    print("|---|---|---|---|---|---|")
    for name in names or OPERATIONS:
        print(line(name, apart(name, first=OPERATIONS[name].first)), flush=True)
    return 0


def apart(name: str, *, first: bool) -> list[list[float]]:
    """Return the longest gap, what of it was busy, the busiest turn, and that turn at full speed, each time."""
    found = []
    for _ in range(TIMES if first else 1):
        command = [sys.executable, "-m", "tests.gaps", "--only", name, "1" if first else str(TIMES)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=True)
        except subprocess.SubprocessError as error:
            print(f"{name}: {error}\n{getattr(error, 'stderr', '')}", file=sys.stderr)
            return []
        found += json.loads(done.stdout.splitlines()[-1])
    return found


def measured(operation: object, times: int) -> list[list[float]]:
    """Do an operation some times to the same window."""
    from tests.gaps.operation import watched, window_of
    from tests.gaps.watch import slowness

    found = []
    with window_of(operation) as person:
        for _ in range(times):
            before = slowness()
            watch = watched(operation, person)
            slow = (before + slowness()) / 2
            found.append([watch.longest.wall, watch.longest.busy, watch.busiest, watch.busiest / slow])
    return found


def line(name: str, found: list[list[float]]) -> str:
    """Return the line of the table."""
    if not found:
        return f"| {name} | failed | | | | |"
    worst = max(found)
    median, busiest, full = (
        statistics.median(each[0] for each in found),
        *(max(each[n] for each in found) for n in (2, 3)),
    )
    numbers = worst[0], worst[1], median, busiest, full
    return f"| {name} | " + " | ".join(f"{1000 * number:.0f}" for number in numbers) + " |"


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("LANDSCAPE_CONFIG", tempfile.mkdtemp(prefix="landscape-gaps-"))
    sys.exit(main(sys.argv[1:]))
