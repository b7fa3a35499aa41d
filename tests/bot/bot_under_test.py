"""The bot as a process, with a desk that a test can slow down: `python -m tests.bot.bot_under_test`.

Everything but the desk is what `desk run` runs. The environment says what the desk does:
FAKE_DESK_SLOW: seconds each answer takes. FAKE_DESK_FAULT: the exception text each answer ends with.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.settings import load_settings
from bot.slack_app import run_slack
from knowledge.errors import DeskError
from knowledge.model import Answer, Authority, Status
from tests.builders import a_passage, an_answer, an_edition
from tests.fakes import FakeBuild, FakeBuilds, FakeEmbedder

RULE = "A crime must be recorded within 24 hours of the report."
POLICY = "The supervisor is told by the end of the tour of duty."


def passages():
    policy = an_edition(document="policy", title="Invented Force Policy", authority=Authority.FORCE_POLICY, url="")
    return (
        a_passage("The clock starts when the report is received.", ordinal=9),
        a_passage(RULE, ordinal=10),
        a_passage("Delay is explained in the record.", ordinal=11),
        a_passage(POLICY, edition=policy, ordinal=3, path=("Telling a supervisor",)),
    )


@dataclass
class FakeDesk:
    """Answers every question with the same rule, and says what was asked before it."""

    builds: FakeBuilds = field(default_factory=lambda: FakeBuilds(FakeBuild(passages(), FakeEmbedder())))

    def ask(self, text: str, *, as_at: date | None = None, earlier: Sequence[str] = ()) -> Answer:
        time.sleep(float(os.environ.get("FAKE_DESK_SLOW", "0")))
        if fault := os.environ.get("FAKE_DESK_FAULT"):
            raise RuntimeError(f"{fault}: {text}")
        notices = (f"Asked: {text}", *(f"Asked before: {words}" for words in earlier))
        held = {passage.text: passage for passage in passages()}
        given = {"question": text, "notices": notices, "build": "fake-build", **({"as_at": as_at} if as_at else {})}
        if text == "ask back please":
            options = ("under 13", "13 or over")
            return an_answer(held[RULE], **given, status=Status.NEEDS_CLARIFYING, statements=(), options=options)
        return an_answer(held[RULE], held[POLICY], **given)


def main() -> int:
    try:
        return run_slack(load_settings(os.environ, env_file=None), FakeDesk())
    except DeskError as fault:
        print(fault, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
