"""What workspaces hand to each other: runs and trainings, taken with exactly their values."""

from dataclasses import replace

import pytest

from landscape.search.objectives import NetworkRun
from landscape.session.descent.document import Descent
from landscape.session.edits import document_of, open_workspace
from landscape.session.files import default_session
from landscape.session.network.document import Experiment
from landscape.session.offers import RunOffer, TrainingOffer, accepted, offered
from landscape.session.search import edits
from landscape.session.search.document import Study, default_study
from landscape.session.search.offered import trial_offer

SESSION = default_session()


def of_kind(kind):
    return [offer for _, offer in offered(SESSION) if isinstance(offer, kind)]


def test_every_run_of_the_descents_and_both_networks_are_offered():
    descent, experiment = (document_of(SESSION, name) for name in ("descent", "network"))
    assert [offer.rule for offer in of_kind(RunOffer)] == [run.rule for run in descent.runs]
    assert [offer.network for offer in of_kind(TrainingOffer)] == list(experiment.twins)


def test_a_search_of_an_offered_run_starts_where_the_run_does():
    offer = replace(of_kind(RunOffer)[3], start=(1.0, 2.0), steps=77)
    study = edits.search_offered(default_study(), offer)
    assert (study.surface, study.start, study.steps) == (offer.surface, (1.0, 2.0), 77)
    assert study.rule == offer.rule


def test_a_search_of_an_offered_training_varies_the_rate_and_the_batch_size():
    offer = of_kind(TrainingOffer)[1]
    study = edits.search_offered(default_study(), offer)
    assert isinstance(study.objective, NetworkRun)
    assert study.objective.network == offer.network
    assert [one.name for one in study.dimensions] == ["lr", "batch_size"]


@pytest.mark.parametrize(("kind", "workspace", "document"), [
    (RunOffer, "descent", Descent), (TrainingOffer, "network", Experiment),
])  # fmt: skip
def test_a_trial_goes_to_the_workspace_in_which_it_can_be_seen(kind, workspace, document):
    study = edits.search_offered(default_study(), of_kind(kind)[0])
    session = accepted(open_workspace(SESSION, "search"), trial_offer(study, {"lr": 0.0625}))
    assert session.workspace == workspace
    taken = session.of(document)
    rule = taken.runs[-1].rule if isinstance(taken, Descent) else taken.rule
    assert dict(rule.values)["lr"] == 0.0625


def test_the_values_of_a_trial_become_the_first_network_and_the_second_stays():
    study = edits.search_offered(default_study(), of_kind(TrainingOffer)[0])
    values = {"lr": 0.125, "batch_size": 16.0, "width": 7.0, "depth": 2.0, "gain": 1.25, "l2": 0.001}
    taken = accepted(SESSION, trial_offer(study, values)).of(Experiment)
    first, second = taken.twins
    assert (first.hidden, first.gain, first.l2, taken.batch_size) == ((7, 7), 1.25, 0.001, 16)
    assert second == document_of(SESSION, "network").twins[1]


def test_a_study_offers_nothing_to_itself():
    assert "search" not in [name for name, _ in offered(open_workspace(SESSION, "search"))]
    assert accepted(SESSION, of_kind(RunOffer)[0]).of(Study) is None
