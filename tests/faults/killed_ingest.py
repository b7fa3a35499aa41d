"""Ingests that are killed at a step of theirs, and an asker beside them: `python -m tests.faults.killed_ingest SOCKET`.

Starting Python and loading Chroma take seconds, and a hundred kills should take less than two minutes. So one process
loads everything and opens nothing, and each ingest, asker and checking child is a fork of it. Requests are one JSON
object on a connection to SOCKET, and so are answers:

{"do": "ingest", "sources", "home", ...} -> {"code", "out"}: a negative code for a signal, else what was done as JSON
{"do": "ask", "home", "until", "into"} asks until the file `until` is there, a line of JSON an answer into `into`
{"do": "child", "module", "arguments"} -> {"code", "out"}: what `run_child` does
"""

from __future__ import annotations

import json
import os
import resource
import runpy
import signal
import socket
import subprocess
import sys
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import chromadb.api.rust  # loaded by its name when a client is made
import chromadb.telemetry.product.posthog  # noqa: F401 - likewise

import ingest.build
import ingest.read_document
import ingest.verify
import knowledge.adapters.published_builds
from ingest.publish import builds_folder, current_build, publish
from knowledge.ask import Desk
from knowledge.errors import DeskError
from tests.bot.running_bot import ROOT
from tests.fakes import FakeClock, FakeEmbedder

QUESTIONS = ("when must a crime be recorded after the report", "what does it cost to park at the railway station")
"""One that the documents answer, and one for which they only offer what stands nearest, from both of them."""
TODAY = date(2026, 11, 22)
_TOUCHING = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "os.chmod", "os.utime", "sqlite3.connect"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Steps:
    """Counts what the process does to files below `home`. Power is lost at step `kill_at`; from step `refuse_from` on
    the system refuses with the error number `refusal`.
    """

    def __init__(self, home: str, kill_at: int, refuse_from: int, refusal: int) -> None:
        self.home, self.kill_at, self.taken = home, kill_at, 0
        self.refuse_from, self.refusal = refuse_from, refusal
        sys.addaudithook(self._seen)
        fsync = os.fsync

        def counted(handle: int) -> None:
            self._step()
            fsync(handle)

        os.fsync = counted

    def _seen(self, event: str, arguments: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
        if (event in _TOUCHING or writes) and str(arguments[0]).startswith(self.home):
            self._step()

    def _step(self) -> None:
        self.taken += 1
        if self.taken == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if 0 < self.refuse_from <= self.taken:
            raise OSError(self.refusal, os.strerror(self.refusal))


def served(path: str) -> None:
    """Take requests until killed; each is seen to in a fork."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen(16)
        while True:
            connection, _ = server.accept()
            if os.fork() == 0:
                server.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                _see_to(connection, path)
                os._exit(0)
            connection.close()


def request(path: str, **asked: Any) -> dict[str, Any]:
    """What the server answers. An asker's ends when it is told to."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(path)
        connection.sendall(json.dumps(asked).encode() + b"\n")
        with connection.makefile() as answer:
            return dict(json.loads(answer.readline()))


def _see_to(connection: socket.socket, path: str) -> None:
    with connection.makefile() as said:
        asked = json.loads(said.readline())

    def run_child(module: str, *arguments: str, seconds: float) -> subprocess.CompletedProcess[bytes]:
        told = request(path, do="child", module=module, arguments=arguments)
        return subprocess.CompletedProcess([module, *arguments], told["code"], told["out"].encode(), b"")

    ingest.verify.run_child = run_child
    ingest.read_document.run_child = run_child
    knowledge.adapters.published_builds.run_child = run_child
    work = {"ingest": _ingest, "ask": _ask, "child": _child}[asked.pop("do")]
    code, out = _forked(lambda: work(**asked))
    with suppress(BrokenPipeError):  # who asked has been killed
        connection.sendall(json.dumps({"code": code, "out": out}).encode() + b"\n")


def _forked(work: Callable[[], None]) -> tuple[int, str]:
    """The exit code of `work` in a fork (negative for a signal, as subprocess has it), and what it wrote."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        sys.stdout = os.fdopen(writes, "w")
        code = 1
        try:
            work()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(code)
    os.close(writes)
    with os.fdopen(reads) as written:
        out = written.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), out


def _child(module: str, arguments: list[str]) -> None:
    warnings.simplefilter("ignore", RuntimeWarning)  # it is loaded already
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__")


def _ingest(
    sources: str,
    home: str,
    kill_at: int = 0,
    most_bytes: int = 0,
    survives: bool = False,
    refuse_from: int = 0,
    refusal: int = 0,
    two_persons: bool = False,
) -> None:
    if most_bytes:  # a write beyond it, also a native library's, fails, and ends the process in the middle of its work
        if not survives:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    place = Path(home)
    steps = Steps(home, kill_at, refuse_from, refusal)
    try:
        report = ingest.build.ingest(
            [Path(sources)], home=place, embedder=FakeEmbedder(), by="tests", two_persons=two_persons, today=TODAY
        )
    except DeskError as fault:
        sys.stdout.write(json.dumps({"fault": str(fault), "current": current_build(place)}))
        raise SystemExit(2) from None
    held = report.held is not None
    if held:
        publish(place, str(report.build))  # as the second person does
    largest = max(path.stat().st_size for path in (builds_folder(place) / str(report.build)).rglob("*"))
    told = {"build": report.build, "held": held, "steps": steps.taken, "largest": largest}
    sys.stdout.write(json.dumps({**told, "current": current_build(place)}))


def _ask(home: str, until: str, into: str) -> None:
    os.nice(5)
    builds = knowledge.adapters.published_builds.PublishedBuilds(Path(home), FakeEmbedder().fingerprint)
    builds.current()
    builds.watch()
    desk = Desk(builds, FakeEmbedder(), FakeClock(TODAY))
    texts: dict[str, dict[str, str]] = {}
    questions = cycle(QUESTIONS)
    with Path(into).open("w") as found:
        while not Path(until).exists():
            try:
                answer = desk.ask(next(questions))
                if answer.build not in texts:
                    lines = (builds_folder(Path(home)) / answer.build / "passages.jsonl").read_text().splitlines()
                    texts[answer.build] = {one["id"]: one["text"] for one in map(json.loads, lines)}
                held = texts[answer.build]
                told: dict[str, Any] = {
                    "status": answer.status,
                    "build": answer.build,
                    "cited": [one.passage.id for one in answer.citations],
                    "quoted": [one.quote for one in answer.citations],
                    "foreign": [one.passage.id for one in answer.citations if one.quote not in held[one.passage.id]],
                    "trouble": builds.trouble,
                }
            except Exception as fault:
                told = {"fault": f"{type(fault).__name__}: {fault}"}
            found.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    ingest.read_document.read_here(ROOT / "CHANGELOG.md")  # loads the reader
    served(sys.argv[1])
