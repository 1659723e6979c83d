"""Writes the stored reference data: ``python -m tests.reference.make``, with torch, jax and optax installed."""

import datetime
import json
import platform
from importlib.metadata import version
from pathlib import Path

from landscape.catalogue.optimizers import optimizer_entries
from landscape.catalogue.schedules import schedule_entries
from landscape.writing import write_text
from tests.reference import lessons, networks, run
from tests.reference.cases import OPTIMIZERS, SCHEDULES, STORED, SURFACES, hyper_parameters

FOLDER = Path(__file__).parent


def origin() -> dict[str, str]:
    """Return where the data is from."""
    return {
        "command": "python -m tests.reference.make",
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "python": platform.python_version(),
        "machine": platform.machine(),
        **{name: version(name) for name in ("torch", "jax", "optax", "numpy")},
    }


def optimizers() -> list[dict[str, object]]:
    """Return the points of every optimizer, surface and setting."""
    cases = []
    for optimizer, settings in OPTIMIZERS.items():
        reference = optimizer_entries()[optimizer].reference
        for surface in SURFACES:
            for setting in settings:
                hyper = hyper_parameters(setting, surface)
                points = run.trajectory(reference, optimizer, surface, hyper)
                kept = [points[step - 1] for step in STORED]
                cases.append({"optimizer": optimizer, "surface": surface, "hyper": hyper, "points": kept})
    return cases


def schedules() -> list[dict[str, object]]:
    """Return the rates of every schedule and setting."""
    return [
        {"schedule": schedule, "parameters": setting, **_course(entry.reference, schedule, setting)}
        for schedule, settings in SCHEDULES.items()
        for entry in [schedule_entries()[schedule]]
        for setting in settings
    ]


def _course(reference: str, schedule: str, setting: dict[str, float]) -> dict[str, object]:
    """Return the rates, and the momenta where the schedule drives them."""
    rates, momenta = zip(*run.course(reference, schedule, setting), strict=True)
    return {"rates": rates, **({"momenta": momenta} if schedule == "one_cycle" else {})}


def network_gradients() -> list[dict[str, object]]:
    """Return the loss of every network, and its gradient's products with certain vectors."""
    found = ((network, networks.torch_gradient(network)) for network in networks.networks())
    return [
        {"network": networks.told(network), "loss": loss, "gradient": networks.shadows(gradient)}
        for network, (loss, gradient) in found
    ]


def network_trainings() -> list[dict[str, object]]:
    """Return the products of the weights, and of the running statistics, after each optimizer's steps."""
    ends = [
        *(("training", name, *networks.torch_training(name)) for name in networks.OPTIMIZERS),
        *(("variant", name, *networks.variant_training(name)) for name in networks.VARIANTS),
    ]
    return [
        {kind: name, "weights": networks.shadows(theta), "running": networks.shadows(running)}
        for kind, name, theta, running in ends
    ]


def write(name: str, cases: list[dict[str, object]]) -> None:
    """Write one file: its origin, then one case a line."""
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    write_text(FOLDER / name, f'{{"origin": {json.dumps(origin())},\n"cases": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    write("optimizers.json", optimizers())
    write("schedules.json", schedules())
    write("lessons.json", lessons.cases())
    write("networks.json", network_gradients() + network_trainings())
