"""Every symbol and every hyper-parameter of the catalogue has a sentence."""

import pytest

from landscape.catalogue.optimizers import optimizer, optimizer_entries, rule_parameters
from landscape.catalogue.schedules import schedule, schedule_entries, schedule_parameters
from landscape.descent.strategies.strategy import strategy, strategy_entries, strategy_parameters
from landscape.scene.descent.facts import ROWS
from landscape.scene.symbols import meanings, strategy_meanings
from landscape.translation import Translation, translation


@pytest.mark.parametrize("say", [Translation(), translation("zh")], ids=["en", "zh"])
def test_every_symbol_and_hyper_parameter_has_a_sentence_of_its_own(say) -> None:
    told = meanings(say)
    rules = {one.name for name in optimizer_entries() for one in rule_parameters(optimizer(name))}
    schedules = {one.name for name in schedule_entries() for one in schedule_parameters(schedule(name))}
    for name in {*ROWS, *rules, *schedules, "index", "β-smoothness", "λmax", "2/lr"}:
        assert len(told[name]) > (5 if say.language == "zh" else 20), name
        assert told[name][-1] in ".。", name


@pytest.mark.parametrize("say", [Translation(), translation("zh")], ids=["en", "zh"])
@pytest.mark.parametrize("name", list(strategy_entries()))
def test_every_hyper_parameter_of_a_strategy_has_a_sentence(say, name) -> None:
    told = strategy_meanings(say)
    for parameter in strategy_parameters(strategy(name)):
        assert len(told[parameter.name]) > (5 if say.language == "zh" else 20), parameter.name
        assert told[parameter.name][-1] in ".。", parameter.name
