"""What is wrong with a person's own catalogue files, to be shown instead of stopping the program."""

from landscape.catalogue.optimizers import optimizer_shelf
from landscape.catalogue.schedules import schedule_shelf
from landscape.catalogue.surfaces import surface_shelf
from landscape.errors import InputError


def problems() -> tuple[InputError, ...]:
    """Return one error for each entry that was left out, and for each file or folder that could not be read."""
    found = (*surface_shelf().problems, *optimizer_shelf().problems, *schedule_shelf().problems)
    return tuple({str(problem): problem for problem in found}.values())
