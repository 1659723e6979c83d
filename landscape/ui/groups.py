"""The headings that the catalogue's entries stand under."""

from landscape.translation import Translation


def surface_group(group: str, say: Translation) -> str:
    """Return the heading of a group of surfaces; a group of a person's own is its own heading."""
    titles = {
        "benchmark": say("Benchmarks"),
        "quadratic": say("Quadratics"),
        "valley": say("Valleys"),
        "saddle": say("Saddles"),
        "degenerate": say("Flat and degenerate"),
        "kink": say("Not smooth"),
        "model": say("Models with data"),
    }
    return titles.get(group, group)


def optimizer_group(group: str, say: Translation) -> str:
    """Return the heading of a group of optimizers; a group of a person's own is its own heading."""
    titles = {
        "gradient": say("Gradient descent"),
        "momentum": say("Momentum"),
        "adaptive": say("Adaptive"),
        "sign": say("Sign of the gradient"),
        "noise": say("With noise"),
        "newton": say("Second derivatives"),
    }
    return titles.get(group, group)
