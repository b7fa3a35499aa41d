"""How fast the desk is in Slack with fifty questions in flight: `python -m tests.bench_slack [HOME]`.

Run by `make bench`. Prints acknowledgement, first visible text and answer, against a stock Bolt app that answers from
the same desk in its listener, in the same run: ratios are what counts on a noisy machine.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bot.running_bot import SUBSCRIPTIONS, RunningBot
from tests.bot.slack_fixtures import granted
from tests.slack_server import Delivery, SlackServer

AT_ONCE = 50
QUESTIONS = (
    "how long have i got to record it",
    "vic wont support pros, do i still crime it",
    "can the oic cancel his own crime",
    "rape reported by vics mate, vic not spoken to yet",
    "who can cancel a rape",
)


@dataclass(frozen=True)
class Felt:
    """Seconds, a value a question: until acknowledged, until anything is seen, until the answer stands."""

    acked: list[float]
    seen: list[float]
    answered: list[float]
    button: float | None


def main() -> None:
    home = Path(sys.argv[1] if len(sys.argv) > 1 else "var")
    if not (home / "builds" / "CURRENT").is_file():
        sys.exit(f"Nothing is published in {home}: run `desk ingest` first, or name another data directory.")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "desk"
        shutil.copytree(home, copy, ignore=shutil.ignore_patterns("desk.sqlite3*", "processes", "documents"))
        desk = _measure(copy, "bot.terminal run", button=True)
        stock = _measure(copy, "tests.stock_bot", button=False)
    print(f"{AT_ONCE} direct messages at once, {AT_ONCE} askers    the desk    stock Bolt   ratio")
    for label, mine, theirs in (
        ("acknowledged, 99th percentile", _p99(desk.acked), _p99(stock.acked)),
        ("first visible text, median", statistics.median(desk.seen), statistics.median(stock.seen)),
        ("the answer, median", statistics.median(desk.answered), statistics.median(stock.answered)),
        ("the answer, last of all", max(desk.answered), max(stock.answered)),
    ):
        print(f"{label:<42}{mine:>8.3f} s{theirs:>12.3f} s{mine / theirs:>8.2f}")
    print(f"{'a button meanwhile, acknowledged':<42}{desk.button or 0:>8.3f} s")


def _measure(home: Path, module: str, *, button: bool) -> Felt:
    with SlackServer() as slack:
        slack.subscriptions = SUBSCRIPTIONS
        slack.grant_only(*granted())
        people = [slack.add_user(f"U{n:03}ASKER").id for n in range(AT_ONCE + 1)]
        bot = RunningBot(slack, home, module=module, HF_HUB_OFFLINE="1").connected(120)
        try:
            first = slack.say(people[-1], slack.dm(people[-1]), QUESTIONS[0]).wait_acked(30)
            _until(slack, [first], 30)
            shown = slack.messages(first.channel, thread_ts=first.ts)[-1]
            began = time.monotonic()
            asked = [
                slack.say(who, slack.dm(who), QUESTIONS[n % len(QUESTIONS)]) for n, who in enumerate(people[:AT_ONCE])
            ]
            pressed = slack.press(people[-1], shown, "show_passage:1") if button else None
            seen: dict[str, float] = {}
            done: dict[str, float] = {}
            while len(done) < len(asked) and time.monotonic() - began < 120:
                for one in asked:
                    replies = slack.messages(one.channel, thread_ts=one.ts)
                    if replies:
                        seen.setdefault(one.ts, replies[0].posted_at - began)
                    if replies and _is_answer(replies[0].text):
                        done.setdefault(one.ts, time.monotonic() - began)
                time.sleep(0.01)
            for one in asked:
                one.wait_acked(30)
            acked = [one.slowest_ack for one in asked]
            felt = pressed.wait_acked(30).slowest_ack if pressed else None
        finally:
            bot.stop()
    return Felt(acked, list(seen.values()), list(done.values()), felt)


def _until(slack: SlackServer, asked: list[Delivery], timeout: float) -> None:
    def there() -> bool:
        replies = [slack.messages(one.channel, thread_ts=one.ts) for one in asked]
        return all(found and _is_answer(found[-1].text) for found in replies)

    slack.wait_for(there, timeout, "answers")
    time.sleep(0.5)


def _is_answer(text: str) -> bool:
    return bool(text) and not text.startswith("Looking")


def _p99(values: list[float]) -> float:
    return sorted(values)[max(0, round(0.99 * len(values)) - 1)]


if __name__ == "__main__":
    main()
