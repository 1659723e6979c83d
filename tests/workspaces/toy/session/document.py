"""A document with a number that falls from step to step."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import ClassVar

from landscape.errors import InputError


@dataclass(frozen=True, kw_only=True)
class Toy:
    workspace: ClassVar[str] = "toy"

    name: str = "toy"
    begin: float = 8.0
    steps: int = 20

    @property
    def last_step(self) -> int:
        return self.steps

    @property
    def subject(self) -> Hashable:
        return self.name


def set_begin(toy: Toy, begin: float) -> Toy:
    return check(replace(toy, begin=begin))


def check(toy: Toy) -> Toy:
    if not toy.begin > 0:
        raise InputError("A toy begins above 0, not at {given}", given=toy.begin)
    return toy
