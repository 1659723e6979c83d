"""What is kept in memory is bounded in bytes, however large what a function returns."""

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from landscape.formula.tree import Call, Name, Node
from landscape.memory import Budget, bounded, bytes_of

MEGABYTE = 2**20


def held(made: list[np.ndarray]) -> int:
    """Return how many of the arrays are held by more than this list."""
    return sum(sys.getrefcount(each) > 3 for each in made)


def test_what_is_asked_again_is_not_computed_again() -> None:
    asked = []

    @bounded(4, megabytes=1)
    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    assert [double(1), double(2), double(1), double(2)] == [2, 4, 2, 4]
    assert asked == [1, 2]


@pytest.mark.parametrize("megabytes", [4, 9])
def test_all_results_together_never_take_more_than_they_may(megabytes: int) -> None:
    made: list[np.ndarray] = []

    # What other tests left in other caches takes nothing from a budget of its own.
    @bounded(1000, megabytes=megabytes, budget=Budget(2 * megabytes))
    def zeros(number: int) -> np.ndarray:
        made.append(np.zeros(MEGABYTE // 8 - 64))
        return made[-1]

    most = 0
    for number in range(40):
        zeros(number)
        most = max(most, held(made))
    assert most == megabytes


def test_what_alone_is_too_large_is_the_only_one_that_stays() -> None:
    made: list[np.ndarray] = []

    @bounded(1000, megabytes=1)
    def zeros(number: int) -> np.ndarray:
        made.append(np.zeros(MEGABYTE))
        return made[-1]

    assert zeros(1) is zeros(1)
    zeros(2)
    assert held(made) == 1


def test_several_caches_together_never_take_more_than_they_may() -> None:
    """However much each of them may take by itself."""
    budget, made = Budget(5), list[np.ndarray]()

    @bounded(1000, megabytes=4, budget=budget)
    def zeros(number: int) -> np.ndarray:
        made.append(np.zeros(MEGABYTE // 8 - 64))
        return made[-1]

    @bounded(1000, megabytes=4, budget=budget)
    def ones(number: int) -> np.ndarray:
        made.append(np.ones(MEGABYTE // 8 - 64))
        return made[-1]

    most = 0
    for number in range(40):
        zeros(number)
        ones(number // 3)
        most = max(most, held(made))
    assert most == 5


def test_the_cache_that_holds_most_makes_room_for_the_others() -> None:
    budget, asked = Budget(4), list[int]()

    @bounded(1000, megabytes=4, budget=budget)
    def large(megabytes: int) -> np.ndarray:
        asked.append(megabytes)
        return np.zeros(megabytes * MEGABYTE // 8 - 64)

    @bounded(1000, megabytes=4, budget=budget)
    def small(number: int) -> np.ndarray:
        asked.append(-number)
        return np.zeros(MEGABYTE // 8 - 64)

    small(1)
    large(2)
    small(2)
    small(3)
    for number in (1, 2, 3):
        small(number)
    assert asked == [-1, 2, -2, -3]
    large(2)
    assert asked[4:] == [2]


def test_large_arguments_count_too() -> None:
    asked = []

    @bounded(1000, megabytes=1)
    def length(text: str) -> int:
        asked.append(len(text))
        return len(text)

    first, second = "a" * 600_000, "b" * 600_000
    for text in (first, second, first):
        length(text)
    assert len(asked) == 3


def test_a_size_that_is_given_is_used() -> None:
    asked = []

    @bounded(1000, megabytes=1, size=lambda result: result * MEGABYTE)
    def same(number: int) -> int:
        asked.append(number)
        return number

    for number in (1, 1, 2, 1):
        same(number)
    assert asked == [1, 2, 1]


def test_threads_may_ask_at_the_same_time() -> None:
    @bounded(8, megabytes=1)
    def zeros(number: int) -> np.ndarray:
        return np.full(MEGABYTE // 32, number)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(zeros, [number % 7 for number in range(400)]))
    assert [each[0] for each in found] == [number % 7 for number in range(400)]


def test_arrays_texts_and_what_holds_them_are_measured() -> None:
    array = np.zeros(1000)
    assert 8000 <= bytes_of(array) < 8200
    assert 16_000 <= bytes_of({"a": (array, np.zeros(1000))}) < 17_000
    assert 5_000 <= bytes_of("x" * 5_000) < 5_200
    assert bytes_of(tuple(map(float, range(1000)))) == pytest.approx(1000 * 32, rel=0.3)


def test_what_is_held_in_two_places_counts_once() -> None:
    array = np.zeros(1000)
    assert bytes_of((array, [array])) < 8500


def test_a_tree_whose_parts_are_shared_is_measured_in_a_moment() -> None:
    """As a text this one would have 2**60 letters."""
    tree: Node = Name("x")
    for _ in range(60):
        tree = Call("mul", (tree, tree))
    assert 60 * 100 < bytes_of(tree) < 60 * 400
