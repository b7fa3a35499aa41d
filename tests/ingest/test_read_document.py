"""Documents are read as they are laid out, and a file that cannot be read costs only itself."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ingest.read_document import read_document
from ingest.readers.blocks import Kind
from knowledge.errors import DocumentRejected
from tests.ingest.documents import RULES, write_docx, write_pdf


def _of(reading, kind: Kind) -> list[str]:
    return [block.text for block in reading.blocks if block.kind is kind]


def test_a_pdf_gives_headings_by_size_and_leaves_contents_headers_and_footers_out(tmp_path: Path) -> None:
    reading = read_document(write_pdf(tmp_path / "rules.pdf"))

    assert ["Chapter 2", "Topic 2", "Chapter 3", "Topic 3", "Chapter 4", "Topic 4", "Look-up table"] == _of(
        reading, Kind.HEADING
    )
    everything = " ".join(block.text for block in reading.blocks)
    assert "Official" not in everything
    assert "With effect" not in everything
    assert "....." not in everything
    assert {2, 3, 4, 5} == {block.page for block in reading.blocks}
    assert "3" == reading.printed[3]


def test_lines_of_one_paragraph_of_a_pdf_are_joined(tmp_path: Path) -> None:
    reading = read_document(write_pdf(tmp_path / "rules.pdf"))

    assert 4 == _of(reading, Kind.PARAGRAPH)[0].count("Rule 2 must be kept by every officer who takes a report.")


def test_a_ruled_table_of_a_pdf_is_read_row_by_row_with_its_headers(tmp_path: Path) -> None:
    reading = read_document(write_pdf(tmp_path / "rules.pdf"))

    assert "Offence: Pushing; Class: 92; Years: 2" in _of(reading, Kind.ROW)


def test_a_word_document_gives_heading_styles_lists_and_tables_without_the_page_header(tmp_path: Path) -> None:
    reading = read_document(write_docx(tmp_path / "policy.docx"))

    assert ["1 Recording"] == _of(reading, Kind.HEADING)
    assert ["the registrar's office"] == _of(reading, Kind.ITEM)
    assert ["Code: C2; Who: decision maker", "Code: C1; Who: other force"] == _of(reading, Kind.ROW)
    assert not any("OFFICIAL" in block.text for block in reading.blocks)


def test_markdown_and_html_give_the_same_blocks(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(RULES)
    (tmp_path / "a.html").write_text(
        "<html><body><nav>Menu</nav><main><h1>Invented Rules</h1><h2>When to record</h2>"
        "<p>A crime must be recorded.</p><ul><li>one</li></ul><script>alert(1)</script></main>"
        "<footer>Foot</footer></body></html>"
    )
    markdown, page = read_document(tmp_path / "a.md"), read_document(tmp_path / "a.html")

    assert ["Invented Rules", "When to record"] == _of(markdown, Kind.HEADING)[:2] == _of(page, Kind.HEADING)
    assert ["one"] == _of(page, Kind.ITEM)
    assert not any(word in block.text for block in page.blocks for word in ("Menu", "alert", "Foot"))


def test_hidden_characters_are_left_out_of_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Record\u200b it\U000e0041 today.\n\nTomorrow is too late.")

    assert ["Record it today.", "Tomorrow is too late."] == [b.text for b in read_document(tmp_path / "a.txt").blocks]


def _zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"%PDF-1.7\nnothing of the kind", "damaged"),
        ("a.pdf", b"hello, I am a letter", "not a PDF"),
        ("a.pdf", b"<!doctype html><html>Not found</html>", "web page"),
        ("a.docx", b"PK\x03\x04 not really", "not a Word document"),
        ("a.docx", b"plain words", "not a Word document"),
        ("a.ods", b"plain words", "spreadsheet"),
        ("a.txt", b"   \n ", "empty"),
        ("a.exe", b"MZ", "reads PDF"),
        ("a.html", b"<html><body><script>1</script></body></html>", "no text"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_rejected_in_one_sentence(
    tmp_path: Path, name: str, body: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(body)

    with pytest.raises(DocumentRejected) as raised:
        read_document(tmp_path / name)

    assert name == raised.value.file
    assert reason in raised.value.reason
    assert "\n" not in str(raised.value)
    assert "Traceback" not in str(raised.value)


def test_a_truncated_pdf_is_rejected(tmp_path: Path) -> None:
    whole = write_pdf(tmp_path / "whole.pdf").read_bytes()
    (tmp_path / "half.pdf").write_bytes(whole[: len(whole) // 3])

    with pytest.raises(DocumentRejected, match=r"half\.pdf"):
        read_document(tmp_path / "half.pdf")


def test_a_word_document_that_unpacks_to_a_bomb_is_rejected(tmp_path: Path) -> None:
    _zip_bomb(tmp_path / "bomb.docx")

    with pytest.raises(DocumentRejected, match="far more"):
        read_document(tmp_path / "bomb.docx")


def test_a_source_that_is_not_there_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(DocumentRejected, match="no such file"):
        read_document(tmp_path / "gone.pdf")


def test_a_comma_after_italic_words_stands_at_them_and_a_break_is_a_space(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<main><h1>Findings</h1><p>In <i>The report</i>, a <b>fif</b>th<br>were wrong.</p></main>")

    assert "In The report, a fifth were wrong." in [block.text for block in read_document(page).blocks]
