"""The kernel that runs a plan: all its instructions, step by step."""

from landscape.network.words import Numbers, Wholes, double, flush, instruct, real, unflush, update

# The numbers at the head of a plan.
STEPS, STEP, COUNT, ORDER, RULE, THETA, GRADIENT, STATE, SIZE, CONSTANTS = range(10)
COEFFICIENTS, COEFFICIENTS_APART, NORMALS, NORMALS_APART = range(10, 14)
HEAD = 14
LENGTH = 12
"""Numbers of an instruction: the address of its kernel, and what that is told."""


def run(room: Numbers, plan: Wholes, losses: Numbers) -> int:
    """Do the plan's steps: every instruction and, if there is a rule, an update.

    Returns:
        How many were done; all of them, unless a loss was not finite: then the weights are those that gave it.
    """
    before = flush()
    step, finite = 0, True
    while finite and step < plan[STEPS]:
        plan[STEP] = step
        for index in range(plan[COUNT]):
            p = HEAD + LENGTH * index
            instruct(plan[p], room, plan, p)
        loss = double(real(room[0]))
        losses[step] = loss
        finite = abs(loss) < double(1.7e308)
        if finite and plan[RULE] != 0:
            coefficients = plan[COEFFICIENTS] + plan[COEFFICIENTS_APART] * step
            normals = plan[NORMALS] + plan[NORMALS_APART] * step
            update(
                plan[RULE], plan[THETA], plan[GRADIENT], plan[STATE], plan[SIZE], plan[CONSTANTS], coefficients, normals
            )
        if finite:
            step += 1
    unflush(before)
    return step
