"""The optimizer's step as a compiled kernel: an update rule that moves all weights of a network."""

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.descent.stepping import Step, driven_by, step_of
from landscape.formula.kernel_cache import load
from landscape.formula.kernels import Code, Emitter, operation
from landscape.formula.lanes import each
from landscape.formula.machine_code.native import Kernel
from landscape.memory import bounded

_ARGUMENTS = ("theta", "gradient", "state", "count", "constants", "coefficients", "normals")


def step_for(rule: UpdateRule, schedule: Schedule | None = None) -> Step:
    """Return the rule's step, without what is switched off by a hyper-parameter that is 0 in all steps."""
    driven = driven_by(schedule, rule)
    return step_of(rule.rule, rule.zeros - driven, driven=driven)


def update_kernel(rule: UpdateRule, short: bool, schedule: Schedule | None = None) -> Kernel:
    """Return the kernel that makes one step of an elementwise rule, for numbers of eight bytes or, if ``short``, four.

    Its arguments are addresses: θ (count,), its gradient (count,), the state (names, count), the number ``count``
    itself, the rule's hyper-parameters, the step's coefficients, and standard normals (count,).
    """
    driven = driven_by(schedule, rule)
    return load(_source(rule.rule, rule.zeros - driven, driven, short), "update")


@bounded(256, megabytes=16)
def _source(text: str, zeros: frozenset[str], driven: frozenset[str], short: bool) -> str:
    rule, step = UpdateRule(text), step_of(text, zeros, driven=driven)
    code = Code(wide=True, single=short)
    given = {name: code.load("constants", k) for k, name in enumerate(rule.hyper_names) if name in step.reads}
    given |= {f"step.{k}": code.load("coefficients", k) for k in range(len(step.coefficients))}
    if "gnorm" in step.reads:
        code.write("squares = 0.0")
        each(code, "count", lambda: code.write(f"squares += {_square(code)}"))
        given["gnorm"] = operation(code, "sqrt", "squares")

    def move() -> None:
        own = {"theta": code.load("theta", "lane"), "g": code.load("gradient", "lane")}
        own |= {name: code.load("state", f"{k} * count + lane") for k, name in enumerate(step.names)}
        if "noise" in step.reads:
            own["noise"] = code.load("normals", "lane")
        [theta, *state] = Emitter(code, given | own).emit([*step.moved, *step.state])
        code.write(f"put(theta, lane, {theta})")
        code.write(*(f"put(state, {k} * count + lane, {value})" for k, value in enumerate(state)))

    each(code, "count", move)
    return code.function("update", _ARGUMENTS, "void")


def _square(code: Code) -> str:
    slope = code.load("gradient", "lane")
    return operation(code, "mul", slope, slope)
