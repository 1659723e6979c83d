"""Every sentence has its translation, and every translation its sentence."""

import ast
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import landscape
from landscape.errors import InputError
from landscape.translation import LANGUAGES, Translation, translation

PACKAGE = Path(landscape.__file__).parent
CALLS = {"say", "InputError", "FormulaError", "WritingError", "sentence"}
LANGUAGE_CODES = [code for code in LANGUAGES if code != "en"]


def _literals(node: ast.AST) -> Iterator[str]:
    """Yield the string literals that ``node`` can be: itself, or either side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _templates(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name.lstrip("_") in CALLS:
                yield from _literals(node.args[0])


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@cache
def _used() -> set[str]:
    return {template for path in PACKAGE.rglob("*.py") for template in _templates(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_nothing_is_left_in_english_and_nothing_is_left_over(language: str) -> None:
    translated = set(translation(language).sentences)
    assert sorted(_used() - translated) == []
    assert sorted(translated - _used()) == []


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_a_translation_uses_the_same_values(language: str) -> None:
    different = {a: b for a, b in translation(language).sentences.items() if _fields(a) != _fields(b)}
    assert different == {}


def test_no_sentence_is_put_together_before_it_is_translated() -> None:
    glued = [
        f"{path.name}:{node.lineno}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and node.args
        and getattr(node.func, "id", getattr(node.func, "attr", "")).lstrip("_") in CALLS
        and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert glued == []


def test_an_error_is_told_in_the_chosen_language() -> None:
    chinese = Translation("zh", {"At most {most} runs": "最多 {most} 次运行"})
    assert chinese.error(InputError("At most {most} runs", most=8)) == "最多 8 次运行"
    assert str(InputError("At most {most} runs", most=8)) == "At most 8 runs"


def test_a_title_within_an_error_is_told_in_the_chosen_language() -> None:
    error = InputError("Nothing can be exported of the workspace {name}", name={"en": "Descent", "zh": "下降"})
    assert str(error) == "Nothing can be exported of the workspace Descent"
    assert translation("zh").error(error) == "工作区“下降”没有可导出的内容"


def test_what_has_no_translation_is_shown_in_english() -> None:
    assert Translation("zh")("Step {step}", step=3) == "Step 3"


def test_an_unknown_language_is_english() -> None:
    assert translation("xx").language == "en"
