"""Adds a person's own surfaces, optimizers and schedules to the catalogue files of the user.

The files are those that :mod:`landscape.catalogue.loading` reads. An entry replaces one of the same id; the other lines
stay as they are, with their comments. What is written was read back before: a file never becomes worse.
"""

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from landscape.catalogue import optimizers, schedules
from landscape.catalogue.loading import own_place, read_tables
from landscape.catalogue.optimizers import UpdateRule, optimizer_entries, rule_parameters
from landscape.catalogue.parameters import Parameter, Values
from landscape.catalogue.schedules import Schedule, schedule_entries, schedule_parameters, schedule_shelf
from landscape.catalogue.surfaces import Surface, parameters_of, surface_entries, surface_shelf
from landscape.errors import InputError
from landscape.writing import write_text

GROUP = "own"
GROUPS = "groups"
GROUP_TITLE = {"en": "Your own", "zh": "我的"}
SOURCE = "Typed in Landscape"
LONGEST_ID = 40


def add_rule(title: str, rule: UpdateRule) -> UpdateRule:
    """Add a rule to the user's optimizers under a title; return it as that entry's.

    Raises:
        InputError: The title cannot be one, or belongs to a shipped optimizer; the file cannot be read or written.
    """
    parameters = rule_parameters(rule)
    fields = ['family = "own"', f"rule = {_lines(rule.rule)}", *_described(parameters, rule.values)]
    name = _add("optimizers", title, fields, optimizer_entries())
    optimizers.reread()
    return optimizers.optimizer(name, **dict(rule.values))


def add_schedule(title: str, schedule: Schedule) -> Schedule:
    """Add a schedule to the user's schedules under a title; return it as that entry's. Errors as ``add_rule``."""
    fields = [f"formula = {_lines(schedule.formula)}", *_described(schedule_parameters(schedule), schedule.values)]
    name = _add("schedules", title, fields, schedule_entries(), grouped=False)
    schedule_shelf.cache_clear()
    return schedules.schedule(name, warmup=schedule.warmup, **dict(schedule.values))


def add_surface(title: str, surface: Surface, start: tuple[float, float], steps: int) -> Surface:
    """Add a surface to the user's surfaces, with where runs start on it; return it as that entry's.

    Its rotation and stretch stay with the session: an entry is the formula itself. Errors as ``add_rule``.
    """
    fields = [
        f"formula = {_lines(surface.formula)}",
        f"domain = {[list(side) for side in surface.domain]}",
        f"start = {list(start)}",
        f"steps = {steps}",
        *_described(parameters_of(surface), surface.values),
    ]
    if surface.data:
        fields += [f"model = {_text(surface.model)}", *(f"data.{name} = {list(row)}" for name, row in surface.data)]
    name = _add("surfaces", title, fields, surface_entries())
    surface_shelf.cache_clear()
    return replace(surface, entry=name, described=())


def id_of(title: str) -> str:
    """Return the id of an entry with this title: its Latin letters and digits, with lines between words."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    words = re.sub("[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_ID].strip("_")
    if not words:
        words = f"own_{sum(map(ord, title)) % 10000}"
    return words if words[0].isalpha() else f"own_{words}"


def _add(kind: str, title: str, fields: Iterable[str], known: Iterable[str], *, grouped: bool = True) -> str:
    """Write an entry into the user's file of a kind; return its id."""
    title = title.strip()
    if not title:
        raise InputError("Give it a name first: it is called by that in the menus")
    place, name = own_place(kind), id_of(title)
    tables = read_tables(place) if place.exists() else {}
    if name in known and name not in tables:
        raise InputError('"{name}" is in the shipped catalogue: call yours something else', name=name)
    head = [f"[{name}]", f"title = {{en = {_text(title)}, zh = {_text(title)}}}"]
    group = [f"group = {_text(GROUP)}"] if grouped else []
    entry = "\n".join((*head, *group, *fields, f"source = {_text(SOURCE)}")) + "\n"
    text = place.read_text(encoding="utf-8") if place.exists() else ""
    written = _with_entry(text, name, entry)
    if grouped and GROUP not in tables.get(GROUPS, {}):
        written = _with_group(written)
    _check(written, tables, name)
    place.parent.mkdir(parents=True, exist_ok=True)
    write_text(place, written)
    return name


def _with_entry(text: str, name: str, entry: str) -> str:
    """Return the lines of a file with an entry at its end, or in place of the one of that id."""
    if not text.strip():
        return entry
    own = re.compile(rf"^\[{name}(\.[^\]\n]*)?\][ \t]*$")
    kept: list[str] = []
    inside = False
    for line in text.splitlines():
        if line.startswith("["):
            inside = own.match(line) is not None
        if not inside:
            kept.append(line)
    return "\n".join(kept).rstrip() + "\n\n" + entry


def _with_group(text: str) -> str:
    """Return the lines of a file with the title of the group of what is typed."""
    line = f"{GROUP} = {{en = {_text(GROUP_TITLE['en'])}, zh = {_text(GROUP_TITLE['zh'])}}}"
    head = f"[{GROUPS}]\n"
    if head in text:
        return text.replace(head, f"{head}{line}\n", 1)
    return f"{head}{line}\n\n{text}"


def _check(written: str, before: Mapping[str, Any], name: str) -> None:
    """Refuse to write what could not be read, or what would change another entry."""
    try:
        now = tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        raise InputError("This cannot be written into your catalogue: {reason}", reason=error) from error
    if any(now.get(each) != table for each, table in before.items() if each not in (name, GROUPS)):
        raise InputError("Your catalogue file is written in a way that an entry cannot be added to: do it by hand")


def _described(parameters: Iterable[Parameter], values: Values) -> list[str]:
    """Return the lines of the parameters; what they are set to now is their default."""
    now = dict(values)
    lines = []
    for one in parameters:
        default = now.get(one.name, one.default)
        low, high = min(one.minimum, default), max(one.maximum, default)
        symbol = f", symbol = {_text(one.symbol)}" if one.symbol else ""
        parts = f"default = {default!r}, min = {low!r}, max = {high!r}, scale = {_text(one.scale)}{symbol}"
        lines.append(f"parameters.{one.name} = {{{parts}}}")
    return lines


def _text(text: str) -> str:
    """Return a text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _lines(text: str) -> str:
    """Return a text of several lines as TOML writes it, a line on a line."""
    if "\n" not in text:
        return _text(text)
    inner = "\n".join(_text(line)[1:-1] for line in text.splitlines())
    return f'"""\n{inner}\n"""'
