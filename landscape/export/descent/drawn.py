"""A surface and its runs as the settings of an export have them drawn."""

from dataclasses import replace

from landscape.export.settings import Settings
from landscape.scene.descent.step_strip import explaining
from landscape.session.descent.document import Descent


def drawn(descent: Descent, settings: Settings) -> Descent:
    """Return a descent with the stage and the run that is explained which the settings choose."""
    staged = replace(descent, stage=settings.stage or descent.stage)
    return explaining(staged, settings.run) if settings.explain else staged
