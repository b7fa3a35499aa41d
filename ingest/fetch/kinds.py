"""What a fetched file really is, by what is in it: never by what its address or its server says."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from ingest.fetch.faults import FetchFault
from ingest.fetch.pages import READ
from ingest.readers.archives import check_archive
from knowledge.errors import DocumentRejected

_HEAD = 1024
_TAIL = 4096
"""A PDF ends with %%EOF; the standard's readers look for it in the last kilobyte, and some writers add a little."""
_HTML_TAIL = 64 * 1024
_MOST_UNPACKED = 500 * 1024**2
_HTML = re.compile(rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*(?:<!doctype\s+html|<html)", re.IGNORECASE | re.DOTALL)
_PARTS = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def kind_of(path: Path, expected: str = "") -> str:
    """The ending of the kind of document that a file holds, whole. `expected` is what its page says it is, if it does.

    Raises FetchFault where it is none of those read, is cut short, or is another kind than its page says.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(max(0, path.stat().st_size - _HTML_TAIL))
        tail = file.read()
    kind = _by_content(path, head.lstrip(b"\xef\xbb\xbf \t\r\n\f\x00"))
    if kind is None:
        raise FetchFault(f"it is none of the kinds of document that are fetched ({', '.join(READ.values())})")
    if expected and expected != kind:
        raise FetchFault(f"it is {READ[kind]}, not {READ.get(expected, f'a {expected} file')}")
    if kind == ".pdf" and b"%%EOF" not in tail[-_TAIL:]:
        raise FetchFault("it is cut short: a PDF whose end is missing")
    if kind == ".html" and b"</html" not in tail.lower():
        raise FetchFault("it is cut short: a web page whose end is missing")
    if kind not in (".pdf", ".html"):
        _check_package(path, kind)
    return kind


def _by_content(path: Path, head: bytes) -> str | None:
    if head.startswith(b"%PDF-"):
        return ".pdf"
    if _HTML.match(head):
        return ".html"
    return _package(path) if head.startswith(b"PK\x03\x04") else None


def _package(path: Path) -> str | None:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            if "mimetype" in names and package.getinfo("mimetype").file_size < _HEAD:
                return ".ods" if package.read("mimetype").strip() == _ODS.encode() else None
    except Exception:  # Besides its own errors the library lets through those of every way of packing.
        raise FetchFault("it is cut short or damaged: a package that cannot be opened") from None
    return next((kind for part, kind in _PARTS.items() if part in names), None)


def _check_package(path: Path, kind: str) -> None:
    parts = ("content.xml",) if kind == ".ods" else tuple(part for part, of in _PARTS.items() if of == kind)
    try:
        check_archive(path, READ[kind], parts, _MOST_UNPACKED)
    except DocumentRejected as fault:
        raise FetchFault(fault.reason) from None
