"""What came of a run, in words, and whether it is good."""

from collections import Counter
from pathlib import Path

from tests.soak.counts import MOST, growth, types
from tests.soak.curve import write_curve
from tests.soak.driver import Driver
from tests.soak.witness import Finding

SHOWN = 12
"""So many types of Python's objects are named that there are more of."""


def report(driver: Driver, curve: Path | None) -> int:
    """Close the window and print what was found; return 0 where that is nothing, and memory has not grown."""
    grown = growth(driver.counts)
    more = types() - driver.types if driver.types else Counter()
    findings = driver.close()
    print(f"\n{sum(driver.done.values())} actions: {dict(driver.done.most_common())}")
    print(f"\nMet: {dict(driver.player.met.most_common())}")
    print("\nThe longest:")
    for seconds, number, action in reversed(driver.longest):
        print(f"- {seconds:.1f} s: {number} {action[:120]}")
    if more:
        print(f"\nMore since the warm-up: {dict(more.most_common(SHOWN))}")
    if grown is not None:
        others = {
            name: growth(driver.counts, name) for name in ("widgets", "objects", "python", "timers", "threads", "files")
        }
        print(f"\nMemory grew by {grown:.1f} MB after the warm-up; {others}")
    _print_findings(findings)
    if curve is not None:
        write_curve(driver.counts, curve)
    return int(bool(findings) or (grown or 0.0) > MOST)


def _print_findings(findings: list[Finding]) -> None:
    kinds = Counter(each.kind for each in findings)
    print(f"\n{len(findings)} findings of {len(kinds)} kinds")
    for kind, times in kinds.most_common():
        first = next(each for each in findings if each.kind == kind)
        print(f"- {times} times, first at {first.number} ({first.action[:100]}): {kind}")
