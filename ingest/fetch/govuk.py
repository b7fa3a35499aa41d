"""Read a GOV.UK publication through its content API, whose shape the content schemas of publishing-api document.

https://docs.publishing.service.gov.uk/content-schemas/publication.html: `details.attachments` (file, html, external),
`public_updated_at`, `details.change_history`, `withdrawn_notice` (empty where not withdrawn), and the documents of type
`redirect` and `gone` that stand where something was.
"""

from __future__ import annotations

import html
import json
from typing import Any
from urllib.parse import urljoin, urlsplit

from ingest.fetch.faults import FetchFault, Missing
from ingest.fetch.links import page_of_links
from ingest.fetch.pages import Attachment, Page, day_of, ending_of, line_of

HOST = "www.gov.uk"
_API = "/api/content"
_ROOT = f"https://{HOST}"


def api_address(page: str) -> str:
    """Where the content API answers for a page of www.gov.uk."""
    path = urlsplit(page).path.rstrip("/")
    return _ROOT + (path if path.startswith(f"{_API}/") else _API + path)


def web_address(api: str) -> str:
    """The page that an address of the content API is about."""
    return _ROOT + urlsplit(api).path.removeprefix(_API)


def read_item(body: bytes, address: str) -> Page | str:
    """The page that a content item is about, or, where the item is a redirect, the address it leads to.

    `address` is that of the page. Raises Missing where the item says that it is gone, FetchFault where it is no content
    item.
    """
    item = _item(body)
    match item["document_type"]:
        case "gone":
            raise Missing("its page", for_good=True)
        case "redirect":
            return _destination(item, address)
    details = item.get("details")
    details = details if isinstance(details, dict) else {}
    title = line_of(item.get("title"))
    attachments = [one for one in map(_attachment, _dicts(details.get("attachments"))) if one is not None]
    if not attachments:
        attachments = _in_the_body(details, title, address)
    notes = sorted(_dicts(details.get("change_history")), key=lambda note: str(note.get("public_timestamp", "")))
    return Page(
        address,
        title,
        tuple(attachments),
        updated=day_of(item.get("public_updated_at")),
        note=line_of(notes[-1].get("note")) if notes else "",
        withdrawn=_withdrawn(item.get("withdrawn_notice")),
    )


def read_body(body: bytes) -> tuple[str, str]:
    """Title and text, as HTML, of the content item of an HTML attachment. Raises FetchFault where it has none."""
    item = _item(body)
    details = item.get("details")
    text = details.get("body") if isinstance(details, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise FetchFault("its page on GOV.UK holds no text")
    return line_of(item.get("title")), text


def as_web_page(title: str, body: str) -> bytes:
    """The text of an HTML attachment as a page of its own: what GOV.UK puts round it changes when the text does not."""
    return (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{html.escape(title)}</title></head>\n'
        f"<body><main>\n<h1>{html.escape(title)}</h1>\n{body}\n</main></body>\n</html>\n"
    ).encode("utf-8", "replace")


def _item(body: bytes) -> dict[str, Any]:
    try:
        item = json.loads(body)
    except (ValueError, RecursionError):
        item = None
    if not isinstance(item, dict) or not isinstance(item.get("document_type"), str):
        raise FetchFault("its page did not answer as GOV.UK's content API does")
    return item


def _attachment(record: dict[str, Any]) -> Attachment | None:
    address, kind = record.get("url"), record.get("attachment_type", "file")
    if not isinstance(address, str) or not address:
        return None
    address = urljoin(_ROOT, address)
    ending = ".html" if kind == "html" else ending_of(address, str(record.get("content_type", "")))
    return Attachment(line_of(record.get("title")) or line_of(record.get("filename")), address, ending)


def _in_the_body(details: dict[str, Any], title: str, address: str) -> list[Attachment]:
    """Documents that older items only link to; failing these, the page is the document itself."""
    parts = [part for part in (details.get("body"), *_list(details.get("documents"))) if isinstance(part, str)]
    linked = page_of_links("\n".join(parts), address).attachments if parts else ()
    if linked:
        return list(linked)
    body = details.get("body")
    return [Attachment(title, address, ".html", body)] if isinstance(body, str) and body.strip() else []


def _destination(item: dict[str, Any], address: str) -> str:
    path = urlsplit(address).path
    for redirect in _dicts(item.get("redirects")):
        destination = redirect.get("destination")
        if redirect.get("path") == path and isinstance(destination, str):
            return urljoin(address, destination).partition("#")[0].partition("?")[0]
    raise FetchFault("its page redirects to nowhere")


def _withdrawn(notice: object) -> str:
    """`13 January 2015`, or a word for it where the day cannot be read; empty where the item is not withdrawn."""
    if not isinstance(notice, dict) or not notice.get("withdrawn_at"):
        return ""
    day = day_of(notice["withdrawn_at"])
    return f"{day.day} {day:%B %Y}" if day else "a day that cannot be read"


def _dicts(value: object) -> list[dict[str, Any]]:
    return [one for one in _list(value) if isinstance(one, dict)]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
