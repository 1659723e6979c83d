"""Every change of the comparison of the runs by evaluations: pure functions from a descent to the next."""

from dataclasses import replace
from typing import Any

from landscape.errors import InputError
from landscape.session.camera import StageView
from landscape.session.descent import checks as own_checks
from landscape.session.descent import edits
from landscape.session.descent.document import Comparison, Descent
from landscape.session.descent.targets import suited_target


def compare(descent: Descent, shown: bool = True) -> Descent:
    """Show how the runs compare, with a target that suits the surface where there was none; or no longer."""
    kept = descent.comparison or Comparison(target=suited_target(descent.surface))
    return replace(descent, comparison=replace(kept, shown=shown)) if shown or descent.comparison else descent


def show_stage(descent: Descent, stage: StageView) -> Descent:
    """Show the map, the relief or both, in place of the comparison."""
    return edits.set_stage(compare(descent, shown=False), stage)


def set_number(descent: Descent, name: str, value: float) -> Descent:
    """Set the target, the evaluations or the repetitions of the comparison."""
    if descent.comparison is None:
        raise InputError("Nothing is compared")
    changes: Any = {name: float(value) if name == "target" else round(value)}
    changed = replace(descent.comparison, **changes)
    own_checks.comparison(changed)
    return replace(descent, comparison=changed)
