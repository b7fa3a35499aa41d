"""What somebody has to say yes to before a build is published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ingest.compare_concerns import concerns
from knowledge.model import Authority, Build, Edition
from tests.builders import an_edition

THEN = an_edition(label="2025/26", effective_from=date(2025, 4, 1), effective_to=date(2026, 3, 31))
NOW = an_edition()
NEXT = an_edition(label="2027/28", effective_from=date(2027, 4, 1))
ENDED = an_edition(effective_to=date(2027, 3, 31))
POLICY = an_edition(document="policy", title="Policy of Nowhere", authority=Authority.FORCE_POLICY)


def withdrawn(edition: Edition) -> Edition:
    return replace(edition, withdrawn=date(2026, 6, 1), withdrawn_reason="superseded by mistake")


def a_build(*editions: Edition, passages: int = 100) -> Build:
    return Build(f"b{len(editions)}", "now", "tests", passages, editions)


def told(before: list[Edition], *after: Edition) -> list[str]:
    return concerns(a_build(*before), a_build(*after))


def test_an_edition_that_takes_over_to_the_day_needs_no_yes() -> None:
    assert [] == told([THEN, NOW], THEN, ENDED, NEXT)
    assert [] == told([NOW], NOW)


def test_two_editions_in_force_on_the_same_days_are_told_with_the_days() -> None:
    says = "Two editions of Invented Recording Rules are in force from 1 April 2027 on: 2026/27 and 2027/28."

    assert [says] == told([NOW], NOW, NEXT)
    assert [] == told([NOW, NEXT], NOW, NEXT), "it was answered for when it was published"


def test_an_overlap_of_one_day_is_one() -> None:
    overlapping = an_edition(effective_to=date(2027, 4, 1))

    (says,) = told([NOW], overlapping, NEXT)
    assert says.endswith("are in force on 1 April 2027: 2026/27 and 2027/28.")


def test_a_gap_between_two_editions_is_told_to_the_day() -> None:
    early = an_edition(effective_to=date(2027, 3, 1))

    assert ["No edition of Invented Recording Rules is in force from 2 March 2027 to 31 March 2027."] == told(
        [NOW], early, NEXT
    )
    assert [] == told([early, NEXT], early, NEXT)


def test_days_that_are_no_longer_covered_are_told() -> None:
    lost = "No edition of Invented Recording Rules is in force from {}; in the build before, one is."

    assert [lost.format("1 April 2025 to 31 March 2026")] == told([THEN, NOW], NOW)
    assert [lost.format("1 April 2027 on")] == told([NOW], ENDED)
    assert [lost.format("1 April 2026 to 31 March 2027")] == told([NOW], NEXT)


def test_a_document_that_vanished_is_named() -> None:
    assert ["Policy of Nowhere (policy) is in the build before and not in this one."] == told([NOW, POLICY], NOW)


def test_a_withdrawn_edition_is_in_force_no_more() -> None:
    assert ["from 1 April 2025 to 31 March 2026"] == [
        says.partition("in force ")[2].partition(";")[0] for says in told([THEN, NOW], withdrawn(THEN), NOW)
    ]
    assert [] == told([NOW, NEXT], withdrawn(NOW), an_edition(label="v2", effective_to=date(2027, 3, 31)), NEXT)


def test_findings_may_overlap_and_background_has_no_dates() -> None:
    findings = [
        an_edition(document="findings", authority=Authority.INSPECTION, label=label) for label in ("to 2025", "to 2026")
    ]
    undated = an_edition(document="news", authority=Authority.BACKGROUND, effective_from=None)

    assert [] == told([], *findings, undated)


@pytest.mark.parametrize(("passages", "is_told"), [(51, False), (50, True), (0, True)])
def test_half_the_passages_or_fewer_are_told(passages: int, is_told: bool) -> None:
    says = f"This build holds {passages} passages and the one before 100: half or fewer are left."

    assert ([says] if is_told else []) == concerns(a_build(NOW), a_build(NOW, passages=passages))


def test_before_anything_is_published_only_dates_count() -> None:
    assert [] == concerns(None, a_build(NOW, passages=1))
    assert 1 == len(concerns(None, a_build(NOW, NEXT)))
