"""Long lines are made short without a difference that can be seen."""

import numpy as np
import pytest

from landscape.plot import polyline
from landscape.plot.polyline import (
    MOST,
    STRAIGHT,
    THIN,
    clip,
    dashed,
    lines,
    meeting,
    reduce,
    straighten,
    thin,
    travelled,
)

BOX = (0.0, 0.0, 100.0, 50.0)
EVERYWHERE = (-1e9, -1e9, 1e9, 1e9)


def walk(seed, count=400, stride=0.4):
    return np.cumsum(np.random.default_rng(seed).normal(0, stride, (count, 2)), axis=0)


def distance(point, joined):
    """Return how far a point is from the nearest of some lines."""
    start, delta = joined[:, :2], joined[:, 2:] - joined[:, :2]
    length = np.maximum((delta**2).sum(axis=1), 1e-300)
    share = np.clip(((point - start) * delta).sum(axis=1) / length, 0, 1)
    return np.hypot(*(point - start - share[:, None] * delta).T).min()


@pytest.mark.parametrize("seed", range(5))
def test_a_point_that_is_left_out_is_close_to_the_last_that_was_kept(seed):
    points = walk(seed)
    kept = thin((points,), 0.7)[0]
    last = kept[np.searchsorted(kept, np.arange(len(points)), "right") - 1]
    assert np.hypot(*(points - points[last]).T).max() < 0.7
    assert len(kept) < len(points)


@pytest.mark.parametrize("count", [1, 2, 17, 250, 399])
def test_a_growing_line_keeps_the_points_it_had(count):
    points = walk(1)
    whole = thin((points,), 0.7)[0]
    assert thin((points[:count],), 0.7)[0].tolist() == whole[whole < count].tolist()


@pytest.mark.parametrize("shape", ["smooth", "rough"])
def test_points_on_a_straight_line_go_and_none_is_missed(shape):
    t = np.linspace(0, 6, 900)
    points = np.stack((200 * np.cos(t), 100 * np.sin(1.7 * t)), axis=1) if shape == "smooth" else walk(3, stride=5)
    kept = straighten(points, 0.2)
    joined = lines(points[kept])
    assert max(distance(point, joined) for point in points) < 3 * 0.2
    assert (len(kept) < len(points) / 4) == (shape == "smooth")
    assert kept[0] == 0
    assert kept[-1] == len(points) - 1


def test_a_line_there_and_back_keeps_its_turning_points():
    points = np.array(((0.0, 0.0), (10.0, 0.0), (0.0, 0.0), (10.0, 0.0), (0.0, 0.0)))
    assert straighten(points, 0.2).tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("seed", range(5))
def test_clipping_keeps_just_what_is_inside(seed):
    joined = np.random.default_rng(seed).uniform(-150, 250, (200, 4))
    inside, origin = clip(joined, BOX)
    share = np.linspace(0, 1, 201)[:, None, None]
    positions = joined[:, :2] + share * (joined[:, 2:] - joined[:, :2])
    within = ((positions > np.array(BOX[:2])) & (positions < np.array(BOX[2:]))).all(axis=2).any(axis=0)
    assert set(np.flatnonzero(within)) <= set(origin)
    assert (inside.reshape(-1, 2) >= np.array(BOX[:2]) - 1e-9).all()
    assert (inside.reshape(-1, 2) <= np.array(BOX[2:]) + 1e-9).all()
    for part, source in zip(inside, joined[origin], strict=True):
        assert distance(part[:2], source[None]) < 1e-9
        assert distance(part[2:], source[None]) < 1e-9


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_line_to_nowhere_is_not_drawn(bad):
    points = np.array(((1.0, 1.0), (2.0, 2.0), (bad, 3.0), (4.0, 4.0), (5.0, 5.0)))
    inside, origin = clip(lines(points), BOX)
    assert origin.tolist() == [0, 3]
    assert np.isfinite(inside).all()


def test_a_line_to_the_end_of_the_numbers_leaves_the_box_in_its_direction():
    inside, _ = clip(lines(np.array(((10.0, 10.0), (1e200, 2e200)))), BOX)
    assert inside == pytest.approx(np.array(((10.0, 10.0, 30.0, 50.0),)))


@pytest.mark.parametrize("size", [1e8, 1e12, 1e16, 1e30, 1e100, 1e200])
def test_a_run_that_swings_ever_wider_leaves_no_loose_ends_in_view(size):
    swing = 1.5 ** np.arange(0, 40)[:, None] * (-1.0) ** np.arange(40)[:, None] * np.array((3.0, 1.0))
    points = np.vstack((swing + np.array((50.0, 25.0)), np.array(((1.0, 0.37), (-2.1, -0.81), (4.3, 1.6))) * size))
    (found,) = reduce([points], BOX)
    ends = found.joined.reshape(-1, 2)
    seen = (points[found.kept] >= 0).all(axis=1) & (points[found.kept] <= (100.0, 50.0)).all(axis=1)
    rim = (np.abs(ends - BOX[:2]) < 1e-6).any(axis=1) | (np.abs(ends - BOX[2:]) < 1e-6).any(axis=1)
    loose = [end for end in ends[~rim] if np.hypot(*(points[found.kept][seen] - end).T).min() > 1e-6]
    assert loose == []
    assert np.abs(found.before).max() < 1e7


def test_a_line_from_the_end_of_the_numbers_arrives_where_it_ends():
    inside, _ = clip(lines(np.array(((1e100, 2e100), (10.0, 10.0)))), BOX)
    assert inside == pytest.approx(np.array(((30.0, 50.0, 10.0, 10.0),)))


@pytest.mark.parametrize("count", [0, 1])
def test_no_line_is_fine(count):
    points = np.zeros((count, 2))
    assert len(thin((points,), 0.7)[0]) == count
    assert len(straighten(points, 0.2)) == count
    assert len(lines(points)) == 0
    assert len(clip(lines(points), BOX)[0]) == 0
    assert len(meeting(lines(points), BOX)) == 0
    assert len(travelled(points)) == count
    assert len(reduce([points], BOX)[0].joined) == 0
    assert reduce([], BOX) == []


def test_dashes_run_on_around_corners():
    corner = lines(np.array(((0.0, 0.0), (7.0, 0.0), (7.0, 20.0))))
    dashes, origin = dashed(corner, np.array((0.0, 7.0)), (5.0, 3.0))
    assert dashes[origin == 0] == pytest.approx(np.array(((0, 0, 5, 0),)))
    assert dashes[origin == 1] == pytest.approx(np.array(((7, 1, 7, 6), (7, 9, 7, 14), (7, 17, 7, 20))))


def test_dashes_and_dots_take_turns():
    line = lines(np.array(((0.0, 0.0), (40.0, 0.0))))
    dashes, _ = dashed(line, np.zeros(1), (6.0, 2.0, 1.0, 2.0))
    ends = sorted(dashes[:, [0, 2]].tolist())
    assert ends == [[0, 6], [8, 9], [11, 17], [19, 20], [22, 28], [30, 31], [33, 39]]


def test_lines_reduced_together_stay_apart():
    many = [walk(seed, count) for seed, count in enumerate((300, 1, 2, 120))] + [np.zeros((0, 2))]
    for points, together in zip(many, reduce(many, EVERYWHERE), strict=True):
        assert together.joined == pytest.approx(lines(points[together.kept]))
        assert together.origin.tolist() == list(range(len(together.joined)))
        if len(points) > 1:
            assert max(distance(point, together.joined) for point in points) < THIN + 3 * STRAIGHT


def test_a_line_that_hides_itself_is_drawn_from_a_part_of_its_points_on_both_sides():
    jumps = np.stack((np.linspace(0, 90, 100_001), 20.0 * (-1.0) ** np.arange(100_001)), axis=1)
    tangle, short = reduce([jumps, walk(0)], EVERYWHERE)
    assert MOST < len(tangle.kept) * 2 < 4 * MOST
    assert (np.diff(tangle.joined[:, 1]) != 0).all()
    assert set(np.abs(tangle.joined[:, 1])) == {20.0}
    assert short.kept[-1] > 390
    assert np.isfinite(short.joined).all()


def test_a_line_that_is_looked_at_in_parts_keeps_the_same_points(monkeypatch):
    many = [walk(0), walk(1, 7), np.zeros((0, 2)), walk(2, 1000)]

    def reduced():
        return reduce(many, BOX, lambda points: 2 * points + 1)

    together = reduced()
    monkeypatch.setattr(polyline, "TOGETHER", 64)
    for one, other in zip(together, reduced(), strict=True):
        assert one.kept.tolist() == other.kept.tolist()
        assert (one.joined == other.joined).all()
        assert (one.before == other.before).all()


def test_points_are_placed_before_they_are_thinned():
    points = walk(0)
    placed, pixels = reduce([points], EVERYWHERE, lambda points: 3 * points)[0], reduce([3 * points], EVERYWHERE)[0]
    assert placed.kept.tolist() == pixels.kept.tolist()
    assert (placed.joined == pixels.joined).all()
