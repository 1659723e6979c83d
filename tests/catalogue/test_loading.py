"""Catalogue files: a person's own stand beside the shipped ones, and a mistake in one is named and left out."""

import os
import subprocess
import sys
import time
import tomllib

import pytest

from landscape.catalogue.optimizers import optimizer, optimizer_entries, optimizer_shelf
from landscape.catalogue.problems import problems
from landscape.catalogue.schedules import schedule, schedule_entries, schedule_shelf
from landscape.catalogue.shipped import sections
from landscape.catalogue.surfaces import surface, surface_entries, surface_shelf
from landscape.resources import asset
from landscape.translation import LANGUAGES

BOWL = """
[bowl]
title = {en = "Bowl"}
group = "mine"
formula = "k*(x**2 + y**2)"
domain = [[-1, 1], [-2, 2]]
start = [0.5, 0.5]
source = "Mine"
parameters.k = {default = 2, min = 0, max = 5}
"""
RULE = """
[mine]
title = {en = "Mine", zh = "我的"}
group = "gradient"
family = "gradient"
rule = "theta = theta - lr*g"
parameters.lr = {default = 0.1, min = 1e-3, max = 1, scale = "log"}
source = "Mine"
"""
PLAN = """
[half]
title = {en = "Half"}
formula = "lr/2"
source = "Mine"
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Return a function that writes a person's own catalogue file and has it read."""
    folder = tmp_path / "catalogue"
    folder.mkdir()
    monkeypatch.setenv("LANDSCAPE_CONFIG", str(tmp_path))
    shelves = (surface_shelf, optimizer_shelf, schedule_shelf)

    def write(kind: str, text: str | bytes) -> None:
        (folder / f"{kind}.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
        for shelf in shelves:
            shelf.cache_clear()

    yield write
    monkeypatch.undo()
    for shelf in shelves:
        shelf.cache_clear()


def only_problem() -> str:
    (problem,) = problems()
    return str(problem)


def test_own_entries_of_all_three_kinds_are_used_like_shipped_ones(own):
    own("surfaces", BOWL)
    own("optimizers", RULE)
    own("schedules", PLAN)
    assert problems() == ()
    assert float(surface("bowl", k=3).value(1, 1)) == 6.0
    assert surface_entries()["bowl"].steps == 200
    assert optimizer("mine").lr == 0.1
    assert schedule("half").rates(1.0, 2).tolist() == [0.5, 0.5]
    assert {"himmelblau", "bowl"} <= set(surface_entries())


@pytest.mark.parametrize("kind", ["surfaces", "optimizers", "schedules"])
def test_each_table_read_by_itself_is_what_it_is_in_the_whole_file(kind):
    text = asset("catalogue", f"{kind}.toml").read_text(encoding="utf-8")
    whole = tomllib.loads(text)
    assert list(sections(text)) == list(whole)
    assert {name: tomllib.loads(lines) for name, lines in sections(text).items()} == {
        n: {n: t} for n, t in whole.items()
    }


def test_an_entry_is_made_once_and_only_when_it_is_asked_for(monkeypatch):
    read = []
    monkeypatch.setattr(tomllib, "loads", lambda text, loads=tomllib.loads: read.append(text) or loads(text))
    shelf = surface_shelf.__wrapped__()
    read.clear()
    assert "himmelblau" in shelf.entries
    assert "nothing" not in shelf.entries
    assert not read
    assert shelf.entries["himmelblau"] is shelf.entries["himmelblau"]
    assert len(read) == 1
    assert len(shelf.entries) == len(shelf.entries.values())
    assert shelf.entries.get("nothing") is None


@pytest.mark.parametrize("shelf", [surface_shelf, optimizer_shelf])
def test_every_group_has_a_title_in_every_language(shelf):
    named = {entry.group for entry in shelf().entries.values()}
    assert named == set(shelf().groups)
    assert all(titles[language] for titles in shelf().groups.values() for language in LANGUAGES)


def test_an_own_file_brings_the_title_of_its_group(own):
    own("surfaces", '[groups]\nmine = {en = "My own", zh = "我的"}\nvalley = {en = "Mine too"}\n' + BOWL)
    assert problems() == ()
    assert surface_shelf().groups["mine"] == {"en": "My own", "zh": "我的"}
    assert surface_shelf().groups["valley"]["en"] == "Valleys"
    assert "groups" not in surface_entries()


def test_a_group_without_an_english_title_is_named_and_the_entries_stay(own):
    own("surfaces", '[groups]\nmine = {zh = "我的"}\n' + BOWL)
    assert '[groups], "mine" must be' in only_problem()
    assert "bowl" in surface_entries()


def test_one_bad_entry_leaves_the_others_in_place(own):
    own("surfaces", BOWL + BOWL.replace("[bowl]", "[broken]").replace("k*(x", "k*(("))
    assert "broken" in only_problem()
    assert "bowl" in surface_entries()
    assert "broken" not in surface_entries()
    assert "himmelblau" in surface_entries()


@pytest.mark.parametrize(
    ("before", "after", "field", "said"),
    [
        ('title = {en = "Bowl"}', "", "title", "needs the field"),
        ('title = {en = "Bowl"}', 'title = "Bowl"', "title", "must be"),
        ('title = {en = "Bowl"}', 'title = {zh = "碗"}', "title", "must be"),
        ('source = "Mine"', "", "source", "needs the field"),
        ('source = "Mine"', "source = 3", "source", "must be text"),
        ('source = "Mine"', 'source = "Mine"\ncolour = "red"', "colour", "unknown field"),
        ("[[-1, 1], [-2, 2]]", "[-1, 1]", "domain", "must be"),
        ("[[-1, 1], [-2, 2]]", "[[-1, 1]]", "domain", "two ranges"),
        ("[[-1, 1], [-2, 2]]", "[[1, -1], [-2, 2]]", "domain", "two finite ends"),
        ("[0.5, 0.5]", '[0.5, "0.5"]', "start", "a list of 2 numbers"),
        ("[0.5, 0.5]", "[0.5, nan]", "start", "a list of 2 numbers"),
        ("[0.5, 0.5]", "[0.5, 1" + 400 * "0" + "]", "start", "a list of 2 numbers"),
        ("[0.5, 0.5]", "[0.5, 0.5]\nsteps = 0", "steps", "whole number"),
        ("[0.5, 0.5]", "[0.5, 0.5]\nsteps = 1.5", "steps", "whole number"),
        ("[0.5, 0.5]", "[0.5, 0.5]\nsmooth = 1", "smooth", "true or false"),
        ("[0.5, 0.5]", "[0.5, 0.5]\nrates = {gradient = true}", "rates", "table of numbers"),
        ("[0.5, 0.5]", "[0.5, 0.5]\nminima = [[0, 0]]", "minima", "lists of 3 numbers"),
        ("[0.5, 0.5]", "[0.5, 0.5]\ndata = {u = [1, 2], v = [1]}", "data", "equally long"),
        ("k*(x**2 + y**2)", "k*(x**2 + y**2", "formula", "cannot be used"),
        ("k*(x**2 + y**2)", "q*(x**2 + y**2)", "parameters", "q"),
        ("k*(x**2 + y**2)", "x**2 + y**2", "parameters", "has no parameters"),
        ("default = 2, min = 0", "default = 2", "parameters.k", "must be"),
        ("default = 2, min", "default = -2, min", "parameters.k", "min <= default <= max"),
        ("max = 5", 'max = 5, scale = "cubic"', "parameters.k", "linear, log"),
        ("max = 5", 'max = 5, colour = "red"', "parameters.k", "colour"),
        ("parameters.k = {default = 2, min = 0, max = 5}", "parameters = 3", "parameters", "table"),
    ],
)
def test_a_mistake_is_named_by_file_entry_and_field(own, before, after, field, said):
    assert before in BOWL
    own("surfaces", BOWL.replace(before, after))
    problem = only_problem()
    assert "surfaces.toml" in problem
    assert "[bowl]" in problem
    assert f'"{field}"' in problem
    assert said in problem
    assert "bowl" not in surface_entries()


def test_a_file_that_is_not_toml_is_one_problem_and_the_shipped_entries_remain(own):
    own("schedules", "[half")
    assert "cannot be read" in only_problem()
    assert "cosine" in schedule_entries()
    for text in (b"\xff\xfe", b"half = " + 5000 * b"[", b"half = 1\nhalf = 2"):
        own("schedules", text)
        assert "cannot be read" in only_problem()


def test_a_value_where_an_entry_should_be_is_a_problem(own):
    own("schedules", "half = 3")
    assert "[half]" in only_problem()


def test_a_shipped_name_cannot_be_taken(own):
    own("optimizers", RULE.replace("[mine]", "[adam]"))
    assert "taken" in only_problem()
    assert optimizer_entries()["adam"].reference == "torch.optim.Adam"


def test_a_bad_rule_and_a_bad_schedule_are_named(own):
    own("optimizers", RULE.replace("theta - lr*g", "theta - lr*gx"))
    assert '"rule"' in only_problem()
    own("optimizers", RULE)
    own("schedules", PLAN.replace("lr/2", "lr/"))
    assert '"formula"' in only_problem()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("half = " + "9" * 5000, "a whole number has thousands of digits"),
        (".".join(["a"] * 100_000) + " = 1", "a name of more than 30 parts"),
        ("[" + " . ".join(["a"] * 100_000) + "]", "a name of more than 30 parts"),
        ("#" * 100_000_000, "is larger than 1 megabytes"),
        ("".join(f"[a{index}]\n" for index in range(301)), "has more than 300 entries"),
    ],
    ids=["digits", "dots", "table", "large", "entries"],
)
def test_a_file_that_would_take_long_is_refused_at_once(own, text, said):
    own("schedules", text)
    begin = time.process_time()
    assert said in only_problem()
    assert time.process_time() - begin < 2.0
    assert "cosine" in schedule_entries()


def test_a_folder_in_place_of_a_file_is_a_problem(own, tmp_path):
    (tmp_path / "catalogue" / "schedules.toml").mkdir()
    own("optimizers", RULE)
    assert "Is a directory" in only_problem()


NO_HOME = "import pwd, os; os.environ.pop('HOME', None); pwd.getpwuid = {}.__getitem__\n"
FORBIDDEN = "import pathlib, errno\ndef no(_): raise PermissionError(errno.EACCES, '')\npathlib.Path.exists = no\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there is always a home")
@pytest.mark.parametrize(
    ("without", "said"),
    [
        (NO_HOME, "There is no home folder"),
        (FORBIDDEN, "cannot be read: Permission denied"),
    ],
    ids=["no home", "forbidden"],
)
def test_without_a_home_the_program_has_its_own_catalogue_and_says_so_once(without, said):
    program = without + "from landscape.cli import main; main(['list', 'surfaces'])"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LANDSCAPE_", "XDG_"))}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=kept)
    assert "himmelblau" in done.stdout
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there is always a home")
def test_without_a_home_trajectories_are_computed_although_nothing_can_be_kept():
    run = "ls.descend(ls.surface('x**2 + y**2'), ls.optimizer('sgd', lr=0.1), (1, 2)).outcome"
    program = f"{NO_HOME}import landscape as ls; print({run})"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LANDSCAPE_", "XDG_"))}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=kept)
    assert (done.stdout.strip(), done.stderr) == ("converged", "")
