"""Make a draft of a file that came: what its first pages and its page say of it, proposed for a person to confirm."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from ingest.fetch.download import Downloaded
from ingest.fetch.drafts import Draft, draft_id
from ingest.fetch.effective import find_effective_date, propose_edition, read_version
from ingest.fetch.first_pages import first_pages
from ingest.fetch.publications import Offer
from ingest.fetch.wanted import Wanted
from knowledge.model import Edition
from knowledge.notices import spoken_date


def propose_draft(
    wanted: Wanted, offer: Offer, came: Downloaded, held: Collection[str], now: datetime, *, changed: bool
) -> Draft:
    """The draft of a document that came. `held` are the keys of its editions that are listed already.

    Raises FetchFault where the file cannot be read. The file gets the ending of its kind.
    """
    place = came.path.rename(came.path.with_name(wanted.document + came.ending))
    text = first_pages(place)
    effective = find_effective_date(text)
    titles = f"{offer.attachment.title} {offer.attachment.name}"
    version = read_version(titles)
    # A page that lists several documents is updated for any of them; its day is only that of one that changed.
    published = offer.updated if changed or offer.alone else None
    label = propose_edition(titles, text, effective.day if effective else None, published)
    return Draft(
        id=draft_id(wanted.document, came.digest),
        document=wanted.document,
        title=wanted.title,
        publisher=wanted.publisher,
        authority=wanted.authority,
        file=place.name,
        digest=came.digest,
        size=came.size,
        came_from=came.came_from,
        fetched_at=now.isoformat(timespec="seconds"),
        changed=changed,
        listed_as=offer.attachment.title,
        edition=_unheld(wanted, label, version, published, came, held),
        version=version,
        effective_from=effective.day if effective else None,
        effective_words=effective.words if effective else "",
        published=published,
        note=offer.note,
        force=wanted.force,
        page=offer.page,
        attachment=wanted.attachment,
    )


def _unheld(
    wanted: Wanted, label: str, version: str, published: date | None, came: Downloaded, held: Collection[str]
) -> str:
    """A label that no listed edition has: a reissue within the year is told apart by its version or its day."""
    told = [label]
    if label and version:
        told.append(f"{label} {version}")
    if label and published:
        told.append(f"{label}, {spoken_date(published)}")
    if label:
        told.append(f"{label} ({came.digest[:8]})")
    keys = [Edition(wanted.document, "", "", wanted.authority, one).key for one in told]
    return next(one for one, key in zip(told, keys, strict=True) if key not in held or one == told[-1])
