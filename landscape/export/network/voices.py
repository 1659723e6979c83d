"""What is heard of two networks in training: the loss of the one at the left, that of the other at the right."""

import numpy as np

from landscape.export.settings import Settings
from landscape.export.sound import Voice
from landscape.scene.answers import Answers
from landscape.scene.network.questions import recording_questions
from landscape.session.network.document import Experiment

ASIDE = 0.9
"""How far from the middle."""


def voices(experiment: Experiment, _settings: Settings, answers: Answers) -> tuple[Voice, ...]:
    """Return the loss of each network."""
    found = []
    for side, question in zip((-ASIDE, ASIDE), recording_questions(experiment), strict=False):
        recording = answers.compute(question)
        steps = np.asarray(recording.at, dtype=float)
        losses = np.asarray(recording.losses[:, 0], dtype=float)
        found.append(Voice(steps=steps, losses=losses, sides=np.full(len(steps), side)))
    return tuple(found)
