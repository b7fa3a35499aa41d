"""The words of a document's first pages, footers and all."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.fetch.faults import FetchFault
from ingest.fetch.first_pages import first_pages
from tests.ingest.documents import write_docx
from tests.ingest.fetch.publishers import a_pdf


def test_footers_are_read_and_later_pages_are_not(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(a_pdf("Cover", pages=9))

    text = first_pages(tmp_path / "a.pdf")

    assert "With effect from April 2026" in text
    assert "Cover (6)" in text
    assert "Cover (7)" not in text


def test_other_kinds_are_read_as_documents_are(tmp_path: Path) -> None:
    assert "duty sergeant" in first_pages(write_docx(tmp_path / "policy.docx"))


@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
def test_a_damaged_document_is_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"%PDF-1.7 nothing %%EOF" if name == "a.pdf" else b"PK nothing")

    with pytest.raises(FetchFault) as raised:
        first_pages(tmp_path / name)

    assert raised.value.reason.startswith("it is ")
