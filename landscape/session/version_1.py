"""Files of version 1: one object held a surface, its runs and the networks, and runs were named by their colour."""

from collections.abc import Mapping
from typing import Any

SHARED = ("title", "workspace")
"""The fields that belong to no document."""


def upgraded(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands in a file of version 1 as a file of version 2 says it; mistakes stay for who reads it."""
    descent = {name: value for name, value in given.items() if name not in (*SHARED, "format", "version", "experiment")}
    runs = descent.get("runs")
    if isinstance(runs, list):
        descent["runs"] = [_run(run, index) for index, run in enumerate(runs)]
        _name_runs(descent, runs)
    documents = {"descent": descent}
    if given.get("experiment") is not None:
        documents["network"] = _with_rule(given["experiment"])
    return {**{name: given[name] for name in SHARED if name in given}, "documents": documents}


def _run(run: Any, index: int) -> Any:  # noqa: ANN401
    return {"id": index, **_with_rule(run)} if isinstance(run, Mapping) else run


def _with_rule(given: Any) -> Any:  # noqa: ANN401
    """Call an optimizer what it is called now."""
    if not isinstance(given, Mapping):
        return given
    return {("rule" if name == "optimizer" else name): value for name, value in given.items()}


def _name_runs(descent: dict[str, Any], runs: list[Any]) -> None:
    """Name runs by their ids where they were named by their colours; of several in one colour the first was meant."""
    ids: dict[Any, int] = {}
    for index, run in enumerate(runs):
        color = run.get("color", 0) if isinstance(run, Mapping) else None
        if isinstance(color, int):
            ids.setdefault(color, index)
    if isinstance(descent.get("basins"), int):
        descent["basins"] = ids.get(descent["basins"], len(runs))
    for name in ("hyper_map", "animation"):
        shown = descent.get(name)
        if isinstance(shown, Mapping) and isinstance(shown.get("run"), int):
            descent[name] = {**shown, "run": ids.get(shown["run"], len(runs))}
