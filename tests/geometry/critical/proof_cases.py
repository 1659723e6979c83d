"""Formulas about which a proof is easily wrong, and what is true of them: by elimination, or in closed form.

Each sort begins with formulas that an answer has been wrong about; the others are of the same sort.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from landscape.catalogue.surfaces import Surface, surface

Place: TypeAlias = tuple[float, float]
Domain: TypeAlias = tuple[tuple[float, float], tuple[float, float]]


def square(half: float) -> Domain:
    return ((-half, half), (-half, half))


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is to be told of a formula on a domain."""

    sort: str
    formula: str
    domain: Domain
    data: Mapping[str, Sequence[float]] | None = None
    minima: tuple[Place, ...] = ()
    """Proven, as the two that follow."""
    maxima: tuple[Place, ...] = ()
    saddles: tuple[Place, ...] = ()
    only: bool = False
    """Whether there are no other proven points."""
    complete: bool | None = None
    """None: it may be either."""
    degenerate: tuple[tuple[str, float, float, int], ...] = ()
    """Kind, place and index of points with a singular Hessian."""
    tips: tuple[tuple[str, float, float], ...] = ()
    """Kind and place of points where the formula is not smooth."""
    open: tuple[Place, ...] = ()
    """Some of the places that are critical and not isolated."""
    either: tuple[Place, ...] = ()
    """Critical points that are proven, or lie in an open box."""
    kinds: frozenset[str] = frozenset()
    """Of regions there must be."""
    never: frozenset[str] = frozenset()
    """Of regions there must not be."""
    close: float = 1e-9
    """How near to the place a point is told, as a part of the domain."""
    slow: bool = False
    remark: str = field(default="", compare=False)

    @property
    def surface(self) -> Surface:
        return surface(self.formula, domain=self.domain, data=self.data)


def _kinds(*names: str) -> frozenset[str]:
    return frozenset(names)


TWO_KINDS_OF_ROWS = {"u": [0.0] * 64 + [1.0] * 6, "v": [50.0] * 64 + [1.0] * 6}
MANY_ROWS = {"v": [0.02 * row for row in range(101)]}
_ROOT = math.sqrt(3)
_TILT = 2**0.25 / 2

NOTHING_WAS_TOLD = (
    Case(sort="nothing", formula="abs((x+y-0.3)^2)+(x-y)^2", domain=square(1), minima=((0.15, 0.15),), only=True),
    Case(sort="nothing", formula="abs((x-y-0.01234)^2)+(x+y)^2", domain=square(1), minima=((0.00617, -0.00617),)),
    Case(
        sort="nothing", formula="asin(sin(x))+y^2", domain=((-4, 4), (-2, 2)), complete=False, only=True,
        tips=(("minimum", -math.pi / 2, 0), ("saddle", math.pi / 2, 0)),
    ),
    Case(
        sort="nothing", formula="norm(x-y,x-y)+(x+y)^2", domain=square(2), tips=(("minimum", 0, 0),),
        complete=False, only=True,
    ),
    Case(
        sort="nothing", formula="mean(abs(x*u+y*u-v))+(x-y)^2", domain=square(2), data=TWO_KINDS_OF_ROWS,
        tips=(("minimum", 0.5, 0.5),), complete=False, only=True,
    ),
    Case(
        sort="nothing", formula="(x-0.01234)^2-1e-30*log((x-0.01234)^2)+y^2", domain=square(1), complete=False,
        open=((0.01234 - 1e-15, 0), (0.01234 + 1e-15, 0)), kinds=_kinds("pole"),
    ),
    Case(sort="nothing", formula="max((x-0.2)^2,(x-0.2)^2)+y^2", domain=square(1), minima=((0.2, 0),), only=True),
    Case(
        sort="nothing", formula="acos(cos(x-0.1))+y^2", domain=((-2, 2), (-1, 1)), tips=(("minimum", 0.1, 0),),
        complete=False, only=True,
    ),
    Case(
        sort="nothing", formula="sqrt((x-y)^2)+(x+y-0.5)^2", domain=square(1), tips=(("minimum", 0.25, 0.25),),
        complete=False, only=True,
    ),
    Case(
        sort="nothing", formula="mean(relu(x-v)+relu(v-x))+y^2", domain=square(3), data=MANY_ROWS,
        tips=(("minimum", 1.0, 0),), complete=False, only=True, remark="the median of 101 rows",
    ),
    Case(
        sort="nothing", formula="(x-0.3)^2+1e-25/(x-0.3)^2+y^2", domain=square(1), complete=False,
        minima=((0.3 - 1e-25**0.25, 0), (0.3 + 1e-25**0.25, 0)), close=1e-14, kinds=_kinds("pole"),
    ),
)  # fmt: skip

POLES = (
    Case(
        sort="poles", formula="0.1*((x-1)^2+(y-1)^2)-log((sin((cos(x)+cos(y))^2)^2-cos((sin(x)+sin(y))^2)^2+x)^2)",
        domain=square(10), minima=((2.886307215532004, 1.8232603315820546),), complete=False, kinds=_kinds("pole"),
        slow=True, remark="Mishra06 of SciPy",
    ),
    Case(
        sort="poles", formula="1/(x+y)+x^2+y^2", domain=square(3), minima=((0.5, 0.5),), only=True, complete=False,
        kinds=_kinds("pole"), never=_kinds("flat"),
    ),
    Case(
        sort="poles", formula="(x-1)^2+(y-1)^2-log((x+y)^2)", domain=square(3), only=True, complete=False,
        minima=(((1 + _ROOT) / 2, (1 + _ROOT) / 2), ((1 - _ROOT) / 2, (1 - _ROOT) / 2)), kinds=_kinds("pole"),
    ),
    Case(
        sort="poles", formula="1/(x*y)+x+y", domain=square(3), minima=((1, 1),), only=True, complete=False,
        kinds=_kinds("pole"), never=_kinds("flat"),
    ),
    Case(
        sort="poles", formula="1/(x-y)^2+x^2+y^2", domain=square(3), only=True, complete=False, kinds=_kinds("pole"),
        minima=((_TILT, -_TILT), (-_TILT, _TILT)),
    ),
    Case(
        sort="poles", formula="-log(x)-log(y)-log(1-x-y)", domain=((0, 1), (0, 1)), minima=((1 / 3, 1 / 3),),
        only=True, never=_kinds("flat"),
    ),
    Case(sort="poles", formula="log(abs(x))+y^2", domain=square(2), complete=False, only=True, kinds=_kinds("pole")),
    Case(sort="poles", formula="log((x-0.5)^2)+y^2", domain=square(2), complete=False, only=True,
         kinds=_kinds("pole")),
)  # fmt: skip

HARD_SADDLES = ((math.pi / 2, 0.0), (-math.pi / 2, 0.0), (0.0, math.pi / 2), (0.0, -math.pi / 2))
"""To nine digits; the smaller eigenvalue is 1e-18 of the larger."""
BENT_AND_LEVEL = (
    Case(sort="bent", formula="(1-x)^2+100000*(y-x^2)^2", domain=square(2), minima=((1, 1),), only=True),
    Case(
        sort="bent", formula="(1-x)^2+1e8*(y-x^2)^2", domain=square(2), minima=((1, 1),), only=True,
        never=_kinds("valley", "flat"),
    ),
    Case(sort="bent", formula="(0.5-x)^2+1e6*(y-x^3)^2", domain=square(2), minima=((0.5, 0.125),), only=True),
    Case(sort="bent", formula="(x-y-0.2)^2*1e7+(x*y-0.08)^2", domain=((0, 1), (0, 1)), minima=((0.4, 0.2),), only=True,
         never=_kinds("valley", "flat"), remark="(x-y-0.2)=0 and xy=0.08"),
    Case(
        sort="bent", formula="x^2*((x-0.01)^2+y^2)", domain=square(2), minima=((0.01, 0),), saddles=((0.005, 0),),
        only=True, complete=False, open=((0, -1.5), (0, 0.3), (0, 2)),
    ),
    Case(
        sort="bent", formula="(x-y)^2*((x-0.1)^2+(y+0.1)^2)", domain=square(2), minima=((0.1, -0.1),),
        saddles=((0.05, -0.05),), only=True, complete=False, open=((0.7, 0.7), (-1.9, -1.9)),
    ),
    Case(
        sort="bent", formula="exp(x^2+y^2)", domain=square(7), minima=((0, 0),), only=True, complete=True,
    ),
    Case(sort="bent", formula="exp(-x^2-y^2)", domain=square(40), maxima=((0, 0),), only=True, complete=True),
    Case(
        sort="bent", formula="exp(100*((x-0.5)^2+y^2))", domain=square(3), minima=((0.5, 0),), only=True,
        complete=True, remark="overflows in double precision",
    ),
    Case(
        sort="bent", formula="exp(-(x/15)^10-(y/15)^10)-2*exp(-x^2-y^2)*cos(x)^2*cos(y)^2", domain=square(20),
        minima=((0, 0),), either=HARD_SADDLES, slow=True, remark="XinSheYang03 of SciPy",
    ),
    Case(
        sort="bent", formula="(x^2+y^2-1e-14)^2", domain=square(1), maxima=((0, 0),), only=True, complete=False,
        open=((1e-7, 0), (0, -1e-7)), never=_kinds("flat"),
    ),
    Case(
        sort="bent", formula="(x^2+2*y^2-1e-6)^2", domain=square(1), maxima=((0, 0),), only=True, complete=False,
        open=((1e-3, 0), (0, math.sqrt(5e-7))),
    ),
)  # fmt: skip


_LAG = math.asin(0.1 / (2 * math.pi)) / (2 * math.pi)
SALOMON = tuple(k + shift for k in (1, 2, 17, 70, 99) for shift in (-_LAG, _LAG - 0.5))
"""Radii at which 2 pi sin(2 pi r) + 0.1 is 0."""
STRETCHED = tuple(((k * math.pi - 1) / 50) ** 5 for k in (17, 19, 22, 25))
"""Radii at which 50 r^0.2 + 1 is a multiple of pi."""


def circles(radii: Sequence[float]) -> tuple[Place, ...]:
    """Return some points of each circle about the origin."""
    return tuple((r * math.cos(angle), r * math.sin(angle)) for r in radii for angle in (0.1, 2.0, 4.0))


CURVES = (
    Case(
        sort="curves", formula="1 - cos(2*pi*sqrt(x^2+y^2)) + 0.1*sqrt(x^2+y^2)", domain=square(100),
        complete=False, open=(*circles(SALOMON), (0, 0)), slow=True, remark="Salomon of SciPy",
    ),
    Case(
        sort="curves", formula="(x^2+y^2)^0.25*sin(50*(x^2+y^2)^0.1+1)^2", domain=square(10), complete=False,
        open=circles(STRETCHED), slow=True, remark="StretchedV of SciPy",
    ),
    Case(
        sort="curves", formula="cos(x^2+y^2)", domain=square(4), complete=False, kinds=_kinds("valley"),
        open=circles([math.sqrt(k * math.pi) for k in (1, 2, 3, 4, 5)]), only=True,
    ),
    Case(
        sort="curves", formula="(x*y-0.5)^2", domain=square(2), saddles=((0, 0),), only=True, complete=False,
        open=((1, 0.5), (0.5, 1), (-2, -0.25), (-0.7, -5 / 7)), kinds=_kinds("valley"),
    ),
)  # fmt: skip

_FLAT = math.sqrt(0.5)
SINGULAR = (
    Case(
        sort="singular", formula="x^6+y^6", domain=square(2), degenerate=(("minimum", 0, 0, 1),), never=_kinds("flat"),
    ),
    Case(
        sort="singular", formula="x^5-10*x^3*y^2+5*x*y^4", domain=square(1.5), degenerate=(("saddle", 0, 0, -4),),
        never=_kinds("flat"),
    ),
    Case(
        sort="singular", formula="x^4+y^4-y^2", domain=square(2),
        degenerate=(("minimum", 0, _FLAT, 1), ("minimum", 0, -_FLAT, 1), ("saddle", 0, 0, -1)),
    ),
    Case(sort="singular", formula="x^3-3*x*y^2", domain=square(2), degenerate=(("saddle", 0, 0, -2),)),
    Case(sort="singular", formula="x^4-6*x^2*y^2+y^4", domain=square(2), degenerate=(("saddle", 0, 0, -3),)),
    Case(sort="singular", formula="-(x-0.1)^8-(y+0.2)^8", domain=square(2), degenerate=(("maximum", 0.1, -0.2, 1),)),
    Case(sort="singular", formula="(x-0.3)^2-(y-0.7)^4", domain=square(2), degenerate=(("saddle", 0.3, 0.7, -1),)),
    Case(
        sort="singular", formula="x^6+y^4-y^2", domain=square(2),
        degenerate=(("minimum", 0, _FLAT, 1), ("minimum", 0, -_FLAT, 1), ("saddle", 0, 0, -1)),
    ),
    Case(
        sort="singular", formula="0.6+sin(16*x/15-1)+sin(16*x/15-1)^2+sin(4*(16*x/15-1))/50"
        "+sin(16*y/15-1)+sin(16*y/15-1)^2+sin(4*(16*y/15-1))/50", domain=square(1), complete=True,
        minima=((0.4673200253979607, 0.4673200253979607),), maxima=((-0.46313679, -0.46313679),), close=1e-8,
        remark="Giunta of SciPy: small eigenvalues are not 0",
    ),
)  # fmt: skip

_SINC = (4.493409457909064, 7.725251836937707)
"""Where x = tan x."""
GAPS = (
    Case(
        sort="gaps", formula="sin(x)/x+y^2", domain=square(10), minima=((_SINC[0], 0), (-_SINC[0], 0)),
        saddles=((_SINC[1], 0), (-_SINC[1], 0)), only=True, either=((0, 0),), kinds=_kinds("gap"),
        never=_kinds("pole", "jump"),
    ),
    Case(sort="gaps", formula="(1-cos(x))/x^2+y^2", domain=square(5), only=True, either=((0, 0),), kinds=_kinds("gap"),
         never=_kinds("pole", "jump")),
    Case(
        sort="gaps", formula="x*y*(x^2-y^2)/(x^2+y^2)", domain=square(2), only=True, open=((0, 0),),
        kinds=_kinds("gap"), never=_kinds("pole", "jump"),
    ),
    Case(sort="gaps", formula="x*y/norm(x,y)", domain=square(2), only=True, open=((0, 0),), kinds=_kinds("gap"),
         never=_kinds("pole", "jump")),
    Case(
        sort="gaps", formula="where(x<0,x^2+y^2,x^2+y^2)", domain=square(2), minima=((0, 0),), only=True, complete=True,
    ),
)  # fmt: skip

TIPS = (
    Case(sort="tips", formula="max(abs(x),abs(y))", domain=square(2), only=True, tips=(("minimum", 0, 0),)),
    Case(sort="tips", formula="abs(x-0.2)+2*abs(y)", domain=square(2), only=True, tips=(("minimum", 0.2, 0),)),
    Case(sort="tips", formula="max(x,y,-x-y)", domain=square(2), only=True, tips=(("minimum", 0, 0),)),
    Case(sort="tips", formula="-max(abs(x),2*abs(y-0.4))", domain=square(2), only=True, tips=(("maximum", 0, 0.4),)),
    Case(
        sort="tips", formula="x^2+y^2-3*relu(x-1e-6)", domain=square(2), only=True, minima=((0, 0), (1.5, 0)),
        tips=(("saddle", 1e-6, 0),), complete=False, remark="a kink hard beside a minimum",
    ),
    Case(sort="tips", formula="abs(x)-abs(y)", domain=square(2), only=True, tips=(("saddle", 0, 0),)),
    Case(sort="tips", formula="relu(x)^0.5+relu(y)^0.5", domain=square(3), complete=False, open=((-1, -1), (-3, -0.1))),
    Case(sort="tips", formula="sqrt(relu(x))+sqrt(relu(-x))+y^2", domain=square(3), open=((0, 0),)),
    Case(sort="tips", formula="cbrt(x)^2+y^2", domain=square(3), tips=(("minimum", 0, 0),)),
    Case(
        sort="tips", formula="relu(x*y)^0.5+relu(-y)^0.5", domain=square(3), complete=False, open=((-1, 1), (-0.5, 2)),
    ),
)  # fmt: skip

_NEAR = (1.4957815682221 / 1e6, 1.89549426703398 / 2e6)
"""u with 2u = 3 sin u, and u with u = 2 sin u: where the small wave turns the bottom of the bowl up."""
SCALES = (
    Case(
        sort="scales", formula="x^2+y^2+3e-12*cos(1e6*x)", domain=square(1), minima=((_NEAR[0], 0), (-_NEAR[0], 0)),
        saddles=((0, 0),), only=True, complete=True, close=1e-14,
    ),
    Case(
        sort="scales", formula="x^2+y^2+1e-12*cos(2e6*y)", domain=square(1), minima=((0, _NEAR[1]), (0, -_NEAR[1])),
        saddles=((0, 0),), only=True, complete=True, close=1e-14,
    ),
    Case(
        sort="scales", formula="1e20*(x^2-2.5e-21)^2+y^2", domain=square(1), minima=((5e-11, 0), (-5e-11, 0)),
        saddles=((0, 0),), only=True, complete=True, close=1e-14,
    ),
    Case(
        sort="scales", formula="1e-200*(x^2+(y-0.5)^2+x*y)", domain=square(1), minima=((-1 / 3, 2 / 3),), complete=True,
    ),
    Case(
        sort="scales", formula="1e200*(x^2+(y-0.5)^2+x*y)", domain=square(1), minima=((-1 / 3, 2 / 3),), complete=True,
    ),
    Case(sort="scales", formula="x^2+y^2", domain=square(1e-14), minima=((0, 0),), complete=True),
    Case(sort="scales", formula="(x-3e11)^2+(x+y)^2", domain=square(1e12), minima=((3e11, -3e11),), complete=True),
    Case(
        sort="scales", formula="x^4-1e-20*x^2+y^2", domain=square(1), complete=True, only=True, saddles=((0, 0),),
        minima=((1e-10 * _FLAT, 0), (-1e-10 * _FLAT, 0)), close=1e-14,
    ),
)  # fmt: skip

CASES = (*NOTHING_WAS_TOLD, *POLES, *BENT_AND_LEVEL, *CURVES, *SINGULAR, *GAPS, *TIPS, *SCALES)
