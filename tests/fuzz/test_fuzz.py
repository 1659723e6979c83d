"""A short run of every kind: what comes from outside is used or refused in one sentence, in time."""

import pytest

from tests.fuzz.__main__ import KINDS, fuzz_of
from tests.fuzz.harness import Fuzz, run


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_made_up_is_used_or_refused_in_one_sentence(kind, qapp):
    fuzz = fuzz_of(kind)
    results = list(run(fuzz, fuzz.short))
    assert [result for result in results if not isinstance(result, bool)] == []
    assert any(results)


def test_a_stray_error_a_warning_and_what_takes_too_long_are_faults():
    def attempt(case, _source):
        exec(case)

    for case, told in [
        ("1/0", "ZeroDivisionError"),
        ("import warnings; warnings.warn('w')", "UserWarning"),
        ("while True: pass", "Not done after"),
    ]:
        fuzz = Fuzz(make=lambda _source, case=case: case, attempt=attempt, count=1, short=1, limit=0.2)
        [fault] = run(fuzz, 1)
        assert told in fault.error
        assert fault.case == repr(case)


def test_a_case_depends_on_the_seed_and_its_number_alone():
    made = []
    fuzz = Fuzz(
        make=lambda source: source.random(), attempt=lambda case, _: made.append(case), count=1, short=1, limit=1
    )
    list(run(fuzz, 4, seed=3))
    list(run(fuzz, 1, seed=3, first=2))
    assert made[4] == made[2]
    assert len(set(made)) == 4
