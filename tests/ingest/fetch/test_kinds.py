"""What a file is, by what is in it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ingest.fetch.faults import FetchFault
from ingest.fetch.kinds import kind_of
from tests.ingest.documents import write_docx
from tests.ingest.fetch.publishers import a_pdf, an_ods

PDF = a_pdf("A", pages=1)


def a_zip(**parts: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return packed.getvalue()


def kind(folder: Path, body: bytes, expected: str = "") -> str:
    path = folder / "it"
    path.write_bytes(body)
    return kind_of(path, expected)


@pytest.mark.parametrize(
    ("body", "ending"),
    [
        (PDF, ".pdf"),
        (b"\n\n" + PDF + b"\n" * 100, ".pdf"),
        (an_ods(), ".ods"),
        (b"<!DOCTYPE html><html></html>\n", ".html"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a note -->\n<HTML lang='en'></HTML>", ".html"),
    ],
)
def test_the_kinds_that_are_fetched(tmp_path: Path, body: bytes, ending: str) -> None:
    assert ending == kind(tmp_path, body)
    assert ending == kind(tmp_path, body, ending)


def test_a_word_document(tmp_path: Path) -> None:
    assert ".docx" == kind_of(write_docx(tmp_path / "policy.docx"), ".docx")


@pytest.mark.parametrize(
    ("body", "expected", "reason"),
    [
        (b"<html></html>", ".pdf", "it is a web page, not a PDF"),
        (PDF, ".ods", "it is a PDF, not an ODS spreadsheet"),
        (an_ods(), ".docx", "it is an ODS spreadsheet, not a Word document"),
        (PDF[:-200], ".pdf", "it is cut short: a PDF whose end is missing"),
        (PDF + b" " * 5000, ".pdf", "it is cut short: a PDF whose end is missing"),
        (b"<html><body>and so", "", "it is cut short: a web page whose end is missing"),
        (an_ods()[:-30], "", "it is cut short or damaged: a package that cannot be opened"),
        (a_zip(mimetype="application/vnd.oasis.opendocument.text"), "", "it is none of the kinds"),
        (a_zip(**{"a.txt": "a"}), "", "it is none of the kinds"),
        (a_zip(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "", "it is not an ODS spreadsheet"),
        (a_zip(**{"word/document.xml": "x", "../out": "y"}), "", "it holds a part whose name leads out of it"),
        (b"\xd0\xcf\x11\xe0 an old Word document", "", "it is none of the kinds"),
        (b"plain words", "", "it is none of the kinds"),
        (b"\x00" * 2000, "", "it is none of the kinds"),
        (b"{}", ".pdf", "it is none of the kinds"),
    ],
)
def test_what_is_refused_and_why(tmp_path: Path, body: bytes, expected: str, reason: str) -> None:
    with pytest.raises(FetchFault) as raised:
        kind(tmp_path, body, expected)

    assert raised.value.reason.startswith(reason)


def test_a_package_packed_in_an_odd_way_is_one_sentence(tmp_path: Path) -> None:
    body = bytearray(a_zip(mimetype="application/vnd.oasis.opendocument.spreadsheet"))
    body[8:10] = b"\x63\x00"  # the method of packing, in the part's own header and in the directory
    at = body.index(b"PK\x01\x02")
    body[at + 10 : at + 12] = b"\x63\x00"

    with pytest.raises(FetchFault, match="a package that cannot be opened"):
        kind(tmp_path, bytes(body))
