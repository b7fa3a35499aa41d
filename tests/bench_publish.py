"""What an asker in Slack feels of an index of 2,000 passages being made and published: `python -m tests.bench_publish`.

Run by `make bench`. One asker asks without pause while `desk ingest` makes and publishes a new edition of a twentieth of
the rules, and then while `desk builds rollback` publishes the build before. Prints how many answers took longer than a
second, and how soon the running desk answered from the build that was published.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.bot.running_bot import ROOT, SUBSCRIPTIONS, RunningBot
from tests.bot.slack_fixtures import granted
from tests.ingest.documents import another
from tests.slack_server import SlackServer

DOCUMENTS, SECTIONS = 20, 100
SLOW = 1.0
"""Seconds after which an answer is felt as slow: one such answer is what publishing may cost."""
THINGS = ("bicycle", "lantern", "parcel", "ladder", "umbrella", "kettle", "violin", "barrow", "anchor", "saddle")
ROLES = ("sergeant", "registrar", "clerk", "storekeeper", "inspector")


@dataclass
class Felt:
    """Seconds of each answer, and by the clock when it came and from which build."""

    took: list[float] = field(default_factory=list)
    at: list[float] = field(default_factory=list)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, SlackServer() as slack:
        place = Path(folder)
        home = place / "desk"
        _write(place, hours=24, documents=range(DOCUMENTS))
        made = _desk(place, "ingest", "--sources", str(place / "sources.toml"), "--json")
        print(f"{json.loads(made)['passages']['total']} passages of {DOCUMENTS} documents")
        slack.subscriptions = SUBSCRIPTIONS
        slack.grant_only(*granted())
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
        finally:
            bot.stop()


def _ask_while(slack: SlackServer, home: Path, work) -> tuple[Felt, float, float]:
    """What is felt from now until three seconds after the desk went over; how long the work took, and going over."""
    felt, over = Felt(), threading.Event()
    asker = threading.Thread(target=_ask, args=(slack, felt, over))
    asker.start()
    time.sleep(1)
    began = time.monotonic()
    work()
    worked = time.monotonic() - began
    wanted = (home / "builds" / "CURRENT").read_text().strip()
    gone_over = time.monotonic()
    while json.loads((home / "health.json").read_text())["build"] != wanted:
        time.sleep(0.05)
    gone = time.monotonic() - gone_over
    time.sleep(3)
    over.set()
    asker.join()
    return felt, worked, gone


def _ask(slack: SlackServer, felt: Felt, over: threading.Event) -> None:
    number = 0
    while not over.is_set():
        who = slack.add_user(f"U{len(slack.people):05}PUBLISH" if hasattr(slack, "people") else f"U{time.monotonic_ns()}").id
        words = f"how many hours until the {THINGS[number % len(THINGS)]} must be handed to the {ROLES[number % len(ROLES)]}"
        began = time.monotonic()
        asked = slack.say(who, slack.dm(who), words)
        while not any(_is_answer(one.text) for one in slack.messages(asked.channel, thread_ts=asked.ts)):
            time.sleep(0.005)
            assert time.monotonic() - began < 60
        felt.took.append(time.monotonic() - began)
        number += 1


def _told(beside: str, measured: tuple[Felt, float, float]) -> None:
    felt, worked, gone = measured
    slow = sum(took > SLOW for took in felt.took)
    print(
        f"beside {beside:<22}{worked:>6.1f} s {len(felt.took):>5} answers, median {statistics.median(felt.took):.2f} s, "
        f"slowest {max(felt.took):.2f} s, {slow} over {SLOW:.0f} s (bound 1); answered from it after {gone:.1f} s (bound 5)"
    )


def _write(place: Path, *, hours: int, documents: range) -> None:
    """The documents numbered so, anew, and the list of all of them."""
    for number in documents:
        sections = []
        for one in range(SECTIONS):
            thing, role = THINGS[one % len(THINGS)], ROLES[(one // 10) % len(ROLES)]
            says = f"A {thing} of lot {number}-{one} must be handed to the {role} within {hours + one % 7} hours of being found."
            sections.append(f"## Lot {number}-{one}: {thing}\n\n{says} Whoever finds it writes down where it lay.\n")
        (place / f"lots-{number}.md").write_text(f"# Invented rules on lots, part {number}\n\n" + "\n".join(sections))
    listed = [another(f"lots-{n}", f"lots-{n}.md", authority='"national_rule"') for n in range(DOCUMENTS)]
    (place / "sources.toml").write_text("".join(listed))


def _desk(place: Path, *arguments: str) -> str:
    import os

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
