"""What is left of a film that failed can be searched for garbage in any thread."""

import gc
import subprocess
import sys
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QGraphicsItem
from shiboken6 import Shiboken

from landscape.errors import InputError, again, forget_frames
from landscape.export.film import Film
from landscape.export.formats import formats
from landscape.export.settings import Settings
from landscape.export.turns import Stopped, Task, finished, in_thread
from landscape.scene.answers import Answers
from landscape.scene.asking import answering
from landscape.scene.question import Question
from landscape.session.files import lesson

FAILING = """
import gc, random, signal, sys, threading
from contextlib import suppress
from itertools import islice
from pathlib import Path
from landscape.errors import InputError
from landscape.export.export import export_steps
from landscape.export.encoder import Encoder
from landscape.export.formats import formats
from landscape.export.turns import Stopped
from landscape.scene.answers import Answers
from landscape.session.files import lesson
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QGraphicsItem
from shiboken6 import Shiboken
import resource

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
gc.disable()
chance, folder, waiting = random.Random(1), Path(sys.argv[1]), Encoder.waiting
session, answers = lesson("saddle"), Answers()
size = {"size": (160, 120), "fps": 20, "seconds": 1.0}
for each in formats():
    for _ in export_steps(session, folder / f"warm{each}", answers, **size):
        pass


def breaking(last):
    def broken(encoder, stopped):
        yield from islice(waiting(encoder, stopped), last)
        raise OSError(28, "No space left on device")
    return broken


def film(suffix, way, last):
    steps = export_steps(session, folder / f"film{suffix}", answers, **size)
    Encoder.waiting = breaking(last) if way == "frame" else waiting
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000 if way == "disk" else -1, -1))
    for turn, _ in enumerate(steps):
        if way == "stop" and turn == 3 * last:
            with suppress(Stopped, StopIteration):
                steps.throw(Stopped())
        if way == "close" and turn == 3 * last:
            steps.close()


def living():
    kinds = QObject, QGraphicsItem
    return len([one for one in gc.get_objects() if isinstance(one, kinds) and Shiboken.isValid(one)])


gc.collect()
gc.freeze()  # What there is by now is not gone through again.
before = living()
for _ in range(int(sys.argv[2])):
    for suffix in formats():
        with suppress(InputError, Stopped):
            film(suffix, chance.choice(("frame", "disk", "stop", "close")), chance.randrange(20))
        assert living() == before, "Something of Qt's is left to the search for garbage"
        searching = threading.Thread(target=gc.collect)
        searching.start()
        searching.join()
print(len(list(folder.iterdir())))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="limits of this kind are of Unix")
def test_two_hundred_films_that_fail_do_no_harm(tmp_path):
    command = [sys.executable, "-c", FAILING, str(tmp_path), str(1 + 200 // len(formats()))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) <= 2 * len(formats())


def living() -> tuple[int, int]:
    """Return how many things of Qt's there are."""
    kinds = QObject, QGraphicsItem
    # By the type: what isinstance asks of a weak proxy is the dead object's.
    alive = [one for one in gc.get_objects() if issubclass(type(one), kinds) and Shiboken.isValid(one)]
    return len(alive), len(QApplication.allWidgets())


@pytest.mark.parametrize("name", ["saddle", "batch-norm"])
@pytest.mark.parametrize("animated", [True, False])
def test_a_film_that_is_closed_leaves_nothing_of_qt(qapp, name, animated):
    answers = Answers()

    def drawn() -> None:
        session = lesson(name)
        film = Film(session.with_document(session.document), Settings(size=(320, 240)), answers)
        finished(film.prepare(animated=animated, pictured=True))
        finished(film.drawing(3.0) if animated else film.drawing_still())
        film.close()

    drawn()
    before = living()
    drawn()
    assert living() == before


def test_an_error_from_another_thread_holds_nothing_that_was_at_work_there():
    held = SimpleNamespace()

    def work(_stopped):
        local = held
        raise InputError("no {thing}", thing=local and "basins")

    task = Task(work, "test")
    with pytest.raises(InputError, match="no basins") as caught:
        finished(task.done())
    names = []
    frame = caught.value.__traceback__
    while frame is not None:
        names.append(frame.tb_frame.f_code.co_name)
        frame = frame.tb_next
    assert "work" not in names
    assert "_run" not in names


def test_the_causes_of_an_error_forget_their_frames_too():
    def deep():
        try:
            raise OSError(28, "full")
        except OSError as error:
            raise InputError("cannot") from error

    try:
        deep()
    except InputError as error:
        kept = forget_frames(error)
    assert kept.__traceback__ is None
    assert kept.__cause__.__traceback__ is None


def test_an_error_that_is_kept_is_raised_as_another_one_that_says_the_same():
    kept = InputError("no {thing}", thing="basins")
    assert str(again(kept)) == "no basins"
    assert again(kept).values == kept.values
    assert again(kept) is not kept
    assert str(again(ZeroDivisionError("x"))) == "x"


def test_work_that_is_stopped_yields_until_its_thread_has_ended():
    def work(stopped):
        while not stopped():
            pass
        return "never"

    turns = in_thread(work)
    for _ in range(3):
        assert next(turns) is None
    try:
        turns.throw(Stopped())
        finished(turns)
    except Stopped:
        return
    pytest.fail("it went on")


class Mistaken(Question[int]):
    def answer(self, ask):
        raise InputError("there is none")

    def seconds(self):
        return 0.0


def test_an_error_that_is_kept_instead_of_an_answer_holds_nothing_that_was_at_work():
    answers, question = Answers(), Mistaken()
    list(answering((question,), answers))
    assert str(answers.error(question)) == "there is none"
    assert answers.error(question).__traceback__ is None
