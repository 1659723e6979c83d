"""The command that makes a search: its table, what it refuses, and how a killed one goes on."""

import pytest

from landscape.cli import main
from landscape.export.search import results
from landscape.session.files import save
from landscape.session.search import edits
from landscape.session.search.document import Trainee, default_study
from landscape.session.session import session_with


def saved(tmp_path, study):
    path = tmp_path / "study.json"
    save(session_with(study), path)
    return str(path)


def network_study():
    from landscape.catalogue.optimizers import optimizer

    study = edits.search_network(edits.choose_rule(default_study(), optimizer("sgd")), Trainee())
    return edits.set_number(edits.set_number(study, "trials", 4), "steps", 10)


def test_the_table_of_a_search_is_that_of_its_export(tmp_path, capsys):
    import landscape as ls

    study = default_study()
    assert main(["search", saved(tmp_path, study), "-o", str(tmp_path / "a.csv")]) == 0
    ls.export(session_with(study), tmp_path / "b.csv")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert capsys.readouterr().out.strip() == str(tmp_path / "a.csv")


def test_a_killed_search_goes_on_where_it_was(tmp_path, monkeypatch):
    study, path = network_study(), tmp_path / "a.csv"
    whole = tmp_path / "whole.csv"
    list(results.search_steps(session_with(study), whole))
    going = results.search_steps(session_with(study), path)
    for _ in range(3):
        next(going)
    going.close()
    assert not path.exists()
    kept = (tmp_path / "a.csv.part").read_text("utf-8").splitlines()
    assert len(kept) >= 3
    trained = []
    real = results.evaluator

    class Counting:
        def __init__(self, inner):
            self.inner = inner

        def evaluate(self, values, until, after):
            trained.extend(until.tolist())
            yield from self.inner.evaluate(values, until, after)

    monkeypatch.setattr(results, "evaluator", lambda *given, **named: Counting(real(*given, **named)))
    list(results.search_steps(session_with(study), path))
    assert len(trained) == 8 - (len(kept) - 1)
    assert path.read_bytes() == whole.read_bytes()
    assert not (tmp_path / "a.csv.part").exists()


@pytest.mark.parametrize("cut", ["0.", "1", "junk\n0.5\n", "\x00"])
def test_a_line_that_was_cut_when_the_search_was_killed_is_made_again(tmp_path, cut):
    study, path, whole = network_study(), tmp_path / "a.csv", tmp_path / "whole.csv"
    list(results.search_steps(session_with(study), whole))
    journal = tmp_path / "a.csv.part"
    for ended in (False, True):
        going = results.search_steps(session_with(study), path)
        for _ in range(2):
            next(going)
        if not ended:
            going.close()
            with journal.open("a", encoding="utf-8", newline="") as file:
                file.write(cut)
    kept = journal.read_text("utf-8").splitlines()
    going.close()
    assert all(float(line) > 0.0 for line in kept[1:])
    assert "junk" not in kept
    list(results.search_steps(session_with(study), path))
    assert path.read_bytes() == whole.read_bytes()


def test_what_another_search_left_is_not_taken(tmp_path):
    path = tmp_path / "a.csv"
    going = results.search_steps(session_with(network_study()), path)
    next(going)
    going.close()
    other = edits.set_number(network_study(), "seed", 1)
    list(results.search_steps(session_with(other), path))
    list(results.search_steps(session_with(other), tmp_path / "b.csv"))
    assert path.read_bytes() == (tmp_path / "b.csv").read_bytes()


@pytest.mark.parametrize(("what", "out"), [("ravine", "a.csv"), ("study", "a.mp4"), ("study", "missing/a.csv")])
def test_what_cannot_be_searched_or_written_is_wrong_use(what, out, tmp_path, capsys):
    given = saved(tmp_path, default_study()) if what == "study" else what
    assert main(["search", given, "-o", str(tmp_path / out)]) == 2
    assert capsys.readouterr().err.startswith("landscape: ")
