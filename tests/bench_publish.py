"""What an asker feels of an index of 2,000 passages being made and published: `python -m tests.bench_publish`.

Run by `make bench`. In Slack, one question after the other is asked while `desk ingest` makes and publishes a new
edition of a twentieth of the rules, and while `desk builds rollback` publishes the build before. Prints how many
answers took longer than a second, and how soon the running desk answered from the build that was published.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.bot.running_bot import ROOT, SUBSCRIPTIONS, RunningBot
from tests.bot.slack_fixtures import granted
from tests.ingest.documents import another
from tests.slack_server import SlackServer

DOCUMENTS, SECTIONS = 20, 100
SLOW = 1.0
"""Seconds after which an answer is felt as slow. One such answer is what publishing may cost, and five seconds what a
running desk may take to go over to what is published (issue 6)."""
THINGS = ("bicycle", "lantern", "parcel", "ladder", "umbrella", "kettle", "violin", "barrow", "anchor", "saddle")
ROLES = ("sergeant", "registrar", "clerk", "storekeeper", "inspector")


@dataclass(frozen=True)
class Felt:
    """Seconds of each answer; how long the work beside them took, and how long after it the desk had gone over."""

    took: list[float]
    worked: float
    gone_over: float


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, SlackServer() as slack:
        place = Path(folder)
        home = place / "desk"
        _write(place, hours=24, documents=range(DOCUMENTS))
        made = _desk(place, "ingest", "--sources", str(place / "sources.toml"), "--json")
        print(f"{json.loads(made)['passages']['total']} passages of {DOCUMENTS} documents")
        slack.subscriptions = SUBSCRIPTIONS
        slack.grant_only(*granted())
        slack.redeliver_unacked()  # as Slack does; without it an event that meets a dying connection is never seen
        bot = RunningBot(
            slack, home, module="bot.terminal run", HF_HUB_OFFLINE="1", DESK_QUESTIONS_AN_HOUR="100000"
        ).connected(120)
        try:
            _told("nothing else", _ask_while(slack, home, lambda: time.sleep(10)))
            _write(place, hours=48, documents=range(1))
            _told(
                "desk ingest",
                _ask_while(slack, home, lambda: _desk(place, "ingest", "--sources", str(place / "sources.toml"))),
            )
            _told("desk builds rollback", _ask_while(slack, home, lambda: _desk(place, "builds", "rollback")))
            if len(slack.connections) > 1:
                print(f"the desk opened {len(slack.connections)} connections one after the other")
        except AssertionError:
            print(bot.log[-2_000:], file=sys.stderr)
            raise
        finally:
            bot.stop()


def _ask_while(slack: SlackServer, home: Path, work: Callable[[], object]) -> Felt:
    """What is felt from a second before the work to three seconds after the desk went over."""
    took: list[float] = []
    over = threading.Event()
    asker = threading.Thread(target=_ask, args=(slack, took, over))
    asker.start()
    try:
        time.sleep(1)
        began = time.monotonic()
        work()
        worked = time.monotonic()
        wanted = (home / "builds" / "CURRENT").read_text().strip()
        while json.loads((home / "health.json").read_text())["build"] != wanted:
            time.sleep(0.05)
        gone_over = time.monotonic()
        time.sleep(3)
    finally:
        over.set()
        asker.join()
    return Felt(took, worked - began, gone_over - worked)


def _ask(slack: SlackServer, took: list[float], over: threading.Event) -> None:
    for number in count():
        if over.is_set():
            return
        who = slack.add_user(f"U{time.monotonic_ns()}").id
        thing, role = THINGS[number % len(THINGS)], ROLES[number % len(ROLES)]
        began = time.monotonic()
        asked = slack.say(who, slack.dm(who), f"how many hours until the {thing} must be handed to the {role}")
        while not any(_is_answer(one.text) for one in slack.messages(asked.channel, thread_ts=asked.ts)):
            time.sleep(0.005)
            assert time.monotonic() - began < 60, f"no answer to question {number} within a minute"
        took.append(time.monotonic() - began)


def _told(beside: str, felt: Felt) -> None:
    slow = sum(took > SLOW for took in felt.took)
    print(f"beside {beside} ({felt.worked:.1f} s): {len(felt.took)} answers,", end=" ")
    print(f"median {statistics.median(felt.took):.2f} s, slowest {max(felt.took):.2f} s,", end=" ")
    print(f"{slow} over {SLOW:.0f} s (bound: 1); gone over after {felt.gone_over:.1f} s (bound: 5)")


def _write(place: Path, *, hours: int, documents: range) -> None:
    """The documents numbered so, anew, and the list of all of them."""
    for number in documents:
        sections = []
        for one in range(SECTIONS):
            thing, role = THINGS[one % len(THINGS)], ROLES[(one // 10) % len(ROLES)]
            says = f"A {thing} of lot {number}-{one} must be handed to the {role} within {hours + one % 7} hours."
            sections.append(f"## Lot {number}-{one}: {thing}\n\n{says} Whoever finds it writes down where it lay.\n")
        (place / f"lots-{number}.md").write_text(f"# Invented rules on lots, part {number}\n\n" + "\n".join(sections))
    listed = [another(f"lots-{n}", f"lots-{n}.md", authority='"national_rule"') for n in range(DOCUMENTS)]
    (place / "sources.toml").write_text("".join(listed))


def _desk(place: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bot.terminal", *arguments],
        cwd=ROOT,
        env={**os.environ, "DESK_HOME": str(place / "desk"), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def _is_answer(text: str) -> bool:
    return bool(text) and not text.startswith("Looking")


if __name__ == "__main__":
    main()
