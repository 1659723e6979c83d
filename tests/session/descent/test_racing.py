"""A race is what was written: the rules, their hyper-parameters and rates, on the surface that is there."""

import pytest

from landscape.catalogue.optimizers import UpdateRule, optimizer
from landscape.descent.strategies.strategy import strategy, strategy_entries
from landscape.errors import InputError
from landscape.session.descent.document import MAX_RUNS, Descent
from landscape.session.descent.racing import entrant, entrants, raced
from landscape.session.descent.strategies import add_strategy
from landscape.session.files import default_session, lesson
from landscape.session.session import Session


def descent_of(session: Session) -> Descent:
    found = session.of(Descent)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "rule", "values"),
    [
        ("sgd,lr=.1", "sgd", {"lr": 0.1}),
        (" adam , lr = 3e-1, beta1=0.5 ", "adam", {"lr": 0.3, "beta1": 0.5}),
        ("rmsprop,centered=true", "rmsprop", {"centered": 1.0}),
        ("rmsprop,lr=1,centered=False", "rmsprop", {"lr": 1.0, "centered": 0.0}),
        ("adam,lr=.1,amsgrad=1", "adam", {"lr": 0.1, "amsgrad": 1.0}),
    ],
)
def test_a_rule_of_the_catalogue_is_written_with_its_hyper_parameters(
    text: str, rule: str, values: dict[str, float]
) -> None:
    assert entrant(text).rule == optimizer(rule, **values)
    assert entrant(text).rated == ("lr" in values)


def test_commas_in_brackets_belong_to_the_lines_of_a_rule() -> None:
    made = entrant("theta = theta - lr*g/max(abs(g), eps), eps=.5，lr=2")
    assert made.rule == optimizer("theta = theta - lr*g/max(abs(g), eps)", lr=2.0, eps=0.5)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("adamm", 'called "adamm"; did you mean "adam"'),
        ("sgd,momentun=.9", '"sgd" has no parameter "momentun"; allowed are lr'),
        ("adam,bta1=.5", 'did you mean "beta1"'),
        ("adam,lr=0,5", '"5" is no hyper-parameter of a run; write NAME=VALUE, as in adam,lr=.3'),
        ("adam,lr", '"lr" is no hyper-parameter'),
        ("adam,lr=", '"lr" must be a finite number'),
        ("adam,lr=true", "\"lr\" must be a finite number, not 'true'"),
        ("adam,lr=inf", '"lr" must be a finite number'),
        ("rmsprop,centered=yes", "\"centered\" must be true or false, not 'yes'"),
        ("adam,lr=.1,lr=.2", '"lr" is given twice'),
        ("", "The rule is empty"),
        ("theta = theta - lr*h,lr=.1,k=2", '"k"'),
    ],
)
def test_what_cannot_be_run_is_told_with_what_is_allowed(text: str, sentence: str) -> None:
    with pytest.raises(InputError) as told:
        entrant(text)
    assert sentence in str(told.value)


def test_a_rate_below_0_is_told() -> None:
    with pytest.raises(InputError, match=r"must be above 0, not -0\.1"):
        raced(default_session(), [entrant("sgd,lr=-.1")])


def test_the_runs_replace_those_that_are_there_and_all_else_stays() -> None:
    before = lesson("ravine")
    after = raced(before, [entrant("adam,lr=.3"), entrant("sgd,lr=.01")])
    assert [run.rule for run in descent_of(after).runs] == [optimizer("adam", lr=0.3), optimizer("sgd", lr=0.01)]
    assert [run.color for run in descent_of(after).runs] == [0, 1]
    for field in ("surface", "start", "steps", "schedule", "seed"):
        assert getattr(descent_of(after), field) == getattr(descent_of(before), field)


def test_a_run_without_a_rate_gets_the_one_that_the_window_gives_it() -> None:
    from landscape.session.descent import edits

    shown = edits.add_run(descent_of(default_session()), optimizer("adam", beta1=0.5))
    made = descent_of(raced(default_session(), [entrant("adam,beta1=.5")]))
    assert made.runs[0].rule == shown.runs[-1].rule
    assert made.runs[0].rule.lr != optimizer("adam").lr


def test_start_and_steps_are_those_of_all_runs() -> None:
    made = descent_of(raced(default_session(), [], (-1.0, 2.0), 30))
    assert (made.steps, len(made.runs)) == (30, 4)
    assert {made.start_of(run) for run in made.runs} == {(-1.0, 2.0)}


def test_nothing_that_was_asked_for_changes_nothing() -> None:
    given = lesson("ravine")
    assert raced(given, []) is given


def test_a_race_on_a_network_is_refused() -> None:
    with pytest.raises(InputError, match="race on surfaces"):
        raced(lesson("batch-norm"), [entrant("adam")])


def test_there_are_no_more_runs_than_can_be_told_apart() -> None:
    with pytest.raises(InputError, match=f"There can be {MAX_RUNS} runs"):
        raced(default_session(), map(entrant, ["sgd"] * (MAX_RUNS + 1)))


def test_an_optimizer_keeps_its_values_and_gets_the_name_it_is_given_by() -> None:
    own = optimizer("theta = theta - lr*g", lr=0.25)
    made = descent_of(raced(default_session(), entrants({"sgd": 0.01, "mine": own, "adam": optimizer("adam", lr=1.0)})))
    runs: list[tuple[str, UpdateRule]] = [(run.name, run.rule) for run in made.runs]
    assert runs == [("", optimizer("sgd", lr=0.01)), ("mine", own), ("", optimizer("adam", lr=1.0))]


def test_a_strategy_takes_part_as_it_is_written_and_otherwise_suits_the_surface() -> None:
    made = descent_of(raced(default_session(), [entrant("annealing,cooling=.9"), entrant("adam,lr=.3")]))
    cooled, other = made.runs
    suited = add_strategy(made, strategy("annealing")).runs[-1].strategy
    assert cooled.strategy == suited.with_values(cooling=0.9)
    assert other.strategy is None
    hot = descent_of(raced(default_session(), [entrant("annealing,temperature=7")])).runs[0]
    assert dict(hot.strategy.values)["temperature"] == 7.0


@pytest.mark.parametrize("name", strategy_entries())
def test_every_strategy_can_be_written(name: str) -> None:
    (run,) = descent_of(raced(default_session(), [entrant(name)])).runs
    assert run.strategy.entry == name


def test_the_rule_that_a_strategy_runs_gets_its_rate() -> None:
    (run,) = descent_of(raced(default_session(), [entrant("restarts,length=7,lr=.02")])).runs
    assert run.rule.lr == 0.02
    assert dict(run.strategy.values)["length"] == 7.0


@pytest.mark.parametrize("text", ["annealing,lr=.1", "annealing,cooling=warm", "line_search,members=3"])
def test_what_a_strategy_does_not_have_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        entrant(text)
