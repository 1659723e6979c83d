"""What takes long before the first frame of two networks: their training, and what a page shows beside it."""

from collections.abc import Callable, Iterator

from landscape.scene.answers import Answers
from landscape.scene.network.page import StagePage
from landscape.session.session import Session

SLICE = 0.05
"""Seconds of training between two looks at whether it is still wanted."""


def prepare(
    session: Session, page: StagePage | None, answers: Answers, cancelled: Callable[[], bool] = lambda: False
) -> Iterator[float]:
    """Put what a file of the networks needs into ``answers``, and yield which share of it is done.

    Of surfaces nothing is prepared. Once ``cancelled`` says yes, or the iterator is closed, it ends soon, and what is
    not whole is not kept.
    """
    experiment = session.experiment
    if session.workspace != "network" or experiment is None:
        return
    from landscape.scene.network.pages import page_question
    from landscape.scene.network.questions import recording_questions

    wanted = page_question(experiment, page) if page is not None else None
    if wanted is None or wanted.parts:
        for index, question in enumerate(recording_questions(experiment)):
            if answers.get(question) is None:
                from landscape.network.data import samples
                from landscape.network.recording import Recorder

                recorder = Recorder(question.network, question.training, samples(question.data))
                while recorder.running:
                    recorder.advance(SLICE, cancelled)
                    if cancelled():
                        return
                    yield (index + recorder.recording().step / experiment.steps) / 2
                answers.put(question, recorder.recording())
    if wanted is not None and answers.get(wanted) is None:
        found = []
        for result in wanted.results(answers.compute, cancelled):
            found.append(result)
            yield min(len(found) / wanted.count, 1.0)
        if not cancelled():
            answers.put(wanted, tuple(found))
