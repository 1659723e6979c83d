"""Print the table: of every module, or of those that are named."""

import importlib
import sys

from tests.benchmarks.harness import HERE, Missing, line, measure

MODULES = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in ("__init__", "__main__", "harness"))


def main(names: list[str]) -> int:
    """Run the rows of these modules; exit code 2 for a name that is none."""
    unknown = [name for name in names if name not in MODULES]
    if unknown:
        print(f"There is no {', '.join(unknown)}; there are {', '.join(MODULES)}", file=sys.stderr)
        return 2
    print("| workload | against | ours | theirs | ratio | aim | met |\n|---|---|---|---|---|---|---|")
    for name in names or MODULES:
        for row in importlib.import_module(f"tests.benchmarks.{name}").ROWS:
            try:
                print(line(row, *measure(row)), flush=True)
            except Missing as missing:
                print(f"| {row.workload} | {row.against} | | | | | {missing} is not installed |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
