"""The publication pages of one fetch, each asked for once: where each wanted document is now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from ingest.fetch.choose import choose_attachment
from ingest.fetch.faults import FetchFault, Withdrawn
from ingest.fetch.govuk import HOST, api_address, read_item, web_address
from ingest.fetch.links import page_of_links
from ingest.fetch.memory import Memory, SeenPage
from ingest.fetch.network import Network
from ingest.fetch.pages import READ, Attachment, Page, day_of, ending_of
from ingest.fetch.wanted import Wanted

_HOPS = 5
_WHAT = "its page"


@dataclass(frozen=True, slots=True)
class Offer:
    """Where a document is, and what its page says. `page` is where that page is now, `moved_to` if it moved.

    `alone` is true where the page lists nothing else, so that what it says can only be said of this document.
    """

    attachment: Attachment
    page: str = ""
    updated: date | None = None
    note: str = ""
    moved_to: str = ""
    alone: bool = False


class Publications:
    """The pages of one fetch. `memory` is what was seen before."""

    def __init__(self, network: Network, memory: Memory, wanted: Sequence[Wanted]) -> None:
        self._network, self._memory = network, memory
        self._on: dict[str, list[Wanted]] = defaultdict(list)
        for one in wanted:
            if one.page:
                self._on[one.page].append(one)
        self._read: dict[str, Page | SeenPage | FetchFault] = {}
        self._seen: dict[str, tuple[str, SeenPage]] = {}

    def offer(self, wanted: Wanted) -> Offer:
        """Where a document is now.

        Raises FetchFault: Withdrawn where its publisher withdrew it, or its page lists it no more.
        """
        if not wanted.page:
            ending = ending_of(wanted.file)
            return Offer(Attachment(wanted.title, wanted.file, ending if ending in READ else ""))
        if wanted.page not in self._read:
            try:
                self._read[wanted.page] = self._ask(wanted.page)
            except FetchFault as fault:
                self._read[wanted.page] = fault
        page = self._read[wanted.page]
        if isinstance(page, FetchFault):
            raise page
        seen = self._memory.documents.get(wanted.document)
        if isinstance(page, SeenPage):
            assert seen is not None  # noqa: S101 - only pages whose documents were all seen are asked for what changed
            attachment = Attachment(seen.title, seen.address, seen.ending)
            return Offer(attachment, wanted.page, day_of(page.updated), page.note)
        if page.withdrawn:
            raise Withdrawn(f"its publisher withdrew it on {page.withdrawn}")
        chosen = choose_attachment(wanted, page, alone=len(self._on[wanted.page]) == 1)
        if chosen is None and seen is not None:
            raise Withdrawn("its page lists it no more")
        if chosen is None:
            raise FetchFault("its page lists no document that fits; give words of the right title as attachment")
        alone = len(page.attachments) == 1
        return Offer(chosen, page.moved_to or wanted.page, page.updated, page.note, page.moved_to, alone)

    def remember(self, failed: Sequence[str]) -> None:
        """Note how to ask for each page whose documents all came well; `failed` are the ids of those that did not."""
        for page, (address, seen) in self._seen.items():
            if not {one.document for one in self._on[page]} & set(failed):
                self._memory.pages[address] = seen

    def _ask(self, listed: str) -> Page | SeenPage:
        documents = self._memory.documents
        known = all(
            one.document in documents and documents[one.document].asked == one.asked for one in self._on[listed]
        )
        held = self._memory.of_pages() if known else {}
        address, moved_to = listed, ""
        for _ in range(_HOPS):
            on_govuk = urlsplit(address).hostname == HOST
            fetched = self._network.get(api_address(address) if on_govuk else address, what=_WHAT, held=held)
            if fetched.unchanged:
                return self._memory.pages[fetched.address]
            if fetched.moved_to:
                moved_to = address = web_address(fetched.moved_to) if on_govuk else fetched.moved_to
            page = _read(fetched.body, address if on_govuk else fetched.address, on_govuk)
            if isinstance(page, Page):
                updated = page.updated.isoformat() if page.updated else ""
                validators = fetched.validators
                seen = SeenPage(validators.etag, validators.last_modified, updated, page.note)
                self._seen[listed] = (fetched.address, seen)
                return replace(page, moved_to=moved_to)
            moved_to = address = page
        raise FetchFault(f"its page redirects more than {_HOPS} times")


def _read(body: bytes, address: str, on_govuk: bool) -> Page | str:
    if body.startswith(b"%PDF-"):
        raise FetchFault("its page is a file; give the address of a file as url, not as page")
    try:
        return read_item(body, address) if on_govuk else page_of_links(body, address)
    except FetchFault:
        raise
    except Exception as fault:  # A parser may raise anything on a damaged page, which must not end the whole fetch.
        raise FetchFault(f"its page is damaged and cannot be read ({type(fault).__name__})") from None
