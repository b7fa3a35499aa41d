"""Which attachment of a publication page is the document that is wanted: by its words, its year and its kind."""

from __future__ import annotations

import re

from ingest.fetch.faults import FetchFault
from ingest.fetch.pages import READ, Attachment, Page
from ingest.fetch.wanted import Wanted
from knowledge.model import Authority

_COVERED = 0.6
"""Share of the words of a document's own title that an attachment's has to have. On the page of the recording rules the
titles of different documents share up to half of their words, and those of one document over the years two thirds."""
_NEAR = 0.4
"""How far below the best an attachment's likeness may be for its later year to count: the title of an edition is often
worded a little differently from the last one's, and the newer must not be passed over for that."""
_LEFT_OUT = frozenset("a an and at by for from in of on or the to with pdf ods xlsx html word excel accessible".split())
_SHORTEST = 4
_PREFERRED = (".pdf", ".docx", ".html", ".ods", ".xlsx")
_PREFERRED_TABLES = (".ods", ".xlsx", ".pdf", ".docx", ".html")
"""An offence list is read from cells; a PDF of it is another export of the same."""


def choose_attachment(wanted: Wanted, page: Page, *, alone: bool) -> Attachment | None:
    """The attachment that is the document, None where the page lists none.

    `alone` says that nothing else is looked for on the page: an only attachment is then taken whatever its title. Of
    several years the latest is taken, of several kinds the one that is read best. Raises FetchFault where two fit
    alike.
    """
    offered = [one for one in page.attachments if one.ending in READ]
    fitting = [one for one in offered if _fits(wanted, one)]
    if not fitting and alone and len(offered) == 1 and not wanted.attachment:
        fitting = offered
    if not fitting:
        return None
    best = max(_likeness(wanted, one) for one in fitting)
    near = [one for one in fitting if _likeness(wanted, one) >= best - _NEAR]
    ranked = sorted(near, key=lambda one: _rank(wanted, one), reverse=True)
    if len(ranked) > 1 and _rank(wanted, ranked[0]) == _rank(wanted, ranked[1]):
        raise FetchFault(
            f"its page lists two documents that fit alike ({ranked[0].title!r} and {ranked[1].title!r}); give words of "
            "the right one as attachment in the list"
        )
    return ranked[0]


def _fits(wanted: Wanted, one: Attachment) -> bool:
    theirs = _words(f"{one.title} {one.name}")
    if wanted.attachment:
        return all(_has(theirs, word) for word in _words(wanted.attachment))
    ours = _words(wanted.title)
    return bool(ours) and sum(_has(theirs, word) for word in ours) >= _COVERED * len(ours)


def _likeness(wanted: Wanted, one: Attachment) -> float:
    """Share of the words of both titles that are in both."""
    ours, theirs = _words(f"{wanted.title} {wanted.attachment}"), _words(one.title) or _words(one.name)
    return round(sum(_has(theirs, word) for word in ours) / max(1, len(ours | theirs)), 2)


def _rank(wanted: Wanted, one: Attachment) -> tuple[int, float, int]:
    years = [int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", f"{one.title} {one.name}")]
    order = _PREFERRED_TABLES if wanted.authority is Authority.OFFENCE_LIST else _PREFERRED
    preferred = len(order) if one.ending == wanted.ending else -order.index(one.ending)
    return max(years, default=0), _likeness(wanted, one), preferred


def _words(text: str) -> frozenset[str]:
    """The words of a title, numbers left out: the year is what changes."""
    return frozenset(re.findall(r"[a-z]+", text.lower())) - _LEFT_OUT


def _has(theirs: frozenset[str], word: str) -> bool:
    """Whether a word, or one that begins with it (offence, offences), is among theirs."""
    return word in theirs or (len(word) >= _SHORTEST and any(other.startswith(word) for other in theirs))
