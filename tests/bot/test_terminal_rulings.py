"""`desk rulings`: what was ruled, and acts on it from the command line, each in the audit trail."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.asked import Asked, Place
from bot.commands.session import Session
from bot.feedback import Feedback
from bot.holding import published_build
from bot.inbox import Inbox
from bot.records import Records
from bot.rulings import RulingStore
from bot.settings import Settings
from bot.store import open_store
from bot.terminal import app
from bot.transactions import Transactions
from ingest.publish import build_ids
from ingest.question_bank import anchor, read_bank
from knowledge.adapters.build_passages import read_passages
from knowledge.model import Citation, Passage
from tests.bot.some_builds import TEXT, an_ingesting_session, some_guidance
from tests.builders import TODAY, a_ruling, an_answer

REF = "5A5A5A5A"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A published build, and a ruling on its one rule."""
    folder, place = some_guidance(tmp_path / "guidance"), tmp_path / "home"
    run(place, "ingest", "--sources", str(folder / "sources.toml"))
    ruling = a_ruling(rule(place), build=build_ids(place)[0])
    engine = open_store(Settings(home=place).database)
    with Transactions(engine).writing() as connection:
        RulingStore(engine).give(connection, ruling, "an enquiry")
    engine.dispose()
    return place


def rule(home: Path) -> Passage:
    build = published_build(home)
    return next(one for one in read_passages(home / "builds" / build.id, build) if "24" in one.text or "48" in one.text)


def tried(home: Path, *arguments: str) -> Result:
    session: Session = an_ingesting_session(home)
    return CliRunner().invoke(app, list(arguments), obj=session)


def run(home: Path, *arguments: str) -> str:
    done = tried(home, *arguments)
    assert 0 == done.exit_code, done.output
    return done.output


def audited(home: Path) -> list[tuple[str, object]]:
    trail = (home / "audit" / "trail.jsonl").read_text().splitlines()
    acts = [json.loads(line) for line in trail]
    return [(one["act"], one["details"].get("ruling")) for one in acts if one["act"].startswith("ruling_")]


def test_rulings_are_listed_and_shown_by_their_reference(home: Path) -> None:
    listed = " ".join(run(home, "rulings").split())
    assert listed.startswith("1 ruling: 1 in force.")
    assert f"{REF} 20 November 2026 \u00b7 in force \u00b7 to be looked at again on 20 November 2027" in listed
    shown = run(home, "rulings", "show", REF.lower())

    for words in ("lollipop lady", "reported by a third party", "within 24 hours", "To be looked at", "2026/27"):
        assert words.lower() in " ".join(shown.lower().split())
    assert f"`desk rulings show {REF}` shows it" in " ".join(tried(home, "show", REF).output.split())


def test_scripts_get_a_ruling_with_its_passages_and_their_digests(home: Path) -> None:
    shown = json.loads(run(home, "rulings", "show", REF, "--json"))
    (listed,) = json.loads(run(home, "rulings", "list", "--json"))["rulings"]

    assert shown == listed
    assert ("in_force", "2027-11-20", build_ids(home)[0]) == (shown["state"], shown["review_on"], shown["build"])
    assert [rule(home).digest] == [one["digest"] for one in shown["rests_on"]]


def test_a_ruling_is_suspended_renewed_and_retired_each_in_the_audit_trail(home: Path) -> None:
    said = " ".join(run(home, "rulings", "suspend", REF, "--reason", "Jane Placeholder doubts it").split())
    assert f"Ruling {REF} \u00b7 suspended, since it was suspended by hand: \u201c[name] doubts it\u201d" in said
    assert f"desk rulings renew {REF} --until DATE" in said
    assert "[name] doubts it" in run(home, "rulings", "show", REF)
    assert 2 == tried(home, "rulings", "suspend", REF, "--reason", "again").exit_code
    assert "1 June 2027" in run(home, "rulings", "renew", REF, "--until", "2027-06-01")
    assert "in_force" == json.loads(run(home, "rulings", "show", REF, "--json"))["state"]
    said = run(home, "rulings", "retire", REF, "--reason", "overtaken")
    assert "retired, since it was retired by hand: \u201covertaken\u201d" in " ".join(said.split())
    assert "Placeholder" not in (home / "audit" / "trail.jsonl").read_text()
    assert 2 == tried(home, "rulings", "renew", REF, "--until", "2027-06-01").exit_code

    ruling = REF.lower() * 4
    assert [("ruling_suspended", ruling), ("ruling_renewed", ruling), ("ruling_retired", ruling)] == audited(home)


def test_a_renewed_ruling_rests_on_the_rule_as_it_reads_now(home: Path) -> None:
    folder = home.parent / "guidance"
    (folder / "rules.md").write_text(TEXT.replace("24", "48"))
    run(home, "ingest", "--sources", str(folder / "sources.toml"))
    run(home, "rulings", "renew", REF, "--until", "2027-06-01")

    shown = json.loads(run(home, "rulings", "show", REF, "--json"))
    assert ([rule(home).digest], build_ids(home)[-1]) == ([o["digest"] for o in shown["rests_on"]], shown["build"])
    assert "48 hours" in shown["rests_on"][0]["quote"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "00000000"), "No one ruling"),
        (("show", "%"), "No one ruling"),
        (("renew", REF, "--until", "2020-01-01"), "still to come"),
        (("suspend", REF, "--reason", " "), "--reason says why"),
    ],
)
def test_wrong_use_is_one_sentence(home: Path, arguments: tuple[str, ...], says: str) -> None:
    done = tried(home, "rulings", *arguments)

    assert 2 == done.exit_code
    assert says in done.output


def test_rulings_and_helpful_answers_are_exported_as_entries_that_a_bank_takes(home: Path, tmp_path: Path) -> None:
    passage = rule(home)
    engine = open_store(Settings(home=home).database)
    records = Records(engine)
    for number, (words, helpful) in enumerate({"how long, vic is [name]": True, "no good": False}.items()):
        asked = Asked(f"Ev{number}", Place.DIRECT, "T1", "D1", "U0OFFICER", words, f"1.{number}", "1.1")
        owed = Inbox(engine, "one").record(asked)
        assert owed is not None
        answer = an_answer(passage, question=words, citations=(Citation(1, passage, passage.text),))
        records.keep(owed.id, answer)
        Feedback(engine, records).keep(owed.id, "U0OFFICER", helpful=helpful)
    engine.dispose()
    bank = tmp_path / "bank"
    bank.mkdir()
    said = run(home, "rulings", "export", str(bank / "offered.toml"), "--helpful")

    assert "2 questions in 1 entry" in said
    (entry,) = read_bank(bank)
    assert ("rules", passage.path) == (entry.document, entry.section)
    assert ("may a lollipop lady report a theft for a child", "how long") == entry.asks
    assert 3 <= len(entry.words.split()) <= 6
    assert () == anchor([entry], [passage]).unresolved
    assert "ruling 5A5A5A5A, an answer marked as helpful" in (bank / "offered.toml").read_text()
    assert 2 == tried(home, "rulings", "export", str(bank / "offered.toml")).exit_code


def test_only_rulings_in_force_are_exported_and_answers_only_when_asked_for(home: Path, tmp_path: Path) -> None:
    run(home, "rulings", "suspend", REF, "--reason", "a doubt")
    run(home, "rulings", "export", str(tmp_path / "offered.toml"))

    assert {} == tomllib.loads((tmp_path / "offered.toml").read_text())
    assert TODAY.isoformat()[:4] in (tmp_path / "offered.toml").read_text()
