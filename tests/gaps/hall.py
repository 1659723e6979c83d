"""The lecture: the presenter is entered and left, and the whole window is made larger and smaller."""

from collections.abc import Callable
from functools import partial

from landscape.session.files import default_session
from landscape.session.session import Session
from tests.gaps.networks import networks
from tests.gaps.operation import Steps, operation
from tests.gaps.reliefs import BOTH
from tests.ui.conftest import Person

OPENED: dict[str, Callable[[], Session]] = {"surfaces": default_session, "reliefs": BOTH, "networks": networks}


def presenting(person: Person) -> Steps:
    """Fill the screen, and give the stage back."""
    yield None
    person.window.hall.present()
    yield None
    person.window.hall.present()


def scaling(person: Person) -> Steps:
    """Choose some scales, one after the other, and the usual one at last."""
    yield None
    for percent in (125, 200, 100):
        person.window.scaling.choose(percent)
        yield None


for name, opened in OPENED.items():
    operation(partial(presenting), opened=opened, name=f"presenting_{name}")
    operation(partial(scaling), opened=opened, name=f"scaling_{name}")
