"""Every symbol and every hyper-parameter of the catalogue has a sentence."""

import pytest

from landscape.catalogue.optimizers import optimizer, optimizer_entries, rule_parameters
from landscape.catalogue.schedules import schedule, schedule_entries, schedule_parameters
from landscape.scene.descent.facts import ROWS
from landscape.scene.symbols import meanings
from landscape.translation import Translation, translation


@pytest.mark.parametrize("say", [Translation(), translation("zh")], ids=["en", "zh"])
def test_every_symbol_and_hyper_parameter_has_a_sentence_of_its_own(say) -> None:
    told = meanings(say)
    rules = {one.name for name in optimizer_entries() for one in rule_parameters(optimizer(name))}
    schedules = {one.name for name in schedule_entries() for one in schedule_parameters(schedule(name))}
    for name in {*ROWS, *rules, *schedules, "index", "β-smoothness", "λmax", "2/lr"}:
        assert len(told[name]) > (5 if say.language == "zh" else 20), name
        assert told[name][-1] in ".。", name
