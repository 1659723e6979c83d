"""How an update rule and a schedule stand in a session file.

Imports msgspec; only for reading and writing files.
"""

from dataclasses import replace

import msgspec

from landscape.catalogue import optimizers, schedules
from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.session.descent import checks


class RuleFields(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """An update rule."""

    rule: str
    entry: str = ""
    values: dict[str, float] = {}


class ScheduleFields(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A schedule."""

    formula: str
    entry: str = ""
    values: dict[str, float] = {}
    warmup: int = 0


def rule_fields(rule: UpdateRule) -> RuleFields:
    """Return what is written of a rule."""
    return RuleFields(rule=rule.rule, entry=rule.entry, values=dict(rule.values))


def schedule_fields(schedule: Schedule) -> ScheduleFields:
    """Return what is written of a schedule."""
    values = dict(schedule.values)
    return ScheduleFields(formula=schedule.formula, entry=schedule.entry, values=values, warmup=schedule.warmup)


def rule_of(read: RuleFields) -> UpdateRule:
    """Return the rule that was written, checked; from the catalogue only where its lines are still the catalogue's."""
    rule = UpdateRule(read.rule, tuple(read.values.items()), read.entry)
    return checks.rule(rule if optimizers.entry_of(rule) else replace(rule, entry=""))


def schedule_of(read: ScheduleFields) -> Schedule:
    """Return the schedule that was written, checked; from the catalogue only where its formula is still the same."""
    schedule = Schedule(read.formula, tuple(read.values.items()), read.warmup, read.entry)
    return schedules.check(schedule if schedules.entry_of(schedule) else replace(schedule, entry=""))
