"""Check in code, never by a model, that an answer says only what its citations say (design.md 5.9).

For each statement: every citation was retrieved for this question, its edition governs the date, the quoted words stand
in the passage, and every number, time limit and code of the statement stands in a passage it cites.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from knowledge.model import Citation, Statement

_NUMBER = re.compile(r"\d+(?:[./]\d+)*[a-z]?\b|\b[A-Z]{1,2}\d+[A-Z]?\b|\b\d+[A-Z]\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:https?:|www\.|mailto:)\S*|\b[\w-]+\.(?:com|net|org|uk|io|example|dev|xyz|ru|info)\b", re.IGNORECASE
)
_FOLD = re.compile(r"[\s\u00a0\u2010-\u2015\u2212-]+")


def fold(text: str) -> str:
    """The text as quotations are compared: white space and hyphens dropped, quotation marks and ligatures as one."""
    for typographic, plain in (("\u2018", "'"), ("\u2019", "'"), ("\u201c", '"'), ("\u201d", '"')):
        text = text.replace(typographic, plain)
    for ligature, letters in (
        ("\ufb00", "ff"),
        ("\ufb01", "fi"),
        ("\ufb02", "fl"),
        ("\ufb03", "ffi"),
        ("\ufb04", "ffl"),
    ):
        text = text.replace(ligature, letters)
    return _FOLD.sub("", text)


def check_citations(
    statements: Sequence[Statement],
    citations: Sequence[Citation],
    *,
    retrieved: Collection[str],
    as_at: date,
) -> tuple[list[Statement], list[Citation]]:
    """The statements that hold, with only the citations they use. Either may be empty."""
    sound = {
        citation.number: citation
        for citation in citations
        if citation.passage.id in retrieved
        and citation.passage.edition.governs(as_at)
        and citation.quote.strip()
        and fold(citation.quote) in fold(citation.passage.text)
    }
    kept = [
        statement
        for statement in statements
        if statement.text.strip()
        and statement.citations
        and all(number in sound for number in statement.citations)
        and not _foreign_address(statement, sound)
        and _numbers(statement.text) <= _numbers_cited(statement, sound)
    ]
    used = {number for statement in kept for number in statement.citations}
    return kept, [citation for number, citation in sound.items() if number in used]


def _foreign_address(statement: Statement, sound: dict[int, Citation]) -> bool:
    """Whether the statement holds an address its passages do not: Slack would turn it into a link by itself."""
    cited = " ".join(sound[number].passage.text for number in statement.citations if number in sound)
    return any(address.lower() not in cited.lower() for address in _ADDRESS.findall(statement.text))


def _numbers(text: str) -> set[str]:
    return {number.lower() for number in _NUMBER.findall(text)}


def _numbers_cited(statement: Statement, sound: dict[int, Citation]) -> set[str]:
    cited = [sound[number] for number in statement.citations]
    return set().union(*(_numbers(f"{c.quote} {c.passage.text} {c.passage.section}") for c in cited))
