"""Fuzzing: what comes from outside is made up and mutated, and must be used or refused in one sentence, in time.

    python -m tests.fuzz                                  # the long run: 10,000 formulas and so on
    python -m tests.fuzz sessions --count 500 --seed 7    # one kind, another seed
    python -m tests.fuzz sessions --seed 7 --only 123     # one case again, its content shown

Every module beside this has a ``FUZZ``: how a case is made of a random generator, and how it is tried. A case depends
on the seed and its number alone.
"""
