"""A build that is cut short, altered by a bit, or kills whoever opens it never takes the desk down, nor misquotes."""

from __future__ import annotations

import json
import logging
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import knowledge.adapters.published_builds as published
from bot.commands.look_at_builds import trouble_with_builds
from ingest.build import ingest
from ingest.publish import build_ids, builds_folder, current_build
from ingest.publish import publish as point_to
from knowledge.adapters.build_directory import BuildDirectory
from knowledge.adapters.published_builds import PublishedBuilds, probe
from knowledge.ask import Desk
from knowledge.errors import BuildInvalid
from tests.fakes import FakeClock, FakeEmbedder
from tests.ingest.documents import RULES, write_sources

pytestmark = pytest.mark.faults
TODAY = date(2026, 11, 22)
QUESTION = "when must a crime be recorded after the report"
_POSITIONS = 200


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a build that says 24 hours and, published after it, one that says 48."""
    folder = tmp_path_factory.mktemp("made")
    for hours in ("24 hours", "48 hours"):
        write_sources(folder, rules_md=RULES.replace("24 hours", hours))
        ingest([folder / "sources.toml"], home=folder / "var", embedder=FakeEmbedder(), by="tests", today=TODAY)
    return folder / "var"


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "var")
    return tmp_path / "var"


def newest(home: Path) -> Path:
    return builds_folder(home) / build_ids(home)[-1]


def a_desk(home: Path) -> tuple[PublishedBuilds, Desk]:
    builds = PublishedBuilds(home, FakeEmbedder().fingerprint)
    return builds, Desk(builds, FakeEmbedder(), FakeClock(TODAY))


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_bit_that_flips_anywhere_is_found_before_anything_is_quoted(made: Path, tmp_path: Path) -> None:
    """Two hundred positions over all files of a build, larger files not taking all of them."""
    build = newest(made)
    files = sorted(path for path in build.rglob("*") if path.is_file() and path.stat().st_size)
    chance = random.Random(20_260_401)
    quotes = {one.id: one for one in BuildDirectory(build).passages()}
    opened, found = [], 0
    for number in range(_POSITIONS):
        copy = tmp_path / str(number) / build.name
        shutil.copytree(build, copy)
        file = copy / files[number % len(files)].relative_to(build)
        body = bytearray(file.read_bytes())
        at = chance.randrange(len(body))
        body[at] ^= 1 << chance.randrange(8)
        file.write_bytes(body)
        try:
            same = {one.id: one for one in BuildDirectory(copy).passages()}
        except BuildInvalid:
            found += 1
        else:
            opened.append((file.relative_to(copy), at))
            assert quotes == same
        shutil.rmtree(copy.parent)

    assert len(files) > 12
    assert [] == opened
    assert _POSITIONS == found


@pytest.mark.parametrize("file", ["chroma/chroma.sqlite3", "bm25/data.csc.index.npy", "scope.npz", "MANIFEST.json"])
@pytest.mark.parametrize("kept", [0, 0.5])
def test_a_file_cut_short_at_start_leaves_the_build_before_to_answer_and_an_alarm(
    home: Path, file: str, kept: float, caplog: pytest.LogCaptureFixture
) -> None:
    path = newest(home) / file
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])

    builds, desk = a_desk(home)
    answer = desk.ask(QUESTION)

    assert build_ids(home)[0] == answer.build
    assert "24 hours" in answer.citations[0].quote
    assert f"Build {newest(home).name} is damaged: " in builds.trouble or file == "MANIFEST.json"
    assert f"build {answer.build} answers" in builds.trouble
    assert [f"build_damaged build={newest(home).name} serving={answer.build}"] == [
        record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR
    ]
    assert newest(home).name in trouble_with_builds(home)


def test_a_damaged_build_published_under_a_running_desk_is_never_gone_over_to(home: Path) -> None:
    first, second = build_ids(home)
    point_to(home, first)
    builds, desk = a_desk(home)
    assert first == desk.ask(QUESTION).build
    builds.watch()
    path = newest(home) / "chroma" / "vectors.npy"
    path.write_bytes(path.read_bytes()[:-100])

    point_to(home, second)
    until(lambda: bool(builds.trouble))

    assert first == desk.ask(QUESTION).build
    assert second in builds.trouble


def test_a_running_desk_goes_over_to_what_is_published_within_five_seconds_asked_or_not(home: Path) -> None:
    first, second = build_ids(home)
    point_to(home, first)
    builds, desk = a_desk(home)
    assert first == desk.ask(QUESTION).build
    builds.watch()

    point_to(home, second)
    began = time.monotonic()
    until(lambda: builds.current().manifest.id == second, 30)

    assert "48 hours" in desk.ask(QUESTION).citations[0].quote
    assert "" == builds.trouble
    print(f"gone over after {time.monotonic() - began:.1f} s")


def test_what_is_cut_short_while_it_is_open_does_not_end_the_process(home: Path) -> None:
    _, desk = a_desk(home)
    before = desk.ask(QUESTION)
    for path in newest(home).rglob("*"):
        if path.is_file():
            path.write_bytes(b"")

    after = desk.ask(QUESTION)

    assert before.build == after.build
    assert before.citations == after.citations


def test_a_build_whose_opening_kills_the_process_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seam: `run_child` is where a build is opened first. Here the child is killed by a signal for one build."""
    doomed = newest(home).name
    run_child = published.run_child

    def killed(module: str, *arguments: str, seconds: float) -> subprocess.CompletedProcess[bytes]:
        if not arguments[0].endswith(doomed):
            return run_child(module, *arguments, seconds=seconds)
        dies = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
        return subprocess.run([sys.executable, "-c", dies], capture_output=True, check=False)

    monkeypatch.setattr(published, "run_child", killed)
    builds, desk = a_desk(home)

    assert build_ids(home)[0] == desk.ask(QUESTION).build
    assert "opening it failed (-11)" in builds.trouble


def test_a_build_kept_unpublished_is_not_fallen_back_on(home: Path) -> None:
    from ingest.publish import Held, hold

    first, second = build_ids(home)
    point_to(home, first)
    hold(home, second, Held(("It lacks a document.",)))
    (builds_folder(home) / first / "passages.jsonl").write_bytes(b"")

    with pytest.raises(BuildInvalid, match=first):
        a_desk(home)[0].current()


@pytest.mark.parametrize("pointer", [b"", b"\xff\x00", b"../../etc", b"a" * 200])
def test_a_pointer_that_cannot_be_read_leaves_what_is_open_and_raises_an_alarm(home: Path, pointer: bytes) -> None:
    builds, desk = a_desk(home)
    served = desk.ask(QUESTION).build
    (builds_folder(home) / "CURRENT").write_bytes(pointer)
    builds.look()

    assert served == desk.ask(QUESTION).build
    assert builds.trouble.startswith("The pointer to the published build cannot be read")
    assert trouble_with_builds(home).startswith("The pointer to the published build cannot be read")

    point_to(home, served)
    builds.look()
    assert "" == builds.trouble


def test_ingesting_again_makes_a_damaged_build_anew(made: Path, home: Path) -> None:
    (newest(home) / "passages.jsonl").write_bytes(b"")

    report = ingest([made.parent / "sources.toml"], home=home, embedder=FakeEmbedder(), by="tests", today=TODAY)

    assert (True, 0) == (report.published, report.embedded)
    assert report.build == current_build(home) == a_desk(home)[1].ask(QUESTION).build


def test_opening_and_asking_leaves_every_file_as_it_was_written_and_nothing_behind(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    files = json.loads((newest(home) / "MANIFEST.json").read_text())["files"]
    builds, desk = a_desk(home)
    desk.ask(QUESTION)
    assert 1 == len(list((tmp_path / "tmp").iterdir()))

    probe(BuildDirectory(newest(home)))
    del builds, desk

    assert files.keys() == {
        path.relative_to(newest(home)).as_posix()
        for path in newest(home).rglob("*")
        if path.is_file() and path.name != "MANIFEST.json"
    }
    assert [] == list((tmp_path / "tmp").iterdir())
    BuildDirectory(newest(home))


def test_a_build_is_let_go_when_the_last_question_that_began_on_it_has_ended(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    builds, desk = a_desk(home)
    question_on = [builds.current()]
    point_to(home, build_ids(home)[0])
    builds.look()
    assert desk.ask(QUESTION).build != question_on[0].manifest.id
    assert 2 == len(list((tmp_path / "tmp").iterdir()))

    question_on.clear()

    assert 1 == len(list((tmp_path / "tmp").iterdir()))


def test_no_room_to_open_a_build_is_said_in_one_sentence(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))

    with pytest.raises(BuildInvalid, match=r"cannot be opened: copying its index to \S+nowhere failed \(No such file"):
        BuildDirectory(newest(home))
