"""kill -9 at a hundred points of building and publishing: whoever asks notices nothing, and the next one succeeds."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from ingest.publish import BUILDING, HELD, KEPT, build_ids, builds_folder, current_build, rollback
from knowledge.adapters.build_editions import read_build
from knowledge.adapters.documents import document_name
from tests.bot.running_bot import ROOT
from tests.faults.killed_ingest import request
from tests.ingest.documents import SOURCES, another

pytestmark = pytest.mark.faults
_KILLS_AT_A_STEP, _KILLS_IN_A_WRITE = 76, 24
_REFUSALS = 24
_DAYS = 2 * 86_400
_NUMBER = re.compile(r"(\d+) hours")


class Office:
    """A data directory, guidance that says another number of hours each time, and somebody who asks all the while."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "var"
        self.socket, self._until, self._into = str(folder / "s"), folder / "until", folder / "asked.jsonl"
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.killed_ingest", self.socket],
            cwd=ROOT,
            env={**inherited, "PYTHONPATH": str(ROOT)},
        )
        while not Path(self.socket).exists():
            assert self._server.poll() is None
            time.sleep(0.05)
        (folder / "sources.toml").write_text(SOURCES + another("policy", "policy.md"))
        self._hours = count(24)
        self._asker = threading.Thread(target=self._ask)

    def new_rules(self) -> int:
        hours = next(self._hours)
        says = f"A crime must be recorded within {hours} hours of the report."
        (self.folder / "rules.md").write_text(f"# Rules\n\n## When to record\n\n{says}\n")
        says = f"A report that is looked into for {hours} hours is still a report."
        (self.folder / "policy.md").write_text(f"# Handbook\n\n## Enquiries\n\n{says}\n")
        return hours

    def ingest(self, **how: Any) -> tuple[int, dict[str, Any]]:
        """The exit code, and what was done where it ended by itself."""
        sources = str(self.folder / "sources.toml")
        told = request(self.socket, do="ingest", sources=sources, home=str(self.home), **how)
        return told["code"], json.loads(told["out"] or "{}")

    def begin_asking(self) -> None:
        self._asker.start()

    def stop_asking(self) -> list[dict[str, Any]]:
        self._until.touch()
        self._asker.join(60)
        return [json.loads(line) for line in self._into.read_text().splitlines()]

    def close(self) -> None:
        self._until.touch()
        if self._asker.ident:
            self._asker.join(60)
        self._server.kill()
        self._server.wait(10)

    def _ask(self) -> None:
        request(self.socket, do="ask", home=str(self.home), until=str(self._until), into=str(self._into))

    def left_over(self) -> list[str]:
        """What no build, no pointer and no cache is."""
        places = (builds_folder(self.home), self.home / "documents", self.home / "cache" / "readings")
        names = [path.name for place in places for path in place.iterdir() if path.name.startswith(".")]
        held = set(build_ids(self.home))
        marks = [path.name for path in builds_folder(self.home).glob(f"*{HELD}")]
        return names + [name for name in marks if name.removesuffix(HELD) not in held]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.close()


def test_whoever_asks_notices_nothing_of_a_hundred_kills(office: Office) -> None:
    office.new_rules()
    assert 0 == office.ingest()[0]
    office.begin_asking()
    ways = []
    for two_persons in (False, True):
        office.new_rules()
        code, done = office.ingest(two_persons=two_persons)
        assert (0, done["build"], two_persons) == (code, done["current"], done["held"])
        steps, largest = done["steps"], done["largest"]
        at_a_step, in_a_write = _KILLS_AT_A_STEP // 2, _KILLS_IN_A_WRITE // 2
        ways += [{"kill_at": 1 + steps * n // at_a_step, "two_persons": two_persons} for n in range(at_a_step)]
        limits = [largest * n // in_a_write - 1 for n in range(1, in_a_write + 1)]
        ways += [{"most_bytes": limit, "two_persons": two_persons} for limit in limits]

    for way in ways:
        hours = office.new_rules()
        code, _ = office.ingest(**way)
        assert code in (-signal.SIGKILL, -signal.SIGXFSZ), way
        code, done = office.ingest(two_persons=way["two_persons"])

        assert 0 == code, way
        assert done["build"] == done["current"] == build_ids(office.home)[-1]
        assert f"within {hours} hours" in (builds_folder(office.home) / done["build"] / "passages.jsonl").read_text()
        assert [] == [name for name in office.left_over() if name.startswith(BUILDING) or name.endswith(HELD)], way
    assert 100 == len(ways)

    asked = office.stop_asking()
    assert [] == [one["fault"] for one in asked if "fault" in one]
    assert {"answered", "not_covered"} == {one["status"] for one in asked}
    assert [] == [one for one in asked if one["foreign"] or one["trouble"]]
    numbers = defaultdict(set)
    for one in asked:
        numbers[one["build"]] |= {number for quote in one["quoted"] for number in _NUMBER.findall(quote)}
    assert {1} == {len(said) for said in numbers.values()}
    assert {"rules", "policy"} == {passage.partition("@")[0] for one in asked for passage in one["cited"]}
    assert len(numbers) > 50
    assert len(asked) > 500

    _age(office.home)
    office.ingest()
    assert [] == office.left_over()
    assert KEPT == len(build_ids(office.home))
    builds = [read_build(builds_folder(office.home) / name) for name in build_ids(office.home)]
    cited = {document_name(one.digest, ".md") for build in builds for one in build.editions}
    assert cited == {path.name for path in (office.home / "documents").iterdir()}
    last = build_ids(office.home)
    assert last[-2] == rollback(office.home)
    print(f"100 kills; {len(asked)} answers from {len(numbers)} builds")


def _refusals(steps: int, largest: int) -> list[dict[str, int]]:
    """A full disk, a read-only one and one that fails, from points over the whole run on; a write that fails midway."""
    errors = (errno.ENOSPC, errno.EROFS, errno.EIO)
    ways = [{"refuse_from": 1 + steps * n // _REFUSALS, "refusal": errors[n % len(errors)]} for n in range(_REFUSALS)]
    return ways + [{"most_bytes": largest * n // 4 - 1, "survives": True} for n in range(1, 5)]


def test_a_disk_that_refuses_is_said_in_one_sentence_and_the_published_build_serves(office: Office) -> None:
    office.new_rules()
    code, done = office.ingest()
    assert 0 == code
    office.begin_asking()
    for way in _refusals(done["steps"], done["largest"]):
        office.new_rules()
        before = current_build(office.home)
        code, told = office.ingest(**way)

        if code == 0:  # it was published before the disk refused to have what is left over removed
            assert told["build"] == current_build(office.home)
            continue
        assert 2 == code, way
        assert told["fault"].startswith("The build was abandoned and the published one still serves: "), told
        assert 1 == told["fault"].count(". ") + told["fault"].endswith("."), told
        assert before == told["current"] == current_build(office.home), way

    code, done = office.ingest()
    assert (0, done["build"]) == (code, done["current"])
    asked = office.stop_asking()
    assert [] == [one for one in asked if "fault" in one or one["foreign"] or one["trouble"]]
    _age(office.home)
    office.ingest()
    assert [] == office.left_over()


def _age(home: Path) -> None:
    """As if everything had been left two days ago."""
    for path in home.rglob("*"):
        if path.is_file():
            os.utime(path, (time.time() - _DAYS, time.time() - _DAYS))
