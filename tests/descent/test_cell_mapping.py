"""What is remembered of the cells of a surface, from one map to the next."""

import gc
import weakref

from landscape.catalogue.surfaces import surface
from landscape.descent.cell_mapping import cell_mapping


def test_the_cells_of_a_surface_stay_while_it_is_the_one_that_is_asked_for() -> None:
    assert cell_mapping(surface("himmelblau")) is cell_mapping(surface("himmelblau"))


def test_the_cells_of_a_surface_are_let_go_for_those_of_another() -> None:
    """They take 6 MB."""
    first = weakref.ref(cell_mapping(surface("himmelblau")))
    cell_mapping(surface("beale"))
    gc.collect()
    assert first() is None
