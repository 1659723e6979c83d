"""A session is one word of text, whole; damaged and oversized ones are told in one sentence."""

import json
import tracemalloc
import zlib
from base64 import urlsafe_b64encode
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from landscape.errors import InputError
from landscape.session.files import MAX_BYTES, default_session, is_saved, lesson, link, open_session, save
from landscape.session.presentation import Mark, Presentation
from landscape.session.session import Session
from tests.fuzz.harness import run
from tests.fuzz.links import FUZZ
from tests.session.strategies import sessions

DAMAGED = "The link is damaged"


def link_with(content: bytes) -> str:
    return "landscape:" + urlsafe_b64encode(content).decode().rstrip("=")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(sessions)
def test_a_link_holds_the_whole_session(session: Session):
    assert open_session(link(session)) == session


def test_it_holds_where_the_person_stands(tmp_path: Path):
    shown = {"descent": Presentation(step=3.0, marks=(Mark(step=7, note="“why?”"),))}
    session = replace(default_session(), presentations=shown, notes="第一")
    assert open_session(link(session)) == session


def test_it_is_one_word_that_a_shell_and_an_address_take_as_it_is():
    word = link(lesson("saddle"))
    assert word.startswith("landscape:")
    assert all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in word.removeprefix("landscape:"))


def test_it_is_what_stands_in_the_file_compressed(tmp_path: Path):
    save(lesson("saddle"), tmp_path / "a.landscape")
    given = json.loads((tmp_path / "a.landscape").read_text("utf-8"))
    assert open_session(link_with(zlib.compress(json.dumps(given).encode()))) == lesson("saddle")


def test_line_breaks_of_a_mail_do_no_harm():
    word = link(lesson("saddle"))
    lines = "\r\n ".join(word[at : at + 60] for at in range(0, len(word), 60))
    assert open_session(f" {lines}\n") == lesson("saddle")


def test_it_is_something_to_open():
    assert is_saved(link(lesson("saddle")))


@pytest.mark.parametrize(
    "word", ["landscape:", "landscape:x", "landscape:????", "landscape:é", "landscape:AAAA", "landscape:\ud800"]
)
def test_what_is_no_link_is_told(word: str):
    with pytest.raises(InputError, match=DAMAGED):
        open_session(word)


def test_each_letter_that_is_missing_or_too_many_is_told():
    word = link(lesson("saddle"))
    for cut in range(len("landscape:"), len(word)):
        with pytest.raises(InputError, match=DAMAGED):
            open_session(word[:cut])
    with pytest.raises(InputError, match=DAMAGED):
        open_session(word + "AAAA")


def test_what_is_in_it_is_told_to_be_in_the_link():
    with pytest.raises(InputError, match=r"^The link is not a Landscape session"):
        open_session(link_with(zlib.compress(b"[1]")))


def test_no_more_of_it_is_ever_unpacked_than_a_file_may_have():
    bomb = zlib.compress(b" " * 400_000_000, 9)
    tracemalloc.start()
    with pytest.raises(InputError, match="more than 5 megabytes"):
        open_session(link_with(bomb))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4 * MAX_BYTES


def test_a_text_that_is_far_too_long_is_not_even_read():
    with pytest.raises(InputError, match="more than 5 megabytes"):
        open_session("landscape:" + "A" * (2 * MAX_BYTES + 1))


@pytest.mark.slow
def test_two_thousand_mutated_links_open_or_are_refused_in_one_sentence():
    results = list(run(FUZZ, FUZZ.count, seed=13))
    assert [result for result in results if not isinstance(result, bool)] == []
    assert 50 < sum(results) < 1950
