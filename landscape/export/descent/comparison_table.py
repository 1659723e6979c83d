"""The repetitions of the runs that are compared by evaluations, as a table."""

import math
from collections.abc import Iterator

import numpy as np

from landscape.descent.comparison import Success
from landscape.export.descent.table import RunsTable
from landscape.scene.descent.comparison_question import comparison_questions
from landscape.session.descent.document import Descent


class ComparisonTable(RunsTable):
    """A row for each repetition of each visible run; numbers read back as the very same float64.

    ``found_after`` are the evaluations until the target was reached, and empty where it was not; ``evaluations`` all
    that the repetition took.
    """

    columns = ("run", "repetition", "start_x", "start_y", "found_after", "evaluations", "end_x", "end_y", "loss")

    def __init__(self, descent: Descent) -> None:
        super().__init__(descent, comparison_questions(descent))

    def _rows(self, title: str, answer: Success) -> Iterator[tuple[object, ...]]:
        columns = np.column_stack((answer.starts, answer.needed, answer.taken, answer.ends, answer.values)).tolist()
        for number, (x, y, needed, taken, *end) in enumerate(columns):
            yield title, number, x, y, "" if math.isinf(needed) else needed, taken, *end
