"""Sessions and edits for property tests."""

from collections.abc import Callable
from functools import partial
from typing import get_args

from hypothesis import strategies as st

from landscape.catalogue.optimizers import optimizer, optimizer_entries
from landscape.catalogue.schedules import schedule, schedule_entries
from landscape.catalogue.surfaces import surface, surface_entries
from landscape.descent.strategies.strategy import strategy, strategy_entries
from landscape.errors import InputError
from landscape.network.data.datasets import DATASETS
from landscape.network.network import Activation, Loss, Normalization
from landscape.session.descent import edits, probing
from landscape.session.descent import strategies as ways
from landscape.session.descent.document import Animation, Axis, Cut, CutLine, Descent, HyperMap, Measure
from landscape.session.edits import edit_document, open_workspace
from landscape.session.files import default_session
from landscape.session.network import edits as experiment_edits
from landscape.session.session import Document, Session
from landscape.session.workspaces import WORKSPACES

numbers = st.floats(-1e6, 1e6)
points = st.tuples(numbers, numbers)
rates = st.floats(1e-12, 1e6)
surfaces = st.one_of(
    st.sampled_from(sorted(surface_entries())).map(surface),
    st.builds(lambda a: surface("x**2 + a*y**2 - cos(b*x)", a=a), numbers),
    st.builds(
        lambda rows: surface("mean((x*u + y - v)**2)", data={"u": [r[0] for r in rows], "v": [r[1] for r in rows]}),
        st.lists(points, min_size=1, max_size=5),
    ),
)
rules = st.one_of(
    st.sampled_from(sorted(optimizer_entries())).map(optimizer),
    st.builds(lambda lr, k: optimizer("theta = theta - lr*g/(k + abs(g))", lr=lr, k=k), rates, numbers),
)
strategies = st.sampled_from(sorted(strategy_entries())).map(strategy)
schedules = st.one_of(
    st.sampled_from(sorted(schedule_entries())).map(schedule),
    st.builds(lambda k, warmup: schedule("lr*exp(-k*t/T)", k=k, warmup=warmup), numbers, st.integers(0, 50)),
)
runs = st.integers(0, 7)
names = st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=60)

Edit = Callable[[Session], Session]


def _edit(function: Callable[..., Document], *arguments: st.SearchStrategy[object]) -> st.SearchStrategy[Edit]:
    """Edit the surface and its runs."""
    return st.tuples(*arguments).map(lambda given: lambda session: edit_document(session, "descent", function, *given))


def _twin_edit(function: Callable[..., Document], *arguments: st.SearchStrategy[object]) -> st.SearchStrategy[Edit]:
    """Edit the networks."""
    return st.tuples(*arguments).map(lambda given: lambda session: edit_document(session, "network", function, *given))


def _run_edit(function: Callable[..., Document], *arguments: st.SearchStrategy[object]) -> st.SearchStrategy[Edit]:
    """Edit a run that the descent has; without runs, nothing."""

    def apply(place: int, given: tuple[object, ...], descent: Descent) -> Document:
        ids = [run.id for run in descent.runs]
        return function(descent, ids[place % len(ids)], *given) if ids else descent

    return st.builds(
        lambda place, given: lambda session: edit_document(session, "descent", partial(apply, place, given)),
        runs,
        st.tuples(*arguments),
    )


hyper_names = st.sampled_from(["lr", "momentum", "beta1", "k"])
axes = st.builds(Axis, name=hyper_names, low=rates, high=rates)
hyper_maps = st.builds(HyperMap, run=runs, across=axes, up=axes, measure=st.sampled_from(get_args(Measure)))
network_options = st.one_of(
    st.tuples(st.just("hidden"), st.lists(st.integers(0, 70), max_size=9).map(tuple)),
    st.tuples(st.just("activation"), st.sampled_from([*get_args(Activation), "swish"])),
    st.tuples(st.just("normalization"), st.sampled_from(get_args(Normalization))),
    st.tuples(st.sampled_from(["gain", "l1", "l2", "momentum", "dropout", "r_max", "d_max"]), st.floats(-1, 2)),
    st.tuples(st.sampled_from(["clip_norm", "clip_value"]), st.none() | st.floats(-1, 2)),
    st.tuples(st.just("loss"), st.sampled_from(get_args(Loss))),
    st.tuples(st.sampled_from(["groups", "filters"]), st.integers(-1, 5)),
    st.tuples(st.sampled_from(["affine", "conditional", "residual"]), st.booleans()),
)
data_changes = st.one_of(
    st.builds(lambda value: {"noise": value}, st.none() | st.floats(-1, 2)),
    st.builds(lambda value: {"shift": value}, st.floats(-5, 5)),
    st.builds(lambda value: {"samples": value}, st.integers(0, 200)),
    st.builds(lambda value: {"standardize": value}, st.booleans()),
    st.builds(lambda value: {"formula": value}, st.sampled_from(["", "x**2", "cos(x)", "x +", "z"])),
)
training_changes = st.one_of(
    st.tuples(st.sampled_from(["steps", "batch_size", "seed"]), st.integers(-1, 2000)),
    st.tuples(st.just("threshold"), st.floats(-1, 2)),
    st.tuples(st.just("early_stopping"), st.none() | st.integers(-1, 50)),
    st.tuples(st.just("precision"), st.sampled_from(["float32", "float64", "float16"])),
)
animations = st.builds(Animation, run=st.none() | runs, name=st.sampled_from(["a", "k", "lr"]), first=rates, last=rates)
cut_lines = st.sampled_from(get_args(CutLine))
cuts = st.builds(Cut, along=cut_lines, ends=st.tuples(points, points), run=st.none() | runs)


edit_functions: st.SearchStrategy[Edit] = st.one_of(
    _edit(edits.choose_surface, surfaces),
    _edit(edits.set_formula, st.sampled_from(["x**2 + y**2", "sin(a*x)*y", "(x*y - 1)**2/2", "x**", "foo(x)"])),
    _edit(edits.set_rotation, st.floats(-720, 720)),
    _edit(edits.set_scaling, st.floats(0.01, 100), st.floats(0.01, 100)),
    _edit(edits.set_domain, points, points),
    _edit(edits.move_start, points),
    _edit(edits.move_all_starts, points),
    _edit(edits.gather_starts, points),
    _edit(edits.add_run, rules, names),
    _edit(ways.add_strategy, strategies, names),
    _edit(edits.set_schedule, schedules),
    _edit(edits.set_steps, st.integers(-1, 100_001)),
    _edit(edits.set_noise, st.floats(-1, 10)),
    _edit(edits.set_batch_size, st.integers(0, 4)),
    _edit(edits.set_seed, st.integers(-1, 2**32)),
    _edit(edits.set_colormap, st.sampled_from(["viridis", "cividis", "magma", "mako", "grey", "jet"])),
    _edit(edits.set_levels, st.sampled_from(["auto", "linear", "log", "quantile"])),
    _edit(edits.set_layer, st.sampled_from(get_args(edits.Layer)), st.booleans()),
    _edit(edits.show_map, st.none() | hyper_maps),
    _edit(edits.animate, st.none() | animations),
    _edit(probing.set_probe, st.none() | points),
    _edit(probing.set_cut, st.none() | cuts),
    _edit(probing.cut_along, cut_lines, st.none() | runs),
    _edit(probing.move_cut_end, st.integers(0, 1), points),
    st.sampled_from(sorted(WORKSPACES)).map(lambda name: lambda session: open_workspace(session, name)),
    _twin_edit(experiment_edits.choose_data, st.sampled_from(sorted(DATASETS))),
    _twin_edit(lambda experiment, changes: experiment_edits.set_data(experiment, **changes), data_changes),
    _twin_edit(
        lambda experiment, option, twin: experiment_edits.set_option(experiment, *option, twin),
        network_options,
        st.none() | st.integers(0, 1),
    ),
    _twin_edit(experiment_edits.join_option, st.sampled_from(["hidden", "normalization", "gain"])),
    _twin_edit(experiment_edits.choose_rule, rules),
    _twin_edit(experiment_edits.set_rule, rules),
    _twin_edit(experiment_edits.set_schedule, schedules),
    _twin_edit(lambda experiment, change: experiment_edits.set_training(experiment, *change), training_changes),
    _run_edit(edits.remove_run),
    _run_edit(edits.show_basins),
    _run_edit(edits.duplicate_run),
    _run_edit(edits.fan_rates),
    _run_edit(edits.rename_run, names),
    _run_edit(edits.set_rule, rules),
    _run_edit(edits.choose_rule, rules),
    _run_edit(ways.choose_strategy, strategies),
    _run_edit(ways.choose_inner, rules),
    _run_edit(edits.set_hyper, st.sampled_from(["temperature", "members", "length"]), rates),
    _run_edit(lambda descent, run, lr: edits.set_hyper(descent, run, "lr", lr), rates),
    _run_edit(edits.set_visible, st.booleans()),
    _run_edit(edits.solo_run),
    _run_edit(edits.own_start, st.booleans()),
    _run_edit(edits.set_state, st.sampled_from(["b", "m", "v", "px"]), points | st.tuples(numbers)),
    _run_edit(edits.set_previous, st.none() | points),
    _run_edit(edits.own_schedule, st.booleans()),
    _run_edit(lambda descent, run, point: edits.move_start(descent, point, run), points),
    _run_edit(lambda descent, run, point: edits.move_all_starts(descent, point, run), points),
)


def edited(session: Session, changes: list[Edit]) -> Session:
    """Make all changes that can be made."""
    for change in changes:
        try:
            session = change(session)
        except InputError:
            continue
    return session


sessions = st.lists(edit_functions, max_size=12).map(lambda changes: edited(default_session(), changes))
