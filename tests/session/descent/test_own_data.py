"""A table of a person's own becomes the data of a surface: the fit of a model, whose minimum is that of regression."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.descent.trajectory import descend
from landscape.errors import InputError
from landscape.geometry.critical import critical_points
from landscape.session.descent import edits
from landscape.session.descent.own_data import MODELS, data_of, surface_of, surface_of_file
from landscape.session.descent.workspace import default_descent
from landscape.session.files import load, save
from landscape.session.session import session_with
from landscape.tables.table import read_table

SPREADSHEET = "t;y\n0,5;28,7\n1;28,9\n2,5;29,6\n3;29,8\n4,25;31,1\n"
T, Y = np.array((0.5, 1.0, 2.5, 3.0, 4.25)), np.array((28.7, 28.9, 29.6, 29.8, 31.1))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "measured.csv"
    path.write_text(SPREADSHEET, encoding="utf-8-sig")
    return path


def test_a_line_through_a_table_of_a_spreadsheet_is_that_of_least_squares(file: Path) -> None:
    slope, offset = np.polyfit(T, Y, 1)
    fitted = surface_of_file(file, "line")
    (minimum,) = critical_points(fitted)
    assert (minimum.kind, minimum.x, minimum.y) == ("minimum", pytest.approx(slope), pytest.approx(offset))
    assert minimum.value == pytest.approx(np.mean((slope * T + offset - Y) ** 2))
    assert fitted.model == "x*u + y"


def test_a_model_may_be_typed_and_so_may_a_loss(file: Path) -> None:
    typed = surface_of_file(file, "x*u + y")
    assert typed == surface_of_file(file, "line")
    loss = surface_of_file(file, "mean(abs(x*u + y - v))")
    assert loss.value(0.6, 28.0) == pytest.approx(np.mean(np.abs(0.6 * T + 28.0 - Y)))
    assert surface_of_file(file, "linear_regression").formula == typed.formula


@pytest.mark.parametrize("model", MODELS)
def test_every_model_has_its_best_fit_inside_of_the_domain(model: str) -> None:
    u = np.linspace(0.3, 2.5, 30)
    rows = {"line": 2 * u - 1, "parabola": u**2 - u, "exponential": 2 * np.exp(-0.7 * u), "power": 1.5 * u**0.6,
            "sigmoid": np.where(u + 0.8 * np.sin(9 * u) > 1.2, 1.0, 0.0), "tanh": 2 * np.tanh(1.3 * u),
            "sine": 2 * np.sin(1.1 * u)}  # fmt: skip
    fitted = surface_of((("u", tuple(u.tolist())), ("v", tuple(rows[model].tolist()))), model)
    (left, right), (low, high) = fitted.domain
    x, y = np.meshgrid(np.linspace(left, right, 201), np.linspace(low, high, 201))
    values = fitted.value(x, y)
    best = np.unravel_index(int(np.argmin(values)), values.shape)
    assert 0 < best[0] < 200
    assert 0 < best[1] < 200
    start = (float(x[best]), float(y[best]))
    found = descend(replace(fitted, domain=((-1e6, 1e6), (-1e6, 1e6))), optimizer("adam", lr=0.01), start, 3000)
    assert found.losses[-1] <= (0.6 if model == "sigmoid" else 1e-3)


def test_the_document_of_a_table_is_kept_in_a_file(file: Path, tmp_path: Path) -> None:
    descent = edits.choose_surface(default_descent(), surface_of_file(file, "line"))
    save(session_with(descent), tmp_path / "kept.json")
    assert load(tmp_path / "kept.json").document == descent
    assert descent.surface.data == (("u", tuple(T.tolist())), ("v", tuple(Y.tolist())))


def test_a_standardized_input_makes_the_ravine_round(file: Path) -> None:
    fitted = surface_of(data_of(read_table(file), 0, 1, standardize=True), "line")
    (minimum,) = critical_points(fitted)
    assert minimum.eigenvalues == pytest.approx((2.0, 2.0))
    assert minimum.y == pytest.approx(Y.mean())


def test_two_words_are_zero_and_one(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("u,v\n1,no\n2,no\n3,yes\n4,no\n5,yes\n")
    fitted = surface_of_file(tmp_path / "t.csv", "sigmoid")
    assert fitted.data[1][1] == (0.0, 0.0, 1.0, 0.0, 1.0)
    assert fitted.formula == "mean(softplus(x*u + y) - v*(x*u + y))"


def test_of_many_rows_evenly_spread_ones_are_taken(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("u,v\n" + "\n".join(f"{k},{2 * k}" for k in range(50_000)))
    data = data_of(read_table(tmp_path / "t.csv"), 0, 1)
    assert len(data[0][1]) == 10_000
    assert (data[0][1][0], data[0][1][-1]) == (0.0, 49_999.0)


@pytest.mark.parametrize(
    ("text", "model", "said"),
    [
        ("u,v\n1,2\n", "line", "at least 2"),
        ("u,v\n1,2\n2,\n3,4\n", "line", "line 3"),
        ("u,v\n1,2\n2,3\n3,4\n", "x + y", '"u"'),
        ("u,v\n1,2\n2,3\n3,4\n", "x*u +", "ends too early"),
        ("a,b\n1,red\n2,green\n3,blue\n", "line", "not a finite number"),
    ],
)
def test_what_cannot_be_fitted_is_told(tmp_path: Path, text: str, model: str, said: str) -> None:
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(InputError) as caught:
        surface_of_file(tmp_path / "t.csv", model)
    assert said in str(caught.value)
