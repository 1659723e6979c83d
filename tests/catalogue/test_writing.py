"""Adding to a person's own catalogue."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from landscape.catalogue import optimizers, schedules, surfaces
from landscape.catalogue.loading import own_place
from landscape.catalogue.optimizers import optimizer, optimizer_entries, optimizer_shelf, rule_parameters
from landscape.catalogue.parameters import Parameter
from landscape.catalogue.schedules import schedule, schedule_entries
from landscape.catalogue.surfaces import surface, surface_entries
from landscape.catalogue.writing import add_rule, add_schedule, add_surface, id_of
from landscape.errors import InputError

SIGNED = "m = beta*m + (1 - beta)*g\ntheta = theta - lr*sign(m)"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Give each test a person without a catalogue, and no one else what it adds."""

    def reread() -> None:
        optimizers.reread()
        schedules.schedule_shelf.cache_clear()
        surfaces.surface_shelf.cache_clear()

    monkeypatch.setenv("LANDSCAPE_CONFIG", str(tmp_path))
    reread()
    yield
    monkeypatch.undo()
    reread()


def test_a_rule_that_was_added_is_an_optimizer_like_any_other():
    rho = Parameter(name="rho", default=0.5, minimum=0.1, maximum=0.9, scale="log")
    typed = replace(optimizer(SIGNED.replace("beta", "rho"), rho=0.7, lr=0.02), described=(rho,))
    added = add_rule("Signed momentum", typed)
    assert added.entry == "signed_momentum"
    assert optimizer("signed_momentum") == added
    assert optimizer("signed_momentum").values == typed.values
    entry = optimizer_entries()["signed_momentum"]
    assert (entry.titles["en"], entry.rule) == ("Signed momentum", typed.rule)
    assert replace(rho, default=0.7) in rule_parameters(added)
    assert optimizer_shelf().problems == ()


def test_a_schedule_and_a_surface_can_be_added():
    typed = schedule("lr*exp(-k*t/T)", k=3.0)
    assert add_schedule("Mine", typed).entry == "mine"
    assert schedule_entries()["mine"].formula == typed.formula
    hill = surface("x^2 + a*y^2", a=4.0, domain=((-1, 2), (-3, 4)), rotation=20)
    added = add_surface("Bowl", hill, (1.0, 2.0), 77)
    assert added == replace(hill, entry="bowl")
    entry = surface_entries()["bowl"]
    assert (entry.start, entry.steps, entry.domain) == ((1.0, 2.0), 77, hill.domain)


def test_what_is_added_again_replaces_the_one_before_and_leaves_the_others_and_their_comments():
    place = own_place("optimizers")
    add_rule("First", optimizer(SIGNED))
    add_rule("Second", optimizer(SIGNED))
    place.write_text(f"# mine\n{place.read_text()}")
    add_rule("First", optimizer("theta = theta - lr*sign(g)"))
    text = place.read_text()
    assert text.startswith("# mine\n")
    assert list(tomllib.loads(text)) == ["groups", "second", "first"]
    assert optimizer("first").rule == "theta = theta - lr*sign(g)"


def test_a_shipped_entry_is_never_replaced():
    with pytest.raises(InputError, match="in the shipped catalogue"):
        add_rule("Adam", optimizer(SIGNED))
    assert not own_place("optimizers").exists()


def test_a_file_that_cannot_be_read_is_left_as_it_is_and_the_line_is_told():
    place = own_place("optimizers")
    place.parent.mkdir(parents=True)
    place.write_text("[a]\ntitle = \n")
    with pytest.raises(InputError, match="at line 2"):
        add_rule("Mine", optimizer(SIGNED))
    assert place.read_text() == "[a]\ntitle = \n"


def test_the_line_of_an_entry_that_cannot_be_used_is_told_and_the_rest_loads():
    add_rule("Good", optimizer(SIGNED))
    place = own_place("optimizers")
    before = place.read_text()
    fields = ('title = {en = "Bad"}', 'group = "own"', 'family = "own"', 'source = ""', 'rule = "theta = lr*sgm(g)"')
    bad = "\n".join(("", "[bad]", *fields, ""))
    place.write_text(before + bad)
    optimizers.reread()
    (problem,) = optimizer_shelf().problems
    assert f"optimizers.toml:{len(before.splitlines()) + 2}: in [bad]" in str(problem)
    assert "good" in optimizer_entries()
    assert "adam" in optimizer_entries()


@pytest.mark.parametrize(("title", "name"), [("Signed  Momentum!", "signed_momentum"), ("2nd try", "own_2nd_try")])
def test_an_id_is_made_of_letters_and_digits(title: str, name: str):
    assert id_of(title) == name


def test_a_title_without_latin_letters_has_an_id_all_the_same():
    assert id_of("符号动量").isidentifier()


def test_a_formula_with_marks_that_toml_knows_comes_back_as_it_was():
    rule = optimizer("m = 0.5 m + g; θ = θ − lr·m")
    assert optimizer(add_rule('With "marks" \\ and 动量', rule).entry).rule == rule.rule
