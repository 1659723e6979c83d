"""What is the same in every field keeps its identity, wherever in it arrays are."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from landscape.scene.identity import SMALL, kept


@dataclass(frozen=True)
class Layer:
    held: object


def array(last: float = 3.0, length: int = 3) -> np.ndarray:
    return np.append(np.arange(float(length - 1)), last)


WAYS: list[Callable[[np.ndarray], object]] = [
    lambda held: held,
    lambda held: (1, held),
    lambda held: [held, "x"],
    lambda held: {"m": held},
    lambda held: {"m": ({"v": [held]},)},
    lambda held: Layer(held),
]
NAMES = ["array", "tuple", "list", "mapping", "nested", "dataclass"]


@pytest.mark.parametrize("way", WAYS, ids=NAMES)
def test_what_is_the_same_stays(way: Callable[[np.ndarray], object]) -> None:
    old = Layer(way(array()))
    assert kept(old, Layer(way(array()))) is old


@pytest.mark.parametrize("way", WAYS, ids=NAMES)
def test_what_is_another_is_taken(way: Callable[[np.ndarray], object]) -> None:
    new = Layer(way(array(last=4.0)))
    assert kept(Layer(way(array())), new) is new


def test_a_mapping_with_another_name_is_another() -> None:
    new = Layer({"v": array()})
    assert kept(Layer({"m": array()}), new) is new


def test_large_arrays_are_the_same_only_where_they_are_one() -> None:
    large = array(length=SMALL + 1)
    old = Layer({"m": large})
    assert kept(old, Layer({"m": large})) is old
    new = Layer({"m": large.copy()})
    assert kept(old, new) is new
