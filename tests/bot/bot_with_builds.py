"""The bot as a process on real builds, with an embedder that needs no model: `python -m tests.bot.bot_with_builds`.

With `build DRAFT BY FILE` it is the child that builds what administrators load. FAKE_BUILD_WAITS names a file for which
the child waits before it builds, so that a test can look, or kill, meanwhile.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from bot.load_build import main as build
from bot.settings import Settings, load_settings
from bot.slack_app import run_slack
from bot.wiring import Report, SystemClock, ingest_draft
from ingest.report import IngestReport
from knowledge.adapters.published_builds import PublishedBuilds
from knowledge.ask import Desk
from knowledge.errors import DeskError
from tests.fakes import FakeEmbedder


def with_fake(settings: Settings, draft: str, by: str, progress: Report) -> IngestReport:
    """Build as `desk ingest` does."""
    progress("Reading documents", 0, 1)
    wait_for = os.environ.get("FAKE_BUILD_WAITS")
    until = time.monotonic() + 60
    while wait_for and not Path(wait_for).exists() and time.monotonic() < until:
        time.sleep(0.05)
    return ingest_draft(settings, draft, by, progress, FakeEmbedder())


def main() -> int:
    try:
        if sys.argv[1:2] == ["build"]:
            return build(sys.argv[2:], with_fake)
        settings = load_settings(os.environ, env_file=None)
        builds = PublishedBuilds(settings.home, FakeEmbedder().fingerprint)
        desk = Desk(builds, FakeEmbedder(), SystemClock(settings.today))
        return run_slack(settings, desk, ("tests.bot.bot_with_builds", "build"))
    except DeskError as fault:
        print(fault, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
