"""The cancellation check: what each line says in every scenario, and where in the rules it stands."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.cancellation.check_cancellation import check_cancellation
from knowledge.cancellation.form import ReliedOn
from knowledge.cancellation.result import CheckResult
from knowledge.check_citations import fold
from knowledge.errors import WrongUse
from knowledge.model import Authority
from tests.builders import a_passage, an_edition
from tests.knowledge.cancellation.scenarios import RULES, SCENARIOS, Scenario, a_form
from tests.knowledge.cancellation.some_guidance import SomeGuidance, the_digest, the_digest_of_2013

_SHORT = {rule: name for name, rule in RULES.items()}
each_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name.replace(" ", "-"))


def verdicts(result: CheckResult) -> dict[str, str]:
    return {_SHORT[line.rule]: str(line.verdict) for line in result.lines}


def expected(scenario: Scenario) -> dict[str, str]:
    return {line: verdict for line, (verdict, _) in scenario.expected.items()}


def pages_of(result: CheckResult) -> dict[str, set[int]]:
    cited = {citation.number: citation.passage for citation in result.citations}
    return {_SHORT[line.rule]: {page for n in line.citations for page in cited[n].pages} for line in result.lines}


def test_there_are_scenarios_enough_and_each_has_a_name_of_its_own() -> None:
    assert len(SCENARIOS) >= 60
    assert len(SCENARIOS) == len({scenario.name for scenario in SCENARIOS})
    assert {"C1", "C2", "C3", "C4", "C5"} == {str(scenario.form.criterion) for scenario in SCENARIOS}


@each_scenario
def test_every_line_comes_out_as_the_rules_have_it_by_the_digest_that_ships(
    scenario: Scenario, digest: SomeGuidance
) -> None:
    result = check_cancellation(scenario.form, digest)

    assert expected(scenario) == verdicts(result)
    assert all(line.citations for line in result.lines)


@pytest.mark.slow
@each_scenario
def test_every_line_cites_the_page_of_the_official_rules_that_says_so(
    scenario: Scenario, official: SomeGuidance
) -> None:
    result = check_cancellation(scenario.form, official)

    assert expected(scenario) == verdicts(result)
    cited = pages_of(result)
    assert {} == {
        line: (pages, cited[line]) for line, (_, pages) in scenario.expected.items() if not pages <= cited[line]
    }
    assert all(
        Authority.NATIONAL_RULE is citation.passage.edition.authority
        and fold(citation.quote) in fold(citation.passage.text)
        for citation in result.citations
    )


@pytest.mark.parametrize(
    ("relied_on", "why"),
    [
        ("victim-withdrew", "A withdrawal is never"),
        ("victim-will-not-support", "A refusal to support is never"),
        ("no-further-action", "No further action is never"),
        ("lack-of-evidence", "Absence of evidence is never"),
        ("suspect-denies", "A denial is never"),
        ("no-full-account", "The want of a full account is never"),
    ],
)
def test_what_is_never_additional_verifiable_information_says_why(
    relied_on: str, why: str, digest: SomeGuidance
) -> None:
    alone = check_cancellation(a_form("C2", "34B", relied_on), digest).lines[0]
    beside_cctv = check_cancellation(a_form("C2", "34B", "recorded-evidence", relied_on), digest).lines[0]

    assert ("NOT MET", "MET") == (str(alone.verdict), str(beside_cctv.verdict))
    assert why in alone.says
    assert why in beside_cctv.says


def test_where_the_documents_contradict_each_other_both_are_quoted(digest: SomeGuidance) -> None:
    result = check_cancellation(a_form("C1", "46", "other-force-cri-number"), digest)

    line = result.lines[1]
    quotes = [citation.quote for citation in result.citations if citation.number in line.citations]
    assert "UNCLEAR" == line.verdict
    assert any("crime reference or a CRI number" in quote for quote in quotes)
    assert any("speaks only of a crime reference" in quote for quote in quotes)


def test_a_document_nobody_has_reviewed_is_quoted_where_it_contradicts_the_rules(digest: SomeGuidance) -> None:
    guidance = an_edition(document="outcomes", title="Invented Outcomes", authority=Authority.NATIONAL_GUIDANCE)
    passage = a_passage(
        "Outcomes close crimes. For C1 obtain the crime reference.", edition=guidance, path=("Removal",)
    )

    result = check_cancellation(a_form("C1", "46", "other-force-cri-number"), digest.beside(passage))

    cited = {citation.number: citation.quote for citation in result.citations}
    assert "For C1 obtain the crime reference." in [cited[number] for number in result.lines[1].citations]
    assert any("nobody has reviewed it" in notice and "Invented Outcomes" in notice for notice in result.notices)


def test_force_policy_is_shown_beside_the_rules_and_no_line_rests_on_it(digest: SomeGuidance) -> None:
    policy = an_edition(document="policy", title="Policy of Nowhere", authority=Authority.FORCE_POLICY, label="v1")
    passage = a_passage("A C3 waits for a second signature. Lunch is at noon.", edition=policy, path=("Forms",))

    result = check_cancellation(a_form("C3", "46", "duplicate"), digest.beside(passage))

    (number,) = result.held
    assert "A C3 waits for a second signature." == result.citations[number - 1].quote
    assert all(number not in line.citations for line in result.lines)
    assert any(f"cannot loosen them: [{number}]" in notice for notice in result.notices)


def test_what_the_guidance_on_outcomes_adds_is_named_where_it_is_not_held(digest: SomeGuidance) -> None:
    edition = an_edition(document="crime-recording-rules", title="Crime Recording Rules")
    rules_only = SomeGuidance([a_passage("Nothing of the kind.", edition=edition)])
    form = a_form("C2", "8U", "victim-withdrew")

    assert any("page 29" in notice for notice in check_cancellation(form, rules_only).notices)
    assert not any("page 29" in notice for notice in check_cancellation(form, digest).notices)


def test_a_date_before_the_reviewed_edition_shows_what_is_held_and_checks_nothing() -> None:
    guidance = SomeGuidance((*the_digest(), *the_digest_of_2013()))

    result = check_cancellation(a_form("C2", "rape", "victim-withdrew", as_at=date(2013, 4, 1)), guidance)

    assert ((), "") == (result.lines, result.edition)
    assert {"April 2013"} == {citation.passage.edition.label for citation in result.citations}
    assert list(result.held) == [citation.number for citation in result.citations]
    assert "No reviewed table of the cancellation rules fits 1 April 2013" in result.notices[0]


def test_a_date_for_which_nothing_is_held_says_so(digest: SomeGuidance) -> None:
    result = check_cancellation(a_form(as_at=date(2013, 4, 1)), digest)

    assert ((), ()) == (result.lines, result.citations)
    assert "No edition for it is held" in result.notices[0]


def test_the_result_names_its_date_edition_and_build_and_says_that_it_is_no_decision(digest: SomeGuidance) -> None:
    result = check_cancellation(a_form(), digest)

    assert (date(2026, 6, 1), "some-guidance") == (result.as_at, result.build)
    assert "2026/27" in result.edition
    assert "no decision and no permission" in result.notices[-1]
    assert any("digest" in notice and "official text prevails" in notice for notice in result.notices)


def test_a_form_without_a_ground_or_a_crime_cannot_be_made() -> None:
    with pytest.raises(WrongUse, match="what is relied on"):
        type(a_form())(**{**_fields(), "relied_on": ()})
    with pytest.raises(WrongUse, match="class or the offence code"):
        type(a_form())(**{**_fields(), "offence": " "})


def _fields() -> dict[str, object]:
    form = a_form("C2", "34B", ReliedOn.DUPLICATE)
    return {name: getattr(form, name) for name in type(form).__dataclass_fields__}
