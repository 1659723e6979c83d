"""What the session knows of the workspace of the networks."""

from landscape.session.network.checks import check
from landscape.session.network.document import Experiment, default_experiment
from landscape.session.network.offered import give_trainings, take_training
from landscape.session.offers import TrainingOffer
from landscape.session.workspaces import SessionPart

WORKSPACE = SessionPart(
    document=Experiment,
    new=default_experiment,
    check=check,
    take={TrainingOffer: take_training},
    give=give_trainings,
)
