"""Another language and another theme, on surfaces and on every page of the networks."""

from functools import partial
from itertools import cycle

from tests.gaps.networks import PAGES, networks
from tests.gaps.operation import Steps, operation
from tests.ui.conftest import Person

LANGUAGES = cycle(("zh", "en"))
THEMES = cycle(("light", "dark"))


@operation
def changing_the_language(person: Person) -> Steps:
    yield None
    person.window.set_language(next(LANGUAGES))


@operation
def changing_the_theme(person: Person) -> Steps:
    yield None
    person.window.set_theme(next(THEMES))


def changing_the_look(name: str, person: Person) -> Steps:
    """Change both while a page is in front and known."""
    person.view.show_page(name)
    yield None
    person.window.set_language(next(LANGUAGES))
    yield None
    person.window.set_theme(next(THEMES))


for page in PAGES:
    operation(partial(changing_the_look, page), opened=networks, name=f"changing_the_look_of_{page}")
