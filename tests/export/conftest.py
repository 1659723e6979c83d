"""A small session, so that a film of it is quick."""

import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.session.descent.document import Descent, Run
from landscape.session.session import session_with


@pytest.fixture(scope="session")
def session():
    runs = tuple(
        Run(id=color, rule=optimizer(rule, lr=rate), color=color)
        for color, (rule, rate) in enumerate((("sgd", 0.005), ("momentum", 0.002), ("adam", 0.1)))
    )
    himmelblau = surface("himmelblau")
    return session_with(
        Descent(surface=himmelblau, runs=runs, start=(0.1, -0.9), steps=40, schedule=schedule("constant"))
    )
