"""What the scenes ask of a workspace."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic

from landscape.scene.answers import Answers
from landscape.session.workspaces import Kind, part
from landscape.translation import Translation

if TYPE_CHECKING:
    from landscape.scene.measures import Measures


@dataclass(frozen=True, kw_only=True)
class ScenePart(Generic[Kind]):
    """What ``scene/<workspace>/workspace.py`` says as ``WORKSPACE``."""

    title: Callable[[Kind, Translation], str]
    """Return what a document is called that has no title of its own; empty where it has no name."""
    described: Callable[[Kind, Answers, Translation, float | None], tuple[str, ...]] = lambda *_: ()
    """Return what is shown at a step, or at the end where that is None, in sentences, as far as it is known."""
    measures: "Callable[[], Measures[Kind]] | None" = None
    """Load what a lesson can tell of a document; None: nothing."""


def scene_part(name: str) -> ScenePart[Any]:
    """Return what the scenes know of a workspace."""
    found: ScenePart[Any] = part("scene", name)
    return found
