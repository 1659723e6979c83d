"""Trainings that are handed over: by a search that found good values, and to it."""

from collections.abc import Iterator
from dataclasses import replace

from landscape.session.network.checks import check
from landscape.session.network.document import Experiment
from landscape.session.offers import TrainingOffer


def take_training(experiment: Experiment, offer: TrainingOffer) -> Experiment:
    """Let the first network be the one that is offered, and train both as it was trained.

    The second one stays beside it, unless the data are others: then it is the same.
    """
    second = experiment.twins[1] if offer.data == experiment.data else offer.network
    return check(
        replace(
            experiment,
            data=offer.data,
            twins=(offer.network, second),
            rule=offer.rule,
            schedule=offer.schedule,
            steps=offer.steps,
            batch_size=offer.batch_size,
        )
    )


def give_trainings(experiment: Experiment) -> Iterator[TrainingOffer]:
    """Yield the training of either network."""
    for network in experiment.twins:
        yield TrainingOffer(
            data=experiment.data,
            network=network,
            rule=experiment.rule,
            schedule=experiment.schedule,
            steps=experiment.steps,
            batch_size=experiment.batch_size,
        )
