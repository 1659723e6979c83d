"""Another distribution with the module ``landscape`` in the same folder is told of before anything else happens."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import landscape
from landscape.errors import InputError
from landscape.installation import conflict
from landscape.resources import asset
from landscape.translation import translation
from landscape.version import __version__
from tests.test_cli import NO_DISPLAY, on_linux
from tests.test_cli import landscape as run

PACKAGE = Path(landscape.__file__).parent
OTHER_MODULE = 'APP_NAME = "Landscape"\n'
"""The whole of what the other program's module has besides its version, which it asks for by its own name."""


def distribute(folder: Path, name: str, version: str, entry_points: str = "") -> None:
    """Put what an installer writes down of a distribution into ``folder``."""
    written = folder / f"{name}-{version}.dist-info"
    written.mkdir(parents=True)
    (written / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n")
    (written / "entry_points.txt").write_text(entry_points)


def distribute_ours(folder: Path) -> None:
    commands = "landscape = landscape.cli:main\nlandscape-studio = landscape.cli:main\n"
    distribute(folder, "landscape_studio", __version__, f"[console_scripts]\n{commands}")


def distribute_other(folder: Path) -> None:
    distribute(folder, "landscape", "0.1.1", "[console_scripts]\nlandscape = landscape.main:app\n")


def distribute_former(folder: Path) -> None:
    distribute(folder, "landscape", "0.1.0", "[console_scripts]\nlandscape = landscape.cli:main\n")


def told(folder: Path) -> str:
    found = conflict(folder / "landscape")
    return str(found) if found else ""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as an installer leaves it that put the other program over this one."""
    folder = tmp_path_factory.mktemp("site-packages")
    shutil.copytree(PACKAGE, folder / "landscape", ignore=shutil.ignore_patterns("__pycache__", "assets"))
    for kind in ("catalogue", "lessons", "translations"):
        shutil.copytree(asset(kind), folder / "landscape" / "assets" / kind)
    distribute_ours(folder)
    distribute_other(folder)
    (folder / "landscape" / "__init__.py").write_text(OTHER_MODULE)
    return folder


def test_alone_there_is_nothing_to_tell(tmp_path: Path) -> None:
    distribute_ours(tmp_path)
    assert conflict(tmp_path / "landscape") is None
    assert conflict() is None


def test_names_that_only_begin_alike_are_no_conflict(tmp_path: Path) -> None:
    distribute_ours(tmp_path)
    for name in ("landscape_api", "landscape.extra", "landscapes"):
        distribute(tmp_path, name, "1.0")
    assert told(tmp_path) == ""


def test_another_program_in_the_same_folder_is_told_with_what_to_do(tmp_path: Path) -> None:
    distribute_ours(tmp_path)
    distribute_other(tmp_path)
    assert "Another package, named landscape," in told(tmp_path)
    assert "pip uninstall landscape landscape-studio" in told(tmp_path)


def test_a_distribution_without_commands_is_another_program(tmp_path: Path) -> None:
    distribute_other(tmp_path)
    (tmp_path / "landscape-0.1.1.dist-info" / "entry_points.txt").unlink()
    assert "Another package, named landscape," in told(tmp_path)


def test_this_program_under_its_former_name_is_told_apart_with_the_same_advice(tmp_path: Path) -> None:
    distribute_ours(tmp_path)
    distribute_former(tmp_path)
    assert "former name" in told(tmp_path)
    assert "Another" not in told(tmp_path)
    assert "pip uninstall landscape landscape-studio" in told(tmp_path)


def test_another_program_in_another_folder_overwrites_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distribute_ours(tmp_path / "ours")
    distribute_other(tmp_path / "other")
    monkeypatch.syspath_prepend(tmp_path / "other")
    assert told(tmp_path / "ours") == ""


def test_each_conflict_is_told_in_chinese(tmp_path: Path) -> None:
    distribute_other(tmp_path)
    found = conflict(tmp_path / "landscape")
    assert isinstance(found, InputError)
    assert "卸载" in translation("zh").error(found)


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("list", "lessons"), ("critical", "x**2 + y**2")])
def test_every_command_tells_it_on_standard_error_and_still_works(installed: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, cwd=installed, PYTHONPATH=str(installed), LC_ALL="C.UTF-8")
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("landscape: Another package, named landscape,")


def test_the_version_is_this_program_s_also_where_its_module_is_the_other_s(installed: Path) -> None:
    done = run("--version", cwd=installed, PYTHONPATH=str(installed))
    assert done.stdout.strip() == f"landscape {__version__}"


def test_it_is_told_before_the_arguments_are_read(installed: Path) -> None:
    done = run("lst", cwd=installed, PYTHONPATH=str(installed), LC_ALL="C.UTF-8")
    assert done.returncode == 2
    assert done.stderr.startswith("landscape: Another package, named landscape,")


@on_linux
def test_the_window_tells_it_before_anything_else_in_the_language_of_the_system(installed: Path) -> None:
    values = {**NO_DISPLAY, "PYTHONPATH": str(installed), "LC_ALL": "zh_CN.UTF-8"}
    first, second = run(cwd=installed, **values).stderr.splitlines()
    assert "另一个名为 landscape 的软件包" in first
    assert "显示" in second


def test_files_that_went_with_the_other_program_are_told(installed: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(installed, tmp_path / "site-packages")
    shutil.rmtree(folder / "landscape-0.1.1.dist-info")
    (folder / "landscape" / "__init__.py").unlink()
    # Without the packages of the environment, whose whole copy of this one would be taken instead (-S).
    command = [sys.executable, "-S", "-m", "landscape", "--version"]
    done = subprocess.run(command, cwd=folder, env=os.environ | {"LC_ALL": "C"}, capture_output=True, text=True)
    assert done.stdout.strip() == f"landscape {__version__}"
    assert done.stderr.startswith("landscape: Files of landscape-studio are missing")
