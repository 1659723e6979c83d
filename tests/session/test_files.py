import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from landscape.errors import InputError
from landscape.session import files
from landscape.session.edits import edit_document, open_workspace
from landscape.session.files import default_session, lesson, lessons, load, open_session, save
from landscape.session.session import Session
from landscape.translation import LANGUAGES, Translation, translation
from tests.session.strategies import sessions


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(sessions)
def test_what_is_saved_and_loaded_is_the_same_session(tmp_path: Path, session: Session):
    save(session, tmp_path / "session.json")
    assert load(tmp_path / "session.json") == session


def test_all_documents_are_in_a_file_and_the_same_one_is_in_front(tmp_path: Path):
    session = replace(open_workspace(default_session(), "network"), notes="first\nsecond", title={"en": "Mine"})
    save(session, tmp_path / "session.json")
    again = load(tmp_path / "session.json")
    assert again == session
    assert (again.workspace, sorted(again.documents)) == ("network", ["descent", "network"])
    assert (again.notes, again.title) == ("first\nsecond", {"en": "Mine"})


def test_a_lesson_holds_the_document_it_is_about_and_no_other():
    for name in lessons():
        assert list(lesson(name).documents) == [lesson(name).workspace]


def test_a_file_is_read_by_people_too(tmp_path: Path):
    save(default_session(), tmp_path / "session.json")
    lines = (tmp_path / "session.json").read_text("utf-8").splitlines()
    assert '  "version": 2,' in lines
    assert '      "start": [-0.2, 0.7],' in lines


def test_a_byte_order_mark_of_an_editor_is_no_mistake(tmp_path: Path):
    save(default_session(), tmp_path / "session.json")
    content = (tmp_path / "session.json").read_text("utf-8")
    (tmp_path / "session.json").write_text(content, "utf-8-sig")
    assert load(tmp_path / "session.json") == default_session()


def test_text_that_looks_like_a_list_stays_as_it_is(tmp_path: Path):
    from landscape.session.descent.edits import rename_run

    session = edit_document(default_session(), "descent", rename_run, 0, "[ 1,  2 ]")
    save(session, tmp_path / "session.json")
    assert load(tmp_path / "session.json") == session


def written(folder: Path, change) -> Path:
    """A session file with one thing changed."""
    save(default_session(), folder / "good.json")
    content = json.loads((folder / "good.json").read_text("utf-8"))
    change(content)
    path = folder / "changed.json"
    path.write_text(json.dumps(content), "utf-8")
    return path


def descent(file: dict[str, Any]) -> dict[str, Any]:
    """What stands in a file of the surface and its runs."""
    return file["documents"]["descent"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda file: descent(file).pop("start"), '"start"'),
        (lambda file: descent(file).update(colour=1), '"colour"'),
        (lambda file: descent(file).update(steps="many"), '"steps"'),
        (lambda file: descent(file).update(steps=0), '"steps"'),
        (lambda file: descent(file).update(start=[float("inf"), 0]), "changed.json"),
        (lambda file: descent(file).update(colormap="jet"), '"colormap"'),
        (lambda file: descent(file)["surface"].update(formula="x**"), '"surface"'),
        (lambda file: descent(file)["surface"].update(formula="__import__('os').system('true')"), '"surface"'),
        (lambda file: descent(file)["surface"].update(domain=[[1, 0], [0, 1]]), '"surface"'),
        (lambda file: descent(file)["surface"].update(values={"q": 1}), '"surface"'),
        (lambda file: descent(file)["surface"].update(data={"u": [1, 2], "v": [1]}), '"surface"'),
        (lambda file: descent(file)["runs"][1].update(color=8), r'"runs\[1\]"'),
        (lambda file: descent(file)["runs"][2]["rule"].update(rule="theta = theta - lr*h(g)"), r'"runs\[2\]"'),
        (lambda file: descent(file)["runs"][2]["rule"]["values"].update(lr=-1), r'"runs\[2\]"'),
        (lambda file: descent(file)["runs"][0].update(start=[1]), r'"runs\[0\]\.start"'),
        (lambda file: descent(file)["runs"][2].update(id=1), "Two runs have the id 1"),
        (lambda file: descent(file)["schedule"].update(formula="lr*"), '"schedule"'),
        (lambda file: descent(file)["schedule"].update(warmup=-3), '"schedule"'),
        (lambda file: descent(file).update(runs=descent(file)["runs"] * 3), "8 runs"),
        (lambda file: descent(file).update(basins=9), "no run 9"),
        (lambda file: file.update(title={"zh": "标题"}), "title"),
        (lambda file: file.update(title={"en": "x" * 121}), "title"),
        (lambda file: file.update(title={"en": "two\nlines"}), "title"),
        (lambda file: file.update(notes="x" * 20_001), "20000 characters"),
        (lambda file: file.update(notes=3), '"notes"'),
        (lambda file: file.update(colour=1), '"colour"'),
        (lambda file: file.update(workspace="relief"), 'no workspace "relief"'),
        (lambda file: file["documents"].update(relief={}), 'no workspace "relief"'),
        (lambda file: file.pop("documents"), '"documents" is missing'),
        (lambda file: file.update(documents=[1]), '"documents"'),
        (lambda file: file["documents"].update(descent=3), "must be an object"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(tmp_path: Path, change, named: str):
    with pytest.raises(InputError, match=named):
        load(written(tmp_path, change))


def test_a_later_version_is_refused_by_its_number(tmp_path: Path):
    with pytest.raises(InputError, match="version 7"):
        load(written(tmp_path, lambda file: file.update(version=7, hologram=True)))


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b"{}", b'{"format": "other", "version": 1}', b"[" * 100_000, b"\0" * 50,
     b'{"format": "landscape session"}', b'{"format": "landscape session", "version": 1}',
     b'{"format": "landscape session", "version": 2}', b'{"format": "landscape session", "version": 0}',
     b'{"format": "landscape session", "version": "2", "documents": {}}'],
)  # fmt: skip
def test_what_is_not_a_session_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "other.json").write_bytes(content)
    with pytest.raises(InputError, match=r"other\.json"):
        load(tmp_path / "other.json")


def test_a_file_too_large_to_be_a_session_is_refused_unread(tmp_path: Path):
    with (tmp_path / "large.json").open("wb") as file:
        file.truncate(files.MAX_BYTES + 1)
    with pytest.raises(InputError, match="larger"):
        load(tmp_path / "large.json")


def test_a_missing_file_is_a_mistake_of_the_person(tmp_path: Path):
    with pytest.raises(InputError, match="cannot be read"):
        load(tmp_path / "missing.json")


def test_the_problem_inside_of_a_file_is_told_in_the_language_of_the_person(tmp_path: Path):
    say = Translation("zz", {"{file}: {problem}": "<{file}|{problem}>", 'A title needs an English text, "en"': "TITLE"})
    with pytest.raises(InputError) as caught:
        load(written(tmp_path, lambda file: file.update(title={"zh": "标题"})))
    assert say.error(caught.value) == "<changed.json|TITLE>"


def test_a_formula_other_than_the_catalogues_is_a_typed_one(tmp_path: Path):
    path = written(tmp_path, lambda file: descent(file)["surface"].update(formula="x**2 + y**2", values={}))
    assert load(path).document.surface.entry == ""
    path = written(tmp_path, lambda file: descent(file)["surface"].update(entry="of another day"))
    assert load(path).document.surface.entry == ""


def test_lessons_are_opened_by_name_and_files_by_path(tmp_path: Path):
    save(default_session(), tmp_path / "mine.json")
    assert open_session(str(tmp_path / "mine.json")) == default_session()
    assert open_session("ravine") == lesson("ravine")
    with pytest.raises(InputError, match="ravine"):
        open_session("ravin")
    with pytest.raises(InputError, match="beale-race"):
        open_session("no such lesson")


def test_a_file_is_opened_though_one_of_the_same_name_ends_in_json(tmp_path: Path):
    for name in ("mine", "mine.json"):
        save(default_session(), tmp_path / name)
    assert open_session(str(tmp_path / "mine")) == default_session()


@pytest.mark.parametrize("name", sorted(lessons()))
def test_a_lesson_has_a_title_in_every_language(name: str):
    assert lessons()[name].keys() == LANGUAGES.keys()
    assert lesson(name).title == lessons()[name]


@pytest.mark.parametrize("name", sorted(lessons()))
def test_a_lesson_is_written_as_the_program_writes_it(name: str, tmp_path: Path):
    from landscape.resources import asset

    save(lesson(name), tmp_path / "again.json")
    assert (tmp_path / "again.json").read_text("utf-8") == asset("lessons", f"{name}.json").read_text("utf-8")


def test_starting_imports_neither_the_file_format_nor_a_compiler_nor_qt():
    program = (
        "import sys; from landscape.session.files import default_session; default_session();"
        "print([name for name in ('msgspec', 'numba', 'llvmlite', 'PySide6', 'contourpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["a\0b.landscape", "\ud800.landscape", "x" * 5000, "missing/a.landscape", "."])
def test_a_place_that_cannot_be_written_or_read_is_told(tmp_path, name):
    with pytest.raises(InputError, match="cannot be written: "):
        save(default_session(), tmp_path / name)
    with pytest.raises(InputError, match="cannot be "):
        load(tmp_path / name)
    with pytest.raises(InputError):
        open_session(str(tmp_path / name))


def test_why_a_place_cannot_be_written_is_told_in_chinese_too(tmp_path):
    with pytest.raises(InputError) as caught:
        save(default_session(), tmp_path / "missing" / "a.landscape")
    assert translation("zh").error(caught.value).endswith("：没有这个文件或文件夹")


@pytest.mark.parametrize("notes", [b"\xff", b"\xed\xa0\x80", b"\\ud800"])
def test_what_is_no_text_inside_of_a_string_is_told(tmp_path, notes):
    path = tmp_path / "given.json"
    path.write_bytes(b'{"format": "landscape session", "version": 2, "notes": "' + notes + b'"}')
    with pytest.raises(InputError, match=r"given\.json is not a Landscape session"):
        load(path)


def test_where_nobody_prepared_anything_it_reads_as_it_is_written(tmp_path: Path) -> None:
    save(default_session(), tmp_path / "a.landscape")
    given = json.loads((tmp_path / "a.landscape").read_text(encoding="utf-8"))
    given["presentations"] = {"descent": {"speed": 1.0, "marks": []}}
    (tmp_path / "a.landscape").write_text(json.dumps(given), encoding="utf-8")
    session = load(tmp_path / "a.landscape")
    save(session, tmp_path / "b.landscape")
    assert load(tmp_path / "b.landscape") == session
