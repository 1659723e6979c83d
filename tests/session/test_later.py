"""Files of a newer minor version open, and what is not known of them is written back where it stood."""

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from landscape.errors import InputError
from landscape.resources import asset
from landscape.session.descent import edits
from landscape.session.edits import edit_document
from landscape.session.files import MINOR, default_session, lesson, lessons, load, save
from landscape.session.presentation import Mark, Presentation
from landscape.session.session import Session

MARKS = [{"step": 5, "colour": "red"}, {"step": 9, "note": "here"}]


def newer() -> dict[str, Any]:
    """What stands in a file of a version to come."""
    content = json.loads((asset("lessons") / "ravine.json").read_text("utf-8"))
    content |= {"minor": MINOR + 3, "questions": [{"text": "Which first?", "weights": [1, 2.5, None]}]}
    shown = {"marks": deepcopy(MARKS), "camera": {"tilt": 30}}
    content["presentations"] = {"descent": shown, "hologram": {"spin": 1.5}}
    content["documents"]["hologram"] = {"laser": [1, 2, 3]}
    descent = content["documents"]["descent"]
    descent["wind"] = {"from": [1, 0]}
    descent["surface"]["material"] = "ice"
    descent["runs"] = descent["runs"][:2]
    for number, run in zip((3, 7), descent["runs"], strict=True):
        run["id"] = number
    descent["runs"][0]["rule"]["shade"] = {"deep": [True]}
    descent["runs"][1]["glow"] = 0.25
    return content


def saved_again(folder: Path, content: dict[str, Any], change=lambda session: session) -> dict[str, Any]:
    """What stands in a file after it was opened, changed and saved."""
    path = folder / "again.landscape"
    save(change(opened(folder, content)), path)
    return json.loads(path.read_text("utf-8"))


def opened(folder: Path, content: dict[str, Any]) -> Session:
    (folder / "newer.landscape").write_text(json.dumps(content), "utf-8")
    return load(folder / "newer.landscape")


def test_what_is_not_known_is_written_back_where_it_stood(tmp_path: Path):
    again, given = saved_again(tmp_path, newer()), newer()
    assert (again["version"], again["minor"], again["questions"]) == (2, MINOR + 3, given["questions"])
    assert again["presentations"] == given["presentations"]
    assert again["documents"]["hologram"] == given["documents"]["hologram"]
    descent = again["documents"]["descent"]
    assert (descent["wind"], descent["surface"]["material"]) == ({"from": [1, 0]}, "ice")
    assert descent["runs"][0]["rule"]["shade"] == {"deep": [True]}
    assert descent["runs"][1]["glow"] == 0.25
    assert load(tmp_path / "again.landscape") == opened(tmp_path, given)


def test_what_is_known_of_such_a_file_is_opened(tmp_path: Path):
    session = opened(tmp_path, newer())
    assert [run.id for run in session.document.runs] == [3, 7]
    assert session.presentations["descent"].marked == (5, 9)


def test_it_stays_with_its_run_when_another_one_goes(tmp_path: Path):
    def without_first(session):
        return edit_document(session, "descent", edits.remove_run, 3)

    [run] = saved_again(tmp_path, newer(), without_first)["documents"]["descent"]["runs"]
    assert (run["id"], run["glow"]) == (7, 0.25)


def test_it_goes_with_its_run(tmp_path: Path):
    def without_second(session):
        return edit_document(session, "descent", edits.remove_run, 7)

    [run] = saved_again(tmp_path, newer(), without_second)["documents"]["descent"]["runs"]
    assert "glow" not in run


def test_it_stays_with_its_mark_when_one_is_set_before_it(tmp_path: Path):
    def marked(session):
        shown = session.presentations["descent"]
        marks = (Mark(step=1), *shown.marks)
        return replace(session, presentations={"descent": replace(shown, marks=marks)})

    marks = saved_again(tmp_path, newer(), marked)["presentations"]["descent"]["marks"]
    assert marks == [{"step": 1}, *MARKS]


def test_it_stays_where_all_else_there_is_as_it_begins(tmp_path: Path):
    content = newer()
    content["presentations"] = {"descent": {"camera": {"tilt": 30}}}
    assert saved_again(tmp_path, content)["presentations"] == content["presentations"]
    assert load(tmp_path / "again.landscape").presentations == {"descent": Presentation()}


@pytest.mark.parametrize("minor", [{}, {"minor": MINOR}])
@pytest.mark.parametrize(
    "place", [(), ("documents",), ("documents", "descent"), ("documents", "descent", "surface"), ("presentations",)]
)
def test_without_a_newer_minor_version_what_is_not_known_is_a_mistake(tmp_path: Path, place, minor):
    save(default_session(), tmp_path / "session.json")
    content = {**json.loads((tmp_path / "session.json").read_text("utf-8")), **minor, "presentations": {}}
    found = content
    for name in place:
        found = found[name]
    found["hologram"] = {}
    (tmp_path / "session.json").write_text(json.dumps(content), "utf-8")
    with pytest.raises(InputError, match="hologram"):
        load(tmp_path / "session.json")


@pytest.mark.parametrize("minor", ["1", 1.5, None, True, [1]])
def test_a_minor_version_is_a_whole_number(tmp_path: Path, minor):
    with pytest.raises(InputError, match='"minor"'):
        opened(tmp_path, {**newer(), "minor": minor})


def test_a_newer_major_version_is_refused_whatever_its_minor_version_is(tmp_path: Path):
    with pytest.raises(InputError, match="version 3"):
        opened(tmp_path, {**newer(), "version": 3})


def test_what_is_nested_too_deeply_to_be_written_is_refused(tmp_path: Path):
    deep: list[Any] = []
    for _ in range(200):
        deep = [deep]
    with pytest.raises(InputError, match="too deeply"):
        opened(tmp_path, {**newer(), "deep": deep})


def test_files_of_this_version_do_not_change(tmp_path: Path):
    for name in lessons():
        save(replace(lesson(name), lessons={}), tmp_path / "session.json")
        assert '"minor"' not in (tmp_path / "session.json").read_text("utf-8")
