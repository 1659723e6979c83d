"""A run copied as a PyTorch script makes the same steps."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer, optimizer_entries
from landscape.catalogue.schedules import schedule, schedule_entries
from landscape.catalogue.surfaces import surface, surface_entries
from landscape.descent.pytorch import pytorch_script
from landscape.descent.trajectory import descend

BOWL = surface("(x**2 + 3*y**2)/2 + x*y/2 + 0.1*x**3", domain=((-4, 4), (-4, 4)))
START = (1.5137, -0.7391)
STEPS = 40


def _same(given, rule, steps=STEPS, start=START, **settings):
    """Hold the points of the script against those of the trajectory."""
    torch = pytest.importorskip("torch")
    script = pytorch_script(given, rule, start, steps, **settings)
    settings["state"] = dict(settings.get("state", ()))
    expected = descend(given, rule, start, steps, **settings).points
    known: dict[str, object] = {}
    before = torch.get_default_dtype()
    try:
        exec(compile(script, "script", "exec"), known)
    finally:
        torch.set_default_dtype(before)
    np.testing.assert_allclose(np.array(known["points"])[: len(expected)], expected, rtol=1e-7, atol=1e-9)
    return script


@pytest.mark.parametrize("entry", optimizer_entries())
def test_every_rule(entry):
    _same(BOWL, optimizer(entry, lr=0.05))


@pytest.mark.parametrize("entry", optimizer_entries())
def test_every_rule_with_all_of_its_hyper_parameters_on(entry):
    switched = {
        one.name: 1.0 if one.scale == "switch" else 0.1
        for one in optimizer_entries()[entry].parameters
        if not one.default
    }
    _same(BOWL, optimizer(entry, lr=0.05, **switched))


@pytest.mark.parametrize("entry", schedule_entries())
@pytest.mark.parametrize("warmup", [0, 6])
@pytest.mark.parametrize("rule", ["sgd", "momentum", "adam", "qhm"])
def test_every_schedule(entry, warmup, rule):
    _same(BOWL, optimizer(rule, lr=0.05), schedule=schedule(entry, warmup=warmup))


@pytest.mark.parametrize("entry", surface_entries())
def test_every_surface(entry):
    given = surface_entries()[entry]
    _same(given.surface, optimizer("sgd", lr=1e-4), steps=5, start=given.start)


@pytest.mark.parametrize("rule", ["sgd", "adam", "newton", "sgld"])
def test_noise_is_drawn_as_it_was(rule):
    _same(BOWL, optimizer(rule, lr=0.05), noise=0.3, seed=7)


def test_mini_batches_are_drawn_as_they_were():
    columns = {"u": [0.0, 1.0, 2.0, 3.0, -1.0], "v": [1.0, 2.9, 5.2, 7.1, -1.2]}
    given = surface("mean((x*u + y - v)**2)", data=columns, domain=((-4, 4), (-4, 4)))
    _same(given, optimizer("momentum", lr=0.01), batch_size=2, seed=3)


def test_what_a_rule_remembers_at_the_start_is_in_the_script():
    _same(BOWL, optimizer("momentum", lr=0.05), state=(("b", (1.0, -2.0)),))
    _same(BOWL, optimizer("bfgs", lr=0.05), state=(("b_xx", (1.0,)),))


def test_a_rule_that_was_typed_and_a_turned_surface():
    turned = surface("x**2 + a*y**2", a=3.0, rotation=30.0, domain=((-4, 4), (-4, 4)))
    _same(turned, optimizer("c = b*c + (1 - b)*sign(g)\ntheta = theta - lr*c*min(1, gnorm)", lr=0.05, b=0.9))


def test_what_pytorch_has_is_written_as_its_own_class():
    script = pytorch_script(BOWL, optimizer("adam"), START, 10, schedule=schedule("cosine"))
    assert "torch.optim.Adam([theta], lr=0.001, eps=1e-08, amsgrad=False, betas=(0.9, 0.999))" in script
    assert "torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=10, eta_min=0)" in script
    assert "class Rule(torch.optim.Optimizer)" in pytorch_script(BOWL, optimizer("lion"), START, 10)
