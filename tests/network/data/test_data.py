import math
import os
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from landscape.errors import InputError
from landscape.network.data.csv_table import read_data
from landscape.network.data.datasets import DATASETS
from landscape.network.data.samples import Data, Samples, check, noise_of, samples
from landscape.translation import LANGUAGES

OWN = (("a", (0.0, 1.0, 2.0, 3.0, 4.0, 5.0)), ("class", (0.0, 1.0, 0.0, 1.0, 2.0, 2.0)))
MADE = [name for name, dataset in DATASETS.items() if not dataset.has_columns]
CLASSES = [name for name in MADE if DATASETS[name].predicts == "classes"]


def data(name: str, **changed: object) -> Data:
    return replace(Data(name=name, columns=OWN if DATASETS[name].has_columns else ()), **changed)  # type: ignore[arg-type]


def everything(given: Data) -> tuple[np.ndarray, np.ndarray]:
    made = samples(given)
    return np.concatenate([made.inputs, made.test_inputs]), np.concatenate([made.targets, made.test_targets])


@pytest.mark.parametrize("name", DATASETS)
def test_each_set_is_finite_read_only_and_split(name: str) -> None:
    made = samples(data(name))
    for array in (made.inputs, made.targets, made.test_inputs, made.test_targets):
        assert np.all(np.isfinite(array))
        assert not array.flags.writeable
    rows = len(made.inputs) + len(made.test_inputs)
    assert len(made.test_inputs) == round(0.25 * rows)
    assert made.inputs.shape[1] == made.test_inputs.shape[1] == len(made.titles)


@pytest.mark.parametrize("name", DATASETS)
def test_targets_are_classes_or_a_column_of_values(name: str) -> None:
    made = samples(data(name))
    if DATASETS[name].predicts == "classes":
        assert made.targets.dtype == np.int64
        assert made.targets.shape == (len(made.inputs),)
        assert set(everything(data(name))[1].tolist()) == set(range(made.classes)) == set(range(len(made.labels)))
        assert made.outputs == made.classes
    elif DATASETS[name].predicts == "labels":
        assert made.targets.dtype == np.int64
        assert made.targets.shape == (len(made.inputs), made.classes)
        assert made.several
        assert set(everything(data(name))[1].reshape(-1).tolist()) == {0, 1}
        assert made.outputs == made.classes == len(made.labels)
    else:
        assert made.targets.dtype == np.float64
        assert made.targets.shape == (len(made.inputs), 1)
        assert (made.classes, made.outputs) == (0, 1)


@pytest.mark.parametrize("name", MADE)
def test_the_seed_alone_decides_the_points(name: str) -> None:
    given = data(name, noise=0.1)
    samples.cache_clear()
    once = samples(given)
    samples.cache_clear()
    assert np.array_equal(samples(given).inputs, once.inputs)
    assert not np.array_equal(samples(replace(given, seed=1)).inputs, once.inputs)


@pytest.mark.parametrize("name", DATASETS)
def test_every_set_has_titles_in_every_language(name: str) -> None:
    assert DATASETS[name].titles.keys() == LANGUAGES.keys()


@pytest.mark.parametrize("name", CLASSES)
def test_classes_are_equally_many_unless_imbalance_is_asked_for(name: str) -> None:
    sizes = np.bincount(everything(data(name))[1])
    assert sizes.max() - sizes.min() <= 1
    sizes = np.bincount(everything(data(name, imbalance=0.5, samples=300))[1])
    assert np.allclose(sizes[1] / sizes[0], 0.5, atol=0.02)


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_a_row_has_the_labels_of_the_discs_that_it_lies_in(classes: int) -> None:
    inputs, targets = everything(Data(name="regions", values=(("classes", classes), ("distance", 0.9)), samples=500))
    for label in range(classes):
        angle = math.tau * (label / classes + 0.25)
        apart = np.hypot(inputs[:, 0] - 0.9 * math.cos(angle), inputs[:, 1] - 0.9 * math.sin(angle))
        assert np.array_equal(targets[:, label], (apart <= 1.2).astype(int))
    assert set(targets.sum(axis=1).tolist()) >= {0, 1, 2}


def test_label_noise_tells_its_share_of_the_labels_wrongly_and_none_of_the_test() -> None:
    clean, told = (samples(Data(name="regions", samples=4000, label_noise=share)) for share in (0.0, 0.2))
    assert np.mean(clean.targets != told.targets) == pytest.approx(0.2, abs=0.01)
    assert np.array_equal(clean.test_targets, told.test_targets)


def test_another_share_of_the_test_only_moves_rows() -> None:
    few, many = samples(Data(test_share=0.1)), samples(Data(test_share=0.5))
    assert np.array_equal(few.inputs[: len(many.inputs)], many.inputs)
    assert len(samples(Data(test_share=0.0)).test_inputs) == 0


def test_inputs_are_stretched_then_shifted() -> None:
    plain, moved = samples(Data()), samples(Data(scale=2.0, shift=3.0))
    assert np.array_equal(moved.inputs, 2.0 * plain.inputs + 3.0)


def test_standardizing_undoes_shift_and_scale_with_the_training_part_alone() -> None:
    moved = samples(Data(scale=2.0, shift=30.0, standardize=True))
    assert np.allclose(moved.inputs.mean(axis=0), 0.0, atol=1e-13)
    assert np.allclose(moved.inputs.std(axis=0), 1.0, atol=1e-13)
    assert np.allclose(moved.test_inputs, samples(Data(standardize=True)).test_inputs, atol=1e-13)
    assert abs(moved.test_inputs.mean()) > 1e-3


def test_an_input_that_never_changes_stays_finite_when_standardized() -> None:
    made = samples(Data(name="digits", standardize=True, shift=0.1))
    assert np.all(np.isfinite(made.inputs))
    assert np.allclose(made.inputs[:, 0], 0.0, atol=1e-12)


def test_noise_has_the_standard_deviation_that_is_asked_for() -> None:
    given = Data(name="xor", samples=10_000, test_share=0.0)
    moved = samples(replace(given, noise=0.2)).inputs - samples(replace(given, noise=0.0)).inputs
    assert np.allclose(moved.std(axis=0), 0.2, rtol=0.03)
    values = Data(name="chebyshev", samples=10_000, test_share=0.0)
    moved = samples(replace(values, noise=0.2)).targets - samples(replace(values, noise=0.0)).targets
    assert np.isclose(moved.std(), 0.2, rtol=0.03)


def test_a_set_has_its_own_noise_unless_another_is_given() -> None:
    assert noise_of(Data(name="moons")) == 0.1
    assert noise_of(Data(name="moons", noise=0.0)) == 0.0


def test_chebyshev_four_is_the_polynomial_on_evenly_spaced_points() -> None:
    made = samples(Data(name="chebyshev", samples=20, test_share=0.0))
    x = made.inputs[:, 0]
    assert np.allclose(np.sort(x), np.linspace(-1.0, 1.0, 20))
    assert np.allclose(made.targets[:, 0], 8 * x**4 - 8 * x**2 + 1, atol=1e-12)


def test_values_of_a_formula_are_its_values() -> None:
    made = samples(Data(name="function", formula="x^2 - y", noise=0.0))
    x, y = made.inputs.T
    assert np.allclose(made.targets[:, 0], x**2 - y)


def test_a_class_lies_above_the_formula_or_below_it() -> None:
    inputs, classes = everything(Data(name="above", formula="x^3", noise=0.0))
    assert np.array_equal(inputs[:, 1] > inputs[:, 0] ** 3, classes == 1)


def test_xor_is_the_sign_of_a_product() -> None:
    inputs, classes = everything(Data(name="xor"))
    assert np.array_equal(inputs.prod(axis=1) < 0.0, classes == 1)


def test_a_checkerboard_alternates() -> None:
    inputs, classes = everything(Data(name="checkerboard", samples=2000))
    squares = np.floor(inputs + 2.0).clip(0, 3).astype(int)
    assert np.array_equal(squares.sum(axis=1) % 2, classes)
    assert len({tuple(square) for square in squares.tolist()}) == 16


def test_circles_have_their_radii() -> None:
    inputs, classes = everything(Data(name="circles", noise=0.0))
    assert np.allclose(np.hypot(*inputs.T), np.where(classes == 0, 0.8, 1.6))


def test_spirals_are_turned_copies_of_each_other() -> None:
    inputs, classes = everything(Data(noise=0.0, values=(("classes", 3.0), ("turns", 0.5))))
    radius = np.hypot(*inputs.T)
    angle = np.arctan2(inputs[:, 1], inputs[:, 0]) - np.pi * radius / 2.0 - 2.0 * np.pi * classes / 3.0
    assert np.allclose(np.cos(angle), 1.0)


def test_two_gaussians_have_their_distance() -> None:
    inputs, classes = everything(Data(name="gaussians", noise=0.0))
    a, b = inputs[classes == 0], inputs[classes == 1]
    assert np.allclose(np.linalg.norm(a - b[: len(a)], axis=1), 3.0)


def test_the_digits_are_those_of_scikit_learn() -> None:
    inputs, classes = everything(Data(name="digits", samples=2000))
    assert len(inputs) == 1797
    assert np.bincount(classes).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert np.isclose(inputs.mean() * 16.0, 4.884164579855314)
    zero = [0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0]
    assert np.any(np.all(inputs[:, :16] * 16.0 == zero, axis=1))


def test_no_class_of_digits_has_more_than_there_are() -> None:
    assert np.bincount(everything(Data(name="digits", samples=10_000))[1]).tolist()[8] == 174


def test_points_of_ones_own_are_all_taken() -> None:
    inputs, classes = everything(Data(name="points", columns=OWN, samples=4))
    assert sorted(zip(inputs[:, 0].tolist(), classes.tolist(), strict=True)) == [
        (0.0, 0), (1.0, 1), (2.0, 0), (3.0, 1), (4.0, 2), (5.0, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": "spiral"}, 'did you mean "spirals"'),
        ({"samples": 3}, '"samples" must be a whole number from 4 to 10000, not 3'),
        ({"samples": 40.5}, "whole number"),
        ({"samples": 9, "name": "digits"}, '"samples" must be a whole number from 10 to 10000, not 9'),
        ({"seed": -1}, '"seed"'),
        ({"noise": -0.1}, '"noise" must be a number from 0.0 to 100.0, not -0.1'),
        ({"noise": float("nan")}, '"noise"'),
        ({"imbalance": 1.0}, '"imbalance"'),
        ({"test_share": 1.0}, '"test_share"'),
        ({"shift": float("inf")}, '"shift"'),
        ({"values": (("turn", 1.0),)}, 'did you mean "turns"'),
        ({"values": (("classes", 2.5),)}, '"classes" must be a whole number from 2 to 6'),
        ({"name": "function", "formula": "x + z"}, "z is not known here"),
        ({"name": "function", "formula": "log(x)"}, "no finite value"),
        ({"name": "function", "formula": "mean(x)"}, "there is none in it"),
        ({"name": "function", "formula": "sin(x"}, "bracket|parenthes"),
        ({"name": "above", "formula": "x + y"}, "y is not known here"),
        ({"name": "points"}, "need columns"),
        ({"name": "points", "columns": (("a", (1.0,) * 4), ("b", (0.5,) * 4))}, '"b" must be a whole number'),
        ({"name": "points", "columns": (("a", (1.0,) * 4), ("b", (0.0,) * 5))}, "equally long"),
        ({"name": "measurements", "columns": (("a", (1.0, 2.0, 3.0, float("nan"))), ("b", (0.0,) * 4))}, '"a" holds'),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(changed: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told.replace("(", r"\(")):
        check(replace(Data(), **changed))  # type: ignore[arg-type]


def test_names_of_classes_belong_to_ones_own_columns_alone() -> None:
    named = Data(name="points", columns=OWN, labels=("red", "green", "blue"))
    assert samples(named).labels == ("red", "green", "blue")
    assert samples(replace(named, labels=("red",))).labels == ("0", "1", "2")
    assert samples(replace(named, name="spirals")).labels == ("0", "1")


def test_equal_data_have_equal_hashes() -> None:
    assert hash(Data(name="points", columns=OWN)) == hash(Data(name="points", columns=OWN))
    assert Data(name="points", columns=OWN) == Data(name="points", columns=OWN) != Data(name="points")


def csv(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def own(given: Data) -> Samples:
    return samples(replace(given, test_share=0.0))


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_file_with_words_in_its_last_column_holds_classes(tmp_path: Path, mark: str) -> None:
    rows = ["long,wide,kind", "1,2,cat", "3,4,dog", "", "5,6,cat", "7,8,bird"]
    made = own(read_data(csv(tmp_path, "\ufeff" + "\n".join(rows).replace(",", mark))))
    assert (made.titles, made.labels) == (("long", "wide"), ("bird", "cat", "dog"))
    assert dict(zip(made.inputs[:, 0].tolist(), made.targets.tolist(), strict=True)) == {1.0: 1, 3.0: 2, 5.0: 1, 7.0: 0}


def test_a_few_whole_numbers_are_classes_and_others_are_values(tmp_path: Path) -> None:
    few = own(read_data(csv(tmp_path, "1,3\n2,3\n3,5\n4,5\n")))
    assert (few.titles, few.labels) == (("x1",), ("3", "5"))
    assert sorted(few.targets.tolist()) == [0, 0, 1, 1]
    many = own(read_data(csv(tmp_path, "1,3\n2,4\n3,5.5\n4,5\n")))
    assert many.classes == 0
    assert sorted(many.targets[:, 0].tolist()) == [3.0, 4.0, 5.0, 5.5]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "needs columns"),
        ("1\n2\n3\n4\n", "needs columns"),
        ("a,b\n1,2\n", "has 1 rows"),
        ("1,2\n3,x\n\n5,6,7\n8,9\n", "line 4: there are 3 cells, and in most lines 2"),
        ("1,2\ninf,4\n5,6\n7,8\n", "line 2: 'inf' is not a finite number"),
        ("1,a\n" * 2 + "".join(f"1,c{k}\n" for k in range(10)), "has 11 classes"),
    ],
)
def test_a_file_that_is_no_table_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_data(csv(tmp_path, text))


def test_a_file_that_is_not_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not text"):
        read_data(path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1," + "x" * 140_000 + "\n1,2\n", "line 1: "),
        ("1," + "x" * 1001 + "\n1,2\n", "line 1: a cell has more than 1000 characters"),
        ('1,2\n"' + "1,2\n" * 150_000, "line 3277"),
        ("1,2\n" * 2_400_000, "has more than 200000 lines"),
        ("\n" * 9_000_000, "has more than 200000 lines"),
        ("1," * 4_000_000, "needs columns"),
        (("1," * 64 + "\n") * 70_000, "has more than 2000000 cells"),
    ],
    ids=["field", "cell", "quote", "rows", "empty", "wide", "many"],
)
def test_what_is_too_much_is_refused_before_it_is_parsed(tmp_path: Path, text: str, told: str) -> None:
    path = csv(tmp_path, text)
    times = []
    for _ in range(3):
        begin = time.process_time()
        with pytest.raises(InputError, match=told):
            read_data(path)
        times.append(time.process_time() - begin)
    assert min(times) < 1.0


@pytest.mark.parametrize("name", ["a\0b.csv", "\ud800.csv", "x" * 5000, "missing.csv", "."])
def test_a_table_that_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be"):
        read_data(tmp_path / name)


def test_a_pipe_is_no_table(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(InputError, match="is no file"):
        read_data(tmp_path / "pipe.csv")


@pytest.mark.parametrize("share", [0.1, 0.5, 1.0])
def test_label_noise_changes_that_share_of_the_training_classes_and_nothing_else(share):
    given = Data(name="pinwheel", samples=2000)
    clean, noisy = samples(given), samples(replace(given, label_noise=share))
    assert np.mean(clean.targets != noisy.targets) == pytest.approx(share, abs=0.03)
    assert np.array_equal(clean.test_targets, noisy.test_targets)
    assert np.array_equal(clean.inputs, noisy.inputs)
    wrong = (noisy.targets - clean.targets)[clean.targets != noisy.targets] % 3
    assert np.mean(wrong == 1) == pytest.approx(0.5, abs=0.1)


def test_more_label_noise_keeps_the_mistakes_there_were():
    given = Data(name="spirals")
    clean, some, more = (samples(replace(given, label_noise=share)).targets for share in (0.0, 0.2, 0.4))
    assert np.all((more != clean)[some != clean])
    assert np.any((more != clean) & (some == clean))


def test_values_to_be_predicted_have_no_labels_to_be_mistaken():
    given = Data(name="function")
    assert np.array_equal(samples(given).targets, samples(replace(given, label_noise=0.5)).targets)


def test_the_scale_of_the_test_changes_the_test_inputs_alone():
    given = Data(name="digits", samples=200)
    plain, faint = samples(given), samples(replace(given, test_scale=0.5))
    assert np.array_equal(plain.inputs, faint.inputs)
    assert np.array_equal(0.5 * plain.test_inputs, faint.test_inputs)


def test_the_class_of_a_coloured_square_is_its_colour_plus_its_place():
    inputs, classes = everything(Data(name="colours", samples=900, noise=0.0))
    pictures = inputs.reshape(-1, 3, 8, 8)
    colours = pictures.sum(axis=(2, 3)).argmax(axis=1)
    places = np.searchsorted([1, 4], pictures.sum(axis=(1, 2)).argmax(axis=1))
    assert ((colours + places) % 3 == classes).all()
    assert (np.count_nonzero(pictures, axis=(1, 2, 3)) == 9).all()
    for alone in (colours, places):
        shares = [np.bincount(classes[alone == value], minlength=3) / (alone == value).sum() for value in range(3)]
        np.testing.assert_allclose(shares, 1 / 3, atol=0.08)
