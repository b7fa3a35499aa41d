"""`desk builds show`: what a build holds, on a terminal, as JSON and as a page to leaf through."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.session import Session
from bot.rendering.build_contents import build_contents, contents_view, pages_named, warnings_of
from ingest.keep_documents import keep
from knowledge.model import Build, PassageKind
from tests.bot.a_session import desk_command, printed
from tests.bot.some_builds import a_source, an_ingesting_session, pretend_to_ingest
from tests.builders import a_passage, an_edition
from tests.knowledge.some_pages import WRAPPED, write_pages

RULES = an_edition(file="rules.pdf", title="Rules \x1b[31mof Nowhere")
LIST = an_edition(document="list", title="Offences", file="list.ods")
PASSAGES = [
    a_passage(ordinal=1, edition=RULES, pages=(1,)),
    a_passage(ordinal=2, edition=RULES, pages=(1, 2), kind=PassageKind.TABLE_ROW),
    a_passage(ordinal=3, edition=RULES, pages=(3,), kind=PassageKind.PICTURE, confidence=0.98),
    a_passage(ordinal=4, edition=RULES, pages=(3,), kind=PassageKind.PICTURE, confidence=0.91, reviewed="A. Registrar"),
    a_passage(ordinal=1, edition=LIST, pages=(), kind=PassageKind.OFFENCE),
]
WARNINGS = ["rules.pdf: page 3 has a picture, read by OCR", "question bank, x.toml: 'y' stands in no passage"]
BUILD = Build("b", "now", "tests", len(PASSAGES), (RULES, LIST), changes={"warnings": WARNINGS})


def test_each_document_is_shown_with_its_passages_by_kind() -> None:
    shown = printed(contents_view(BUILD, build_contents(BUILD, PASSAGES)))

    assert "    3      1     1         -         2  Rules" in shown
    assert "    -      -     -         1         -  Offences" in shown
    assert "page 3: 2 passages, read with 91%" in shown
    assert "reviewed by A. Registrar" in " ".join(shown.split())
    assert "Warnings (2)" in shown
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_warning_belongs_to_the_document_it_names() -> None:
    told = warnings_of(BUILD)

    assert {RULES.key: ("page 3 has a picture, read by OCR",), "": (WARNINGS[1],)} == told
    assert {3, 12} == pages_named("page 3 and page 12 have pictures")


@pytest.mark.parametrize("changes", [{}, {"warnings": None}, {"warnings": "no list"}])
def test_a_build_that_says_nothing_of_warnings_has_none(changes: dict[str, object]) -> None:
    assert {} == warnings_of(replace(BUILD, changes=changes))


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A session with one build of a PDF and a web page; the PDF has one passage on each of two pages."""
    session = replace(an_ingesting_session(tmp_path / "home"), ingest=pretend_to_ingest)
    guidance = tmp_path / "guidance"
    guidance.mkdir()
    write_pages(guidance / "rules.pdf", WRAPPED, "One crime for each victim.")
    (guidance / "page.html").write_text("<h1>Rules</h1>")
    (guidance / "sources.toml").write_text(a_source("rules", "rules.pdf") + a_source("page", "page.html"))
    desk_command("ingest", "--sources", str(guidance / "sources.toml"), session=session)
    (build,) = (session.settings.home / "builds").glob("2*")
    digest = hashlib.sha256((guidance / "rules.pdf").read_bytes()).hexdigest()
    editions = json.loads((build / "editions.json").read_text())
    editions[0]["digest"] = digest
    (build / "editions.json").write_text(json.dumps(editions))
    lines = [
        {"id": f"rules@2026-27/{n}", "edition": "rules@2026-27", "ordinal": n, "path": ["When"], "text": text,
         "pages": [n], "printed": [str(n)], "kind": "prose", "sentences": [[0, 5]], "twins": []}
        for n, text in ((1, WRAPPED), (2, "One crime for each victim."))
    ]  # fmt: skip
    lines.append({**lines[0], "id": "page@2026-27/1", "edition": "page@2026-27", "pages": []})
    (build / "passages.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    keep(guidance / "rules.pdf", digest, session.settings.home)
    return session


def test_the_json_keeps_its_keys_and_gains_the_counts(session: Session) -> None:
    body = json.loads(desk_command("builds", "show", "--json", session=session).stdout)

    assert {"id", "created", "created_by", "passages", "editions", "model", "splitter", "changes"} == set(body)
    rules = body["editions"][0]
    assert {"document", "title", "edition", "authority", "effective_from", "file", "digest"} <= set(rules)
    assert (2, 2, [], []) == (rules["pages"], rules["passages"]["prose"], rules["pictures"], rules["warnings"])


def test_the_review_page_shows_each_passage_on_its_page(session: Session, tmp_path: Path) -> None:
    result = desk_command("builds", "show", "--html", str(tmp_path / "review.html"), session=session)

    page = (tmp_path / "review.html").read_text()
    assert (0, True) == (result.exit_code, "open it in a browser" in result.stdout)
    assert "Drawing pages (1 of 2 documents): 2 of 2" in result.stderr
    assert (3, 2) == (page.count("<article "), page.count("<img src="))
    assert 2 == page.count('data-boxes="1,') + page.count('data-boxes="2,')
    assert {"review.html"} == {path.name for path in tmp_path.glob("*.html*")}


def test_without_the_file_the_passages_are_shown_all_the_same(session: Session, tmp_path: Path) -> None:
    (kept,) = (session.settings.home / "documents").iterdir()
    kept.unlink()

    result = desk_command("builds", "show", "--html", str(tmp_path / "review.html"), session=session)

    page = (tmp_path / "review.html").read_text()
    assert (0, 3, 0) == (result.exit_code, page.count("<article "), page.count("<img src="))
    assert "Its file was not kept" in page


def test_a_damaged_file_costs_only_its_pictures(session: Session, tmp_path: Path) -> None:
    (kept,) = (session.settings.home / "documents").iterdir()
    kept.write_bytes(b"%PDF-1.7 broken")

    desk_command("builds", "show", "--html", str(tmp_path / "review.html"), session=session)

    assert "Its pages are not shown: its pages cannot be drawn" in (tmp_path / "review.html").read_text()


def test_a_page_that_cannot_be_written_is_one_sentence(session: Session, tmp_path: Path) -> None:
    result = desk_command("builds", "show", "--html", str(tmp_path / "no" / "review.html"), session=session)

    assert (1, 1) == (result.exit_code, result.stderr.strip().count("\n") + 1 - result.stderr.count("Drawing"))


def test_a_build_whose_passages_are_damaged_says_so(session: Session) -> None:
    (build,) = (session.settings.home / "builds").glob("2*")
    (build / "passages.jsonl").write_text('{"id": 1')

    result = desk_command("builds", "show", session=session)

    assert (1, "") == (result.exit_code, result.stdout)
    assert "desk builds verify" in result.stderr
