"""The set-up script and the Makefile, run with a Python that only pretends to install."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOOLS = "bash cat cksum cp dirname env grep mkdir rm sed sleep tail touch".split()
PRETENDER = """\
#!/usr/bin/env bash
echo "$*" >> "$CALLS"
case "$*" in
    "-c import sys"*) exit "${TOO_OLD:-0}" ;;
    "-c import venv") exit "${NO_VENV:-0}" ;;
    --version) echo "Python 3.11.0" ;;
    "-m venv "*)
        mkdir -p "$3/bin" && cp "$0" "$3/bin/python"
        printf '#!/usr/bin/env bash\\necho "uv $*" >> "$CALLS"\\nexit "${NO_UV:-0}"\\n' > "$3/bin/uv"
        chmod +x "$3/bin/uv" ;;
    *" torch=="*) exit "${NO_TORCH:-0}" ;;
esac
"""


class Tree:
    """A copy of what the set-up reads, and a PATH on which the pretender is the only Python."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.calls_file = folder / "tree", folder / "calls"
        for name in ("scripts/setup.sh", "requirements/run.lock", "requirements/test.lock", "pyproject.toml"):
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, self.folder / name)
        self.bin = folder / "bin"
        self.bin.mkdir()
        for tool in [*TOOLS, "chmod"]:
            (self.bin / tool).symlink_to(shutil.which(tool) or tool)
        (self.bin / "python3").write_text(PRETENDER)
        (self.bin / "python3").chmod(0o755)

    def set_up(self, kind: str = "run", **env: str) -> subprocess.CompletedProcess[str]:
        self.calls_file.write_text("")
        return subprocess.run(
            ["bash", "scripts/setup.sh", kind],
            cwd=self.folder,
            env={"PATH": str(self.bin), "CALLS": str(self.calls_file), **env},
            capture_output=True,
            text=True,
            timeout=60,
        )

    def installs(self) -> list[str]:
        return [call for call in self.calls_file.read_text().splitlines() if " install " in call]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


@pytest.mark.parametrize("script", ["scripts/setup.sh", ".ci/run"])
def test_the_scripts_are_shell_that_bash_can_read_and_may_be_run(script: str) -> None:
    assert 0 == subprocess.run(["bash", "-n", str(ROOT / script)]).returncode
    assert os.access(ROOT / script, os.X_OK)


def test_torch_comes_by_pip_and_the_rest_by_uv_from_the_lock(tree: Tree) -> None:
    done = tree.set_up("test")

    torch, uv, rest, project = tree.installs()
    assert (0, "") == (done.returncode, done.stderr)
    assert "-m pip" in torch
    assert "-c requirements/run.lock torch==" in torch
    assert " uv==" in uv
    assert rest.startswith("uv pip install")
    assert rest.endswith("--no-deps -r requirements/test.lock")
    assert project.endswith("-e .")
    assert [f"{n}/5" for n in (1, 2, 3, 4, 5)] == [line.split()[0] for line in done.stdout.splitlines()[1:]]


def test_what_is_set_up_is_left_alone_and_the_tests_environment_serves_to_run(tree: Tree) -> None:
    tree.set_up("test")

    for kind in ("test", "run"):
        again = tree.set_up(kind)
        assert (0, "", []) == (again.returncode, again.stdout, tree.installs())


def test_the_environment_to_run_in_does_not_serve_the_tests(tree: Tree) -> None:
    tree.set_up("run")
    tree.set_up("test")

    assert any(call.endswith("-r requirements/test.lock") for call in tree.installs())


def test_a_changed_lock_is_installed_into_the_environment_there_is(tree: Tree) -> None:
    tree.set_up()
    with (tree.folder / "requirements" / "run.lock").open("a") as lock:
        lock.write("another==1.0\n")

    again = tree.set_up()

    assert 4 == len(tree.installs())
    assert "1/5" not in again.stdout


def test_a_set_up_that_failed_says_why_and_is_begun_afresh(tree: Tree) -> None:
    failed = tree.set_up(NO_TORCH="1")
    (tree.folder / ".venv" / "half-installed").touch()
    again = tree.set_up()

    assert 1 == failed.returncode
    assert "PyTorch could not be installed" in failed.stderr
    assert 0 == again.returncode
    assert "1/5" in again.stdout
    assert not (tree.folder / ".venv" / "half-installed").exists()


def test_a_second_set_up_does_not_disturb_one_at_work(tree: Tree) -> None:
    (tree.folder / ".venv").mkdir()
    (tree.folder / ".venv" / "unfinished").write_text(str(os.getpid()))

    second = tree.set_up()

    assert (1, []) == (second.returncode, tree.installs())
    assert f"process {os.getpid()}" in second.stderr


def test_without_uv_pip_installs_the_rest_from_the_same_lock(tree: Tree) -> None:
    done = tree.set_up(NO_UV="1")

    assert 0 == done.returncode
    assert "with pip (slower)" in done.stdout
    assert any(call.startswith("-m pip") and "--no-deps -r requirements/run.lock" in call for call in tree.installs())


def test_uv_is_given_the_index_that_pip_is_set_to(tree: Tree) -> None:
    (tree.bin / "python3").write_text(PRETENDER.replace('"uv $*"', '"uv $UV_DEFAULT_INDEX $SSL_CERT_FILE $*"'))

    tree.set_up(PIP_INDEX_URL="https://packages.invalid/simple", PIP_CERT="/certs.pem")

    assert any(call.startswith("uv https://packages.invalid/simple /certs.pem pip") for call in tree.installs())


def test_a_tree_that_was_moved_gets_a_new_environment(tree: Tree, tmp_path: Path) -> None:
    tree.set_up()
    tree.folder = tree.folder.rename(tmp_path / "moved")

    assert "1/5" in tree.set_up().stdout


@pytest.mark.parametrize(
    ("env", "says"),
    [({"TOO_OLD": "1"}, "Python 3.11 or newer is needed"), ({"NO_VENV": "1"}, "The venv module of python3 is missing")],
)
def test_what_the_machine_lacks_is_one_sentence(tree: Tree, env: dict[str, str], says: str) -> None:
    lacking = tree.set_up(**env)

    assert 1 == lacking.returncode
    assert lacking.stderr.startswith(says)
    assert 1 == lacking.stderr.count("\n")
    assert not (tree.folder / ".venv").exists()


def test_what_it_is_for_must_be_said_rightly(tree: Tree) -> None:
    assert 2 == tree.set_up("everything").returncode


def test_every_lock_line_pins_one_package_in_order() -> None:
    for name in ("run.lock", "test.lock"):
        lines = (ROOT / "requirements" / name).read_text().splitlines()
        pins = [line for line in lines if not line.startswith(("#", "-r "))]
        assert pins
        assert sorted(pins, key=lambda pin: pin.split("==")[0]) == pins
        assert all(line.count("==") == 1 for line in pins)


def test_the_makefile_lists_its_targets() -> None:
    listed = subprocess.run(["make", "-C", str(ROOT), "help"], capture_output=True, text=True, timeout=60).stdout

    for target in ("setup", "run", "test", "check", "format", "bench", "clean", "help"):
        assert f"\n{target} " in f"\n{listed}"
