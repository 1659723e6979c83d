"""The Python interface is there by name, and nothing is loaded before it is used."""

import subprocess
import sys

import numpy as np
import pytest

import landscape as ls


def test_the_names_of_the_interface_are_there():
    assert set(ls.__all__) <= set(dir(ls))
    for name in ls.__all__:
        assert callable(getattr(ls, name))


def test_export_is_the_function_also_after_its_package_was_imported():
    program = (
        "import landscape as ls; first = ls.export; import landscape.export.formats; from landscape import export;"
        "print(first is ls.export is export, callable(export))"
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
