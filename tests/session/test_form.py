"""Every field of every document stands in a file and is read back, and what cannot be read is named with its place."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from landscape.catalogue.parameters import Parameter
from landscape.catalogue.schedules import schedule
from landscape.descent.strategies.strategy import strategy
from landscape.errors import InputError
from landscape.network.data.samples import Data
from landscape.session.descent import comparing, edits, maps, probing
from landscape.session.descent.document import Animation, Cut, Descent, Tuning
from landscape.session.descent.strategies import add_strategy
from landscape.session.descent.workspace import default_descent
from landscape.session.files import load, save
from landscape.session.form import read, written
from landscape.session.network import edits as network_edits
from landscape.session.network.document import Experiment, default_experiment
from landscape.session.search import edits as search_edits
from landscape.session.search.checks import check as check_study
from landscape.session.search.document import Study, Trainee, default_study
from landscape.session.session import Document, session_with
from landscape.session.workspaces import WORKSPACES, session_part


def whole_descent() -> Descent:
    """Return a descent in which nothing is missing that a descent can have."""
    descent = add_strategy(edits.duplicate_run(default_descent(), 0), strategy("annealing"))
    descent = edits.set_schedule(descent, schedule("cosine", min_lr=0.001), run=1)
    descent = edits.show_basins(edits.own_start(descent, 1, True), 2)
    descent = maps.show_map_of(descent, 1)
    descent = replace(descent, tuning=Tuning(low=1e-3, high=1.0, trials=9))
    descent = probing.set_probe(descent, (0.5, -1.0))
    descent = probing.set_cut(descent, Cut(along="axis_1", ends=((-1.0, 0.0), (2.0, 3.0)), run=1, as_colors=True))
    descent = comparing.set_number(comparing.compare(descent, shown=True), "target", 0.5)
    return edits.animate(descent, Animation(run=3, name="lr", first=0.01, last=0.1))


def described_descent() -> Descent:
    """Return a descent on a surface whose parameter is described."""
    from landscape.catalogue.surfaces import surface

    described = Parameter(name="a", default=2.0, minimum=1.0, maximum=10.0, symbol="\\alpha")
    own = replace(surface("x**2 + a*y**2", a=3.5), described=(described,))
    return edits.choose_surface(default_descent(), own)


def whole_study() -> Study:
    """Return a study of a network, in which a dimension has a range and choices."""
    study = search_edits.search_network(default_study(), Trainee(data=Data(values=(("turns", 1.0),))))
    first, *others = study.dimensions
    return replace(check_study(study), dimensions=(replace(first, scale="linear", choices=(0.5, 1.0)), *others))


DOCUMENTS: tuple[Document, ...] = (
    whole_descent(), described_descent(), whole_study(),
    *(session_part(name).new() for name in WORKSPACES if name != "descent"),
)  # fmt: skip
ALONE = {
    # A text of the language, or the name of something, cannot be any other text.
    "Surface.formula", "Surface.model", "Surface.entry", "UpdateRule.rule", "UpdateRule.entry", "Schedule.formula",
    "Schedule.entry", "Axis.name", "Animation.name", "Data.name", "Strategy.entry", "Dimension.name", "Study.across",
    "Study.up",
    # There is a value for each parameter, and for no other; what comes of data needs data.
    "Surface.values", "Surface.data", "UpdateRule.values", "Schedule.values", "Data.values", "Descent.batch_size",
    "Strategy.values",
    # What a rule remembers has the names that the rule gives it.
    "Run.state",
    # Only of pictures.
    "Network.filters",
}  # fmt: skip
"""What cannot have another value of its type while all else stays; each has a test of its own below."""


def kinds_in(hint: Any) -> Iterator[type]:
    """Yield the dataclasses of a type, and those of their fields."""
    if is_dataclass(hint):
        yield hint
        for each in get_type_hints(hint).values():
            yield from kinds_in(each)
    for part in get_args(hint):
        yield from kinds_in(part)


def another(hint: Any, value: Any) -> Any:
    """Return another value of a type."""
    parts = get_args(hint)
    if get_origin(hint) is Literal:
        return next(each for each in reversed(parts) if each != value)
    if NoneType in parts:
        (one,) = (each for each in parts if each is not NoneType)
        return another(one, value) if value is not None else first_of(one)
    if get_origin(hint) is tuple:
        return another_tuple(parts, value)
    return {bool: lambda: not value, int: lambda: value + 1, float: lambda: value + 0.0625, str: lambda: f"{value}z"}[
        hint
    ]()


def another_tuple(parts: tuple[Any, ...], value: tuple[Any, ...]) -> tuple[Any, ...]:
    if parts[-1] is ...:
        return (*value[:-1], another(parts[0], value[-1])) if value else (first_of(parts[0]),)
    return tuple(another(part, each) for part, each in zip(parts, value, strict=True))


def first_of(hint: Any) -> Any:
    """Return any value of a type."""
    if get_origin(hint) is tuple:
        return tuple(first_of(each) for each in get_args(hint) if each is not ...)
    return {str: "a", float: 0.5, int: 3}[hint]


@dataclass(frozen=True)
class Change:
    """A document with one field changed."""

    name: str
    document: Any


def changes(value: Any) -> Iterator[Change]:
    """Yield a value with each of its fields changed, those of what it is made of included."""
    hints = get_type_hints(type(value))
    for field in fields(value):
        content = getattr(value, field.name)
        inner = content if isinstance(content, tuple) else (content,)
        if any(map(is_dataclass, inner)):
            for index, part in enumerate(inner):
                for one in changes(part):
                    parts = (*inner[:index], one.document, *inner[index + 1 :])
                    yield Change(one.name, replace(value, **{field.name: parts if inner is content else one.document}))
        elif content not in (None, ()) or not any(kinds_in(hints[field.name])):
            new = another(hints[field.name], content)
            yield Change(f"{type(value).__name__}.{field.name}", replace(value, **{field.name: new}))


CHANGES: dict[str, list[Any]] = defaultdict(list)
"""By the field, the documents in which it alone has another value."""
for _document in DOCUMENTS:
    for _change in changes(_document):
        CHANGES[_change.name].append(_change.document)


def usable(document: Any) -> bool:
    """Tell whether a document can be used as it is."""
    try:
        return session_part(document.workspace).check(document) == document
    except InputError:
        return False


def test_every_field_of_every_document_is_changed_here():
    kinds = {kind for name in WORKSPACES for kind in kinds_in(session_part(name).document)}
    assert {kind.__name__ for kind in kinds} >= {"Run", "Surface", "Network", "Data", "Axis", "Animation"}
    made_of_others = {
        f"{kind.__name__}.{field.name}"
        for kind in kinds
        for field in fields(kind)
        if any(kinds_in(get_type_hints(kind)[field.name]))
    }
    every = {f"{kind.__name__}.{field.name}" for kind in kinds for field in fields(kind)}
    assert set(CHANGES) == every - made_of_others


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_field_stands_in_the_form_of_its_document_and_is_read_back(name: str):
    for document in CHANGES[name]:
        assert document not in DOCUMENTS
        form = json.loads(json.dumps(written(document)))
        assert read(type(document), form) == document


@pytest.mark.parametrize("name", [one for one in CHANGES if one not in ALONE])
def test_a_changed_field_survives_the_file(tmp_path: Path, name: str):
    can_be = list(filter(usable, CHANGES[name]))
    assert can_be
    for document in can_be:
        save(session_with(document), tmp_path / "a.json")
        assert load(tmp_path / "a.json").document == document


@pytest.mark.parametrize("name", sorted(ALONE))
def test_what_is_left_out_above_really_cannot_be_changed_alone(name: str):
    assert not any(map(usable, CHANGES[name]))


def with_data() -> Descent:
    from landscape.catalogue.surfaces import surface

    fitted = edits.choose_surface(default_descent(), surface("linear_regression"))
    return edits.set_batch_size(edits.set_data_point(fitted, 0, 0.25, 9.0), 3)


def typed() -> Descent:
    from landscape.catalogue.optimizers import optimizer
    from landscape.catalogue.surfaces import surface

    typed = edits.choose_surface(default_descent(), surface("x**2 + a*y**2", a=3.5))
    ruled = edits.set_rule(typed, 0, optimizer("theta = theta - lr*g/(k + abs(g))", lr=0.5, k=0.25))
    return edits.set_schedule(ruled, schedule("lr*exp(-k*t/T)", k=2.5))


def drawn() -> Experiment:
    labelled = network_edits.draw_points(default_experiment())
    return network_edits.set_data(labelled, labels=("left", "right"))


def pictures() -> Experiment:
    digits = network_edits.choose_data(default_experiment(), "digits")
    return network_edits.set_option(network_edits.set_option(digits, "filters", 4), "normalization", "instance", 1)


def function() -> Experiment:
    return network_edits.set_data(network_edits.choose_data(default_experiment(), "function"), formula="x*y")


def valued() -> Experiment:
    return network_edits.set_data_value(default_experiment(), "turns", 1.5)


def other_runs() -> Descent:
    shown = maps.show_map_of(whole_descent(), 2)
    return edits.animate(shown, Animation(run=None, name="a", first=8.0, last=14.0))


def moving() -> Descent:
    return edits.set_state(default_descent(), 1, "b", (0.5, -2.0))


@pytest.mark.parametrize("make", [with_data, typed, drawn, pictures, function, valued, other_runs, moving])
def test_what_can_only_be_changed_with_something_else_survives_the_file(tmp_path: Path, make):
    document = make()
    save(session_with(document), tmp_path / "a.json")
    assert load(tmp_path / "a.json").document == document


def test_the_filters_of_a_convolution_stand_in_the_file(tmp_path: Path):
    save(session_with(pictures()), tmp_path / "a.json")
    assert '"filters": 4' in (tmp_path / "a.json").read_text("utf-8")
    assert [twin.filters for twin in load(tmp_path / "a.json").document.twins] == [4, 4]


def test_none_in_place_of_a_default_that_is_something_survives():
    @dataclass(frozen=True, kw_only=True)
    class Kind:
        given: int | None = 3

    assert read(Kind, json.loads(json.dumps(written(Kind(given=None))))) == Kind(given=None)


def test_what_is_the_default_does_not_stand_in_a_file():
    assert written(Data()) == {}
    assert written(replace(Data(), samples=80)) == {"samples": 80}


def changed(path: str, value: Any) -> dict[str, Any]:
    """Return the form of a whole descent with something else, or nothing, at a place."""
    form = json.loads(json.dumps(written(whole_descent())))
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    at = form
    for part in way:
        at = at[part]
    if value is None:
        del at[last]
    else:
        at[last] = value
    return form


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("surface", None, 'the field "surface" is missing'),
        ("runs.1.rule", None, 'the field "runs[1].rule" is missing'),
        ("runs.1.rule.rule", None, 'the field "runs[1].rule.rule" is missing'),
        ("hyper_map.across.low", None, 'the field "hyper_map.across.low" is missing'),
        ("stepps", 3, 'a session has no field "stepps"; did you mean "steps"?'),
        ("hologram", 3, 'a session has no field "hologram"'),
        ("runs.2.colour", 3, 'a session has no field "runs[2].colour"; did you mean "color"?'),
        ("hyper_map.up.hight", 3, 'a session has no field "hyper_map.up.hight"; did you mean "high"?'),
        ("steps", "many", 'the field "steps" must be otherwise: '),
        ("steps", 1.5, 'the field "steps" must be otherwise: '),
        ("contours", 1, 'the field "contours" must be otherwise: '),
        ("colormap", "jet", 'the field "colormap" must be otherwise: '),
        ("basins", "first", 'the field "basins" must be otherwise: '),
        ("runs.1.visible", "no", 'the field "runs[1].visible" must be otherwise: '),
        ("surface.values.a", "high", 'the field "surface.values" must be otherwise: '),
        ("start", [1.0], 'the field "start" must be otherwise: '),
        ("runs.1.start", [1.0, 2.0, 3.0], 'the field "runs[1].start" must be otherwise: '),
        ("surface.domain", [[0.0, 1.0]], 'the field "surface.domain" must be otherwise: '),
        ("surface", [1], 'the field "surface" must be an object'),
        ("runs.0", 3, 'the field "runs[0]" must be an object'),
        ("hyper_map", "yes", 'the field "hyper_map" must be an object'),
        ("runs", {"0": {}}, 'the field "runs" must be a list'),
    ],
)
def test_a_field_that_cannot_be_read_is_named_with_its_place(path: str, value: Any, sentence: str):
    with pytest.raises(InputError) as caught:
        read(Descent, changed(path, value))
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize("twins", [[], [{}], [{}, {}, {}], {}])
def test_a_list_of_another_length_is_refused_with_the_right_one(twins: object):
    form = {**written(default_experiment()), "twins": twins}
    with pytest.raises(InputError, match='the field "twins" must be a list of 2'):
        read(Experiment, form)


def test_a_mistake_in_one_of_two_networks_says_in_which():
    form = {**written(default_experiment()), "twins": [{}, {"gain": "much"}]}
    with pytest.raises(InputError, match=r'the field "twins\[1\]\.gain"'):
        read(Experiment, form)
