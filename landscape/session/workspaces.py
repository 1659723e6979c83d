"""The registry of the workspaces: one line each, and the only list of them.

A workspace has a folder of its name in every layer that it needs; :func:`part` finds what is in it. What a layer asks
of that folder is said in the layer: :class:`SessionPart` here, ``ScenePart``, ``ExportPart`` and ``UiPart`` above. A
folder is imported when its workspace is first asked for.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Generic, TypeVar

from landscape.errors import InputError, Listing
from landscape.session.session import Document

Kind = TypeVar("Kind", bound=Document)


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """A line of the registry."""

    titles: Mapping[str, str]
    """What it is called, by language."""
    home: str = "landscape.{layer}.{name}"
    """Where its folders are."""


WORKSPACES: dict[str, Workspace] = {
    "descent": Workspace(titles={"en": "Descent", "zh": "下降"}),
    "network": Workspace(titles={"en": "Network", "zh": "网络"}),
    "search": Workspace(titles={"en": "Search", "zh": "搜索"}),
}
"""By their ids, in the order of their tabs."""


@dataclass(frozen=True, kw_only=True)
class SessionPart(Generic[Kind]):
    """What ``session/<workspace>/workspace.py`` says as ``WORKSPACE``."""

    document: type[Kind]
    """A frozen dataclass: its fields and their types are its form in a file, too."""
    new: Callable[[], Kind]
    """Return what the workspace opens with."""
    check: Callable[[Kind], Kind]
    """Return a document with everything that it leaves out filled in; InputError where something cannot be used."""
    take: Mapping[type, Callable[[Kind, Any], Kind]] = field(default_factory=dict)
    """By the kind of an offer of another workspace (``session/offers.py``): return a document with it."""
    give: Callable[[Kind], Iterable[Any]] | None = None
    """Return what a document offers to others, of these kinds; None: nothing."""


def session_part(name: str) -> SessionPart[Any]:
    """Return what the session knows of a workspace; InputError where there is none of that name."""
    found: SessionPart[Any] = part("session", name)
    return found


def part(layer: str, name: str, module: str = "workspace") -> Any:  # noqa: ANN401
    """Return ``WORKSPACE`` of a module in a workspace's folder; None where the workspace has no such module."""
    if name not in WORKSPACES:
        raise InputError('There is no workspace "{name}"; there are {allowed}', name=name, allowed=Listing(WORKSPACES))
    path = f"{WORKSPACES[name].home.format(layer=layer, name=name)}.{module}"
    return import_module(path).WORKSPACE if _exists(path) else None


def _exists(path: str) -> bool:
    try:
        return find_spec(path) is not None
    except ModuleNotFoundError:
        return False
