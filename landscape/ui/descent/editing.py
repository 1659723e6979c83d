"""What the editor edits in a descent: the rule of a run, a schedule, and the surface."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from landscape.catalogue.optimizers import ELEMENTWISE, PLANAR, RATE, UpdateRule, rule_parameters
from landscape.catalogue.optimizers import entry_of as rule_entry
from landscape.catalogue.parameters import Described, Parameter
from landscape.catalogue.schedule_programs import GIVEN, LOSS, is_program, memory_of, program_of
from landscape.catalogue.schedules import Schedule, schedule_parameters
from landscape.catalogue.schedules import entry_of as schedule_entry
from landscape.catalogue.surfaces import Surface, parameters_of
from landscape.catalogue.surfaces import entry_of as surface_entry
from landscape.errors import InputError
from landscape.formula.colouring import Names
from landscape.formula.syntax import parse_expression
from landscape.scene.descent.text import run_title, surface_title
from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.ui.context import Context
from landscape.ui.descent.panels.schedule import SchedulePanel
from landscape.ui.descent.panels.shape import ShapeFields
from landscape.ui.editor.subject import Answer, Editing, Subject
from landscape.ui.rule_form import typed_rule

Read = Callable[[Descent], Subject | None]


@dataclass(frozen=True, kw_only=True)
class Edited:
    """One formula of a descent in the editor."""

    editing: Editing
    read: Read
    """Return what it is now; None where it is gone."""
    beside: QWidget | None = None
    show: Callable[[Descent], object] = lambda _: None
    """Show a descent in ``beside``."""


def tried(edit: Callable[[], Answer]) -> Answer:
    """Return what is wrong with an edit, whether it answers so or raises."""
    try:
        return edit()
    except InputError as error:
        return error


def with_range(described: Described, parameters: tuple[Parameter, ...], changed: Parameter) -> Described:
    """Return how all parameters are described, one of them anew."""
    known = {one.name: one for one in (*parameters, *described)}
    return tuple((known | {changed.name: changed}).values())


def edited_rule(context: Context, run: int, now: Callable[[], Descent]) -> Edited:
    """Return the rule of a run, to be edited."""
    say = context.say

    def rule() -> UpdateRule:
        return now().run_of(run).rule

    def put(made: Callable[[], UpdateRule], gesture: str | None = None) -> Answer:
        return tried(lambda: context.edit(edits.set_rule, run, made(), gesture=gesture))

    def describe(parameter: Parameter) -> Answer:
        return put(lambda: replace(rule(), described=with_range(rule().described, rule_parameters(rule()), parameter)))

    def add(title: str) -> Answer:
        from landscape.catalogue.writing import add_rule

        return put(lambda: add_rule(title, rule())) or context.edit(edits.rename_run, run, "")

    def read(descent: Descent) -> Subject | None:
        found = next((one for one in descent.runs if one.id == run), None)
        return None if found is None else rule_subject(found.rule, f"rule {run}", run_title(found, context.say))

    editing = Editing(
        heading=say("Update rule"),
        field=say("Lines of the rule"),
        meanings={
            "theta": say("the parameter"), "g": say("its gradient"), "lr": say("learning rate"),
            "t": say("step, from 1"), "gnorm": say("norm of the gradient"), "noise": say("a normal random number"),
        },
        take=lambda text: put(lambda: typed_rule(text, rule()), f"typing rule {run}"),
        set_value=lambda name, value, gesture: context.edit(edits.set_hyper, run, name, value, gesture=gesture or None),
        describe=describe,
        rename=lambda title: context.edit(edits.rename_run, run, title),
        add=add,
    )  # fmt: skip
    return Edited(editing=editing, read=read)


def rule_subject(rule: UpdateRule, key: str, title: str) -> Subject:
    """Return a rule as the editor shows it."""
    parameters = rule_parameters(rule)
    return Subject(
        key=key,
        title=title,
        text=rule.rule,
        names=Names(
            given=(*(PLANAR if rule.planar else ELEMENTWISE), RATE),
            state=rule.state,
            parameters=tuple(one.name for one in parameters),
        ),
        lines=rule.program.statements,
        symbols={one.name: one.symbol for one in parameters if one.symbol},
        memory=rule.state,
        parameters=parameters,
        values=dict(rule.values),
        ranged=rule_entry(rule) is None,
    )


def edited_schedule(context: Context, panel: SchedulePanel) -> Edited:
    """Return the schedule that a panel shows, to be edited; its curve stands beside."""
    say = context.say
    followed = panel.followed

    def put(made: Callable[[], Schedule], gesture: str = "") -> Answer:
        return tried(lambda: panel.edit(made(), gesture))

    def describe(parameter: Parameter) -> Answer:
        held = followed()
        described = with_range(held.described, schedule_parameters(held), parameter)
        return put(lambda: replace(held, described=described))

    def take(text: str) -> Answer:
        held = followed()
        return put(lambda: typed_schedule(text, held), "typing schedule")

    def add(title: str) -> Answer:
        from landscape.catalogue.writing import add_schedule

        return put(lambda: add_schedule(title, followed()))

    def read(_descent: Descent) -> Subject:
        held = followed()
        entry = schedule_entry(held)
        return schedule_subject(held, context.say.pick(entry.titles) if entry else "")

    curve = panel.second_curve()
    editing = Editing(
        heading=say("Schedule"),
        field=say("Lines of the schedule"),
        meanings={
            "lr": say("learning rate"), "t": say("step, from 0"), "T": say("number of steps"),
            "loss": say("loss of the step before"),
        },
        take=take,
        set_value=panel.form.set_value,
        describe=describe,
        rename=lambda _title: None,
        add=add,
    )  # fmt: skip
    return Edited(editing=editing, read=read, beside=curve, show=lambda _: panel.show_curve(curve))


def typed_schedule(text: str, old: Schedule) -> Schedule:
    """Return the schedule of typed lines, with the values that parameters of the same names had."""
    formula = text.strip()
    bare = Schedule(formula, (), old.warmup)
    names = {one.name for one in schedule_parameters(bare)}
    kept = schedule_parameters(old) if schedule_entry(old) else old.described
    described = tuple(one for one in kept if one.name in names)
    values = tuple((name, value) for name, value in old.values if name in names)
    return replace(bare, values=values, described=described)


def schedule_subject(schedule: Schedule, title: str) -> Subject:
    """Return a schedule as the editor shows it."""
    parameters = schedule_parameters(schedule)
    statements = program_of(schedule.formula).statements
    given = GIVEN if is_program(schedule.formula) else ("lr", "t", "T", LOSS)
    return Subject(
        key="schedule",
        title=title,
        text=schedule.formula,
        names=Names(given=given, state=memory_of(schedule.formula), parameters=tuple(one.name for one in parameters)),
        lines=statements if is_program(schedule.formula) else (("", statements[0][1]),),
        symbols={one.name: one.symbol for one in parameters if one.symbol},
        memory=memory_of(schedule.formula),
        parameters=parameters,
        values=dict(schedule.values),
        ranged=schedule_entry(schedule) is None,
    )


def edited_surface(context: Context, now: Callable[[], Descent]) -> Edited:
    """Return the surface, to be edited, with its rotation, stretching and domain beside."""
    say = context.say

    def put(made: Callable[[], Surface]) -> Answer:
        return tried(lambda: context.edit(edits.set_surface, made()))

    def describe(parameter: Parameter) -> Answer:
        held = now().surface
        return put(lambda: replace(held, described=with_range(held.described, parameters_of(held), parameter)))

    def add(title: str) -> Answer:
        from landscape.catalogue.writing import add_surface

        return put(lambda: add_surface(title, now().surface, now().start, now().steps))

    shape = ShapeFields(context)
    editing = Editing(
        heading=say("Surface"),
        field=say("Formula of the surface"),
        meanings={"x": say("across"), "y": say("up")},
        take=lambda text: context.edit(edits.set_formula, text.strip(), gesture="typing surface"),
        set_value=lambda name, value, gesture: context.edit(
            edits.set_surface_value, name, value, gesture=gesture or None
        ),
        describe=describe,
        rename=lambda _title: None,
        add=add,
    )
    return Edited(
        editing=editing,
        read=lambda descent: surface_subject(descent.surface, surface_title(descent.surface, context.say)),
        beside=shape,
        show=lambda descent: shape.display(descent.surface),
    )


def surface_subject(surface: Surface, title: str) -> Subject:
    """Return a surface as the editor shows it."""
    parameters = parameters_of(surface)
    return Subject(
        key="surface",
        title=title,
        text=surface.formula,
        names=Names(given=("x", "y", *surface.columns), parameters=tuple(one.name for one in parameters)),
        lines=(("", parse_expression(surface.formula)),),
        symbols={one.name: one.symbol for one in parameters if one.symbol},
        parameters=parameters,
        values=dict(surface.values),
        ranged=surface_entry(surface) is None,
    )
