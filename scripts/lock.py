"""Write requirements/run.lock and requirements/test.lock from what is installed in this environment.

A lock holds every package that pyproject.toml asks for and everything those need, as installed here and nothing else.
Run it (`make lock`) in an environment whose tests pass, made with `pip install -e .[test]`.
"""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
HEADER = """\
# Every package {what}, pinned. Do not edit: change the ranges in pyproject.toml, make a new environment
# with `python3 -m venv .venv && .venv/bin/pip install -e .[test]`, run the tests, then `make lock`.
"""


def main() -> None:
    """Write both locks, or say which package is not installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    run = needed([*project["project"]["dependencies"], *project["build-system"]["requires"]])
    test = needed(project["project"]["optional-dependencies"]["test"])
    write("run.lock", HEADER.format(what="the desk runs on"), run)
    only_test = {name: pin for name, pin in test.items() if name not in run}
    write("test.lock", HEADER.format(what="the tests and checks need besides") + "-r run.lock\n", only_test)


def needed(roots: list[str]) -> dict[str, str]:
    """Name to version of the requirements and of all they need here, extras and markers heeded."""
    pins: dict[str, str] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    todo = [Requirement(root) for root in roots]
    while todo:
        wanted = todo.pop()
        key = (canonicalize_name(wanted.name), frozenset(wanted.extras))
        if key in seen:
            continue
        seen.add(key)
        try:
            held = distribution(wanted.name)
        except PackageNotFoundError:
            raise SystemExit(f"{wanted} is not installed here; run `pip install -e .[test]` first.") from None
        if not wanted.specifier.contains(held.version, prereleases=True):
            raise SystemExit(f"{wanted} is asked for and {held.version} is installed here; upgrade it first.")
        # A local label (2.13.0+cpu) says which wheel one machine got; the pin is the public version.
        pins[key[0]] = held.version.partition("+")[0]
        for line in held.requires or []:
            child = Requirement(line)
            if child.marker is None or any(child.marker.evaluate({"extra": e}) for e in ("", *wanted.extras)):
                todo.append(child)
    return pins


def write(name: str, header: str, pins: dict[str, str]) -> None:
    """One sorted pin a line under the header."""
    lines = "".join(f"{package}=={version}\n" for package, version in sorted(pins.items()))
    (ROOT / "requirements" / name).write_text(header + lines)


if __name__ == "__main__":
    main()
