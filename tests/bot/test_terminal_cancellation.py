"""`desk cancellation`: the check at the command line, by options and by being asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from bot import wiring
from bot.commands import cancellation as command
from bot.commands.session import Session
from bot.rendering.terminal_cancellation import check_view
from bot.settings import Settings
from ingest.publish import publish
from knowledge.cancellation.check_cancellation import check_cancellation
from knowledge.model import Passage
from tests.bot.a_session import desk_command, printed
from tests.builders import TODAY
from tests.knowledge.cancellation.scenarios import a_form
from tests.knowledge.cancellation.some_guidance import SomeGuidance, the_digest, the_digest_of_2013

BUILD = "20261123-000000"
RAPE = (
    *("--criterion", "C2", "--crime", "rape", "--relied-on", "victim-withdrew", "--deciding", "supervisor"),
    *("--independent", "yes", "--told", "not-yet", "--pressure", "not-considered"),
)
Typing = Callable[..., Result]


def published_in(home: Path, passages: Sequence[Passage]) -> Session:
    """A session on a published build of which the plain files are there: the check opens no index."""
    directory = home / "builds" / BUILD
    directory.mkdir(parents=True)
    editions = [_plain(edition) for edition in dict.fromkeys(passage.edition for passage in passages)]
    records = [_record(passage) for passage in passages]
    (directory / "editions.json").write_text(json.dumps(editions))
    (directory / "passages.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    made = {"id": BUILD, "created": "now", "created_by": "tests", "passages": len(records), "splitter": "1", "units": 1}
    (directory / "MANIFEST.json").write_text(json.dumps({**made, "model": {}, "changes": {}, "files": {}}))
    publish(home, BUILD)
    return Session(Settings(home=home, today=TODAY), published=wiring.published)


def _plain(record: Any) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(record).items()}


def _record(passage: Passage) -> dict[str, Any]:
    names = [name for name in Passage.__dataclass_fields__ if name != "edition"]
    return {**{name: getattr(passage, name) for name in names}, "edition": passage.edition.key}


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return published_in(tmp_path / "home", (*the_digest(), *the_digest_of_2013()))


@pytest.fixture
def typing(session: Session, monkeypatch: pytest.MonkeyPatch) -> Typing:
    """Run the command as at a terminal, with these lines typed."""

    def run(*lines: str, options: Sequence[str] = ()) -> Result:
        waiting = list(lines)

        def answer(prompt: str) -> str:
            if not waiting:
                raise EOFError
            return waiting.pop(0)

        monkeypatch.setattr(command, "_attended", lambda: True)
        monkeypatch.setattr("builtins.input", answer)
        result = desk_command("cancellation", *options, session=session)
        assert not waiting
        return result

    return run


def test_json_prints_one_object_with_lines_citations_and_notices(session: Session) -> None:
    result = desk_command("cancellation", *RAPE, "--json", session=session)

    told = json.loads(result.stdout)
    assert (0, BUILD, "C2", TODAY.isoformat()) == (result.exit_code, told["build"], told["criterion"], told["as_at"])
    verdicts = [line["verdict"] for line in told["lines"]]
    assert ["NOT MET", "NOT MET", "REGISTRAR ONLY", "MET", "NOT MET", "NOT MET", "UNCLEAR", "MET"] == verdicts
    assert {"rule", "verdict", "says", "missing", "citations"} == set(told["lines"][0])
    numbers = [citation["number"] for citation in told["citations"]]
    assert list(range(1, len(numbers) + 1)) == numbers
    assert {number for line in told["lines"] for number in line["citations"]} <= set(numbers)
    assert "no decision and no permission" in told["notices"][-1]


def test_it_is_shown_in_the_terminal_with_the_rules_quoted(session: Session) -> None:
    shown = desk_command("cancellation", *RAPE, session=session).stdout

    words = " ".join(shown.split())
    assert "Check under C2 as at" in words
    assert "1 REGISTRAR ONLY" in words
    assert "Missing: A decision by a Force Crime Registrar on the College of Policing register." in words
    assert "Cancelling a rape or a homicide" in words
    assert "The desk informs; the Force Crime Registrar decides." in words


def test_several_grounds_are_given_again_or_after_a_comma(session: Session) -> None:
    rest = ("--criterion", "c4", "--crime", "46", "--deciding", "supervisor", "--independent", "no", "--json")
    rest = (*rest, "--pressure", "considered")

    again = desk_command(
        "cancellation", *rest, "--relied-on", "duplicate", "--relied-on", "wrong-class", session=session
    )
    comma = desk_command("cancellation", *rest, "--relied-on", "duplicate,wrong-class", session=session)

    assert json.loads(again.stdout)["lines"] == json.loads(comma.stdout)["lines"] != []


def test_a_date_without_a_reviewed_table_says_so_and_shows_what_is_held(session: Session) -> None:
    result = desk_command("cancellation", *RAPE, "--as-at", "April 2013", session=session)

    words = " ".join(result.stdout.split())
    assert 0 == result.exit_code
    assert "No reviewed table of the cancellation rules fits 1 April 2013" in words
    assert "What is held" in words
    assert "No crimes" in words


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--criterion", "C6"], "--criterion has no such choice; choose from C1, C2, C3, C4, C5."),
        (["--relied-on", "a-hunch"], "--relied-on has no such choice; choose from victim-withdrew"),
        (["--told", "perhaps"], "--told has no such choice"),
        (["--crime", "he punched me in the pub"], "Give the crime by its class or offence code"),
        (["--as-at", "yesterdayish"], "is not a date"),
        (["--independent", "maybe"], "--independent has no such choice; choose from yes, no."),
    ],
)
def test_a_wrong_choice_is_one_clear_sentence(session: Session, options: list[str], says: str) -> None:
    result = desk_command("cancellation", *RAPE, *options, session=session)

    assert (2, "") == (result.exit_code, result.stdout)
    assert result.stderr.startswith(says) or says in result.stderr
    assert 1 == len(result.stderr.strip().splitlines())


def test_what_is_missing_is_named_where_nobody_can_be_asked(session: Session) -> None:
    nothing = desk_command("cancellation", session=session)
    some = desk_command("cancellation", "--criterion", "C5", "--crime", "105A", "--json", session=session)

    assert [2, 2] == [nothing.exit_code, some.exit_code]
    assert "Missing: --criterion, --crime, --relied-on" in nothing.stderr
    assert "Missing: --relied-on, --deciding, --independent, --told, --pressure" in some.stderr


def test_what_does_not_matter_under_a_criterion_need_not_be_given(session: Session) -> None:
    given = ("--criterion", "C1", "--crime", "46", "--relied-on", "other-force-crime-reference", "--told", "by-phone")

    result = desk_command("cancellation", *given, "--json", session=session)

    assert (0, {"MET"}) == (result.exit_code, {line["verdict"] for line in json.loads(result.stdout)["lines"]})


def test_nothing_published_is_said_before_anyone_fills_in_a_form(tmp_path: Path) -> None:
    session = Session(Settings(home=tmp_path / "empty", today=TODAY), published=wiring.published)

    result = desk_command("cancellation", session=session)

    assert (1, True) == (result.exit_code, "desk ingest" in result.stderr)


def test_a_damaged_offence_list_is_one_sentence(session: Session) -> None:
    (session.settings.home / "builds" / BUILD / "offences.jsonl").write_text("{")

    result = desk_command("cancellation", *RAPE, session=session)

    assert (1, True) == (result.exit_code, f"Build {BUILD} is damaged" in result.stderr)


def test_at_a_terminal_each_question_is_asked_with_numbered_choices(typing: Typing) -> None:
    result = typing("2", "1", "10", "2", "1", "6", "3", "3", "")

    words = " ".join(result.stdout.split())
    assert 0 == result.exit_code
    for question in ("Under which criterion?", "What kind of crime", "What is relied on?", "Who is deciding?"):
        assert question in words
    assert "1 Rape or attempted rape" in words
    assert "Check under C2" in words
    assert "REGISTRAR ONLY The decision is for the person the rules name" in words


def test_at_a_terminal_a_wrong_number_or_class_is_asked_for_again(typing: Typing) -> None:
    result = typing("9", "3", "three", "3", "he hit me", "46", "1, 99", "1, 2", "3", "1", "last tuesday", "")

    assert 0 == result.exit_code
    assert "Type one number, 1 to 5." in result.stdout
    assert "Type one or more numbers" in result.stdout
    assert "Give the crime by its class or offence code" in " ".join(result.stdout.split())
    assert "is not a date" in result.stdout
    assert "Check under C3" in result.stdout


def test_at_a_terminal_only_what_was_not_given_is_asked(typing: Typing) -> None:
    result = typing("1", "3", options=RAPE[:-2])

    assert 0 == result.exit_code
    assert "Under which criterion?" not in result.stdout
    assert "Were fear, pressure and coercion considered?" in result.stdout


def test_leaving_the_form_ends_it_without_a_fault(typing: Typing) -> None:
    result = typing("2", "1")

    assert 1 == result.exit_code
    assert "Check under" not in result.stdout


@pytest.mark.parametrize("width", [32, 80, 200])
def test_no_line_is_wider_than_the_window_and_none_ends_in_blanks(width: int) -> None:
    result = check_cancellation(a_form("C2", "rape", "victim-withdrew"), SomeGuidance(the_digest()))

    lines = printed(check_view(result), width).splitlines()

    assert max(len(line) for line in lines) <= width
    assert not any(line.endswith(" ") for line in lines)
