"""Numbers worked out by hand: right, or wrong in a way that is named."""

import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.surfaces import surface
from landscape.descent.explanation import explainer
from landscape.descent.trajectory import descend
from landscape.scene.descent.slips import judge, verdict_sentence
from landscape.translation import Translation

LR, BETA1, BETA2, EPS = 0.1, 0.9, 0.999, 1e-8


@pytest.fixture(scope="module")
def adam():
    """The third step of Adam down a bowl, and what it is made of."""
    bowl = surface("x**2 + 3*y**2")
    rule = optimizer("adam", lr=LR)
    trajectory = descend(bowl, rule, (1.5, -0.7), 5)
    told = explainer(bowl, rule, trajectory, 5).at(2)
    names = [line.name for line in told.lines]
    before = {name: trajectory.state[name][2][0] for name in ("m", "v")}
    return told, names, {**before, "g": told.gradient[0], "x": trajectory.points[2][0]}


def _slip(told, names, name, value, coordinate=0, moved=0.0):
    return judge(told.lines, names.index(name), coordinate, f"{value:.12g}", moved)


def _m(known):
    return BETA1 * known["m"] + (1 - BETA1) * known["g"]


def _v(known):
    return BETA2 * known["v"] + (1 - BETA2) * known["g"] ** 2


def test_the_right_number_is_right_with_three_digits_and_as_an_expression(adam):
    told, names, known = adam
    assert _slip(told, names, "m", _m(known)).right
    assert judge(told.lines, names.index("m"), 0, f"{_m(known):.3g}").right
    typed = f"0.9*{known['m']:.6f} + (1 - 0.9)*{known['g']:.6f}"
    assert judge(told.lines, names.index("m"), 0, typed).right
    assert not judge(told.lines, names.index("m"), 0, f"{_m(known):.1g}").right


def test_the_sign(adam):
    told, names, known = adam
    assert _slip(told, names, "m", -_m(known)).slip == "sign"
    step = LR * (_m(known) / (1 - BETA1**3)) / ((_v(known) / (1 - BETA2**3)) ** 0.5 + EPS)
    assert _slip(told, names, "theta", known["x"] - step, moved=step).right
    assert _slip(told, names, "theta", known["x"] + step, moved=step).slip == "sign"


def test_the_bias_correction(adam):
    told, names, known = adam
    assert _slip(told, names, "m_hat", _m(known) / (1 - BETA1**3)).right
    assert _slip(told, names, "m_hat", _m(known)).slip == "bias"
    plain = LR * _m(known) / (_v(known) ** 0.5 + EPS)
    assert _slip(told, names, "theta", known["x"] - plain, moved=plain).slip == "bias"


def test_the_square_after_the_average(adam):
    told, names, known = adam
    assert _slip(told, names, "v", (BETA2 * known["v"] + (1 - BETA2) * known["g"]) ** 2).slip == "square"
    assert _slip(told, names, "v", (BETA2 * known["v"] ** 0.5 + (1 - BETA2) * known["g"]) ** 2).slip == "square"


def test_the_learning_rate_twice_or_never(adam):
    told, names, known = adam
    direction = (_m(known) / (1 - BETA1**3)) / ((_v(known) / (1 - BETA2**3)) ** 0.5 + EPS)
    moved = LR * direction
    assert _slip(told, names, "theta", known["x"] - LR**2 * direction, moved=moved).slip == "rate twice"
    assert _slip(told, names, "theta", known["x"] - direction, moved=moved).slip == "rate forgotten"


def test_the_other_coordinate_and_the_number_of_before(adam):
    told, names, known = adam
    assert _slip(told, names, "m", told.lines[names.index("m")].result[1]).slip == "coordinate"
    assert _slip(told, names, "m", known["m"]).slip == "before"
    assert _slip(told, names, "theta", known["x"], moved=told.move[0]).slip == "before"


def test_what_is_no_number_and_what_is_any_other(adam):
    told, names, _ = adam
    assert judge(told.lines, 0, 0, "m + g").slip == "unread"
    assert judge(told.lines, 0, 0, "").slip == "unread"
    assert _slip(told, names, "m", 1234.5).slip == "other"


def test_every_verdict_has_a_sentence_of_its_own(adam):
    told, names, known = adam
    wrong = [judge(told.lines, 0, 0, text) for text in (f"{-_m(known):.9g}", f"{known['m']:.9g}", "7", "?")]
    right = _slip(told, names, "m", _m(known))
    said = {verdict_sentence(one, _m(known), Translation()) for one in (*wrong, right)}
    assert len(said) == 5
