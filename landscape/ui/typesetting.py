"""Formulas to pictures, in a job: the typesetter is slow to load and not fast on deep formulas."""

from functools import lru_cache

LONGEST = 400
"""Characters of LaTeX; longer formulas would not fit anyway."""
DEEPEST = 6
"""Nested brackets: the typesetter's time doubles and more with every one."""


@lru_cache(maxsize=64)
def typeset(latex: str, size: float) -> str:
    """Return a LaTeX formula as SVG, drawn in black; empty where it is too long or too deep to be typeset in time."""
    if len(latex) > LONGEST or _depth(latex) > DEEPEST:
        return ""
    import ziamath

    # Qt draws the default, SVG 2 with symbols, as confetti.
    ziamath.config.svg2 = False
    return str(ziamath.Latex(latex, size=size, color="black").svg())


def _depth(latex: str) -> int:
    deepest = depth = 0
    for character in latex:
        depth += {"{": 1, "}": -1}.get(character, 0)
        deepest = max(deepest, depth)
    return deepest
