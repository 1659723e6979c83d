"""What surfaces, rules and schedules have in common: the names in a formula, and which of them are parameters."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from landscape.catalogue.parameters import Parameter, bind
from landscape.errors import InputError, Listing, nearest
from landscape.formula.meanings import indexed, meant
from landscape.formula.syntax import unknown_name_error
from landscape.formula.tree import REDUCTIONS, Call, Name, Node, walk

Entry = TypeVar("Entry")
_WORD = re.compile("[A-Za-z_][A-Za-z0-9_]*")


def names_read(trees: Iterable[Node], given: Collection[str]) -> tuple[str, ...]:
    """Return the names in ``trees`` that are not among ``given``, in the order they are first read."""
    names = dict.fromkeys(node.id for node in walk(trees) if isinstance(node, Name))
    return tuple(name for name in names if name not in given)


def refuse_reductions(trees: Iterable[Node]) -> None:
    """Refuse ``mean`` and ``sum``: only a surface has data for them."""
    for node in walk(trees):
        if isinstance(node, Call) and node.function in REDUCTIONS:
            raise no_data(node.function)


def no_data(function: str) -> InputError:
    """Return the error for ``mean`` or ``sum`` where there is nothing for it to run over."""
    return InputError('"{name}" runs over the rows of data, but there is none in it', name=function)


def check_columns(tree: Node, columns: Sequence[str]) -> None:
    """Refuse a column outside of ``mean`` and ``sum``, and a ``mean`` or ``sum`` of no column."""
    open_column: dict[int, bool] = {}
    for node in walk((tree,)):
        inside = isinstance(node, Name) and node.id in columns
        if isinstance(node, Call):
            inside = any(open_column[id(argument)] for argument in node.arguments)
            if node.function in REDUCTIONS:
                if not inside:
                    raise no_data(node.function)
                inside = False
        open_column[id(node)] = inside
    if open_column[id(tree)]:
        raise InputError(
            "The data columns {columns} can only be read inside mean(...) or sum(...)", columns=Listing(columns)
        )


def check_described(parameters: Sequence[Parameter], read: Sequence[str], text: str, given: Collection[str]) -> None:
    """Refuse parameters of an entry that its formula does not read, and names that it reads but does not describe.

    Args:
        parameters: What the entry describes.
        read: The names that the formula reads besides what it is given.
        text: The formula.
        given: What it is given: variables, columns.
    """
    described = [parameter.name for parameter in parameters]
    for name in read:
        if name not in described:
            raise unknown_name_error(name, text, {*given, *described})
    plain = (Parameter(name=name, default=1.0, minimum=1.0, maximum=1.0) for name in read)
    bind(plain, dict.fromkeys(described, 1.0), text)


def is_id(text: str, entries: Collection[str], variables: Sequence[str]) -> bool:
    """Tell whether a text is the id of an entry, or a word that is none of a formula either."""
    word = _WORD.fullmatch(text) is not None and text not in variables
    return text in entries or (word and not meant(text, variables) and not indexed((text,)))


def named(entries: Mapping[str, Entry], name: str) -> Entry:
    """Return the entry called ``name``.

    Raises:
        InputError: suggests the nearest name, or lists them all where none is near.
    """
    if name in entries:
        return entries[name]
    near = nearest(name, entries)
    if near:
        raise InputError(
            'Nothing in the catalogue is called "{name}"; did you mean "{nearest}"?', name=name, nearest=near
        )
    raise InputError(
        'Nothing in the catalogue is called "{name}"; there are {allowed}', name=name, allowed=Listing(entries)
    )
