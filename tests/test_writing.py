"""A file is written whole or not at all."""

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from landscape.writing import atomic, write_text


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
