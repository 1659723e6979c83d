"""What the scenes ask of a workspace."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

from landscape.session.workspaces import Kind, part
from landscape.translation import Translation


@dataclass(frozen=True, kw_only=True)
class ScenePart(Generic[Kind]):
    """What ``scene/<workspace>/workspace.py`` says as ``WORKSPACE``."""

    title: Callable[[Kind, Translation], str]
    """Return what a document is called that has no title of its own; empty where it has no name."""


def scene_part(name: str) -> ScenePart[Any]:
    """Return what the scenes know of a workspace."""
    found: ScenePart[Any] = part("scene", name)
    return found
