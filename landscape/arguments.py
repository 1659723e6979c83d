"""Argument checking of the public functions: what cannot be used becomes one sentence, by its name and its annotation.

A public function is written for arguments that can be used, and refuses numbers out of its ranges itself. Where it
stumbles over anything else, :func:`checked` holds what was given against the annotations, which say once what is taken.
So a call that succeeds costs nothing more.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Any, NamedTuple, ParamSpec, TypeVar, Unpack, get_args, get_origin, get_type_hints

from landscape.annotations import misfit
from landscape.errors import InputError, Listing, nearest

P = ParamSpec("P")
R = TypeVar("R")
K = TypeVar("K")


def checked(function: Callable[P, R]) -> Callable[P, R]:
    """Let ``function`` say in one sentence which of its arguments cannot be used, and what can.

    An error that no argument explains is the program's, and rises as it is.
    """

    @wraps(function)
    def answering(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except InputError:
            raise
        except Exception as error:
            told = mistake(function, args, kwargs)
            if told is None and isinstance(error, MemoryError):
                told = InputError("There is not enough memory for so much")
            if told is None:
                raise
            raise told from error

    return answering


def checked_class(kind: type[K]) -> type[K]:
    """Let a class say in one sentence which of the arguments cannot be used that it is made with."""
    kind.__init__ = checked(kind.__init__)  # type: ignore[method-assign]
    return kind


def mistake(function: Callable[..., Any], args: Sequence[object], kwargs: Mapping[str, object]) -> InputError | None:
    """Return what is wrong with the arguments of a call; None where they fit the names and annotations."""
    taken = _taken(function)
    name = function.__name__
    if name == "__init__":
        name = function.__qualname__.split(".")[-2]
    wrong = _wrong_name(name, taken, args, kwargs)
    if wrong is not None:
        return wrong
    given = dict(zip(taken.hints, args, strict=False)) | dict(kwargs)
    for name, value in given.items():
        found = misfit(taken.hints.get(name, taken.others), value, name)
        if found is not None:
            return found.error
    return None


def unknown(function: str, name: str, names: Sequence[str]) -> InputError:
    """Return the error for an option that a function does not take, with the nearest one that it does."""
    near = nearest(name, names)
    if near:
        return InputError(
            '{function} takes no "{name}"; did you mean "{nearest}"? It takes {allowed}',
            function=function, name=name, nearest=near, allowed=Listing(names),
        )  # fmt: skip
    return InputError(
        '{function} takes no "{name}"; it takes {allowed}', function=function, name=name, allowed=Listing(names)
    )


class _Taken(NamedTuple):
    """What a function takes."""

    hints: Mapping[str, Any]
    """The annotations by name, in their order."""
    needed: frozenset[str]
    positional: int
    """How many can be given without a name."""
    open: bool
    """Whether it takes other names, too."""
    others: Any
    """The annotation of those."""


def _taken(function: Callable[..., Any]) -> _Taken:
    form, annotations = signature(function), get_type_hints(function)
    hints: dict[str, Any] = {}
    others, open_ended = Any, False
    for name, one in form.parameters.items():
        hint = annotations.get(name, Any)
        if one.kind is not Parameter.VAR_KEYWORD:
            hints[name] = hint
        elif get_origin(hint) is Unpack:
            hints |= get_type_hints(get_args(hint)[0])
        else:
            others, open_ended = hint, True
    positional = sum(map(_is_positional, form.parameters.values()))
    return _Taken(hints, frozenset(_needed(form)), positional, open_ended, others)


def _is_positional(one: Parameter) -> bool:
    return one.kind in (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)


def _needed(form: Signature) -> Iterator[str]:
    for name, one in form.parameters.items():
        if one.default is Parameter.empty and one.kind is not Parameter.VAR_KEYWORD:
            yield name


def _too_many(function: str, most: int, given: int) -> InputError:
    """Return the error for more values without a name than a function takes."""
    if most == 0:
        return InputError("{function} takes no values without a name, not {given}", function=function, given=given)
    if most == 1:
        return InputError(
            "{function} takes one value without a name at most, not {given}", function=function, given=given
        )
    return InputError(
        "{function} takes {most} values without a name at most, not {given}", function=function, most=most, given=given
    )


def _wrong_name(
    function: str, taken: _Taken, args: Sequence[object], kwargs: Mapping[str, object]
) -> InputError | None:
    """Return which name is unknown, missing or given twice, or that too many values have none."""
    names = [name for name in taken.hints if name != "self"]
    if len(args) > taken.positional:
        unnamed = len(taken.hints) - len(names)
        return _too_many(function, taken.positional - unnamed, len(args) - unnamed)
    placed = list(taken.hints)[: len(args)]
    for name in kwargs:
        if name in placed:
            return InputError('"{name}" is given twice', name=name)
        if name not in taken.hints and not taken.open:
            return unknown(function, name, names)
    for name in taken.hints:
        if name in taken.needed and name not in placed and name not in kwargs:
            return InputError(
                '{function} needs "{name}"; it takes {allowed}', function=function, name=name, allowed=Listing(names)
            )
    return None
