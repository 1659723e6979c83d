"""The interpreter: the kernel that runs a program, all its instructions, step by step."""

from landscape.network.kernels.intrinsics import Numbers, Wholes, double, flush, instruct, real, unflush, update

# The numbers at the head of a program.
STEPS, STEP, COUNT, ORDER, RULE, THETA, GRADIENT, STATE, SIZE, CONSTANTS = range(10)
COEFFICIENTS, COEFFICIENTS_APART, NORMALS, NORMALS_APART, STREAM, FIRST = range(10, 16)
HEAD = 16
LENGTH = 12
"""Numbers of an instruction: the address of its kernel, and what that is told."""


def run(memory: Numbers, program: Wholes, losses: Numbers) -> int:
    """Do the program's steps: every instruction and, if there is a rule, an update.

    Returns:
        How many were done; all of them, unless a loss was not finite: then the weights are those that gave it.
    """
    before = flush()
    step, finite = 0, True
    while finite and step < program[STEPS]:
        program[STEP] = step
        for index in range(program[COUNT]):
            p = HEAD + LENGTH * index
            instruct(program[p], memory, program, p)
        loss = double(real(memory[0]))
        losses[step] = loss
        finite = abs(loss) < double(1.7e308)
        if finite and program[RULE] != 0:
            coefficients = program[COEFFICIENTS] + program[COEFFICIENTS_APART] * step
            normals = program[NORMALS] + program[NORMALS_APART] * step
            update(
                program[RULE],
                program[THETA],
                program[GRADIENT],
                program[STATE],
                program[SIZE],
                program[CONSTANTS],
                coefficients,
                normals,
            )
        if finite:
            step += 1
    unflush(before)
    return step
