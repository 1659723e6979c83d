"""How large a learning rate may be before gradient methods with momentum diverge on a quadratic."""

from landscape.catalogue.optimizers import UpdateRule


def stable_rate(rule: UpdateRule, sharpness: float) -> float | None:
    """Return the rate below which ``rule`` converges on a quadratic whose largest curvature is ``sharpness``.

    With L = λmax, plus the rule's weight decay, and momentum β:

    - gradient descent: 2/L;
    - heavy ball, ``b = βb + (1 - τ)g``: 2(1 + β)/((1 - τ)L) (Polyak 1964; Goh 2017);
    - Nesterov: 2(1 + β)/((1 + 2β)L);
    - heavy ball with a running mean, ``m = βm + (1 - β)g``: 2(1 + β)/((1 - β)L).

    None for other rules, whose step does not follow from the curvature alone, and where ``sharpness`` is not
    positive: nothing holds the rule there.
    """
    values = dict(rule.values)
    curvature = sharpness + values.get("weight_decay", 0.0)
    if not curvature > 0.0:
        return None
    match rule.entry:
        case "sgd":
            return 2.0 / curvature
        case "momentum":
            gain = 1.0 - values["dampening"]
            return 2.0 * (1.0 + values["momentum"]) / (gain * curvature) if gain > 0.0 else None
        case "nesterov":
            beta = values["momentum"]
            return 2.0 * (1.0 + beta) / ((1.0 + 2.0 * beta) * curvature)
        case "momentum_ema":
            beta = values["beta"]
            return 2.0 * (1.0 + beta) / ((1.0 - beta) * curvature)
    return None
