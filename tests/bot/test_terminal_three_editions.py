"""Three editions of one document whose rule changes twice, from the command line: to the day, withdrawn, put right."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot import wiring
from bot.asked import Asked, Place
from bot.commands.session import Session
from bot.inbox import Inbox
from bot.records import Records, reference_of
from bot.settings import Settings
from bot.store import open_store
from ingest.build import IngestReport, ingest
from ingest.publish import build_ids
from knowledge.adapters.published_builds import PublishedBuilds
from knowledge.ask import Desk
from tests.bot.a_session import desk_command
from tests.fakes import FakeClock, FakeEmbedder

pytestmark = pytest.mark.slow
TODAY = date(2026, 11, 22)
LIMIT = "how many hours after the report must a crime be recorded"
COUNTING = "how many crimes are counted when there are two victims"
EDITIONS = (
    ("2024/25", "2024-04-01", "2025-03-31", 72),
    ("2025/26", "2025-04-01", "2026-03-31", 48),
    ("2026/27", "2026-04-01", "", 24),
)
WITHDRAWN = 'withdrawn = 2026-11-21\nwithdrawn_reason = "it printed the wrong limit"\n'
RULES = """# Invented Rules

## Time limits

A crime must be recorded no later than {hours} hours after the report.

## Counting

One crime is counted for each victim, so that two crimes are counted when there are two victims.
"""


def sources(folder: Path, withdrawn: str = "") -> str:
    """The three editions, `withdrawn` being the label of the one that was withdrawn yesterday."""
    told = []
    for label, begins, ends, hours in EDITIONS:
        file = f"rules-{begins}.md"
        (folder / file).write_text(RULES.format(hours=hours))
        told.append(
            f'[[document]]\nid = "rules"\ntitle = "Invented Rules"\npublisher = "Nobody"\nauthority = "national_rule"\n'
            f'edition = "{label}"\neffective_from = {begins}\nfile = "{file}"\n'
            + (f"effective_to = {ends}\n" if ends else "")
            + (
                'withdrawn = 2026-11-21\nwithdrawn_reason = "it printed the wrong limit"\n'
                if label == withdrawn
                else ""
            )
        )
    (folder / "sources.toml").write_text("\n".join(told))
    return str(folder / "sources.toml")


def a_session(home: Path) -> Session:
    def with_fake(settings: Settings, named: Sequence[Path], dry_run: bool, progress: wiring.Report) -> IngestReport:
        fake = FakeEmbedder()
        return ingest(named, home=settings.home, embedder=fake, by="tests", progress=progress, today=TODAY)

    def with_fake_desk(settings: Settings) -> Desk:
        builds = PublishedBuilds(settings.home, FakeEmbedder().fingerprint)
        return Desk(builds, FakeEmbedder(), FakeClock(TODAY))

    return Session(Settings(home=home, today=TODAY), wire=with_fake_desk, ingest=with_fake)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the three editions, only to be read."""
    folder = tmp_path_factory.mktemp("three")
    done = desk_command("ingest", "--sources", sources(folder), session=a_session(folder / "home"))
    assert 0 == done.exit_code, done.output
    return folder / "home"


@pytest.fixture
def session(published: Path, tmp_path: Path) -> Session:
    """A session on a data directory of its own, with the three editions."""
    shutil.copytree(published, tmp_path / "home")
    return a_session(tmp_path / "home")


def asked(session: Session, question: str, *days: str) -> list[dict[str, Any]]:
    """The answers as at these days, from one `desk ask --batch`."""
    batch = session.settings.home.with_name("questions.jsonl")
    batch.write_text("".join(json.dumps({"id": day, "question": question, "as_at": day}) + "\n" for day in days))
    done = desk_command("ask", "--batch", str(batch), session=session)
    assert 0 == done.exit_code, done.output
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert list(days) == [one["as_at"] for one in answers]
    return answers


def given(session: Session, *answers: tuple[str, date]) -> list[str]:
    """As if the desk had answered these in Slack; the references that stand below the answers."""
    references = []
    engine = open_store(session.settings.database)
    desk = session.wire(session.settings)
    for number, (question, as_at) in enumerate(answers):
        place = Asked(f"Ev{number}", Place.DIRECT, "T1", "D1", "U0OFFICER", question, f"1.{number}", "1.1")
        owed = Inbox(engine, "one").record(place)
        assert owed is not None
        Records(engine).keep(owed.id, desk.ask(question, as_at=as_at))
        references.append(reference_of(owed.id))
    engine.dispose()
    return references


def recalled(session: Session) -> set[tuple[str, str]]:
    """Question and as-at date of each answer that the last build made wrong."""
    first, second = build_ids(session.settings.home)[-2:]
    done = desk_command("recall", first, second, "--json", session=session)
    assert 0 == done.exit_code, done.output
    return {(row["question"], row["as_at"]) for row in json.loads(done.stdout)["answers"]}


def test_each_day_is_answered_by_its_own_edition_the_last_and_the_first_days_too(published: Path) -> None:
    wanted = [
        (day, label, hours) for label, begins, ends, hours in EDITIONS for day in (begins, ends or TODAY.isoformat())
    ]
    answers = asked(a_session(published), LIMIT, *(day for day, _, _ in wanted))

    for answer, (_, label, hours) in zip(answers, wanted, strict=True):
        assert "answered" == answer["status"]
        assert {label} == {one["edition"] for one in answer["citations"]}
        assert f"{hours} hours" in answer["citations"][0]["quote"]


def test_the_day_before_the_first_edition_is_not_answered_with_a_later_rule(published: Path) -> None:
    (answer,) = asked(a_session(published), LIMIT, "2024-03-31")

    assert "not_covered" == answer["status"]
    assert any("31 March 2024" in notice for notice in answer["notices"])


def test_withdrawing_the_middle_edition_leaves_its_days_without_one_and_the_others_as_they_were(
    session: Session, tmp_path: Path
) -> None:
    done = desk_command("ingest", "--sources", sources(tmp_path, "2025/26"), "--yes", "wrong limit", session=session)
    assert 0 == done.exit_code, done.output

    before, first, last, after = asked(session, LIMIT, "2025-03-31", "2025-04-01", "2026-03-31", "2026-04-01")
    for answer in (first, last):
        assert "not_covered" == answer["status"]
        assert [] == [one for one in answer["citations"] if one["edition"] == "2025/26"]
    assert "72 hours" in before["citations"][0]["quote"]
    assert "24 hours" in after["citations"][0]["quote"]
    shown = desk_command("builds", "show", session=session).stdout
    assert "withdrawn on 21 November 2026: it printed the wrong limit" in " ".join(shown.split())


def test_an_answer_is_shown_again_byte_for_byte_once_its_edition_is_withdrawn_and_the_build_is_gone(
    session: Session, tmp_path: Path
) -> None:
    (reference,) = given(session, (LIMIT, date(2025, 6, 1)))
    given_then = desk_command("show", reference, session=session).stdout_bytes
    scripts = desk_command("show", reference, "--json", session=session).stdout_bytes
    assert b"48 hours" in given_then
    first = build_ids(session.settings.home)[-1]
    desk_command("ingest", "--sources", sources(tmp_path, "2025/26"), "--yes", "wrong limit", session=session)
    shutil.rmtree(session.settings.home / "builds" / first)

    assert given_then == desk_command("show", reference, session=session).stdout_bytes
    assert scripts == desk_command("show", reference, "--json", session=session).stdout_bytes


def test_the_recall_list_names_exactly_the_answers_that_cited_what_was_withdrawn(
    session: Session, tmp_path: Path
) -> None:
    days = (date(2025, 3, 31), date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 1))
    given(session, *((question, day) for question in (LIMIT, COUNTING) for day in days))
    desk_command("ingest", "--sources", sources(tmp_path, "2025/26"), "--yes", "wrong limit", session=session)

    assert {(question, day) for question in (LIMIT, COUNTING) for day in ("2025-04-01", "2026-03-31")} == recalled(
        session
    )


def test_the_recall_list_names_exactly_the_answers_that_cited_the_changed_passage(
    session: Session, tmp_path: Path
) -> None:
    days = (date(2025, 3, 31), date(2025, 4, 1), date(2026, 4, 1), TODAY)
    given(session, *((question, day) for question in (LIMIT, COUNTING) for day in days))
    named = sources(tmp_path)
    (tmp_path / "rules-2026-04-01.md").write_text(RULES.format(hours=12))
    done = desk_command("ingest", "--sources", named, session=session)
    assert 0 == done.exit_code, done.output

    assert {(LIMIT, "2026-04-01"), (LIMIT, "2026-11-22")} == recalled(session)
    compared = desk_command("builds", "compare", *build_ids(session.settings.home)[-2:], session=session).stdout
    assert "24" in compared
    assert "12" in compared
    assert "two victims" not in compared
