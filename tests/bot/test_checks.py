"""A cancellation check for the record: the same a year later, and nothing personal in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.checks import UNRECORDED, Checks, Outcome
from bot.kept_checks import check_record, form_of, result_of
from bot.rendering.cancellation_result import RECORD, result_modal
from bot.rendering.check_record import check_record_text
from bot.settings import Settings
from bot.store import open_store
from bot.tables import checks as table
from knowledge.cancellation.check_cancellation import check_cancellation
from knowledge.notices import spoken_date
from tests.bot.a_session import a_session, desk_command
from tests.bot.test_terminal_cancellation import RAPE, published_in
from tests.knowledge.cancellation.scenarios import SCENARIOS, a_form
from tests.knowledge.cancellation.some_guidance import SomeGuidance, the_digest, the_digest_of_2013

GUIDANCE = SomeGuidance((*the_digest(), *the_digest_of_2013()))
FORM = a_form("C2", "rape", "victim-withdrew", decider="supervisor")
RESULT = check_cancellation(FORM, GUIDANCE)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_store(Settings(home=tmp_path).database)
    yield opened
    opened.dispose()


@pytest.mark.parametrize("scenario", SCENARIOS[::9], ids=lambda scenario: scenario.name.replace(" ", "-"))
def test_a_check_is_the_same_after_it_was_kept(scenario) -> None:
    result = check_cancellation(scenario.form, GUIDANCE)
    kept = json.loads(json.dumps(check_record(scenario.form, result)))

    assert replace(scenario.form, offence=kept["form"]["offence"]) == form_of(kept["form"])
    assert result.to_json() == result_of(kept).to_json()
    assert [one.passage.digest for one in result.citations] == [one.passage.digest for one in result_of(kept).citations]


def test_its_text_has_date_edition_build_form_lines_what_is_missing_and_the_rules_quoted(engine: Engine) -> None:
    checks = Checks(engine, now=lambda: 1_795_000_000.0)
    taken = checks.take(checks.keep(FORM, RESULT), "T1", "U0SUPERVISOR")

    assert taken is not None
    text = check_record_text(taken)
    for part in (
        f"cancellation check, reference {taken.reference}",
        "Asked by U0SUPERVISOR on 18 November 2026 at",
        f"As at: {spoken_date(RESULT.as_at)}",
        f"Edition: {RESULT.edition}",
        "Build: some-guidance",
        "- Criterion: C2: additional verifiable information",
        "- Recorded crime: Rape or attempted rape",
        "- Relied on: The victim has withdrawn",
        "- Deciding: A supervisor who is not a designated decision maker",
        "NOT MET: What is relied on can be additional verifiable information",
        "REGISTRAR ONLY: ",
        "    Missing: A decision by a Force Crime Registrar on the College of Policing register.",
        f"[1] “{RESULT.citations[0].quote}”",
        "no decision and no permission",
    ):
        assert part in text
    assert all(line.verdict + ": " + line.rule in text for line in RESULT.lines)


def test_where_no_table_fits_the_date_the_record_says_so_and_shows_what_is_held(engine: Engine) -> None:
    form = a_form("C2", "rape", "victim-withdrew", as_at=date(2013, 4, 1))
    checks = Checks(engine)
    taken = checks.take(checks.keep(form, check_cancellation(form, GUIDANCE)), "T1", "U0SUPERVISOR")

    assert taken is not None
    text = check_record_text(taken)
    assert "no reviewed table of the cancellation rules fits this date" in text
    assert "Held for that date, shown as it stands:" in text
    assert "Result:" not in text


def test_it_is_found_by_its_reference_once_it_was_taken_and_not_before(engine: Engine) -> None:
    checks = Checks(engine)
    check = checks.keep(FORM, RESULT)

    assert checks.by_reference(check[:8]) is None
    taken = checks.take(check, "T1", "U0SUPERVISOR")
    assert taken == checks.by_reference(check[:8].upper()) == checks.take(check, "T1", "U0SUPERVISOR")


def test_another_person_cannot_take_it_for_theirs(engine: Engine) -> None:
    checks = Checks(engine)
    check = checks.keep(FORM, RESULT)
    checks.take(check, "T1", "U0SUPERVISOR")

    assert checks.take(check, "T1", "U0OFFICER") is None


def whole(engine: Engine) -> str:
    with engine.begin() as connection:
        return str([dict(row._mapping) for row in connection.execute(select(table))])


def test_of_one_that_nobody_took_only_criterion_and_outcome_are_left_after_a_day(engine: Engine) -> None:
    clock = [1000.0]
    checks = Checks(engine, now=lambda: clock[0])
    check = checks.keep(FORM, RESULT)
    taken = checks.keep(FORM, RESULT)
    checks.take(taken, "T1", "U0SUPERVISOR")
    clock[0] += UNRECORDED + 1
    checks.forget(before=0.0)

    assert checks.take(check, "T1", "U0OFFICER") is None
    assert checks.by_reference(taken[:8]) is not None
    verdicts = {"NOT MET": 4, "REGISTRAR ONLY": 1, "MET": 2, "UNCLEAR": 1}
    assert ["C2", "C2"] == [one.criterion for one in checks.outcomes(0.0, 2000.0)]
    assert sum(verdicts.values()) == sum(checks.outcomes(0.0, 2000.0)[0].verdicts.values())


def test_what_is_old_or_erased_by_its_person_leaves_no_name_and_no_form(engine: Engine) -> None:
    checks = Checks(engine, now=lambda: 1000.0)
    for act in (lambda: checks.erase("T1", "U0SUPERVISOR"), lambda: checks.forget(before=2000.0)):
        check = checks.keep(FORM, RESULT)
        checks.take(check, "T1", "U0SUPERVISOR")
        act()
        assert "U0SUPERVISOR" not in whole(engine)
        assert "victim-withdrew" not in whole(engine)
    assert [Outcome] * 2 == [type(one) for one in checks.outcomes(0.0, 2000.0)]


def test_what_was_typed_beside_rape_is_not_kept(engine: Engine) -> None:
    """The field for a class stands in the form whatever is chosen above it, and is read only for other crimes."""
    form = replace(FORM, offence="vic is Jane Placeholder")
    Checks(engine).keep(form, check_cancellation(form, GUIDANCE))

    assert "Placeholder" not in whole(engine)


def test_the_result_in_slack_offers_the_record_only_where_it_was_kept() -> None:
    assert RECORD in str(result_modal(RESULT, "0" * 32).to_dict())
    assert RECORD not in str(result_modal(RESULT).to_dict())


def test_from_the_command_line_it_is_opened_again_byte_for_byte_whatever_is_published(tmp_path: Path) -> None:
    session = published_in(tmp_path, (*the_digest(), *the_digest_of_2013()))
    given = desk_command("cancellation", *RAPE, "--record", session=session)
    reference = given.stdout.split("reference ", 1)[1].split()[0]
    (tmp_path / "builds" / "CURRENT").unlink()

    shown = desk_command("show", reference, session=a_session(home=tmp_path))
    as_json = desk_command("show", reference, "--json", session=a_session(home=tmp_path))

    assert (0, given.stdout) == (shown.exit_code, shown.stdout)
    assert (reference, "C2", "rape") == (
        (told := json.loads(as_json.stdout))["reference"],
        told["criterion"],
        told["form"]["kind"],
    )


def test_scripts_get_the_reference_with_the_result(tmp_path: Path) -> None:
    session = published_in(tmp_path, the_digest())

    told = json.loads(desk_command("cancellation", *RAPE, "--record", "--json", session=session).stdout)

    assert 8 == len(told["reference"])
    assert "C2" == told["criterion"]
