"""What a word of a line is, for its colour."""

from landscape.formula.colouring import Names, coloured

NAMES = Names(given=("theta", "g", "lr"), state=("m",), parameters=("beta1", "gamma"))


def roles(line: str, names: Names = NAMES) -> dict[str, str]:
    return {line[place : place + length]: role for place, length, role in coloured(line, names)}


def test_each_name_of_a_rule_has_the_role_that_it_plays():
    assert roles("m = beta1*m + 0.5*sign(g) - h") == {
        "m": "state", "beta1": "parameter", "0.5": "number", "sign": "function", "g": "given", "h": "local",
    }  # fmt: skip


def test_greek_letters_and_subscripts_are_the_names_that_they_stand_for():
    assert roles("θ = θ − β₁ m") == {"θ": "given", "β₁": "parameter", "m": "state"}


def test_gamma_is_a_function_only_where_it_is_called():
    assert roles("gamma*2") == {"gamma": "parameter", "2": "number"}
    assert roles("gamma (2)") == {"gamma": "function", "2": "number"}


def test_a_text_that_is_no_formula_is_coloured_as_far_as_it_is_one():
    assert roles("g ?? @ 3 €") == {"g": "given", "3": "number"}
    assert roles("") == {}
