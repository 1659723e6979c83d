import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.scene.timeline import HOLD_SECONDS, base_speed, frame_steps, step_at


@given(st.integers(0, 100_000), st.floats(0.04, 120), st.sampled_from([1.0, 24.0, 29.97, 60.0]))
def test_a_film_begins_at_the_start_never_goes_back_and_ends_at_the_last_step(steps: int, seconds: float, fps: float):
    shown = frame_steps(steps, seconds, fps)
    assert len(shown) == max(1, round(seconds * fps))
    assert shown[-1] == steps
    assert (np.diff(shown) >= 0).all()
    if len(shown) > 1:
        assert shown[0] == 0


def test_a_film_rests_on_its_last_step():
    shown = frame_steps(200, 10, 30)
    assert (shown == 200).sum() == HOLD_SECONDS * 30 + 1
    assert np.diff(shown[:269]) == pytest.approx(200 / 269)


def test_a_short_film_rests_for_a_fifth_of_it():
    assert (frame_steps(200, 2, 30) == 200).sum() == 0.4 * 30 + 1


def test_a_film_of_one_frame_shows_the_end():
    assert frame_steps(50, 0.01, 30).tolist() == [50.0]


def test_the_frames_cannot_be_written_to():
    assert not frame_steps(10, 1, 30).flags.writeable


@pytest.mark.parametrize(("seconds", "step"), [(-1, 0), (0, 0), (0.5, 5), (1.05, 10.5), (99, 20)])
def test_time_becomes_a_step_within_the_run(seconds: float, step: float):
    assert step_at(seconds, 20, 10) == pytest.approx(step)


def test_normal_speed_shows_a_run_in_eight_seconds_but_does_not_crawl():
    assert base_speed(400) == 50
    assert base_speed(3) == 4
