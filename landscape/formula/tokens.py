"""The tokenizer: what people type, paste and compose, brought to one spelling with every position kept.

Every character is first replaced by exactly one character (full-width and mathematical letters become plain ones),
so that a token's place in the plain text is its place in the text as given.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from landscape.formula.mistakes import FormulaError, character_error
from landscape.formula.vocabulary import CONSTANTS, FUNCTION_WORDS

CHARACTERS = 2000
"""Longest text of a formula or program."""
LITERAL = 40
"""Longest number or name, in characters."""

_GREEK_NAMES = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma sigma tau upsilon phi chi psi
    omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega
"""
GREEK = dict(zip("αβγδεζηθικλμνξπρσςτυφχψωΓΔΘΛΞΠΣΦΨΩ", _GREEK_NAMES.split(), strict=True))
_LETTERS = frozenset(GREEK.values())
_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
_FRACTIONS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_SAME = str.maketrans("−–×·⋅∙∗÷∕⁄∣", "--*****//" + "/|")
_DIGITS = str.maketrans(_SUBSCRIPTS + _SUPERSCRIPTS, "01234567890123456789+-", "{}")
_COMPATIBLE = ("", "<wide>", "<narrow>", "<font>", "<compat>", "<noBreak>")
_SPELLINGS = {"^": "**", "≤": "<=", "≥": ">=", "≠": "!="}

Kind: TypeAlias = Literal["number", "name", "power", "operator", "line", "end"]

_TOKEN = re.compile(
    r"(?P<space>[ \t\r]+)"
    r"|(?P<line>[\n;])"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)"
    rf"|(?P<name>[A-Za-z][A-Za-z0-9_{_SUBSCRIPTS}]*(?:(?<=_)\{{[A-Za-z0-9]+\}})?"
    rf"|[{''.join(GREEK)}][0-9{_SUBSCRIPTS}]*(?:_(?:\{{[A-Za-z0-9]+\}}|[A-Za-z0-9_{_SUBSCRIPTS}]+))?)"
    rf"|(?P<power>[⁺⁻]?[{_SUPERSCRIPTS[:10]}]+)"
    r"|(?P<operator>\*\*|[<>=!]=|[-+*/^()\[\]{}⌊⌋⌈⌉<>=,|√∛≤≥≠])"
    rf"|(?P<fraction>[{_FRACTIONS}])"
    r"|(?P<command>\\(?:(?:operatorname|mathrm|text)\{[A-Za-z]+\}|[A-Za-z]+|[,;:! ]))"
)
_BASED = re.compile(r"0(?:[xX](?=[a-fA-F]*[0-9])[0-9a-fA-F]+|[bB][01]+|[oO][0-7]+)(?![A-Za-z0-9_])")
"""A number in another base, as other languages write it."""
_UNSEEN = {"left", "right", "big", "Big", "quad", "displaystyle", "limits", *",;:! "}
"""Commands of LaTeX that mean nothing to a formula ..."""
_COMMANDS = {
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "le": "<=", "leq": "<=", "ge": ">=", "geq": ">=", "ne": "!=",
    "neq": "!=", "lt": "<", "gt": ">", "vert": "|", "lvert": "|", "rvert": "|", "lfloor": "⌊", "rfloor": "⌋",
    "lceil": "⌈", "rceil": "⌉", "frac": r"\frac", "dfrac": r"\frac", "tfrac": r"\frac", "sqrt": r"\sqrt",
}  # fmt: skip
"""... and those that are operators. All others are names: of Greek letters, functions and constants."""
_VARIANTS = {"varepsilon": "epsilon", "vartheta": "theta", "varphi": "phi", "varrho": "rho", "varsigma": "sigma"}


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a formula: its normal spelling, and where it stands in the text as given."""

    kind: Kind
    text: str
    position: int
    length: int
    greek: bool = False

    @property
    def place(self) -> dict[str, Any]:
        """Where the token stands, as the arguments of a :class:`FormulaError`."""
        return {"position": self.position, "length": self.length}


def tokens(text: str) -> list[Token]:
    """Return the tokens of ``text``, the last of kind ``end``.

    Refuses with :class:`FormulaError` a text that is too long (before looking at it), a number literal that is too
    long, and any character that is not part of the language.
    """
    if len(text) > CHARACTERS:
        raise FormulaError(
            "The formula has {count} characters; at most {limit} are allowed",
            position=CHARACTERS, length=len(text) - CHARACTERS, count=len(text), limit=CHARACTERS,
        )  # fmt: skip
    plain = text if text.isascii() else "".join(map(_plain, text))
    found: list[Token] = []
    position = 0
    while position < len(plain):
        match = _TOKEN.match(plain, position)
        if match is None:
            raise character_error(text[position], position)
        if match.lastgroup == "command":
            found += _command(match)
        elif match.lastgroup != "space":
            found.append(_token(match))
        position = match.end()
    return [*found, Token("end", "", len(text), 0)]


def words(text: str) -> Iterator[Token]:
    """Yield the numbers and names of a text that may be anything, such as one that is being typed."""
    plain = text[:CHARACTERS] if text.isascii() else "".join(map(_plain, text[:CHARACTERS]))
    for match in _TOKEN.finditer(plain):
        kind, length = match.lastgroup, len(match.group())
        if kind == "name" and length <= LITERAL:
            yield _token(match)
        elif kind == "number":
            yield Token("number", match.group(), match.start(), length)


def _plain(character: str) -> str:
    """Return the one plain character that ``character`` stands for, itself where there is none."""
    if character.isascii():
        return character
    translated = character.translate(_SAME)
    if translated != character:
        return translated
    decomposition = unicodedata.decomposition(character)
    tag = decomposition.split()[0] if decomposition.startswith("<") else ""
    normal = unicodedata.normalize("NFKC", character)
    return normal if tag in _COMPATIBLE and len(normal) == 1 else character


def _token(match: re.Match[str]) -> Token:
    kind, written, position = match.lastgroup, match.group(), match.start()
    length = len(written)
    if length > LITERAL and kind in ("number", "name"):
        raise FormulaError(
            "A number or name is longer than {limit} characters", position=position, length=length, limit=LITERAL
        )
    if kind == "number":
        _refuse_base(match)
        return Token("number", written, position, length)
    if kind == "fraction":
        return Token("number", repr(unicodedata.numeric(written)), position, length)
    if kind == "name":
        spelled = GREEK.get(written[0], written[0]) + written[1:].translate(_DIGITS)
        return Token("name", spelled, position, length, greek=written[0] in GREEK)
    if kind == "power":
        return Token("power", written.translate(_DIGITS), position, length)
    if kind == "line":
        return Token("line", written, position, length)
    return Token("operator", _SPELLINGS.get(written, written), position, length)


def _refuse_base(match: re.Match[str]) -> None:
    based = _BASED.match(match.string, match.start()) if match.group() == "0" else None
    if based is not None:
        meant = str(int(based.group(), 0))
        raise FormulaError(
            "{number} is no decimal number: write {meant}",
            position=match.start(), length=len(based.group()), instead=meant, number=based.group(), meant=meant,
        )  # fmt: skip


def _command(match: re.Match[str]) -> list[Token]:
    r"""Return what a command of LaTeX stands for: ``\cdot``, ``\alpha``, ``\sin``, ``\operatorname{erf}``."""
    written, position = match.group(), match.start()
    length = len(written)
    name = written[1:].rstrip("}").rpartition("{")[2]
    if name in _UNSEEN:
        return []
    if name in _COMMANDS:
        return [Token("operator", _COMMANDS[name], position, length)]
    name = _VARIANTS.get(name, name)
    known = name in _LETTERS or name in CONSTANTS or (name in FUNCTION_WORDS and name not in ("sum", "prod"))
    if not known:
        raise FormulaError(
            "{character} cannot be used in a formula", position=position, length=length, character=written
        )
    return [Token("name", name, position, length, greek=name in _LETTERS)]
