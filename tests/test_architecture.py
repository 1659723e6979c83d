"""The layers of the package, and the limits it keeps to."""

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import landscape
from landscape.session.workspaces import WORKSPACES

PACKAGE = Path(landscape.__file__).parent
ROOT = PACKAGE.parent
MODULES = sorted(PACKAGE.rglob("*.py"))
SHARED_LAYERS = ("session", "scene", "plot", "export", "ui")
"""Those in which a workspace has a folder."""

in_checkout = pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="the contracts are in the checkout")


@in_checkout
def test_every_layer_imports_only_those_below_it() -> None:
    command = "import sys; from importlinter.cli import lint_imports_command as c; c(['--no-cache'])"
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_what_it_is_for_and_stays_readable(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree)
    assert text.count("\n") <= 400
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            assert lines <= 60, f"{node.name} has {lines} lines"


def _imports(module: Path) -> set[str]:
    """The modules of the package that a module names in its imports, wherever they stand in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_no_module_imports_itself_by_way_of_others() -> None:
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in MODULES}
    graph = {name: (_imports(path) & set(names)) - {name, "landscape"} for name, path in names.items()}
    order = TopologicalSorter(graph)
    try:
        order.prepare()
    except CycleError as error:
        pytest.fail(f"A circle of imports: {' -> '.join(error.args[1])}")


def _workspace(name: str) -> str:
    """The workspace in whose folder a module is, empty where it is in none."""
    parts = name.split(".")
    return parts[2] if len(parts) > 2 and parts[1] in SHARED_LAYERS and parts[2] in WORKSPACES else ""


def test_workspaces_do_not_know_each_other() -> None:
    strangers = [
        f"{path.relative_to(PACKAGE)} imports {other}"
        for path in MODULES
        for own in [_workspace(".".join(path.relative_to(ROOT).with_suffix("").parts))]
        for other in sorted(_imports(path))
        if own and _workspace(other) not in ("", own)
    ]
    assert strangers == []


def test_no_layout_is_asked_for_its_items() -> None:
    """Python keeps them when Qt has deleted them, and takes what Qt makes at the same place for one of them."""
    assert [module.name for module in MODULES if ".itemAt(" in module.read_text(encoding="utf-8")] == []


def test_importing_the_package_loads_no_library() -> None:
    command = "import sys, landscape; print(sorted(n for n in ('numpy', 'numba', 'PySide6', 'av') if n in sys.modules))"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
