"""Read a publication page that is a plain web page: the documents it links to."""

from __future__ import annotations

from datetime import date
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from ingest.fetch.pages import READ, Attachment, Page, day_of, ending_of, line_of

_UPDATED = ("article:modified_time", "og:updated_time", "article:published_time")


def page_of_links(body: bytes | str, address: str) -> Page:
    """The page at `address`, with every link in it to a document of a kind that is read."""
    soup = BeautifulSoup(body, "lxml")
    base = soup.find("base", href=True)
    root = urljoin(address, str(base["href"])) if isinstance(base, Tag) else address
    found: dict[str, Attachment] = {}
    for link in soup.find_all("a", href=True):
        try:
            target = urljoin(root, str(link["href"]).strip()).partition("#")[0]
        except ValueError:
            continue
        ending = ending_of(target)
        if ending not in READ or ending == ".html" or not target.startswith(("https://", "http://")):
            continue
        title = line_of(link.get_text(" ")) or line_of(link.get("title")) or line_of(link.get("aria-label"))
        if target not in found or len(title) > len(found[target].title):  # a picture may link to the same file
            found[target] = Attachment(title, target, ending)
    return Page(address, _title(soup), tuple(found.values()), updated=_updated(soup))


def _title(soup: BeautifulSoup) -> str:
    heading = soup.find("h1") or soup.find("title")
    return line_of(heading.get_text(" ")) if heading is not None else ""


def _updated(soup: BeautifulSoup) -> date | None:
    for name in _UPDATED:
        meta = soup.find("meta", attrs={"property": name})
        if isinstance(meta, Tag) and (day := day_of(meta.get("content"))):
            return day
    time = soup.find("time", attrs={"datetime": True})
    return day_of(time["datetime"]) if isinstance(time, Tag) else None
