"""Passages of the real documents: what an asker is shown is what stands on the page."""

from __future__ import annotations

import itertools
import os
import re
import shutil
from pathlib import Path

import pypdfium2
import pytest

from ingest.build import ingest
from ingest.compare import compare_builds
from ingest.compare_align import Said
from ingest.passages import make_passages
from ingest.publish import builds_folder
from ingest.read_whole import read_whole
from ingest.readers.blocks import Kind, Reading
from ingest.readers.pdf_charts import read_chart
from ingest.readers.pdf_furniture import body_size, is_contents, running_lines, without_furniture
from ingest.readers.pdf_lines import read_lines
from ingest.readers.pdf_tables import read_tables
from ingest.readings import read_all
from ingest.sources import read_sources
from ingest.twins import differences_of, link_twins
from knowledge.adapters.build_directory import BuildDirectory
from knowledge.adapters.sentence_transformer import SentenceTransformerEmbedder
from knowledge.check_citations import fold
from knowledge.model import Edition, Passage, PassageKind
from tests.fakes import FakeEmbedder
from tests.ingest.documents import SOURCES

_FOLDER = os.environ.get("DESK_TEST_GUIDANCE", "")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not _FOLDER, reason="the official documents are not in the repository; DESK_TEST_GUIDANCE names their folder"
    ),
]
_SIGNS = re.compile(r"[\uf0b7\uf0a7\uf0d8\u2022\u25cf\u25e6\ufffe\x02\u00ad\u200b]")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory, in whose cache the readings are kept."""
    return tmp_path_factory.mktemp("official") / "var"


@pytest.fixture(scope="module")
def readings(home: Path) -> dict[str, tuple[Path, Reading, Edition]]:
    """Every document of the folder as read, pictures and all."""
    read = read_all(read_sources(Path(_FOLDER) / "sources.toml"), home / "cache", [], lambda stage, done, total: None)
    return {s.edition.document: (s.file, held.reading, s.edition) for s, held in read if s.file is not None}


@pytest.fixture(scope="module")
def passages(readings: dict[str, tuple[Path, Reading, Edition]]) -> list[Passage]:
    """Every passage of every document of the folder."""
    embedder = SentenceTransformerEmbedder()
    return [
        passage
        for _, reading, edition in readings.values()
        for passage in make_passages(reading, edition, embedder.count_tokens, embedder.fingerprint.max_tokens)
    ]


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


def test_every_offence_of_the_list_is_a_record() -> None:
    (source,) = [s for s in read_sources(Path(_FOLDER) / "sources.toml") if s.edition.authority == "offence_list"]
    assert source.file is not None
    records = read_whole(source.file).offences

    assert 1698 == sum(record["sheet"].startswith("Notifiable_Off") for record in records)
    assert 17 == sum(record["kind"] == "incident" for record in records)
    assert 8 == len({record["class"] for record in records if record["code_normalised"] == "028/03"})
    assert {"2023-05-01"} == {r["effective_to"] for r in records if r["code_normalised"] == "125/12"}


_RULES = "crime-recording-rules"


def test_the_passages_of_a_document_give_each_word_of_its_body_once_and_in_order(
    readings: dict[str, tuple[Path, Reading, Edition]], passages: list[Passage]
) -> None:
    for document, (path, reading, _) in readings.items():
        if path.suffix != ".pdf":
            continue
        given = [
            word
            for passage in passages
            if passage.edition.document == document and passage.kind is PassageKind.PROSE
            for word in _words(passage.text)
        ]

        assert given == _body_words(path, reading), document


def _body_words(path: Path, reading: Reading) -> list[str]:
    """Words of the lines of each page in order, without its furniture, headings, tables, charts and pictures."""
    pages = read_lines(path)
    running, body = running_lines(pages), body_size(pages)
    tables = read_tables(path, [page.number for page in pages if page.has_ruled_lines])
    words: list[str] = []
    for page in pages:
        lines, _ = without_furniture(page, running)
        if is_contents(lines):
            continue
        drawn = list(tables.get(page.number, []))
        chart = read_chart(page, lines, drawn, body) if page.picture is None else None
        drawn += [chart] if chart else []
        own = [line for line in lines if not any(foot <= line.y <= top for top, foot, _ in drawn)]
        headings = {
            " ".join(_words(part))
            for block in reading.blocks
            if block.kind is Kind.HEADING and not block.run_in and block.page == page.number
            for part in block.text.split(" / ")
        }
        told = [word for text in _without(headings, [line.text for line in own]) for word in _words(text)]
        first = [block for block in reading.blocks if block.page == 1]
        cover = page.number == 1 < len(pages) and all(b.run_in or b.kind is Kind.HEADING for b in first)
        words += [] if cover else told
    return words


def _without(headings: set[str], lines: list[str]) -> list[str]:
    """`lines` without those that are, alone or up to four together, one of the headings."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        for many in (4, 3, 2, 1):
            told = lines[at : at + many]
            if not _SIGNS.match(told[0]) and " ".join(_words(" ".join(told))) in headings:
                at += many
                break
        else:
            kept.append(lines[at])
            at += 1
    return kept


def test_no_passage_comes_from_a_contents_page_or_holds_a_running_header_or_footer(passages: list[Passage]) -> None:
    rules = [passage for passage in passages if passage.edition.document == _RULES]

    assert not [p.id for p in rules if set(p.pages) & {2, 3, 4, 5}]
    assert not [p.id for p in rules if re.search(r"^\W*Official\W*$|With effect from April 2026", p.text, re.MULTILINE)]
    assert not [p.id for p in rules if "With effect from" in p.section]


def test_every_page_of_the_rules_from_the_first_chapter_on_has_a_passage_and_its_printed_number(
    passages: list[Passage],
) -> None:
    rules = [passage for passage in passages if passage.edition.document == _RULES]

    assert {page for passage in rules for page in passage.pages} >= set(range(6, 99))
    labels = {page: label for p in rules for page, label in zip(p.pages, p.printed, strict=True)}
    # Page 42 carries no number of its own.
    assert {page: label for page, label in labels.items() if label != str(page)} == {42: ""}


@pytest.mark.parametrize(("words", "page"), [("Broken finger", 47), ("no complications", 47), ("NICL", 11)])
def test_the_words_of_the_flow_charts_that_are_pictures_are_found(
    passages: list[Passage], words: str, page: int
) -> None:
    held = [p for p in passages if p.edition.document == _RULES and page in p.pages and words in p.text]

    assert held
    assert all(p.kind is PassageKind.PICTURE and (p.confidence or 0) > 0.8 for p in held)


def test_a_rule_printed_in_two_places_is_linked_and_its_other_wording_is_kept(passages: list[Passage]) -> None:
    linked = link_twins(passages)
    by_id = {passage.id: passage for passage in linked}
    pairs = {(p.pages[0], by_id[twin].pages[0]) for p in linked for twin in p.twins if p.edition.document == _RULES}

    assert {(18, 58), (29, 71), (76, 79)} <= pairs
    worded = [wording for pair in differences_of(linked) for wording in pair["wordings"]]  # type: ignore[attr-defined]
    assert any("1,2, or 4" in ours and "1, 2, 3, 4 or 6" in theirs for ours, theirs in worded)


def test_with_one_page_changed_only_the_passages_of_that_page_are_embedded_anew(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    rules = pypdfium2.PdfDocument(Path(_FOLDER) / "crime-recording-rules-2026_27-April-v2.pdf")
    # Ten pages of text without tables, and the same ten with the sixth taken from another chapter.
    for name, pages in (("before", range(6, 16)), ("after", [*range(6, 11), 39, *range(12, 16)])):
        changed = pypdfium2.PdfDocument.new()
        changed.import_pages(rules, [page - 1 for page in pages])
        changed.save(folder / f"{name}.pdf")
    told = SOURCES.replace("rules.md", "rules.pdf")
    (folder / "sources.toml").write_text(told)
    embedder = FakeEmbedder()
    (folder / "rules.pdf").write_bytes((folder / "before.pdf").read_bytes())
    ingest([folder / "sources.toml"], home=tmp_path / "var", embedder=embedder, by="tests")
    embedder.embedded.clear()
    (folder / "rules.pdf").write_bytes((folder / "after.pdf").read_bytes())

    report = ingest([folder / "sources.toml"], home=tmp_path / "var", embedder=embedder, by="tests")

    build = BuildDirectory(builds_folder(tmp_path / "var") / str(report.build))
    # A section may run on from the page before the new one, or into the page after it.
    beside = [passage for passage in build.passages() if {5, 6, 7} & set(passage.pages)]
    assert 0 < report.embedded <= len(beside)
    assert report.reused >= 0.7 * report.passages


def test_the_same_again_embeds_nothing_within_ten_seconds_and_one_edited_paragraph_only_its_own_passages(
    home: Path, readings: dict[str, tuple[Path, Reading, Edition]], tmp_path: Path
) -> None:
    folder = tmp_path / "guidance"
    shutil.copytree(_FOLDER, folder)
    sources = folder / "sources.toml"
    first = ingest([sources], home=home, embedder=FakeEmbedder(), by="tests")
    again = ingest([sources], home=home, embedder=FakeEmbedder(), by="tests")

    assert (first.build, 0, first.passages) == (again.build, again.embedded, again.reused)
    assert again.seconds < 10

    (file,) = [path for path, _, _ in readings.values() if path.suffix == ".txt"]
    paragraphs = file.read_text(encoding="utf-8").split("\n\n")
    number = max(range(len(paragraphs)), key=lambda one: len(paragraphs[one]))
    (folder / file.name).chmod(0o644)
    edited = [*paragraphs[:number], f"{paragraphs[number].rstrip()} Invented words end it.", *paragraphs[number + 1 :]]
    (folder / file.name).write_text("\n\n".join(edited), encoding="utf-8")
    changed = ingest([sources], home=home, embedder=FakeEmbedder(), by="tests")

    compared = compare_builds(home, str(first.build), str(changed.build))
    (change,) = compared.changes()
    assert change.after is not None
    assert change.after.edition.file == file.name
    assert "Invented words end it." == "".join(piece.text for piece in change.pieces if piece.said is Said.NEW).strip()
    assert 1 == changed.embedded
    assert 1 == len(compared.keys("changed"))
    print(f"the same again: {again.seconds:.1f} s; one paragraph: {changed.embedded} embedded, {changed.seconds:.1f} s")
