"""No false word about any of SciPy's two-dimensional functions, and none takes longer than it is given.

``python -m tests.geometry.critical.scipy_functions`` does the same with 20 seconds each and prints what came of it.
"""

import pytest

from tests.geometry.critical.scipy_functions import Function, functions, searched

SECONDS = 2.0
"""Half of them need no more; what the others do not decide until then must be open."""


@pytest.mark.slow
@pytest.mark.parametrize("function", functions().values(), ids=functions())
def test_what_plain_runs_find_and_what_is_published_is_proven_or_open(function: Function) -> None:
    assert searched(function, SECONDS).wrong == ()
