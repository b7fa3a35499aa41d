"""No result ever reads as permission, whatever is on the form, and every line rests on words quoted as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import count, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.cancellation.form import Begun, Criterion, Decider, Form, Kind, Pressure, ReliedOn, Told
from knowledge.cancellation.judge import NO_DECISION, judge
from knowledge.cancellation.load_table import load_table
from knowledge.cancellation.resolve import Resolved, resolve
from knowledge.cancellation.result import CheckResult, Verdict
from knowledge.cancellation.table import Table
from knowledge.check_citations import check_citations, fold
from knowledge.model import Statement
from tests.knowledge.cancellation.scenarios import SCENARIOS, TODAY
from tests.knowledge.cancellation.some_guidance import SomeGuidance, the_digest

PERMISSION = re.compile(
    r"""\b(?:may|can|could|should|must|shall|will|ready\ to|safe\ to|free\ to|fit\ to)\ (?:now\ |then\ |also\ |be\ )*
            (?:cancel\w*|no-crime\w*|remove[ds]?|removing|delete[ds]?|transfer\w*|drop\w*|go\ ahead|proceed)\b
      | \byou\ (?:may|can|could|should|must)\b
      | \b(?:cancel|remove|delete|transfer|drop|no-crime)\ (?:it|this|the\ crime|the\ record|them)\b
      | \bcancellation\ (?:is|would\ be)\ (?:right|justified|appropriate|possible|in\ order)\b
      | \b(?:permitted|allowed|authorised|approved|entitled|cleared|eligible|go\ ahead|all\ clear|good\ to\ go)\b
      | \bnothing\ (?:else\ )?(?:stands\ in\ the\ way|is\ missing|prevents)\b
      | \b(?:okay|ok)\ to\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words by which a result would read as advice or permission. Quotations are the documents' own, and not searched."""

CRIMES = [
    (Kind.RAPE, ""),
    (Kind.HOMICIDE, ""),
    *((Kind.OTHER, one) for one in ("2", "N100", "106", "FGM", "49A", "86", "104", "105A", "105", "8N s47", "8N")),
    *((Kind.OTHER, one) for one in ("8N s20", "s47", "34B")),
]
_NEVER = {
    ReliedOn.VICTIM_WITHDREW,
    ReliedOn.VICTIM_WILL_NOT_SUPPORT,
    ReliedOn.NO_FULL_ACCOUNT,
    ReliedOn.VICTIM_NOT_TRACED,
    ReliedOn.NO_FURTHER_ACTION,
    ReliedOn.LACK_OF_EVIDENCE,
    ReliedOn.SUSPECT_DENIES,
}


@pytest.fixture(scope="module")
def table() -> Table:
    return load_table()


@pytest.fixture(scope="module")
def resolved(table: Table) -> Resolved:
    """The table as it stands for the digest that ships: opened once, so that judging is all that is repeated."""
    return resolve(table, SomeGuidance(the_digest()), TODAY)


def every_form() -> Iterator[Form]:
    """Every criterion with every crime, ground and decider; the other choices take their turns, none in step."""
    turn = count()
    rest = list(product(Told, Pressure, Begun, (True, False)))
    for criterion, (kind, offence), relied_on, decider in product(Criterion, CRIMES, ReliedOn, Decider):
        told, pressure, begun, independent = rest[next(turn) * 5 % len(rest)]
        yield Form(
            criterion, kind, (relied_on,), decider, independent, told, pressure, TODAY, offence=offence, begun=begun
        )


def own_words(result: CheckResult) -> Iterator[str]:
    """What the desk itself says in a result."""
    for line in result.lines:
        yield from (line.rule, line.says, *line.missing)
    yield from result.notices


def all_words(table: Table) -> Iterator[str]:
    """Everything the desk could ever say of its own in a line."""
    for line in table.lines:
        yield line.rule
        for case in line.cases:
            yield from (case.says, *case.missing)
    yield from (reason.says for reason in table.reasons.values())
    yield from table.unheld.values()


@cache
def reads_as_permission(words: str) -> bool:
    # "It is no decision and no permission" is said of every result.
    return PERMISSION.search(words.replace(NO_DECISION, "")) is not None


def assert_sound(form: Form, result: CheckResult, known: set[tuple[str, str]]) -> None:
    """What holds of every result. `known` are citations looked at before."""
    lines = {line.rule: line.verdict for line in result.lines}
    assert result.lines
    assert len(lines) == len(result.lines)
    assert NO_DECISION in result.notices
    assert not any(map(reads_as_permission, own_words(result)))
    numbers = {citation.number for citation in result.citations}
    assert all(line.citations and numbers.issuperset(line.citations) for line in result.lines)
    for citation in result.citations:
        if (citation.passage.id, citation.quote) not in known:
            known.add((citation.passage.id, citation.quote))
            assert citation.quote in citation.passage.text
    assert all(bool(line.missing) == (line.verdict is not Verdict.MET) for line in result.lines)
    assert_the_rules_hold(form, lines)


def assert_the_rules_hold(form: Form, lines: dict[str, Verdict]) -> None:
    """The rules that forces went wrong on, for every form there can be."""
    if form.offence == "N100":
        return
    kind = "What is relied on can be additional verifiable information"
    deciding = "The decision is for the person the rules name"
    if form.criterion is Criterion.C2:
        assert not (set(form.relied_on) <= _NEVER and lines[kind] is not Verdict.NOT_MET)
        if form.kind is not Kind.OTHER:
            named = (Decider.REGISTRAR_ON_REGISTER, Decider.CHIEF_OFFICER_ADVISED)
            assert (lines[deciding] is Verdict.MET) == (form.decider in named)
            assert (lines[deciding] is Verdict.REGISTRAR_ONLY) == (form.decider not in named)
        if form.pressure is Pressure.CLEAR_CONCERN:
            assert lines["Fear, pressure and coercion have been considered"] is Verdict.NOT_MET
    if form.criterion in (Criterion.C1, Criterion.C2, Criterion.C5):
        noted = form.told in (Told.IN_PERSON, Told.BY_PHONE, Told.IN_WRITING)
        assert (lines["The victim has been told beforehand, and the record shows it"] is Verdict.MET) == noted
    if form.criterion is not Criterion.C1:
        independent = form.independent and form.decider is not Decider.INVESTIGATING_OFFICER
        assert (lines["Whoever decides is independent of the investigation"] is Verdict.MET) == independent


def test_nothing_the_table_could_say_reads_as_permission(table: Table) -> None:
    assert [] == [words for words in all_words(table) if reads_as_permission(words)]


@pytest.mark.parametrize(
    "words",
    [
        "You may cancel it.",
        "The crime can be cancelled.",
        "Cancellation is justified.",
        "It is safe to remove the record",
    ],
)
def test_the_search_for_permission_finds_it(words: str) -> None:
    assert reads_as_permission(words)


def test_no_combination_of_the_form_reads_as_permission(table: Table, resolved: Resolved) -> None:
    known: set[tuple[str, str]] = set()
    for form in every_form():
        assert_sound(form, judge(form, table, resolved), known)
    assert known


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_form_that_relies_on_several_things_reads_as_permission(data: Any) -> None:
    table = load_table()
    resolved = resolve_once(table)
    kind, offence = data.draw(st.sampled_from(CRIMES))
    form = Form(
        criterion=data.draw(st.sampled_from(Criterion)),
        kind=kind,
        relied_on=tuple(data.draw(st.sets(st.sampled_from(ReliedOn), min_size=1))),
        decider=data.draw(st.sampled_from(Decider)),
        independent=data.draw(st.booleans()),
        told=data.draw(st.sampled_from(Told)),
        pressure=data.draw(st.sampled_from(Pressure)),
        as_at=TODAY,
        offence=offence,
        begun=data.draw(st.sampled_from(Begun)),
    )

    assert_sound(form, judge(form, table, resolved), set())


_RESOLVED: list[Resolved] = []


def resolve_once(table: Table) -> Resolved:
    if not _RESOLVED:
        _RESOLVED.append(resolve(table, SomeGuidance(the_digest()), TODAY))
    return _RESOLVED[0]


def test_every_number_a_line_says_stands_in_a_passage_it_cites(table: Table, resolved: Resolved) -> None:
    for scenario in SCENARIOS:
        result = judge(scenario.form, table, resolved)
        said = [Statement(line.says, line.citations) for line in result.lines]
        kept, _ = check_citations(
            said, result.citations, retrieved={one.passage.id for one in result.citations}, as_at=TODAY
        )
        assert said == kept, scenario.name


def test_no_anchor_copies_a_sentence_of_a_document(table: Table, resolved: Resolved) -> None:
    """An anchor finds a rule again. It is no quotation."""
    anchors = {anchor.name: anchor for document in table.documents for anchor in document.anchors}
    for name, rule in resolved.rules.items():
        sentences = {fold(rule.passage.text[start:end]).lower() for start, end in rule.passage.sentences}
        words = {fold(one).lower() for one in (anchors[name].begins, anchors[name].words, anchors[name].through) if one}
        assert not words & sentences, name
