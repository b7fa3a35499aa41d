"""What a publication page offers: its attachments, when it was updated, and what its publisher says changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from knowledge.clean import clean

READ = {
    ".pdf": "a PDF",
    ".docx": "a Word document",
    ".ods": "an ODS spreadsheet",
    ".xlsx": "an Excel spreadsheet",
    ".html": "a web page",
}
"""The kinds of document that are fetched, by the ending they are kept with."""
_LIKE = {".htm": ".html", ".xhtml": ".html", ".docm": ".docx"}
_TYPES = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "text/html": ".html",
}
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Attachment:
    """One document that a page lists: its title there, its address, and the ending of the kind it is said to be.

    `ending` is empty where nothing says what kind. `body` is the text of an HTML attachment that came with its page.
    """

    title: str
    address: str
    ending: str = ""
    body: str = ""

    @property
    def name(self) -> str:
        """The name of its file."""
        return clean(unquote(PurePosixPath(urlsplit(self.address).path).name))[:_LONGEST]


@dataclass(frozen=True, slots=True)
class Page:
    """A publication page. `note` is what its publisher says of the latest change; `withdrawn` since when it is."""

    address: str
    title: str
    attachments: tuple[Attachment, ...]
    updated: date | None = None
    note: str = ""
    withdrawn: str = ""
    moved_to: str = ""


def ending_of(address: str, content_type: str = "") -> str:
    """`.pdf` and so on, by the type a page gives or else by the address; empty where neither says."""
    by_type = _TYPES.get(content_type.partition(";")[0].strip().lower())
    suffix = PurePosixPath(urlsplit(address).path).suffix.lower()
    return by_type or (_LIKE.get(suffix, suffix) if re.fullmatch(r"\.[a-z]{2,5}", suffix) else "")


def day_of(timestamp: object) -> date | None:
    """The day of an ISO timestamp, as its publisher wrote it."""
    if not isinstance(timestamp, str):
        return None
    try:
        return datetime.fromisoformat(timestamp).date()
    except ValueError:
        return None


def line_of(text: object, longest: int = _LONGEST) -> str:
    """Someone else's text as one line of visible characters, no longer than is fit to show."""
    said = clean(text) if isinstance(text, str) else ""
    return said if len(said) <= longest else said[: longest - 1].rstrip() + "\u2026"
