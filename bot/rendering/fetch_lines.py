"""What a fetch found, as lines for a terminal. Pure."""

from __future__ import annotations

from ingest.fetch.drafts import Draft
from ingest.fetch.report import FetchReport, Finding, Outcome
from knowledge.notices import spoken_date

_NEXT = "Look at each draft, then confirm or discard it: `desk drafts` says how."


def fetch_lines(report: FetchReport) -> list[str]:
    """One line for each thing an administrator should know, the count last. Failures are not among them."""
    lines = []
    for outcome, word in ((Outcome.NEW, "New"), (Outcome.CHANGED, "Changed")):
        for one in report.of(outcome):
            lines.append(f"{word}: {_as_published(one)}.")
            if one.note:
                lines.append(f"  Its publisher says: {one.note}")
            if one.draft is not None:
                lines.append(f"  Draft {one.draft.id}: {proposal(one.draft)}.")
    lines += [f"Vanished: {one.title}: {one.reason}." for one in report.of(Outcome.VANISHED)]
    lines += [f"Moved: {one.title} is now at {one.moved_to}." for one in report.findings if one.moved_to]
    lines.append(counts(report))
    if report.drafts:
        lines.append(_waiting(len(report.drafts)))
    return lines


def counts(report: FetchReport) -> str:
    """`Checked 5 documents: 1 new, 4 unchanged.`"""
    numbers = [(len(report.of(kind)), kind) for kind in Outcome]
    said = ", ".join(f"{number} {kind}" for number, kind in numbers if number)
    return f"Checked {len(report.findings)} document{'s' * (len(report.findings) != 1)}: {said}."


def proposal(draft: Draft) -> str:
    """Which edition a draft seems to be and from when, with the words that says so."""
    edition = f"edition {draft.edition}" if draft.edition else "it does not say which edition it is"
    if draft.version:
        edition += f", {draft.version}"
    if draft.effective_from is None:
        return f"{edition}; it does not say from when it applies"
    return f"{edition}, from {spoken_date(draft.effective_from)} (it says: {draft.effective_words})"


def _as_published(one: Finding) -> str:
    listed = f", listed as {one.listed_as}" if one.listed_as and one.listed_as != one.title else ""
    return f"{one.title}{listed}" + (f", its page updated {spoken_date(one.published)}" if one.published else "")


def _waiting(drafts: int) -> str:
    return f"{drafts} draft{'s wait' if drafts != 1 else ' waits'} for a person. {_NEXT}"
