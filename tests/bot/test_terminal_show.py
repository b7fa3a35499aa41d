"""`desk show REF`: the record of a decision, the same a year later."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.asked import Asked, Place
from bot.inbox import Inbox
from bot.records import Records, reference_of
from bot.rendering.decision_record import decision_record
from bot.settings import Settings
from bot.store import open_store
from bot.terminal import app
from tests.bot.a_session import a_session
from tests.builders import a_passage, an_answer, an_edition


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Settings, str, str]:
    """Settings, the question's id, and the text as it was given on the day."""
    settings = Settings(home=tmp_path)
    engine = open_store(settings.database)
    owed = Inbox(engine, "one").record(Asked("Ev1", Place.DIRECT, "T1", "D1", "U0OFFICER", "who decides [name]"))
    assert owed is not None
    edition = an_edition(title="Invented Recording Rules")
    answer = an_answer(a_passage("Only the registrar decides.", edition=edition), question="who decides [name]")
    records = Records(engine)
    records.keep(owed.id, answer)
    given = records.by_reference(reference_of(owed.id))
    assert given is not None
    text = decision_record(answer, given.reference, given.asker, given.answered_at)
    engine.dispose()
    return settings, owed.id, text


def shown(settings: Settings, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["show", *arguments], obj=a_session(home=settings.home))
    return done.exit_code, done.output


def test_an_answer_is_shown_byte_for_byte_as_it_was_given(kept: tuple[Settings, str, str]) -> None:
    """From the record alone: nothing is published in this data directory at all."""
    settings, question, text = kept

    assert (0, text) == shown(settings, reference_of(question))
    assert (0, text) == shown(settings, reference_of(question).lower())


def test_it_holds_question_date_edition_build_quotation_asker_and_reference(kept: tuple[Settings, str, str]) -> None:
    _, question, text = kept

    for part in (
        f"reference {reference_of(question)}",
        "Asked by U0OFFICER on",
        "who decides [name]",
        "As at: 22 November 2026",
        "Build: 20261122-000000-abcdef",
        "[1] \u201cOnly the registrar decides.\u201d",
        "Invented Recording Rules, edition 2026/27",
        "page 1",
    ):
        assert part in text


def test_scripts_get_the_answer_as_json(kept: tuple[Settings, str, str]) -> None:
    settings, question, _ = kept
    code, said = shown(settings, reference_of(question), "--json")

    assert 0 == code
    assert "who decides [name]" == json.loads(said)["question"]


@pytest.mark.parametrize("reference", ["FFFFFFFF", "%", "a", "________", ""])
def test_a_reference_that_leads_nowhere_is_one_sentence(kept: tuple[Settings, str, str], reference: str) -> None:
    code, said = shown(kept[0], reference)

    assert 2 == code
    assert "Traceback" not in said
