"""What is imported is declared, what is declared is locked, and each has its reason in CONTRIBUTING.md."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
OURS = {"bot", "knowledge", "ingest", "evaluation", "guidance", "scripts", "tests"}


def names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in requirements}


RUN, TEST = names(PROJECT["dependencies"]), names(PROJECT["optional-dependencies"]["test"])


def imported(folder: str) -> set[str]:
    """Distributions of the third-party modules that the code below a folder imports."""
    modules: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.partition(".")[0])
    held = packages_distributions()
    return {canonicalize_name(held[name][0]) for name in modules - OURS - sys.stdlib_module_names if name in held}


@pytest.mark.parametrize(
    ("folder", "declared"),
    [
        *((folder, RUN) for folder in ("bot", "knowledge", "ingest", "evaluation")),
        *((folder, RUN | TEST) for folder in ("guidance", "scripts", "tests")),
    ],
)
def test_what_is_imported_is_declared(folder: str, declared: set[str]) -> None:
    assert set() == imported(folder) - declared


@pytest.mark.parametrize(("lock", "declared"), [("run.lock", RUN), ("test.lock", TEST)])
def test_what_is_declared_is_locked(lock: str, declared: set[str]) -> None:
    locked = set(re.findall(r"^([^#\s=]+)==", (ROOT / "requirements" / lock).read_text(), re.MULTILINE))
    if lock == "test.lock":
        locked |= set(re.findall(r"^([^#\s=]+)==", (ROOT / "requirements" / "run.lock").read_text(), re.MULTILINE))

    assert set() == declared - locked


def test_each_dependency_has_its_reason() -> None:
    rows = re.findall(r"^\| ([^|]+?)(?: \(tests\))? \| [^|]+ \|$", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE)
    reasoned = {canonicalize_name(name) for row in rows for name in row.split(", ")}

    assert set() == (RUN | TEST) - reasoned
    assert {"package", "-"} >= reasoned - RUN - TEST
