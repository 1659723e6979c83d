"""Where a path meets a line: known triangles."""

import numpy as np
import pytest

from landscape.geometry.crossings import crossings


def test_a_path_that_crosses_does_so_between_two_of_its_points():
    when, where = crossings(np.array(((0.0, -1.0), (2.0, 3.0), (4.0, 2.0), (5.0, -2.0))), (0.0, 0.0), (10.0, 0.0))
    assert when == pytest.approx((0.25, 2.5))
    assert where == pytest.approx((0.5, 4.5))


def test_points_on_the_line_are_met_once_each():
    when, where = crossings(np.array(((1.0, 1.0), (2.0, 2.0), (3.0, 3.0), (3.0, 4.0))), (0.0, 0.0), (5.0, 5.0))
    assert when.tolist() == [0.0, 1.0, 2.0]
    assert where == pytest.approx(np.sqrt(2) * np.array((1.0, 2.0, 3.0)))


def test_beyond_the_ends_there_is_no_line():
    path = np.array(((-1.0, 0.0), (0.5, 0.0), (2.0, 1.0), (2.0, -1.0)))
    assert crossings(path, (0.0, 0.0), (1.0, 0.0))[0].tolist() == [1.0]


@pytest.mark.parametrize("far", [np.nan, np.inf, 1e308])
def test_a_path_that_diverges_meets_the_line_where_it_is_known_to(far):
    path = np.array(((1.0, 1.0), (1.0, -1.0), (far, far), (far, -far)))
    when, where = crossings(path, (0.0, 0.0), (2.0, 0.0))
    assert when[0] == 0.5
    assert np.isfinite(where).all()


def test_a_start_alone_meets_a_line_that_goes_through_it():
    assert [each.tolist() for each in crossings(np.array(((1.0, 2.0),)), (1.0, 0.0), (1.0, 4.0))] == [[0.0], [2.0]]
