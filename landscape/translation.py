"""Every sentence a person sees, in the language they chose.

A sentence is written in English where it is used, as a template: ``say("Step {step} of {steps}", step=3, steps=200)``.
``assets/translations/<language>.toml`` maps the template to its translation; what is missing is shown in English.
The tests collect every template in the source and fail where a translation is missing or no longer needed.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from landscape.errors import InputError
from landscape.resources import asset

LANGUAGES: Mapping[str, str] = {"en": "English", "zh": "简体中文"}


@dataclass(frozen=True)
class Translation:
    """Turns a template and its values into a sentence of one language."""

    language: str = "en"
    sentences: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)

    def __call__(self, template: str, /, **values: object) -> str:
        """Return the sentence for ``template`` with ``values`` filled in."""
        sentence = self.sentences.get(template, template)
        return sentence.format(**values) if values else sentence

    def error(self, error: BaseException) -> str:
        """Return what ``error`` says: translated where it is an :class:`InputError`, as are those among its values."""
        if not isinstance(error, InputError):
            return str(error)
        return self(error.template, **{name: self._value(value) for name, value in error.values.items()})

    def _value(self, value: object) -> object:
        if isinstance(value, InputError):
            return self.error(value)
        return self.pick(value) if isinstance(value, Mapping) else value

    def pick(self, titles: Mapping[str, str]) -> str:
        """Return the title in this language from ``{"en": ..., "zh": ...}``, or the English one."""
        return titles.get(self.language) or titles["en"]


def translation(language: str) -> Translation:
    """Load the sentences of ``language``; one that is not in ``LANGUAGES`` gives English."""
    if language == "en" or language not in LANGUAGES:
        return Translation()
    with asset("translations", f"{language}.toml").open("rb") as file:
        return Translation(language, tomllib.load(file))
