"""What every symbol and hyper-parameter means, as a sentence for who points at it."""

from collections.abc import Mapping
from functools import lru_cache

from landscape.translation import Sentence, Translation


@lru_cache(maxsize=8)
def meanings(say: Translation) -> Mapping[str, Sentence]:
    """Return a sentence for each symbol of the panels, and for each hyper-parameter of the catalogue by its name."""
    return {**_of_places(say), **_of_rules(say), **_of_schedules(say)}


def _of_places(say: Translation) -> Mapping[str, Sentence]:
    """Return the sentences about what a surface or a loss is like somewhere."""
    return {
        "f": say("The loss: the value of the surface here."),
        "∇f": say("The gradient: the direction in which the surface rises fastest, as long as it is steep."),
        "‖∇f‖": say("The norm of the gradient: how steep the surface is; 0 at a critical point."),
        "λ₁, λ₂": say(
            "The eigenvalues of the Hessian: how strongly the surface curves along its two axes; negative "
            "where it bends down."
        ),
        "κ": say(
            "The condition number, largest by smallest curvature: the larger it is, the longer gradient descent takes."
        ),
        "2/λmax": say(
            "The largest learning rate at which plain gradient descent is stable here: twice one over the "
            "largest curvature."
        ),
        "λmax": say(
            "The sharpness: the largest curvature of the loss. Plain gradient descent is stable while it is below 2/lr."
        ),
        "2/lr": say("The largest curvature at which gradient descent with this learning rate is stable."),
        "index": say(
            "The index: the number of minima and maxima minus that of saddles; the border of the domain "
            "tells what it must be."
        ),
        "β-smoothness": say(
            "How fast the gradient changes along a step: the smaller, the longer a step can be trusted."
        ),
    }


def _of_rules(say: Translation) -> Mapping[str, Sentence]:
    """Return the sentences about the hyper-parameters of update rules."""
    return {
        "lr": say("The learning rate: how far a step goes for a given gradient."),
        "weight_decay": say("Weight decay: every step also shrinks the parameters by this part of the learning rate."),
        "momentum": say("Momentum: the part of the last movement that is kept for the next step."),
        "dampening": say("Dampening: the part of the new gradient that does not enter the momentum."),
        "beta": say("How much of the running mean is kept in each step."),
        "beta1": say("How much of the running mean of the gradients is kept: 0.9 remembers about ten steps."),
        "beta2": say(
            "How much of the running mean of the squared gradients is kept: 0.999 remembers about a thousand steps."
        ),
        "eps": say("A small number that keeps the division from exploding where gradients vanish."),
        "nu": say("How much of the step comes from the momentum; the rest comes from the gradient itself."),
        "nu1": say("How much of the step comes from the mean of the gradients; the rest from the gradient itself."),
        "nu2": say("How much of the scale comes from the mean of the squares; the rest from the present square."),
        "lr_decay": say("How fast the learning rate falls with the number of steps."),
        "initial_accumulator_value": say("What the sum of the squared gradients begins with."),
        "initial": say("What the memory of the squared gradients begins with."),
        "lambd": say("How fast the learning rate decays."),
        "alpha": say("How slowly a memory forgets: near 1 it remembers long."),
        "t0": say("The step from which on the parameters are averaged."),
        "centered": say("Whether the variance of the gradient takes the place of its mean square."),
        "rho": say("How much of the running means of squares is kept in each step."),
        "amsgrad": say("Whether the largest mean square so far is used: the rate of a coordinate then never rises."),
        "momentum_decay": say("How fast the momentum comes to its final value."),
        "decoupled_weight_decay": say(
            "Whether the weight decay acts on the parameters directly and not through the gradient."
        ),
        "eps_root": say("A small number that is added under the root."),
        "eta_minus": say("The factor by which a step shrinks after the sign of its gradient has changed."),
        "eta_plus": say("The factor by which a step grows while the sign of its gradient stays."),
        "step_min": say("The shortest step there can be."),
        "step_max": say("The longest step there can be."),
        "max_step": say("The longest step there can be."),
        "temperature": say("The temperature: the higher it is, the more often it goes uphill."),
        "noise_scale": say("How strong the noise is that is added to the gradient."),
        "decay": say("How fast it falls with the steps."),
        "radius": say("The radius of the ball from which a push is drawn."),
        "threshold": say("What counts as small: below it something happens, or it counts as no progress."),
        "interval": say("The least number of steps between two pushes."),
        "damping": say("What is added to the curvature, so that flat directions do not make the step explode."),
    }


def _of_schedules(say: Translation) -> Mapping[str, Sentence]:
    """Return the sentences about the parameters of schedules."""
    return {
        "step_size": say("The number of steps after which the rate falls."),
        "gamma": say("The factor by which the rate falls."),
        "milestone1": say("The step at which the rate falls for the first time."),
        "milestone2": say("The step at which the rate falls for the second time."),
        "milestone3": say("The step at which the rate falls for the third time."),
        "factor": say("The factor by which the rate falls once there is no progress."),
        "patience": say("How many steps without progress are waited for."),
        "cooldown": say("How many steps are left alone after the rate fell."),
        "min_lr": say("The lowest rate there is."),
        "max_lr": say("The highest rate there is."),
        "start_factor": say("The part of the rate that it begins with."),
        "end_factor": say("The part of the rate that it ends with."),
        "power": say("The power of the polynomial: 1 falls evenly, more falls sooner."),
        "period": say("The number of steps until the rate starts anew."),
        "period_growth": say("The factor by which each period is longer than the one before."),
        "step_size_up": say("The number of steps in which the rate rises."),
        "pct_start": say("The part of all steps in which the rate rises."),
        "div_factor": say("The rate begins at its peak divided by this."),
        "final_div_factor": say("The rate ends at its first value divided by this."),
        "linear": say("Whether the rate goes in straight lines and not like a cosine."),
        "three_phase": say("Whether the rate comes down as slowly as it went up before it vanishes."),
        "cycle_momentum": say("Whether the momentum falls while the rate rises."),
        "base_momentum": say("The lowest momentum of the cycle."),
        "max_momentum": say("The highest momentum of the cycle."),
        "warmup_steps": say("The number of steps in which the rate rises."),
        "warmup_part": say("The part of all steps in which the rate rises."),
        "decay_part": say("The part of all steps in which the rate comes down."),
    }


def strategy_meanings(say: Translation) -> Mapping[str, Sentence]:
    """Return a sentence for each hyper-parameter of the strategies, and of the rules that some run, by its name."""
    return {
        **meanings(say),
        "size": say("How long the sides of the first triangle are, in parts of the domain."),
        "reflection": say(
            "How far beyond the other two corners the worst one is reflected, in its own distance from their middle."
        ),
        "expansion": say("How much farther it goes where the reflected corner is better than all others."),
        "contraction": say("How far the corner is drawn in where the reflected one is no better."),
        "shrinking": say("The factor by which lengths shrink where nothing better is found."),
        "sigma": say("How widely the first samples are spread, in parts of the domain."),
        "members": say(
            "How many points there are in each step: more of them search more widely, and each step costs more."
        ),
        "box": say("How large the box about the start is over which starts are spread, in parts of the domain."),
        "crossover": say("How likely a child lies between two parents; else it is one of them."),
        "blend": say("How far beyond its parents a child may lie, in parts of their distance."),
        "mutation": say("How likely a child is changed at random."),
        "reach": say("How far a mutation goes, in parts of the domain."),
        "memory": say("How many of the last steps the curvature is guessed from."),
        "first": say("The step length that is tried first: how far, in units of the direction."),
        "sufficient": say("How much of the decrease that the slope promises a step must bring: Armijo's constant."),
        "flat": say(
            "How much of the slope along the direction may be left at the end of a step: Wolfe's second constant."
        ),
        "inertia": say("How much of its velocity a particle keeps."),
        "own": say("How strongly a particle is drawn to the best point of its own."),
        "common": say("How strongly a particle is drawn to the best point of all."),
        "hop": say("How far a hop goes at most, in parts of the domain."),
        "local": say("How many steps downhill follow a hop at most."),
        "length": say("How many steps each descent has before the next one starts elsewhere."),
        "cooling": say("The factor by which the temperature falls in the first step: near 1 it cools slowly."),
        "proposal": say("How far from the present point the next one is proposed, in parts of the domain."),
        "law": say("The law by which the temperature falls from step to step."),
    }


def unsaid(_say: Translation) -> Mapping[str, Sentence]:
    """Return no sentences: where names are whatever a person called them, they would be those of others."""
    return {}
