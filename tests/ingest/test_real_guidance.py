"""Passages of the real documents: what an asker is shown is what stands on the page."""

from __future__ import annotations

import itertools
import os
import re
from pathlib import Path

import pypdfium2
import pytest

from ingest.passages import make_passages
from ingest.read_whole import read_whole
from ingest.sources import read_sources
from knowledge.adapters.sentence_transformer import SentenceTransformerEmbedder
from knowledge.check_citations import fold
from knowledge.model import Passage, PassageKind

_FOLDER = os.environ.get("DESK_TEST_GUIDANCE", "")
pytestmark = pytest.mark.skipif(
    not _FOLDER, reason="the official documents are not in the repository; DESK_TEST_GUIDANCE names their folder"
)
_SIGNS = re.compile(r"[\uf0b7\uf0a7\uf0d8\u2022\u25cf\u25e6\ufffe\x02\u00ad\u200b]")


@pytest.fixture(scope="module")
def passages() -> list[Passage]:
    """Every passage of every document of the folder."""
    embedder = SentenceTransformerEmbedder()
    out: list[Passage] = []
    for source in read_sources(Path(_FOLDER) / "sources.toml"):
        assert source.file is not None
        reading = read_whole(source.file)
        out += make_passages(reading, source.edition, embedder.count_tokens, embedder.fingerprint.max_tokens)
    return out


@pytest.fixture(scope="module")
def page_texts() -> dict[str, list[str]]:
    """Folded text of each page of each PDF, by document."""
    texts: dict[str, list[str]] = {}
    for source in read_sources(Path(_FOLDER) / "sources.toml"):
        if source.file is not None and source.file.suffix == ".pdf":
            document = pypdfium2.PdfDocument(source.file)
            texts[source.edition.document] = [
                fold(_SIGNS.sub("", page.get_textpage().get_text_bounded())) for page in document
            ]
            document.close()
    return texts


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_every_quotation_stands_word_for_word_on_the_pages_its_passage_names(
    passages: list[Passage], page_texts: dict[str, list[str]]
) -> None:
    missing = []
    for passage in passages:
        pages = page_texts.get(passage.edition.document)
        if pages is None or passage.kind is not PassageKind.PROSE:
            continue
        on = [pages[number - 1] for number in passage.pages]
        for start, end in passage.sentences:
            quote = fold(_SIGNS.sub("", passage.text[start:end]))
            if not any(quote in page for page in on) and not _runs_over_the_break(quote, on):
                missing.append((passage.id, passage.pages, passage.text[start:end]))

    assert [] == missing


def _runs_over_the_break(quote: str, pages: list[str]) -> bool:
    """Whether the quotation begins at the foot of one page and ends at the head of the next."""
    for before, after in itertools.pairwise(pages):
        for cut in range(1, len(quote)):
            if quote[:cut] in before[-1500:] and quote[cut:] in after[:1500]:
                return True
    return False


def test_every_cell_of_a_table_row_stands_on_its_page(
    passages: list[Passage], page_texts: dict[str, list[str]]
) -> None:
    for passage in passages:
        pages = page_texts.get(passage.edition.document)
        if pages is not None and passage.kind is PassageKind.TABLE_ROW:
            held = "".join(pages[number - 1] for number in passage.pages)
            assert all(fold(word) in held for word in _words(passage.text)), passage.text


def test_no_passage_has_more_tokens_than_the_model_reads(passages: list[Passage]) -> None:
    embedder = SentenceTransformerEmbedder()

    too_long = [
        p.id for p in passages if embedder.count_tokens(f"{p.section}\n{p.text}") > embedder.fingerprint.max_tokens
    ]

    assert [] == too_long


def test_every_page_of_the_rules_has_a_passage_but_contents_and_pages_reported_as_pictures(
    passages: list[Passage],
) -> None:
    held = {page for p in passages if p.edition.document == "crime-recording-rules" for page in p.pages}
    (source,) = [
        s for s in read_sources(Path(_FOLDER) / "sources.toml") if s.edition.document == "crime-recording-rules"
    ]
    assert source.file is not None
    reported = {int(number) for w in read_whole(source.file).warnings for number in re.findall(r"page (\d+)", w)}

    assert set(range(6, 99)) - reported <= held
    assert not {2, 3, 4, 5} & held


def test_no_passage_holds_a_running_header_or_footer(passages: list[Passage]) -> None:
    rules = [p for p in passages if p.edition.document == "crime-recording-rules"]

    assert not [p.id for p in rules if "With effect from April 2026" in p.text]
    assert not [p.id for p in rules if re.search(r"(?:^|\n)Official(?:\n|$)", p.text)]


def test_every_offence_of_the_list_is_a_record() -> None:
    (source,) = [s for s in read_sources(Path(_FOLDER) / "sources.toml") if s.edition.authority == "offence_list"]
    assert source.file is not None
    records = read_whole(source.file).offences

    assert 1698 == sum(record["sheet"].startswith("Notifiable_Off") for record in records)
    assert 17 == sum(record["kind"] == "incident" for record in records)
    assert 8 == len({record["class"] for record in records if record["code_normalised"] == "028/03"})
    assert {"2023-05-01"} == {r["effective_to"] for r in records if r["code_normalised"] == "125/12"}
