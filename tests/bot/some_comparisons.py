"""A comparison of two invented builds, with a change of every kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ingest.compare import compare
from ingest.compared import Comparison
from knowledge.model import Build, Edition, Passage
from tests.builders import a_passage, an_edition

NOW = an_edition(effective_to=date(2027, 3, 31))
NEXT = an_edition(label="2027/28", effective_from=date(2027, 4, 1))
POLICY = an_edition(document="policy", title="Policy of Nowhere")
LIMIT = "A crime must be recorded within 24 hours of the report. The clock starts when the first of us is told."
CANCEL = "Only a designated decision maker who is independent of the investigation may cancel a crime."
KEEP = "Keep the record of each decision for six years, where an inspector can ask for it."
PAGED = "Tell the victim what was decided, and write down on the log when and by whom it was done."


def a_build(name: str, passages: list[Passage], *editions: Edition) -> Build:
    return Build(name, "2026-11-22T09:30:00+00:00", "the registrar's office", len(passages), editions)


def rules(edition: Edition, *texts: tuple[str, str, int]) -> list[Passage]:
    return [
        a_passage(text, ordinal=n, edition=edition, path=("Invented Recording Rules", section), pages=(page,))
        for n, (section, text, page) in enumerate(texts, start=1)
    ]


def a_comparison(limit: str = LIMIT.replace("24", "48"), **over: str) -> Comparison:
    """Edition 2027/28 against 2026/27: one rule reworded, one added, one removed, one moved, one on a new page."""
    was = rules(
        NOW,
        ("Time limits", LIMIT, 1),
        ("Counting", "Bicycles are counted by their frames, and by nothing else that is on them.", 2),
        ("Records", KEEP, 3),
        ("Victims", PAGED, 4),
        ("Cancelling", CANCEL, 5),
    )
    now = rules(
        replace(NEXT, title=over.get("title", NEXT.title)),
        ("Time limits", limit, 1),
        (over.get("section", "Lockers"), over.get("added", "An empty locker is damage, and never a theft."), 2),
        ("After the decision", KEEP, 3),
        ("Victims", PAGED, 6),
        ("Cancelling", CANCEL, 5),
    )
    policy = [a_passage("Tell the inspector.", edition=POLICY, pages=())]
    earlier = a_build("20260504-091207-5f0c2a91", [*was, *policy], replace(NOW, effective_to=None), POLICY)
    later = a_build("20270312-143055-c83d17e4", [*was, *now], NOW, now[0].edition)
    return compare(earlier, [*was, *policy], later, [*was, *now])
