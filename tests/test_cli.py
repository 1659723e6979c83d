"""The command line, run as a person runs it: in a process of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

pytestmark = pytest.mark.slow


def landscape(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program; an empty string in ``environment`` removes the variable."""
    values = {**os.environ, **environment}
    return subprocess.run(
        [sys.executable, "-m", "landscape", *arguments],
        env={name: value for name, value in values.items() if value},
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


NO_DISPLAY = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux runs without a display")


def test_version_is_the_package_s() -> None:
    from importlib.metadata import version

    assert landscape("--version").stdout.strip() == f"landscape {version('landscape-studio')}"


def test_both_commands_start_the_program() -> None:
    from importlib.metadata import distribution

    from landscape.__main__ import main

    commands = distribution("landscape-studio").entry_points.select(group="console_scripts")
    assert {command.name: command.load() for command in commands} == {"landscape": main, "landscape-studio": main}


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("export", "--help"),
        ("list", "surfaces"),
        ("list", "datasets"),
        ("list", "lessons"),
        ("critical", "himmelblau"),
    ],
)
def test_help_and_lists_import_neither_qt_nor_numba(arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "landscape", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    imported = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert done.returncode == 0
    assert done.stdout
    assert not {name for name in imported if name.split(".")[0] in ("PySide6", "pyqtgraph", "numba", "av")}
    if "--help" in arguments:
        assert "importlib.metadata" not in imported  # 20 ms for a look at what is installed


@pytest.mark.parametrize(
    "kind", ["surfaces", "optimizers", "strategies", "schedules", "datasets", "lessons", "formats"]
)
def test_each_list_is_also_there_for_programs(kind: str) -> None:
    done = landscape("list", kind, "--json")
    entries = json.loads(done.stdout)
    assert done.returncode == 0
    assert len(entries) >= 3
    assert all(set(entry) == {"id", "title"} and entry["title"] for entry in entries)


@on_linux
@pytest.mark.parametrize("arguments", [(), ("open", "ravine")])
def test_without_a_display_one_sentence_names_the_headless_commands(arguments: tuple[str, ...]) -> None:
    done = landscape(*arguments, **NO_DISPLAY)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "landscape export" in done.stderr


@on_linux
def test_a_display_that_does_not_answer_is_told_not_aborted() -> None:
    done = landscape(**{**NO_DISPLAY, "DISPLAY": ":4711"})
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "apt install" in done.stderr or ":4711" in done.stderr


@on_linux
def test_the_sentence_is_chinese_on_a_chinese_system() -> None:
    done = landscape(**NO_DISPLAY, LC_ALL="zh_CN.UTF-8")
    assert done.returncode == 2
    assert "显示" in done.stderr


@pytest.mark.parametrize("arguments", [(), ("export", "ravine", "-o", "out.png")])
def test_a_missing_system_library_is_told_with_the_packages_to_install(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    package = tmp_path / "PySide6"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "QtWidgets.py").write_text("raise ImportError('libEGL.so.1: cannot open shared object file')")
    done = landscape(*arguments, cwd=tmp_path, PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "libEGL.so.1" in done.stderr
    assert "apt install" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("export", "beale-rase", "-o", "a.mp4"), "beale-race"),
        (("export", "ravine", "-o", "a.mpeg"), "mp4"),
        (("export", "ravine", "-o", "no-such-folder/a.mp4"), "no-such-folder"),
        (("export", "ravine", "-o", "a.mp4", "--fps", "0"), "frames per second"),
        (("export", "ravine", "-o", "a.mp4", "--seconds", "-1"), "seconds"),
        (("export", "ravine", "-o", "a.mp4", "--size", "1x1"), "1×1"),
        (("open", "no-such-lesson"), "no-such-lesson"),
        (("critical", "himelblau"), "himmelblau"),
        (("critical", "x**2 +"), "ends too early"),
        (("critical", "xy"), "did you mean x*y"),
        (("critical", "x^2+a*y", "--set", "b=1"), '"b"'),
        (("critical", "x", "--domain=2,1,0,1"), "smaller first"),
    ],
)
def test_work_that_cannot_be_done_is_one_sentence_and_leaves_nothing(
    tmp_path: Path, arguments: tuple[str, ...], names: str
) -> None:
    done = landscape(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert names in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_critical_points_are_an_object_for_programs() -> None:
    done = landscape("critical", "x^4/4 - x^2/2 + y^2", "--domain=-2,2,-2,2", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert (found["complete"], found["boundary_index"]) == (True, 1)
    assert [(point["kind"], point["x"], point["y"], point["value"]) for point in found["points"]] == [
        ("minimum", -1.0, 0.0, -0.25),
        ("minimum", 1.0, 0.0, -0.25),
        ("saddle", 0.0, 0.0, 0.0),
    ]
    assert found["points"][2]["eigenvalues"] == [-1.0, 2.0]


@pytest.mark.parametrize("formula", ["-cos(x)*cos(y)", "-x", "x·y", "-2x^2 - y^2"])
def test_a_formula_may_begin_with_a_minus(formula: str) -> None:
    assert landscape("critical", formula, "--domain", "-2,2,-2,2").returncode == 0


def test_a_formula_is_told_whole_as_it_was_meant() -> None:
    done = landscape("critical", "x^3+y^3-3axy")
    assert done.stderr == "landscape: 3axy is not known: did you mean 3*a*x*y?\n  x^3+y^3-3*a*x*y\n"


def test_the_parameters_of_a_formula_are_told_and_can_be_set() -> None:
    plain, given = (landscape("critical", "x^3+y^3-3*a*x*y", *more) for more in ((), ("--set", "a=2")))
    assert plain.stderr == "Parameters: a = 1 (--set a=… for another value)\n"
    assert given.stderr == "Parameters: a = 2 (--set a=… for another value)\n"
    assert "minimum                  2               2              -8" in given.stdout


def test_a_formula_is_exported_with_its_parameters(tmp_path: Path) -> None:
    done = landscape("export", "-a*x^2 - y^2", "-o", "a.csv", "--set", "a=3", cwd=tmp_path, **NO_DISPLAY)
    assert (done.returncode, done.stdout.strip()) == (0, "a.csv")
    assert "a = 3" in done.stderr
    assert (tmp_path / "a.csv").stat().st_size > 0


def test_critical_points_are_a_table_with_a_verdict_for_people() -> None:
    done = landscape("critical", "himmelblau")
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines[1:-1]] == ["minimum"] * 4 + ["maximum"] + ["saddle"] * 4
    assert lines[-1] == "Critical points: 4 minima, 1 maximum, 4 saddles; proven complete; index along the border: 1"


@pytest.mark.parametrize(
    ("formula", "said"),
    [("(1 - x*y)^2/2", "curve of critical points (minimum)"),
     ("abs(x) + abs(y)", "Not differentiable at (0, 0), value 0: a minimum"),
     ("0x", "Critical points: all of the domain: the formula is constant"),
         ("1/(y + 0.1)", "A pole along a line"), ("sign(y)", "A jump along a line"),
         ("1/(x + y) + x^2 + y^2", "proven: no others outside of 0.8 % of the domain, which is open"),
         ("x^4 + y^4 - y^2", "0, 4  degenerate Hessian, index 1")],
)  # fmt: skip
def test_what_is_not_a_point_is_told_too(formula: str, said: str) -> None:
    done = landscape("critical", formula)
    assert done.returncode == 0
    assert said in done.stdout
    json.loads(landscape("critical", formula, "--json").stdout)


@pytest.mark.parametrize(
    "arguments",
    [
        ("lst",),
        ("list", "surface"),
        ("export", "ravine"),
        ("--size",),
        ("critical",),
        ("critical", "x", "--domain=1,2"),
    ],
)
def test_wrong_use_is_exit_code_two(arguments: tuple[str, ...]) -> None:
    done = landscape(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_list_fits_into_every_encoding() -> None:
    done = landscape("list", "surfaces", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "w\\xb2" in done.stdout


@on_linux
def test_a_reader_that_goes_away_is_no_error_to_tell() -> None:
    command = [sys.executable, "-m", "landscape", "list", "surfaces", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


@on_linux
def test_an_export_that_is_told_to_end_leaves_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "landscape", "export", "ravine", "-o", "a.mp4", "--seconds", "600"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE) as process:
        while process.poll() is None and not any(tmp_path.iterdir()):
            time.sleep(0.05)
        process.terminate()
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors.count(b"\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_export_writes_the_file_and_says_where(tmp_path: Path) -> None:
    done = landscape("export", "saddle", "-o", "a.png", "--size", "640x360", cwd=tmp_path, **NO_DISPLAY)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "a.png"
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


def test_an_export_takes_a_workspace_a_page_loops_rest_and_a_caption(tmp_path: Path) -> None:
    small = ("--size", "320x180", "--fps", "10", "--seconds", "1")
    many = ("--loops", "3", "--hold", "0.5", "--rewind", "--caption", "--text", "1.2")
    done = landscape("export", "saddle", "-o", "a.gif", *small, *many, cwd=tmp_path, **NO_DISPLAY)
    assert (done.returncode, done.stderr) == (0, "")
    with Image.open(tmp_path / "a.gif") as film:
        assert (film.n_frames > 3, film.info["loop"]) == (True, 2)
    named = ("--workspace", "network", "--page", "why")
    done = landscape("export", "saddle", "-o", "a.csv", *named, cwd=tmp_path, **NO_DISPLAY)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("step,measure,network,value")


def test_an_export_explains_a_step_below_the_picture_if_it_is_told_to(tmp_path: Path) -> None:
    done = landscape("export", "saddle", "-o", "a.svg", "--size", "640x360", "--explain", cwd=tmp_path, **NO_DISPLAY)
    assert done.returncode == 0, done.stderr
    drawn = re.findall(r"<text[^>]*>([^<]*)</text>", (tmp_path / "a.svg").read_text(encoding="utf-8"))
    assert "Δx = " in "".join(drawn)


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("list", "surfces"), "surfaces"),
        (("exprt", "ravine", "-o", "x.png"), "export"),
        (("--verion",), "--version"),
        (("export", "ravine", "--sise", "1x1"), "--size"),
        (("export", "ravine", "-o", "x.png", "--thme=dark"), "--theme"),
        (("export", "ravine", "-o", "x.png", "--theme", "drak"), "dark"),
        (("critical", "himmelblau", "--jsn"), "--json"),
    ],
)
def test_the_nearest_command_option_or_choice_is_suggested(arguments: tuple[str, ...], near: str) -> None:
    done = landscape(*arguments)
    assert done.returncode == 2
    assert done.stderr.endswith(f"did you mean {near}?\n")
    assert done.stdout == ""


@on_linux
def test_a_file_needs_no_command(tmp_path: Path) -> None:
    (tmp_path / "mine.landscape").write_text("{}")
    (tmp_path / "list").write_text("{}")
    done = landscape("mine.landscape", cwd=tmp_path, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 2
    assert done.stderr.startswith("landscape: mine.landscape is not a Landscape session")
    assert landscape("list", "datasets", cwd=tmp_path).returncode == 0


def test_what_is_interrupted_while_qt_is_loaded_ends_in_a_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "landscape", "export", "ravine", "-o", str(tmp_path / "a.png")]
    for library in ("shiboken6", "libQt6Core", "libQt6Gui"):
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            while process.poll() is None and library not in Path(f"/proc/{process.pid}/maps").read_text():
                time.sleep(0.001)
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=30)
        assert errors == "landscape: Interrupted; nothing was written\n"
        assert process.returncode == 1
    assert not list(tmp_path.iterdir())


@on_linux
def test_a_full_disk_is_no_wrong_use(tmp_path: Path) -> None:
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); "
    limited += "from landscape.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", limited, "export", "ravine", "-o", "a.csv"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.stderr == "landscape: a.csv cannot be written: File too large\n"
    assert done.returncode == 1
    assert not list(tmp_path.iterdir())


def test_a_table_is_the_data_of_a_surface(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("t;y\n0,5;1,5\n1;2\n2,5;3,5\n3;4\n", encoding="utf-8")
    done = landscape("critical", "line", "--data", str(tmp_path / "points.csv"), "--json")
    (minimum,) = json.loads(done.stdout)["points"]
    assert (minimum["x"], minimum["y"]) == (pytest.approx(1.0), pytest.approx(1.0))
    wrong = landscape("critical", "line", "--data", str(tmp_path / "none.csv"))
    assert wrong.returncode == 2
    assert "none.csv" in wrong.stderr


def test_a_picture_of_a_fit_needs_no_session(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("t;y\n0,5;1,5\n1;2\n2,5;3,5\n3;4\n", encoding="utf-8")
    target = tmp_path / "fit.csv"
    assert landscape("export", "--data", str(tmp_path / "points.csv"), "-o", str(target)).returncode == 0
    assert target.stat().st_size > 0
    nothing = landscape("export", "-o", str(target))
    assert nothing.returncode == 2
    assert "--data" in nothing.stderr


def test_a_parameter_of_a_model_is_set_and_told(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("t;y\n1;1,5\n2;2\n5;3,5\n6;4\n", encoding="utf-8")
    points = "--data", str(tmp_path / "points.csv")
    done = landscape("critical", "a*x*u + y", *points, "--set", "a=0.5", "--json")
    (minimum,) = json.loads(done.stdout)["points"]
    assert (minimum["x"], minimum["y"]) == (pytest.approx(1.0), pytest.approx(1.0))
    assert "a = 0.5" in done.stderr
    wrong = landscape("critical", "line", *points, "--set", "a=3")
    assert wrong.returncode == 2
    assert '"a"' in wrong.stderr
    target = tmp_path / "fit.csv"
    drawn = landscape("export", *points, "--model", "a*x*u + y", "--set", "a=0.5", "-o", str(target))
    assert drawn.returncode == 0
    assert "a = 0.5" in drawn.stderr
