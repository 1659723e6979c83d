"""Trials on a cluster: a real scheduler and two worker processes, one of which is killed in the middle."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

import landscape as ls
from landscape.catalogue.optimizers import optimizer
from landscape.cli import main
from landscape.errors import InputError
from landscape.export.search.results import search_steps
from landscape.search.cluster import cluster
from landscape.session.files import save
from landscape.session.search import edits
from landscape.session.search.document import Trainee, default_study
from landscape.session.session import session_with

pytestmark = pytest.mark.slow
SLOW = 4000
"""Steps of a training that takes long enough for a worker to be killed while it trains."""


def study(trials, steps):
    bare = edits.search_network(edits.choose_rule(default_study(), optimizer("sgd")), Trainee())
    alone = edits.remove_entrant(bare, 0)
    return edits.set_number(edits.set_number(alone, "trials", trials), "steps", steps)


def started(module, *words):
    command = [sys.executable, "-m", module, *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@contextmanager
def scheduler_and_workers():
    """Yield the address of a scheduler, and the processes of its two workers."""
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    scheduler = started("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    processes = [scheduler]
    try:
        address = next(line.split()[-1] for line in scheduler.stdout if "Scheduler at:" in line)
        for _ in range(2):
            options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "60")
            processes.append(started("distributed.cli.dask_worker", address, *options))
        yield address, processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()
            process.stdout.close()


def wait_for_workers(address):
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)


def rows(path):
    return path.read_text("utf-8").splitlines()


def test_a_cluster_finds_what_this_machine_finds_though_a_worker_is_killed(tmp_path):
    session, here, far = session_with(study(12, SLOW)), tmp_path / "here.csv", tmp_path / "far.csv"
    list(search_steps(session, here))
    with scheduler_and_workers() as (address, workers), cluster(address) as executor:
        # Both must be there before one of them is killed.
        wait_for_workers(address)
        going = search_steps(session, far, executor)
        next(going)
        os.kill(workers[0].pid, signal.SIGKILL)
        list(going)
        assert workers[0].wait() == -signal.SIGKILL
    assert rows(far) == rows(here)
    assert len(rows(far)) == 13


def test_the_command_searches_on_a_cluster(tmp_path, capsys):
    path = tmp_path / "study.json"
    save(session_with(study(3, 10)), path)
    with scheduler_and_workers() as (address, _):
        assert main(["search", str(path), "-o", str(tmp_path / "far.csv"), "--cluster", address]) == 0
    assert main(["search", str(path), "-o", str(tmp_path / "here.csv")]) == 0
    assert rows(tmp_path / "far.csv") == rows(tmp_path / "here.csv")


def test_a_search_in_python_is_the_same_on_a_cluster():
    given = {"optimizer": ls.optimizer("sgd"), "space": {"lr": ls.log(1e-3, 1.0)}, "trials": 3, "steps": 10}
    with scheduler_and_workers() as (address, _):
        far = ls.search("spirals", **given, cluster=address)
    assert far.trials == ls.search("spirals", **given).trials


def test_an_address_where_nobody_answers_is_told(monkeypatch):
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    monkeypatch.setattr(sys.modules["landscape.search.cluster"], "PATIENCE", 0.5)
    with pytest.raises(InputError, match="No scheduler answers"), cluster("tcp://127.0.0.1:9"):
        pass


def test_without_the_extra_it_is_told_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"landscape-studio\[cluster\]"), cluster("tcp://127.0.0.1:9"):
        pass


def test_dask_is_loaded_only_where_an_address_is_given(tmp_path):
    path = tmp_path / "study.json"
    save(session_with(study(1, 1)), path)
    lines = (
        "import sys",
        "from landscape.cli import main",
        f"main(['search', {str(path)!r}, '-o', {str(tmp_path / 'a.csv')!r}])",
        "sys.exit('distributed' in sys.modules)",
    )
    assert subprocess.run([sys.executable, "-c", "\n".join(lines)], check=False).returncode == 0
