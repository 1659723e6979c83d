"""Every sentence a person sees, in the language they chose.

A sentence is written in English where it is used, as a template: ``say("Step {step} of {steps}", step=3, steps=200)``.
``assets/translations/<language>.toml`` maps the template to its translation; what is missing is shown in English.
The tests collect every template in the source and fail where a translation is missing or no longer needed.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from landscape.errors import InputError
from landscape.resources import asset

T = TypeVar("T")

LANGUAGES: Mapping[str, str] = {"en": "English", "zh": "简体中文"}


class Sentence(str):
    """What was said, and how it is said in another language."""

    again: "Callable[[Translation], Sentence]"


def said(text: str, again: "Callable[[Translation], Sentence]") -> Sentence:
    """Return a text that can be said again."""
    sentence = Sentence(text)
    sentence.again = again
    return sentence


def said_in(value: T, say: "Translation") -> "T | Sentence":
    """Return a sentence in another language; what is none, as it is."""
    return value.again(say) if isinstance(value, Sentence) else value


def composed(pattern: str, *parts: str) -> Sentence:
    """Return what is put together of sentences in the same way in every language, such as ``"{} ({})"``."""
    return said(pattern.format(*parts), lambda say: composed(pattern, *(said_in(part, say) for part in parts)))


@dataclass(frozen=True)
class Translation:
    """Turns a template and its values into a sentence of one language."""

    language: str = "en"
    sentences: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)

    def __call__(self, template: str, /, **values: object) -> Sentence:
        """Return the sentence for ``template`` with ``values`` filled in."""
        sentence = self.sentences.get(template, template)
        return said(
            sentence.format(**values) if values else sentence,
            lambda say: say(template, **{name: said_in(value, say) for name, value in values.items()}),
        )

    def error(self, error: BaseException) -> str:
        """Return what ``error`` says: translated where it is an :class:`InputError`, as are those among its values."""
        if not isinstance(error, InputError):
            return str(error)
        return self(error.template, **{name: self._value(value) for name, value in error.values.items()})

    def _value(self, value: object) -> object:
        if isinstance(value, InputError):
            return self.error(value)
        return self.pick(value) if isinstance(value, Mapping) else value

    def pick(self, titles: Mapping[str, str]) -> Sentence:
        """Return the title in this language from ``{"en": ..., "zh": ...}``, or the English one."""
        return said(titles.get(self.language) or titles["en"], lambda say: say.pick(titles))


@cache
def translation(language: str) -> Translation:
    """Load the sentences of ``language``; one that is not in ``LANGUAGES`` gives English."""
    if language == "en" or language not in LANGUAGES:
        return Translation()
    with asset("translations", f"{language}.toml").open("rb") as file:
        return Translation(language, tomllib.load(file))
