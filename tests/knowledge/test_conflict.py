"""Where what is cited disagrees, both are shown, and who prevails or who decides."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.conflict import other_wordings, overridden
from knowledge.model import Authority, Citation, Statement
from tests.builders import TODAY, a_passage, an_edition
from tests.fakes import FakeBuild, FakeEmbedder

POLICY = an_edition(document="policy", authority=Authority.FORCE_POLICY)


def cited(rule: str, policy: str) -> list[Citation]:
    return [Citation(1, a_passage(rule), rule), Citation(2, a_passage(policy, edition=POLICY), policy)]


@pytest.mark.parametrize(
    ("rule", "policy"),
    [
        (
            "A lamp crime must be recorded within 24 hours of the report.",
            "Officers record a lamp crime within three days of the report.",
        ),
        (
            "The officer in the case must not cancel a lamp crime.",
            "The officer in the case may cancel a lamp crime with a sergeant.",
        ),
    ],
)
def test_force_policy_that_is_looser_than_the_national_rule_is_shown_as_overridden(rule: str, policy: str) -> None:
    (told,) = overridden(cited(rule, policy))

    assert "[2] is looser than the national rule [1]" in told
    assert "national rule prevails" in told


@pytest.mark.parametrize(
    ("rule", "policy"),
    [
        (
            "A lamp crime must be recorded within 24 hours of the report.",
            "Officers record a lamp crime within 3 hours of the report.",
        ),
        (
            "A lamp crime must be recorded within 24 hours of the report.",
            "Audits of the lantern register are kept for up to six months.",
        ),
        (
            "The officer in the case must not cancel a lamp crime.",
            "The officer in the case must not cancel a lamp crime and may ask a sergeant.",
        ),
    ],
)
def test_force_policy_that_adds_a_step_or_is_about_something_else_is_not(rule: str, policy: str) -> None:
    assert overridden(cited(rule, policy)) == []


class _Build(FakeBuild):
    """A build in which two passages print one rule in two wordings."""

    wordings: list[tuple[str, str]]

    def differences(self) -> list[dict[str, Any]]:
        a, b = self.passages()
        return [{"a": a.id, "b": b.id, "wordings": self.wordings}]


FIRST = "The lamp cannot be given an outcome under types 1, 2 or 4."


def answered(second: str) -> tuple[list[Statement], list[Citation], list[str]]:
    passages = [a_passage(FIRST, ordinal=1), a_passage(second, ordinal=30)]
    build = _Build(passages, FakeEmbedder())
    build.wordings = [(FIRST, second)]
    return other_wordings([Statement(FIRST, (1,))], [Citation(1, passages[0], FIRST)], build, TODAY)


def test_a_rule_printed_in_two_wordings_that_differ_in_a_figure_is_shown_in_both_and_left_to_the_registrar() -> None:
    statements, citations, told = answered("The lamp cannot be given an outcome under types 1, 2, 3, 4 or 6.")

    assert [c.passage.ordinal for c in citations] == [1, 30]
    assert statements[1].citations == (2,)
    assert "[1] and [2]" in told[0]
    assert "Force Crime Registrar" in told[0]


def test_a_difference_of_style_alone_is_not_shown() -> None:
    statements, citations, told = answered(
        "The lamp cannot be allocated any outcome of types 1, 2 or 4.".replace("any ", "")
    )

    assert (len(statements), len(citations), told) == (1, 1, [])
