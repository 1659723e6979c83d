"""Sessions whose networks are trained within moments: for what does not ask how far they come."""

from dataclasses import replace

from landscape.session.edits import open_workspace
from landscape.session.files import default_session
from landscape.session.network.document import Experiment
from landscape.session.session import Session

STEPS = 100
"""As long a number as that of most trainings."""


def briefly(session: Session) -> Session:
    """Return a session in which networks are trained for no more than ``STEPS``."""
    experiment = session.of(Experiment)
    if experiment is None:
        return session
    return session.with_document(replace(experiment, steps=min(STEPS, experiment.steps)))


def in_front(workspace: str) -> Session:
    """Return the default session with a workspace in front."""
    return briefly(open_workspace(default_session(), workspace))
