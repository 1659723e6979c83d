"""The descent is heard while it plays: by a program of the system, which here only writes down what it is given."""

import os
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from landscape.scene.timeline import base_speed
from landscape.session.descent.edits import set_steps
from landscape.ui import loudspeaker

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself, and runs no such script")
PROGRAM = """#!{python}
import os, shutil, sys, time
kept = os.path.join({folder!r}, str(time.monotonic_ns()))
shutil.copy(sys.argv[-1], kept + ".part")
os.rename(kept + ".part", kept + ".wav")
open(os.path.join({folder!r}, "pid"), "w").write(str(os.getpid()))
{ending}
"""


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Return what installs a program that plays, and the folder of what it was given."""
    programs, heard = tmp_path / "programs", tmp_path / "heard"
    programs.mkdir()
    heard.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setitem(loudspeaker.PLAYERS, sys.platform, [["not-installed"], ["player", "-q"]])
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def install(ending: str = "time.sleep(60)") -> Path:
        program = programs / "player"
        program.write_text(PROGRAM.format(python=sys.executable, folder=str(heard), ending=ending), encoding="utf-8")
        program.chmod(0o755)
        return heard

    return install


@pytest.fixture
def told(person, monkeypatch):
    """Return the sentences that the window shows."""
    sentences: list[str] = []
    monkeypatch.setattr(person.window.sounding, "_tell", lambda error: sentences.append(str(error)))
    return sentences


def recorded(heard):
    return sorted(heard.glob("*.wav"))


def running(heard):
    """Tell whether the program runs."""
    try:
        os.kill(int((heard / "pid").read_text()), 0)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return False
    return True


def seconds(path):
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, 48_000)
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        assert np.abs(samples[: 2 * 4800].astype(int)).max() > 1000, "It begins in silence"
        return file.getnframes() / 48_000


def switch(person):
    person.window.sounding.commands()["sound"].run()


def play(person, heard, count=1):
    """Play until so many sounds were begun."""
    person.window.player.play(True)
    person.qtbot.waitUntil(lambda: len(recorded(heard)) >= count and running(heard), timeout=20_000)


def is_on(person):
    return person.window.sounding.commands()["sound"].checked()


@pytest.mark.parametrize(("first", "speed"), [(0, 0.5), (40, 0.25)])
def test_it_is_heard_from_where_the_head_is_and_as_fast(person, installed, first, speed):
    heard, player = installed(), person.window.player
    person.edit(set_steps, 100)
    player.set_speed(speed)
    player.go(first)
    switch(person)
    play(person, heard)
    left = (player.steps - player.step) / (base_speed(player.steps) * speed)
    assert seconds(recorded(heard)[-1]) == pytest.approx(left, abs=0.5)
    person.window.player.play(False)


@pytest.mark.parametrize(
    "silence",
    [
        lambda person: person.window.player.play(False),
        lambda person: person.window.player.move(-1),
        lambda person: person.edit(set_steps, 77),
        switch,
        lambda person: person.window.open_workspace("network"),
        lambda person: person.window.close(),
    ],
    ids=["pause", "step back", "edit", "switch", "other workspace", "close"],
)
def test_it_ends_at_once_and_leaves_nothing_behind(person, installed, tmp_path, silence):
    heard = installed()
    person.window.player.set_speed(0.25)
    person.window.player.go(0)
    switch(person)
    play(person, heard)
    silence(person)
    assert not running(heard)
    person.qtbot.waitUntil(lambda: not list(tmp_path.glob("landscape-*")))


def test_another_speed_and_another_place_are_followed(person, installed):
    heard, player = installed(), person.window.player
    player.set_speed(0.25)
    player.go(0)
    switch(person)
    play(person, heard)
    player.set_speed(0.5)
    play(person, heard, 2)
    assert seconds(recorded(heard)[1]) < 0.6 * seconds(recorded(heard)[0])
    player.go(player.steps / 2)
    play(person, heard, 3)
    assert seconds(recorded(heard)[2]) < 0.6 * seconds(recorded(heard)[1])
    player.play(False)


def test_nothing_is_heard_before_it_is_switched_on(person, installed, told):
    heard = installed()
    assert not is_on(person)
    person.window.player.play(True)
    person.qtbot.wait(700)
    assert not recorded(heard)
    person.window.player.play(False)


def test_where_nothing_can_play_one_sentence_says_so(person, installed, told):
    switch(person)
    assert not is_on(person)
    assert told == ["No program that plays sound is installed here: pw-play, paplay or aplay would do"]


def test_a_program_that_fails_is_told_of_once_and_switched_off(person, installed, told):
    heard = installed("sys.exit(1)")
    person.window.player.set_speed(0.25)
    switch(person)
    person.window.player.play(True)
    person.qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert len(recorded(heard)) == 1
    assert told == ["player could not play the sound; it is switched off"]
    assert not is_on(person)
    person.window.player.play(False)


def test_a_sound_that_ends_by_itself_is_no_failure(person, installed, told):
    heard = installed("")
    person.window.player.set_speed(0.25)
    switch(person)
    person.window.player.play(True)
    person.qtbot.waitUntil(lambda: (heard / "pid").exists() and not running(heard), timeout=20_000)
    person.qtbot.wait(200)
    assert told == []
    assert is_on(person)
    person.window.player.play(False)


def test_a_search_has_no_sound(person):
    person.window.open_workspace("search")
    assert not person.window.sounding.commands()["sound"].possible()
