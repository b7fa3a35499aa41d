"""`desk recall`: the answers that a published change has made wrong, and nobody told twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.asked import Asked, Place
from bot.commands.session import Session
from bot.holding import published_build
from bot.inbox import Inbox
from bot.records import Records
from bot.settings import Settings
from bot.store import open_store
from bot.terminal import app
from ingest.publish import build_ids
from knowledge.adapters.build_passages import read_passages
from knowledge.model import Citation, Statement
from tests.bot.some_builds import TEXT, an_ingesting_session, some_guidance
from tests.builders import an_answer
from tests.slack_server import SlackServer

STAYS = "\n## Who decides\n\nThe registrar decides in every case that is in doubt.\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two builds: the later one makes 48 hours of 24. Two answers were given from the first, one on each rule."""
    folder, place = some_guidance(tmp_path / "guidance"), tmp_path / "home"
    session = an_ingesting_session(place)
    (folder / "rules.md").write_text(TEXT + STAYS)
    run(session, "ingest", "--sources", str(folder / "sources.toml"))
    passages = read_passages(place / "builds" / build_ids(place)[0], published_build(place))
    engine = open_store(session.settings.database)
    for number, words in enumerate(("24 hours", "registrar decides")):
        passage = next(one for one in passages if words in one.text)
        asked = Asked(f"Ev{number}", Place.DIRECT, "T1", "D1", "U0OFFICER", f"about {words}", f"1.{number}", "1.1")
        owed = Inbox(engine, "one").record(asked)
        assert owed is not None
        cited = Citation(1, passage, passage.text)
        answer = an_answer(
            passage,
            question=f"about {words}",
            citations=(cited,),
            statements=(Statement(passage.text, (1,)),),
        )
        Records(engine).keep(owed.id, answer)
    engine.dispose()
    (folder / "rules.md").write_text(TEXT.replace("24", "48") + STAYS)
    run(session, "ingest", "--sources", str(folder / "sources.toml"))
    return place


def run(session: Session, *arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments), obj=session)
    assert 0 == done.exit_code, done.output
    return done.output


def test_exactly_the_answers_that_cited_the_changed_rule_are_listed(home: Path) -> None:
    said = run(an_ingesting_session(home), "recall", *build_ids(home))

    assert "about 24 hours" in said
    assert "about registrar decides" not in said
    assert "1 answer of the last 90 days" in said


def test_scripts_get_them_as_json(home: Path) -> None:
    (row,) = json.loads(run(an_ingesting_session(home), "recall", *build_ids(home), "--json"))["answers"]

    assert ("about 24 hours", ["altered"], False) == (
        row["question"],
        [change["became"] for change in row["changes"]],
        row["told"],
    )


def test_each_asker_is_told_once_what_they_asked_and_what_it_reads_now(home: Path) -> None:
    with SlackServer() as slack:
        settings = Settings(
            home=home, slack_bot_token=slack.bot_token, slack_api_url=slack.environment()["SLACK_API_URL"]
        )
        session = Session(settings)
        for _ in range(2):
            run(session, "recall", *build_ids(home), "--tell")

        (told,) = slack.messages("D0OFFICER")
        shown = slack.visible_text(told)
        for words in ("about 24 hours", "within 24 hours", "within 48 hours", "ask again"):
            assert words in shown


def test_telling_without_a_token_is_wrong_use(home: Path) -> None:
    done = CliRunner().invoke(app, ["recall", *build_ids(home), "--tell"], obj=an_ingesting_session(home))

    assert 2 == done.exit_code
    assert "SLACK_BOT_TOKEN" in done.output
