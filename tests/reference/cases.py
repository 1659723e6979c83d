"""What is compared: surfaces, starts, learning rates and hyper-parameters, spelled as in the catalogue.

Starts and rates are odd numbers on purpose: where a gradient is exactly 0, its sign is a matter of rounding.
"""

import math

STEPS = 50
STORED = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50)
"""Steps whose points are kept."""

SURFACES = {
    "ravine": lambda x, y: (x**2 + 20 * y**2) / 2,
    "rosenbrock": lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    "beale": lambda x, y: (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2,
    "himmelblau": lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    "saddle_escape": lambda x, y: x**2 / 2 + y**4 / 4 - y**2 / 2,
    "double_well": lambda x, y: (x**2 - 1) ** 2 + y**2,
}
"""Written down here a second time, so that a mistake in the catalogue's formula cannot hide."""

STARTS = {
    "ravine": (-2.6137, 1.2291),
    "rosenbrock": (-1.4873, 2.0119),
    "beale": (1.0331, 1.3917),
    "himmelblau": (-0.5173, -1.0721),
    "saddle_escape": (-1.6079, 0.0137),
    "double_well": (0.1523, 1.6211),
}

_RATES = {
    "ravine": 0.0193,
    "rosenbrock": 0.00041,
    "beale": 0.0021,
    "himmelblau": 0.0023,
    "saddle_escape": 0.0711,
    "double_well": 0.0217,
}

OPTIMIZERS = {
    "sgd": [{}, {"weight_decay": 0.1}, {"scale": 1.5, "weight_decay": 0.01}],
    "momentum": [
        {"scale": 0.3},
        {"scale": 0.5, "momentum": 0.7, "dampening": 0.3},
        {"scale": 0.2, "momentum": 0.95, "dampening": 0.1, "weight_decay": 0.05},
        {"scale": 0.7, "momentum": 0.0, "dampening": 0.5},
    ],
    "nesterov": [
        {"scale": 0.3, "momentum": 0.9},
        {"scale": 0.5, "momentum": 0.5},
        {"scale": 0.2, "momentum": 0.95, "weight_decay": 0.07},
    ],
    "asgd": [
        {"scale": 0.7},
        {"scale": 0.9, "lambd": 0.05, "alpha": 0.6, "t0": 20.0},
        {"scale": 0.5, "lambd": 0.01, "weight_decay": 0.1},
    ],
    "adagrad": [
        {"lr": 0.2311},
        {"lr": 0.3171, "lr_decay": 0.05, "initial_accumulator_value": 0.3},
        {"lr": 0.1173, "eps": 1e-3, "weight_decay": 0.2},
    ],
    "rmsprop": [
        {"lr": 0.0111},
        {"lr": 0.0053, "alpha": 0.9, "momentum": 0.6, "eps": 1e-6},
        {"lr": 0.0017, "alpha": 0.95, "centered": 1, "eps": 1e-2},
        {"lr": 0.0053, "momentum": 0.3, "weight_decay": 0.2},
    ],
    "adadelta": [
        {"lr": 1.0},
        {"lr": 7.13, "rho": 0.95},
        {"lr": 2.17, "rho": 0.8, "eps": 1e-4},
        {"lr": 3.13, "weight_decay": 0.1},
    ],
    "rprop": [
        {"lr": 0.0111},
        {"lr": 0.0313, "eta_minus": 0.4, "eta_plus": 1.1},
        {"lr": 0.0213, "step_min": 1e-3, "step_max": 0.1},
    ],
    "adam": [
        {"lr": 0.0311},
        {"lr": 0.0513, "beta1": 0.8, "beta2": 0.99},
        {"lr": 0.0117, "beta1": 0.5, "eps": 1e-3},
        {"lr": 0.0513, "beta2": 0.9, "amsgrad": 1},
    ],
    "adam_l2": [
        {"lr": 0.0311},
        {"lr": 0.0513, "weight_decay": 0.3},
        {"lr": 0.0117, "beta1": 0.5, "weight_decay": 0.1},
        {"lr": 0.0513, "beta2": 0.9, "weight_decay": 0.1, "amsgrad": 1},
    ],
    "adamw": [
        {"lr": 0.0311},
        {"lr": 0.0513, "weight_decay": 0.3},
        {"lr": 0.0117, "beta2": 0.9, "weight_decay": 0.1},
        {"lr": 0.0513, "beta2": 0.9, "weight_decay": 0.1, "amsgrad": 1},
    ],
    "amsgrad": [{"lr": 0.0311}, {"lr": 0.0513, "beta1": 0.8, "beta2": 0.9}, {"lr": 0.0117, "eps": 1e-3}],
    "adamax": [
        {"lr": 0.0311},
        {"lr": 0.0513, "beta1": 0.8, "beta2": 0.99},
        {"lr": 0.0117, "eps": 1e-3, "weight_decay": 0.2},
    ],
    "nadam": [
        {"lr": 0.0211},
        {"lr": 0.0313, "beta1": 0.8, "beta2": 0.99},
        {"lr": 0.0117, "momentum_decay": 0.1, "eps": 1e-3},
        {"lr": 0.0211, "weight_decay": 0.2},
        {"lr": 0.0211, "weight_decay": 0.2, "decoupled_weight_decay": 1},
    ],
    "radam": [
        {"scale": 0.5},
        {"scale": 1.0, "beta1": 0.8, "beta2": 0.99},
        {"scale": 0.7, "beta1": 0.5, "beta2": 0.9, "eps": 1e-3},
        {"scale": 0.5, "weight_decay": 0.2},
        {"scale": 0.5, "beta2": 0.99, "weight_decay": 0.2, "decoupled_weight_decay": 1},
    ],
    "yogi": [{"lr": 0.0211}, {"lr": 0.0313, "beta1": 0.8, "beta2": 0.99}, {"lr": 0.0117, "eps": 1e-2}],
    "adabelief": [{"lr": 0.0211}, {"lr": 0.0313, "beta1": 0.8, "beta2": 0.99}, {"lr": 0.0117, "eps_root": 1e-6}],
    "sign_sgd": [{"lr": 0.00917}, {"lr": 0.01113}, {"lr": 0.00371}],
    "lion": [
        {"lr": 0.00917},
        {"lr": 0.01113, "beta1": 0.8, "beta2": 0.95},
        {"lr": 0.00371, "beta1": 0.95, "weight_decay": 0.3},
    ],
}
"""Three settings each or more; ``scale`` stands for a learning rate of that many times the surface's own."""

RATE = 0.1037
RUN = 200
"""Learning rate and number of steps of the schedules."""

SCHEDULES = {
    "constant": [{}],
    "step": [{}, {"step_size": 30, "gamma": 0.5}, {"step_size": 7, "gamma": 0.9}],
    "multistep": [{}, {"milestone1": 7, "milestone2": 7, "milestone3": 900, "gamma": 0.5}],
    "plateau": [
        {},
        {"factor": 0.5, "patience": 3, "cooldown": 4},
        {"factor": 0.3, "patience": 0, "threshold": 0.02, "min_lr": 1e-3},
        {"factor": 0.9, "patience": 1, "cooldown": 1, "threshold": 0.0},
    ],
    "exponential": [{}, {"gamma": 0.9}, {"gamma": 0.999}],
    "linear": [{}, {"start_factor": 1.0, "end_factor": 0.0}, {"start_factor": 0.1, "end_factor": 0.7}],
    "polynomial": [{}, {"power": 2.0}, {"power": 0.5}],
    "cosine": [{}, {"min_lr": 0.01}, {"min_lr": 0.09}],
    "cosine_restarts": [
        {},
        {"period": 10, "period_growth": 1},
        {"period": 7, "period_growth": 3, "min_lr": 0.01},
        {"period": 1, "period_growth": 2},
    ],
    "cyclic": [{}, {"min_lr": 0.01, "step_size_up": 7}, {"min_lr": 0.05, "step_size_up": 60}],
    "cyclic_halving": [{}, {"min_lr": 0.01, "step_size_up": 7}],
    "cyclic_exponential": [{}, {"min_lr": 0.01, "step_size_up": 7, "gamma": 0.9}],
    "one_cycle": [
        {},
        {"pct_start": 0.5, "div_factor": 10.0},
        {"pct_start": 0.13, "final_div_factor": 100.0},
        {"linear": 1},
        {"three_phase": 1, "base_momentum": 0.7, "max_momentum": 0.99},
        {"three_phase": 1, "linear": 1, "pct_start": 0.41},
        {"cycle_momentum": 0, "pct_start": 0.25},
    ],
}

LOSSES = [3.0 / (1 + 0.05 * (k % 60)) + 0.4 * math.sin(0.9 * k) ** 2 * (k > 20) for k in range(RUN)]
"""What a schedule that reads the loss is told: it falls, rises, and stays."""
MOMENTUM = 0.83
"""Of the optimizer that the schedules drive."""


def hyper_parameters(setting: dict[str, float], surface: str) -> dict[str, float]:
    """Return the hyper-parameters of ``setting`` on ``surface``, with its learning rate."""
    hyper = {name: value for name, value in setting.items() if name != "scale"}
    if "lr" not in hyper:
        hyper["lr"] = setting.get("scale", 1.0) * _RATES[surface]
    return hyper
