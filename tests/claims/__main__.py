"""Print the claims, and what came of them here, as tables."""

import sys
import time

from tests.claims import landscapes, lessons, reasons, speed


def main() -> int:
    """Run everything; exit code 1 if a claim is not met."""
    begin = time.perf_counter()
    print("| claim | paper or prototype | ours, 5 seeds | agrees | why |\n|---|---|---|---|---|")
    agrees = True
    for part in (speed, reasons, landscapes, lessons):
        for found in part.findings():
            agrees = agrees and found.agrees
            cells = (found.claim, found.paper, found.ours, "yes" if found.agrees else "**no**", found.why)
            print(f"| {' | '.join(cells)} |", flush=True)
    print()
    for line in lessons.lines():
        print(line, flush=True)
    print(f"\n{time.perf_counter() - begin:.0f} s")
    return 0 if agrees else 1


if __name__ == "__main__":
    sys.exit(main())
