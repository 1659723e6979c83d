"""Whatever is given to a public function: it answers, or says in one sentence what cannot be used.

Every function of the interface is tried, and every method of what they return; one that is new needs a line in
``CALLS`` with arguments that can be used.
"""

import inspect
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import pytest

import landscape as ls
from landscape.errors import LONGEST, InputError, quoted
from landscape.session.files import default_session

NAN, INF = float("nan"), float("inf")
ANYTHING = [
    None, True, False, 0, -1, 3, 2**31, 2**63, 2**64, 10**400, 10**5000, 0.5, -0.0, 1e-320, 1e300, -1e300, NAN, INF,
    -INF, 1j, "", "x", "himmelblau", "\ud800", "\x00", "{", "x" * 100_000, b"", b"\xff\x00", (), [], {}, set(), (1,),
    (NAN, INF), (1, 2, 3), ("a", "b"), [[0, 1], [0]], ((0, 1), (1, 0)), ((0, 1e-320), (0, 1)),
    ((-1e300, 1e300), (0, 1)), ((10**400, 0), (0, 1)), {"u": None}, {"u": ()}, {"u": "ab", 3: [1.0]}, {"u": [NAN]},
    np.zeros(0), np.zeros((2, 2)), np.zeros((2, 0, 3)), np.full((2, 2), NAN), np.array("x"), np.array([None, "a"]),
    np.float32(2), np.int64(2), object(), int, ls.Surface(formula=None), ls.Surface(formula="x +"),
    ls.Surface(formula="x", values=[("a", 1)]), ls.Surface(formula="a*x", values=(("a", "b"),)),
    ls.Surface(formula="x**2 + y", domain=None), ls.UpdateRule(None), ls.UpdateRule("theta = theta - k*g"),
    ls.UpdateRule("theta = theta", (("k",),)), ls.Schedule(None), ls.Schedule("lr", warmup="a"), ls.Schedule("lr*k"),
    ls.Strategy(None), ls.Strategy("annealing"), ls.Strategy("swarm", (("members", "a"),)), ls.Strategy("swarm", None),
]  # fmt: skip


SURFACE, RULE, SCHEDULE = ls.surface("a*x**2 + y**2"), ls.optimizer("sgd", lr=0.1), ls.schedule("cosine", warmup=2)
SESSION = default_session()
BOTH = {"surface": SURFACE, "rule": RULE}
NETWORK = {"hidden": (2,), "activation": "relu", "normalization": "none", "gain": 1.4, "filters": 0, "affine": True}
CALLS = {
    "surface": {
        "name_or_formula": "a*x**2 + y**2",
        "domain": None,
        "rotation": 0.0,
        "scaling": (1.0, 1.0),
        "data": None,
        "a": 2.0,
    },
    "optimizer": {"name_or_rule": "adam", "lr": 0.1, "beta2": 0.9},
    "strategy": {"name": "annealing", "rule": None, "temperature": 2.0, "cooling": 0.9},
    "schedule": {"name_or_formula": "cosine", "warmup": 2, "min_lr": 0.1},
    "descend": BOTH
    | {
        "start": (1.0, 2.0),
        "steps": 3,
        "schedule": SCHEDULE,
        "noise": 0.1,
        "batch_size": 0,
        "seed": 0,
        "cancelled": lambda: False,
        "state": None,
        "previous": None,
    },
    "basins": BOTH
    | {
        "steps": 3,
        "resolution": 4,
        "domain": None,
        "schedule": SCHEDULE,
        "seed": 0,
        "cancelled": lambda: False,
        "state": None,
    },
    "compare": {
        "surface": SURFACE,
        "movers": {"sgd": RULE, "swarm": ls.strategy("swarm")},
        "target": 0.1,
        "evaluations": 40,
        "repetitions": 2,
        "schedule": SCHEDULE,
        "seed": 0,
    },
    "race": {"surface": SURFACE, "rules": {"sgd": 0.1, "mine": RULE}, "start": (1.0, 2.0), "steps": 3},
    "linear": {"low": 0.0, "high": 1.0},
    "log": {"low": 0.1, "high": 1.0},
    "one_minus_log": {"low": 0.5, "high": 0.9},
    "whole": {"low": 1, "high": 3},
    "search": {
        "subject": SURFACE,
        "optimizer": RULE,
        "space": {"lr": ls.log(1e-3, 1.0)},
        "strategy": "random",
        "trials": 3,
        "steps": 3,
        "seed": 0,
        "start": (1.0, 2.0),
        "schedule": None,
        "measure": "loss",
        "threshold": 0.01,
        "network": None,
        "batch_size": 32,
        "cluster": None,
    },
    "critical_points": {
        "surface": SURFACE,
        "domain": None,
        "boxes": 100,
        "seconds": 1.0,
        "cancelled": lambda: False,
    },
    "train": {
        "data": "circles",
        "optimizer": RULE,
        "schedule": SCHEDULE,
        "batch_size": 32,
        "epochs": 0.05,
        "seed": 0,
        "precision": "float32",
        "early_stopping": 3,
        "dropout": 0.1,
        "clip_norm": 1.0,
    }
    | NETWORK,
    "export": {
        "what": "saddle",
        "path": "a.png",
        "size": (64, 64),
        "fps": 30,
        "seconds": 1.0,
        "theme": "dark",
        "language": "en",
        "curves": True,
        "legend": True,
        "view": None,
        "step": None,
        "page": None,
    },
    "Surface.value": {"x": 1.0, "y": [1.0, 2.0]},
    "Surface.gradient": {"x": 1.0, "y": [1.0, 2.0]},
    "Surface.hessian": {"x": 1.0, "y": [1.0, 2.0]},
    "UpdateRule.with_values": {"lr": 0.1},
    "Strategy.with_values": {"cooling": 0.9},
    "Schedule.rates": {"lr": 0.1, "steps": 3, "losses": None},
    "Schedule.part": {"lr": 0.1, "steps": 6, "first": 1, "count": 3},
    "Trained.steps_to": {"threshold": 10.0},
    "Trained.predict": {"inputs": np.zeros((3, 2))},
    "Success.reached": {"evaluations": np.array([10.0, 20.0])},
    "CriticalPoints.of_kind": {"kind": "minimum"},
    "Session.of": {"kind": type(SESSION.document)},
    "Session.with_document": {"document": SESSION.document},
}
"""Every function and method with arguments that can be used."""


@cache
def trained() -> ls.Trained:
    return ls.train(**CALLS["train"])


@cache
def found() -> ls.CriticalPoints:
    return ls.critical_points(ls.surface("x**2 + y**2"))


OWNERS = {
    "Surface": lambda: SURFACE,
    "UpdateRule": lambda: RULE,
    "Strategy": lambda: ls.strategy("annealing"),
    "Schedule": lambda: SCHEDULE,
    "Session": lambda: SESSION,
    "Success": lambda: ls.compare(**CALLS["compare"])["swarm"],
    "Trained": trained,
    "CriticalPoints": found,
}


def call(name: str) -> tuple[Callable[..., object], dict[str, object]]:
    """Return a function, or a method of what there is, with arguments that can be used."""
    owner, _, method = name.rpartition(".")
    return getattr(OWNERS[owner]() if owner else ls, method), CALLS[name]


def public() -> Iterator[str]:
    for name in ls.__all__:
        found = getattr(ls, name)
        if name == "choice":
            continue
        if not inspect.isclass(found):
            yield name
            continue
        for method, function in vars(found).items():
            if not method.startswith("_") and inspect.isfunction(function):
                yield f"{name}.{method}"


def answers(function: Callable[..., object], *args: object, **kwargs: object) -> str:
    """Return the sentence with which a call is refused, empty where it is not; any other error fails the test."""
    try:
        function(*args, **kwargs)
    except InputError as error:
        told = str(error)
        assert told.isprintable(), told
        assert len(told) < 12 * LONGEST, told
        return told
    return ""


def test_every_function_and_method_is_tried():
    assert set(CALLS) == set(public())
    # Its values have no names; its own tests are those of the dimensions of a search.
    assert ls.choice(1.0, 2.0).choices == (1.0, 2.0)


@pytest.mark.parametrize("name", list(public()))
def test_every_argument_is_tried(name):
    function, given = call(name)
    form = inspect.signature(function)
    named = {key for key, one in form.parameters.items() if one.kind is not inspect.Parameter.VAR_KEYWORD}
    assert named <= set(given)
    assert named == set(given) or len(named) < len(form.parameters)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "argument"), [(name, each) for name, given in CALLS.items() for each in given])
def test_whatever_is_given_is_answered_or_refused_in_one_sentence(name, argument, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    function, given = call(name)
    assert answers(function, **given) == ""
    for value in ANYTHING:
        answers(function, **given | {argument: value})


@pytest.mark.parametrize("name", [name for name in CALLS if "." not in name])
def test_an_unknown_option_is_told_with_the_nearest_one(name):
    function, given = call(name)
    option = "precision" if name == "train" else [key for key in given if key not in ("lr", "a")][-1]
    told = answers(function, **given | {option[:-1] + "_" + option[-1]: 3})
    assert f'did you mean "{option}"' in told


@pytest.mark.parametrize("name", list(public()))
def test_what_is_missing_too_much_or_given_twice_is_told(name):
    function, given = call(name)
    form = inspect.signature(function).parameters
    assert "without a name" in answers(function, *[1] * 40)
    first = next(iter(form))
    if form[first].kind is inspect.Parameter.VAR_KEYWORD:
        return
    assert first in answers(function)
    assert answers(function, given[first], **given) == f'"{first}" is given twice'


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda: ls.surface(None), '"name_or_formula" must be text, not None'),
        (lambda: ls.surface(b"x"), "\"name_or_formula\" must be text, not b'x'"),
        (lambda: ls.surface("x", data={"u": 3}), "\"data['u']\" must be a list, not 3"),
        (lambda: SURFACE.value("a", 1), "\"x\" must be numbers, not 'a'"),
        (
            lambda: SURFACE.value([1, 2], [1, 2, 3]),
            "x and y must have shapes that go together, not (2,) and (3,)",
        ),
        (
            lambda: ls.descend(ls.Surface(formula=None), ls.optimizer("sgd"), (1, 2)),
            '"surface.formula" must be text, not None',
        ),
        (
            lambda: ls.descend(SURFACE, "adam", (1, 2)),
            "\"rule\" must be a value of the kind UpdateRule or a value of the kind Strategy, not 'adam'",
        ),
        (
            lambda: ls.descend(SURFACE, ls.UpdateRule("theta = theta - k*g"), (1, 2)),
            'The rule needs a value of "k"',
        ),
        (
            lambda: trained().predict([1.0, 2.0]),
            "The network takes rows of 2 inputs, not numbers of shape (2,)",
        ),
        (
            lambda: ls.train("circles", optimizer=RULE, epochs=1e300),
            "1e+300 epochs are 9.375e+300 steps; at most 10000000 can be made",
        ),
        (
            lambda: ls.train("circles", optimizer=RULE, hidden=None),
            '"hidden" must be a tuple, not None',
        ),
        (lambda: ls.Session(documents={}), "A session needs a document of the workspace in front, descent"),
        (
            lambda: ls.critical_points(SURFACE, seconds=NAN),
            '"seconds" must be a number of at least 0, not nan',
        ),
        (
            lambda: ls.schedule("cosine", warmup=10**11),
            "A warm-up is a whole number of steps from 0 to 10000000, not 100000000000",
        ),
        (lambda: ls.export("ravine", "a.png", size=None), '"size" must be a list of 2, not None'),
        (lambda: ls.export("ravine", "a.png", step=NAN), '"step" must be a finite number, not nan'),
    ],
    ids=lambda value: quoted(value) if isinstance(value, str) else "",
)
def test_the_sentence_names_the_argument_and_what_it_can_be(wrong, told):
    assert answers(wrong) == told


def test_an_error_that_no_argument_explains_rises_as_it_is():
    with pytest.raises(ZeroDivisionError):
        ls.basins(ls.surface("x**2 + y**2"), ls.optimizer("sgd"), steps=3, resolution=4, cancelled=lambda: 1 / 0)


def test_what_takes_one_value_or_none_without_a_name_says_so_in_good_english():
    assert answers(ls.surface, 1, 2, 3).startswith("surface takes one value without a name at most, not 3")
    assert answers(ls.Session, 3).startswith("Session takes no values without a name, not 1")
    assert answers(ls.surface("himmelblau").value, 1, 2, 3).startswith("value takes 2 values without a name at most")


def test_none_is_no_number_where_a_surface_is_asked():
    himmelblau = ls.surface("himmelblau")
    for asked in (himmelblau.value, himmelblau.gradient, himmelblau.hessian):
        assert answers(asked, None, 1.0) == '"x" must be numbers, not None'
        assert answers(asked, 1.0, [2.0, None]).startswith('"y" must be numbers, not ')


def test_a_session_without_documents_says_what_it_needs():
    assert answers(ls.Session).startswith('Session needs "documents"')
