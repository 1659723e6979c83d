"""The Python interface is there by name, and nothing is loaded before it is used."""

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import get_type_hints

import numpy as np
import pytest

import landscape as ls


def test_the_names_of_the_interface_are_there():
    assert set(ls.__all__) <= set(dir(ls))
    for name in ls.__all__:
        assert callable(getattr(ls, name))


@pytest.mark.parametrize("name", ls.__all__)
def test_every_name_is_told_of_in_the_docstring(name):
    assert re.search(rf"(\bls\.|``){name}\b", ls.__doc__)


@pytest.mark.parametrize(
    ("function", "result"),
    [
        ("basins", "Basins"),
        ("critical_points", "CriticalPoints"),
        ("descend", "Trajectory"),
        ("optimizer", "UpdateRule"),
        ("choice", "Dimension"),
        ("linear", "Dimension"),
        ("log", "Dimension"),
        ("one_minus_log", "Dimension"),
        ("schedule", "Schedule"),
        ("search", "Searched"),
        ("surface", "Surface"),
        ("train", "Trained"),
        ("whole", "Dimension"),
    ],
)
def test_what_a_function_returns_has_a_name_beside_it(function, result):
    assert get_type_hints(getattr(ls, function))["return"] is getattr(ls, result)


def test_each_of_the_critical_points_is_one_and_a_lesson_is_a_session():
    from landscape.session.files import lesson

    assert {type(point) for point in ls.critical_points(ls.surface("x**2 + y**2"))} == {ls.CriticalPoint}
    assert isinstance(lesson("ravine"), ls.Session)


def test_the_version_is_there():
    assert ls.__version__ == version("landscape-studio")
    assert "__version__" in dir(ls)


def test_type_checkers_find_the_types_in_the_package():
    assert (Path(ls.__file__).parent / "py.typed").is_file()


@pytest.mark.parametrize(("name", "module"), [("export", "formats"), ("search", "spaces")])
def test_a_function_stays_one_also_after_a_package_of_its_name_was_imported(name, module):
    program = (
        f"import landscape as ls; first = ls.{name}; import landscape.{name}.{module}; from landscape import {name};"
        f"print(first is ls.{name} is {name}, callable({name}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True True"


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="critical_pionts"):
        ls.critical_pionts  # noqa: B018


def test_importing_the_package_loads_nothing():
    program = "import sys; import landscape; print([name for name in sys.modules if name.startswith('landscape')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['landscape']"


def test_a_surface_an_optimizer_and_a_schedule_make_a_trajectory():
    bowl = ls.surface("x**2 + a*y**2", a=4.0)
    done = ls.descend(bowl, ls.optimizer("sgd", lr=0.1), start=(1.0, 1.0), steps=3, schedule=ls.schedule("lr"))
    assert done.points == pytest.approx(np.array([[0.8**k, 0.2**k] for k in range(4)]))


def test_mistakes_are_value_errors():
    for wrong in (lambda: ls.surface("himelblau"), lambda: ls.optimizer("adamm"), lambda: ls.schedule("cosin")):
        with pytest.raises(ValueError, match="did you mean"):
            wrong()
