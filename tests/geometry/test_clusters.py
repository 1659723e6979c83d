"""Neighbouring points are one cluster, others are not."""

import numpy as np
import pytest

from landscape.geometry.clusters import connected, distinct, neighbourhood, within


def test_a_neighbourhood_is_nine_cells():
    assert sorted(neighbourhood((4, -1))) == [(i, j) for i in (3, 4, 5) for j in (-2, -1, 0)]


def test_cells_that_touch_are_connected_corners_included_and_others_are_not():
    cells = [(0, 0), (5, 5), (1, 1), (5, 7), (2, 1), (5, 5)]
    assert sorted(sorted(component) for component in connected(cells)) == [[0, 2, 4], [1, 5], [3]]


def test_a_long_chain_is_one_component_and_an_empty_plane_has_none():
    chain = [(step, step // 2) for step in range(20_000)]
    assert [len(component) for component in connected(chain)] == [20_000]
    assert connected([]) == []


def test_clusters_are_those_that_comparing_all_pairs_in_turn_gives():
    points, distance = np.random.default_rng(5).uniform(0, 1, (2, 300)), 0.05
    free, expected = list(range(300)), []
    while free:
        leader = free[0]
        near = [other for other in free if np.abs(points[:, other] - points[:, leader]).max() <= distance]
        expected.append(near)
        free = [other for other in free if other not in near]
    assert [cluster.tolist() for cluster in within(points, distance)] == expected


def test_points_in_one_cell_are_told_once():
    points = np.array([[0.1, 5.0, 0.12, 5.0], [1.0, 2.0, 1.0, 3.0]])
    assert sorted(distinct(points, np.array([[1.0], [1.0]])).T.tolist()) == [[0.1, 1.0], [5.0, 2.0], [5.0, 3.0]]


@pytest.mark.parametrize("count", [0, 1])
def test_few_points_are_fine(count: int):
    assert len(within(np.zeros((2, count)), 0.1)) == count
    assert distinct(np.zeros((2, count)), np.ones((2, 1))).shape == (2, count)
