"""The parts that most pictures of a surface do without: each is loaded with the first picture that has it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from landscape.scene.palette import Theme

if TYPE_CHECKING:
    from landscape.plot.descent.caption import CaptionStrip
    from landscape.plot.descent.step_strip import StepStrip
    from landscape.plot.relief import ReliefPlot
    from landscape.scene.descent.caption import CaptionLine
    from landscape.scene.descent.step_strip import StripPlan


def strip_of(plan: "StripPlan | None", theme: Theme) -> "StepStrip | None":
    """Return what draws the steps of a run; None without a plan."""
    if plan is None:
        return None
    from landscape.plot.descent.step_strip import StepStrip

    return StepStrip(plan, theme)


def caption_of(lines: "Sequence[CaptionLine]", theme: Theme) -> "CaptionStrip | None":
    """Return what draws a caption; None without lines."""
    if not lines:
        return None
    from landscape.plot.descent.caption import CaptionStrip

    return CaptionStrip(lines, theme)


def relief_of(theme: Theme) -> "ReliefPlot":
    """Return a relief."""
    from landscape.plot.relief import ReliefPlot

    return ReliefPlot(theme, ghost=False)
