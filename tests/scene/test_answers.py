import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.scene.answers import PARTIAL, Answers, arrays_of
from landscape.scene.descent.critical_question import critical_points_question
from landscape.scene.descent.run_questions import (
    GradientNormQuestion,
    PredictionQuestion,
    TrajectoryQuestion,
    lengths,
)
from landscape.scene.descent.surface_questions import ContourQuestion, GridQuestion, ShadingQuestion
from landscape.scene.descent.view import stage_view
from landscape.scene.equation import EquationQuestion
from landscape.scene.question import Ask, Question


@dataclass(frozen=True)
class Zeros(Question[np.ndarray]):
    """An array of known size, made once for each time it is asked."""

    name: int
    count: int = 1000
    made: list[int] = field(default_factory=list, compare=False)

    def answer(self, ask: Ask) -> np.ndarray:
        self.made.append(self.name)
        return np.zeros(self.count)

    def seconds(self) -> float:
        return 0.001


def path(formula: str = "x**2 + y**2", steps: int = 20) -> TrajectoryQuestion:
    return TrajectoryQuestion(surface=surface(formula), rule=optimizer("sgd", lr=0.1), start=(1.0, 2.0), steps=steps,
                              schedule=schedule("constant"), noise=0.0, batch_size=0, seed=0)  # fmt: skip


def grid(formula: str = "x**2 + y**2", side: int = 32) -> GridQuestion:
    return GridQuestion(surface=surface(formula), x=(-1.0, 1.0), y=(-2.0, 2.0), columns=side, rows=side)


def test_equal_questions_are_answered_once():
    answers, question = Answers(), Zeros(1)
    first = answers.compute(question)
    assert answers.compute(Zeros(1, made=question.made)) is first
    assert question.made == [1]


def test_what_was_not_asked_is_not_known():
    assert Answers().get(Zeros(1)) is None


def test_a_formula_as_a_picture_counts_by_its_length_until_it_gives_way():
    answers = Answers(capacity_bytes=30_000)
    answers.put(EquationQuestion(latex="x"), "<svg>" * 4000)
    assert 20_000 <= answers.bytes <= 21_000
    answers.put(EquationQuestion(latex="y"), "<svg>" * 3000)
    assert 15_000 <= answers.bytes <= 16_000
    assert answers.get(EquationQuestion(latex="x")) is None


def test_what_is_no_array_counts_too_until_it_gives_way():
    """The boxes of a search that stay open are tuples: half a megabyte in which there is hardly an array."""
    answers = Answers(capacity_bytes=6_000_000)
    tracemalloc.start()
    boxes = tuple((x + 0.5, x + 1.5, x + 0.25, x + 1.25) for x in range(20_000))
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    answers.put(Zeros(1), {"open": boxes})
    assert answers.bytes == pytest.approx(taken, rel=0.2)
    answers.put(Zeros(2), {"open": boxes[::2], "rest": boxes[1::2]})
    assert answers.get(Zeros(1)) is None
    answers.put(Zeros(3), "<svg>" * 1_000_000)
    assert answers.bytes == pytest.approx(5_000_000, rel=0.01)


def test_answers_stay_within_their_bytes_and_the_least_used_go_first():
    answers = Answers(capacity_bytes=30_000)
    for name in range(3):
        answers.compute(Zeros(name))
    answers.get(Zeros(0))
    answers.compute(Zeros(3))
    assert answers.bytes <= 30_000
    assert [answers.get(Zeros(name)) is not None for name in range(4)] == [True, False, True, True]


def test_an_answer_larger_than_all_the_room_is_still_kept_until_the_next():
    answers = Answers(capacity_bytes=1000)
    answers.compute(Zeros(1, count=10_000))
    assert answers.get(Zeros(1, count=10_000)) is not None
    answers.compute(Zeros(2))
    assert answers.get(Zeros(1, count=10_000)) is None


def test_ten_thousand_different_questions_do_not_grow():
    answers = Answers(capacity_bytes=100_000)
    for name in range(10_000):
        answers.compute(Zeros(name, count=10))
        assert answers.bytes <= 100_000


def test_whoever_is_second_gets_the_first_answer():
    answers, question = Answers(), Zeros(1)
    first, second = question.answer(answers.compute), question.answer(answers.compute)
    assert answers.put(question, first) is first
    assert answers.put(question, second) is first
    assert answers.compute(question) is first


def test_many_threads_see_one_answer_for_each_question():
    answers = Answers(capacity_bytes=60_000)

    def work(seed: int) -> bool:
        random = Random(seed)
        names = [random.randrange(12) for _ in range(500)]
        return all(len(answers.compute(Zeros(name))) == 1000 for name in names)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))
    kept = sum(answers.get(Zeros(name)) is not None for name in range(12))
    assert kept * 8000 <= answers.bytes <= 60_000


def test_the_size_of_an_answer_counts_every_array_in_it():
    trajectory = path(steps=10).answer(Answers().compute)
    numbers = 11 * (2 + 1 + 2) + 10
    assert sum(array.nbytes for array in arrays_of(trajectory)) == 8 * numbers
    assert sum(array.nbytes for array in arrays_of((np.zeros(3), {"m": np.zeros(2)}, "text"))) == 40


def test_what_two_answers_share_is_counted_once_and_freed_with_the_later_one():
    answers = Answers(capacity_bytes=50_000)
    shading = answers.compute(ShadingQuestion(grid=grid(side=40), scale="auto"))
    assert shading.values is answers.get(grid(side=40))
    distinct = shading.values.nbytes + shading.shade.nbytes + shading.levels.nbytes
    assert distinct <= answers.bytes <= distinct + 2000
    answers.compute(Zeros(1, count=6000))
    assert answers.get(ShadingQuestion(grid=grid(side=40), scale="auto")) is None
    assert 48_000 <= answers.bytes <= 49_000


def test_a_part_of_an_array_counts_as_all_of_it_once_however_many_parts_are_kept():
    answers = Answers(capacity_bytes=50_000)
    large = np.zeros(4000)
    for name in range(3):
        answers.put(Zeros(name), large[name * 10 :][:10])
    assert 32_000 <= answers.bytes <= 33_000
    answers.put(Zeros(3), np.zeros(6000))
    assert answers.get(Zeros(2)) is None
    assert 48_000 <= answers.bytes <= 49_000


def test_the_parts_of_an_answer_are_kept_too():
    answers = Answers()
    shading = ShadingQuestion(grid=grid(), scale="auto")
    contours = ContourQuestion(shading=shading)
    answers.compute(contours)
    for part in (shading, shading.grid, contours.coarse):
        assert answers.get(part) is not None


def test_contour_lines_lie_on_their_level():
    question = ContourQuestion(shading=ShadingQuestion(grid=grid(side=256), scale="linear"))
    for line in Answers().compute(question).lines:
        x, y = line.points[~np.isnan(line.points[:, 0])].T
        assert x**2 + y**2 == pytest.approx(line.level, abs=2e-3)


def test_contour_lines_are_traced_on_a_coarser_grid_of_the_same_place():
    fine = grid(side=1000)
    coarse = ContourQuestion(shading=ShadingQuestion(grid=fine, scale="auto")).coarse
    assert (coarse.columns, coarse.rows) == (256, 256)
    assert (coarse.surface, coarse.x, coarse.y) == (fine.surface, fine.x, fine.y)


def test_a_mini_batch_costs_less_than_all_rows():
    from dataclasses import replace

    rows = {"u": np.arange(5000.0), "v": np.arange(5000.0)}
    whole = replace(path(), surface=surface("mean((sigmoid(x*u + y) - v)**2)", data=rows))
    small = replace(whole, batch_size=10)
    Answers().warm(whole)
    Answers().warm(small)
    assert small.seconds() < whole.seconds() / 10


def test_the_norm_of_the_gradient_is_that_of_the_trajectory():
    answers = Answers()
    norms = answers.compute(GradientNormQuestion(trajectory=path()))
    assert norms == pytest.approx(2 * np.hypot(1, 2) * 0.8 ** np.arange(21))


def test_a_length_is_right_where_squares_overflow_or_are_lost():
    vectors = np.array(((3e200, 4e200), (3e-200, 4e-200), (5e-324, 0.0), (0.0, 0.0), (3.0, -4.0), (np.inf, 1.0)))
    assert lengths(vectors) == pytest.approx((5e200, 5e-200, 5e-324, 0.0, 5.0, np.inf), rel=1e-15)
    assert np.isnan(lengths(np.array(((np.nan, 1.0),)))).all()


@pytest.mark.parametrize("turned", [False, True])
def test_predictions_are_the_model_with_the_parameters_of_each_step(turned: bool):
    from dataclasses import replace

    line = replace(
        surface("mean((x*u + y - v)**2)", data={"u": (0.0, 1.0, 2.0), "v": (1.0, 3.0, 5.0)}),
        model="x*u + y",
        rotation=90.0 if turned else 0.0,
    )
    question = replace(path(), surface=line)
    answers = Answers()
    predictions = answers.compute(PredictionQuestion(trajectory=question))
    x, y = answers.compute(question).points.T
    # A quarter turn to the left about the origin: what was at (y, -x) is at (x, y).
    slope, offset = (y, -x) if turned else (x, y)
    inputs = np.linspace(-0.2, 2.2, predictions.shape[1])
    assert predictions == pytest.approx(slope[:, None] * inputs + offset[:, None])
    losses = np.mean((slope[:, None] * [0, 1, 2] + offset[:, None] - [1, 3, 5]) ** 2, axis=1)
    assert answers.compute(question).losses == pytest.approx(losses)


def test_a_cold_trajectory_is_not_instant_and_a_warm_one_is():
    question = path("x**2 + 3*y**2 + 0.123*x*y", steps=500)
    answers = Answers()
    assert not answers.is_instant(question)
    answers.warm(question)
    assert answers.is_instant(question)


def test_what_does_not_fit_into_a_frame_together_is_not_instant():
    eight = [path(steps=100_000 - shorter) for shorter in range(8)]
    answers = Answers()
    answers.warm(eight[0])
    assert answers.is_instant(eight[0])
    assert not answers.is_instant(*eight)


def test_several_questions_share_one_frame():
    answers = Answers()
    assert answers.is_instant(*(Zeros(name) for name in range(8)))
    assert not answers.is_instant(*(Zeros(name) for name in range(9)))
    for name in range(5):
        answers.compute(Zeros(name))
    assert answers.is_instant(*(Zeros(name) for name in range(9)))


def test_the_first_picture_of_a_surface_without_data_does_not_wait_for_kernels():
    view = stage_view((-1.0, 1.0), (-1.0, 1.0), 1200, 800)
    question = GridQuestion(surface=surface("(x**2 + 0.77*y - 11)**2 + (x + y**2 - 7)**2"), x=view.x, y=view.y,
                            columns=view.columns, rows=view.rows)  # fmt: skip
    assert not question.is_warm()
    assert Answers().is_instant(ShadingQuestion(grid=question, scale="auto"))


def test_a_surface_with_many_rows_is_left_to_a_job_while_it_is_cold():
    rows = {"u": np.arange(500.0), "v": np.arange(500.0)}
    question = GridQuestion(surface=surface("mean((x*u + y - v)**2 + 0*x)", data=rows), x=(0.0, 1.0), y=(0.0, 1.0),
                            columns=400, rows=400)  # fmt: skip
    assert not Answers().is_instant(question)


def test_a_view_samples_every_second_device_pixel_up_to_a_limit():
    view = stage_view((0.0, 1.0), (0.0, 1.0), 801, 600)
    assert (view.columns, view.rows) == (400, 300)
    huge = stage_view((0.0, 1.0), (0.0, 1.0), 10_000, 1)
    assert (huge.columns, huge.rows) == (1024, 2)


def test_noise_and_mini_batches_have_kernels_of_their_own_to_wait_for():
    from dataclasses import replace

    plain = path("x**2 + 0.321*y**2")
    noisy = replace(plain, noise=0.1)
    answers = Answers()
    answers.warm(plain)
    assert answers.is_instant(plain)
    assert not answers.is_instant(noisy)
    answers.warm(noisy)
    assert answers.is_instant(noisy)


def test_what_is_known_so_far_is_the_whole_answer_once_there_is_one():
    answers = Answers()
    assert answers.so_far(Zeros(1)) is None
    part, whole = np.zeros(1), np.zeros(2)
    answers.put(Zeros(1), part, 0.5)
    assert answers.so_far(Zeros(1)) is part
    assert answers.get(Zeros(1)) is None
    answers.put(Zeros(1), whole)
    assert answers.so_far(Zeros(1)) is answers.get(Zeros(1)) is whole


def test_less_never_takes_the_place_of_more():
    answers = Answers()
    small, large, later = np.zeros(1), np.zeros(2), np.ones(2)
    answers.put(Zeros(1), large, 0.6)
    answers.put(Zeros(1), small, 0.3)
    assert answers.so_far(Zeros(1)) is large
    assert answers.share(Zeros(1)) == 0.6
    answers.put(Zeros(1), later, 0.6)
    assert answers.so_far(Zeros(1)) is later


def test_what_is_not_whole_never_takes_the_place_of_what_is():
    answers = Answers()
    whole = answers.put(Zeros(1), np.zeros(2))
    assert answers.put(Zeros(1), np.zeros(1), 0.9) is whole
    assert answers.so_far(Zeros(1)) is whole
    assert answers.share(Zeros(1)) == 1.0


def test_only_so_many_answers_that_are_not_whole_are_kept_the_oldest_go_first():
    answers = Answers()
    for name in range(10 * PARTIAL):
        answers.put(Zeros(name), np.zeros(1), 0.5)
    known = [name for name in range(10 * PARTIAL) if answers.so_far(Zeros(name)) is not None]
    assert known == list(range(9 * PARTIAL, 10 * PARTIAL))
    assert answers.bytes == 0


def test_what_is_not_whole_takes_a_quarter_of_the_memory_at_most():
    answers = Answers(4000 * 8)
    for name in range(12):
        answers.put(Zeros(name), np.zeros(300), 0.5)
    assert [name for name in range(12) if answers.so_far(Zeros(name)) is not None] == [9, 10, 11]


def test_the_newest_of_what_is_not_whole_is_kept_however_large_it_is():
    answers = Answers(4000 * 8)
    for name in (1, 2):
        answers.put(Zeros(name), np.zeros(5000), 0.5)
    assert [name for name in (1, 2) if answers.so_far(Zeros(name)) is not None] == [2]


def test_an_answer_that_grows_stays_among_those_that_are_kept():
    answers = Answers()
    answers.put(Zeros(-1), np.zeros(1), 0.5)
    for name in range(PARTIAL + 5):
        assert answers.so_far(Zeros(-1)) is not None
        answers.put(Zeros(-1), np.zeros(1), 0.5)
        answers.put(Zeros(name), np.zeros(1), 0.5)


def test_only_so_many_errors_are_kept():
    answers = Answers()
    for name in range(10 * PARTIAL):
        answers.refuse(Zeros(name), ValueError(str(name)))
    kept = [name for name in range(10 * PARTIAL) if answers.error(Zeros(name)) is not None]
    assert kept == list(range(9 * PARTIAL, 10 * PARTIAL))
    assert str(answers.error(Zeros(kept[-1]))) == str(kept[-1])


def test_the_share_of_what_nobody_asked_is_nothing():
    assert Answers().share(Zeros(1)) == 0.0


def test_the_finest_answer_is_that_to_the_question_or_else_to_the_finest_coarser_one():
    answers = Answers()
    fine = critical_points_question(surface("x**2 + y**2"))
    (brief,) = fine.coarser
    assert answers.finest(fine) is None
    answers.put(brief, "brief")
    assert answers.finest(fine) == "brief"
    answers.put(fine, "patient")
    assert answers.finest(fine) == "patient"
    assert answers.finest(brief) == "brief"


def test_the_latest_answer_of_a_kind_is_the_last_that_was_whole():
    answers = Answers()
    assert answers.latest(Zeros) is None
    first = answers.put(Zeros(1), np.zeros(1))
    answers.put(Zeros(2), np.zeros(1), 0.5)
    assert answers.latest(Zeros) == (Zeros(1), first)
    last = answers.put(Zeros(3), np.zeros(1))
    question, answer = answers.latest(Zeros)
    assert question == Zeros(3)
    assert answer is last


def test_the_latest_answer_of_a_kind_is_let_go_with_the_others():
    answers = Answers(capacity_bytes=10_000)
    for name in (1, 2):
        answers.put(Zeros(name), np.zeros(400))
    assert answers.get(Zeros(1)) is not None
    for name in (1, 2):
        answers.put(grid(side=32 + name), np.zeros(400 * name))
        assert answers.latest(Zeros) is None
    assert answers.get(Zeros(1)) is None
    assert answers.latest(type(grid())) is not None
