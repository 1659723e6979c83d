"""A file is written whole or not at all."""

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from landscape.errors import InputError, shown
from landscape.translation import translation
from landscape.writing import FORGOTTEN, WritingError, atomic, check_writable, file_name, write_text


def test_the_file_is_there_when_the_block_ends(tmp_path: Path) -> None:
    with atomic(tmp_path / "a.txt") as temporary:
        temporary.write_text("new")
        assert not (tmp_path / "a.txt").exists()
    assert (tmp_path / "a.txt").read_text() == "new"


@pytest.mark.skipif(sys.platform == "win32", reason="a whole path has its own limit")
def test_a_name_may_be_as_long_as_names_can_be(tmp_path: Path) -> None:
    longest = os.pathconf(tmp_path, "PC_NAME_MAX")
    write_text(tmp_path / ("a" * (longest - 5) + ".json"), "new")
    [written] = tmp_path.iterdir()
    assert len(written.name) == longest


def test_an_error_leaves_the_old_file_and_no_trace(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")

    def fail() -> None:
        with atomic(target) as temporary:
            temporary.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limit to stand for a full disk")
def test_a_full_disk_leaves_the_old_file_and_no_trace(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    script = (
        "import resource, signal, sys; from landscape.writing import write_text\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n    write_text(sys.argv[1], 'x' * 100000)\nexcept OSError:\n    sys.exit(3)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(target)], check=False)
    assert done.returncode == 3
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes among the files")
def test_what_is_no_file_is_not_replaced_by_one(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WritingError, match="pipe cannot be written: that is no file"):
        write_text(tmp_path / "pipe", "new")
    assert (tmp_path / "pipe").is_fifo()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_kill_never_harms_the_file(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    write_text(target, "0" * 200_000)
    script = (
        "import sys; from landscape.writing import write_text\n"
        "print('ready', flush=True)\n"
        "while True:\n    for digit in '0123456789':\n        write_text(sys.argv[1], digit * 200000)\n"
    )
    for delay in (0.001, 0.004, 0.009, 0.016):
        with subprocess.Popen([sys.executable, "-c", script, str(target)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(delay)
            process.kill()
        text = target.read_text()
        assert len(text) == 200_000
        assert len(set(text)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no permission bits")
def test_permissions_are_kept_and_those_of_a_new_file_are_the_usual(tmp_path: Path) -> None:
    old = tmp_path / "old.txt"
    old.write_text("x")
    old.chmod(0o640)
    write_text(old, "y")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    write_text(tmp_path / "new.txt", "y")
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o666 & ~mask


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nowhere/a.txt", "No such file or directory"),
        ("folder", "Is a directory"),
        ("file/a.txt", "Not a directory"),
        ("a" * 300 + ".txt", "No such file or directory|File name too long"),
        ("a\0b", "a name cannot have these characters"),
        ("a\ud800b", "a name cannot have these characters"),
    ],
)
def test_a_place_that_cannot_be_written_is_one_sentence_with_the_path_that_was_given(tmp_path, name, sentence) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    for write in (check_writable, lambda path: write_text(path, "x")):
        with pytest.raises(WritingError, match=sentence) as caught:
            write(tmp_path / name)
        assert str(caught.value).startswith(f"{shown(tmp_path / name)} cannot be written: ")
        assert isinstance(caught.value, InputError)
        assert isinstance(caught.value, OSError)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_what_the_disk_refuses_while_writing_names_the_file_that_was_meant(tmp_path: Path) -> None:
    def fail() -> None:
        with atomic(tmp_path / "a.txt") as temporary:
            raise OSError(28, "No space left on device", str(temporary))

    with pytest.raises(WritingError) as caught:
        fail()
    assert str(caught.value) == f"{tmp_path / 'a.txt'} cannot be written: No space left on device"
    assert translation("zh").error(caught.value) == f"无法写入 {tmp_path / 'a.txt'}：磁盘空间不足"
    assert caught.value.errno == 28
    assert list(tmp_path.iterdir()) == []


def test_a_mistake_of_the_one_who_writes_stays_what_it_is(tmp_path: Path) -> None:
    def fail() -> None:
        with atomic(tmp_path / "a.txt"):
            raise InputError("no basins")

    with pytest.raises(InputError, match="no basins") as caught:
        fail()
    assert not isinstance(caught.value, OSError)


def test_what_a_kill_has_left_is_swept_a_day_later_and_nothing_else(tmp_path: Path) -> None:
    long_ago = time.time() - FORGOTTEN - 60
    left, young = tmp_path / f".landscape-{'a1' * 8}.mp4", tmp_path / f".landscape-{'b2' * 8}.mp4"
    others = [tmp_path / name for name in (".landscape-notes", ".landscape", f"landscape-{'a1' * 8}.mp4", "a.txt")]
    for path in (left, young, *others):
        path.write_text("x")
        os.utime(path, (long_ago, long_ago))
    os.utime(young)
    write_text(tmp_path / "new.txt", "y")
    assert {path.name for path in tmp_path.iterdir()} == {young.name, "new.txt", *(path.name for path in others)}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Beale: a race", "beale-a-race.mp4"),
        ("../../x", "x.mp4"),
        ("..", "landscape.mp4"),
        ("", "landscape.mp4"),
        ("/etc/passwd", "etc-passwd.mp4"),
        ("C:\\Windows\\a?", "c-windows-a.mp4"),
        ("a. ", "a.mp4"),
        ("CON", "landscape-con.mp4"),
        ("aux.b", "landscape-aux.b.mp4"),
        ("lpt1", "landscape-lpt1.mp4"),
        ("comb", "comb.mp4"),
        ("竞速 一", "竞速-一.mp4"),
        ("a\0\u202eb\ud800\n", "ab.mp4"),
        ("𝔛" * 300, "𝔛" * 60 + ".mp4"),
    ],
)
def test_a_name_is_one_that_every_system_takes(tmp_path: Path, title: str, name: str) -> None:
    assert file_name(title, ".mp4") == name
    (tmp_path / name).touch()
    assert [path.name for path in tmp_path.iterdir()] == [name]
