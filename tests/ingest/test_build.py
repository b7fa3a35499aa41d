"""A build is published whole or not at all; unchanged input embeds nothing."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from bot.holding import published_build
from ingest.build import ingest
from ingest.publish import build_ids, builds_folder, current_build, publish, rollback
from ingest.verify import verify
from knowledge.adapters.build_directory import BuildDirectory
from knowledge.adapters.build_editions import read_build
from knowledge.adapters.published_builds import PublishedBuilds
from knowledge.errors import BuildInvalid, IngestBusy, ModelMismatch, NoBuild
from tests.fakes import FakeEmbedder
from tests.ingest.documents import RULES, SOURCES, another, write_docx, write_sources


def run(sources: Path, home: Path, embedder: FakeEmbedder | None = None, **over):
    return ingest([sources], home=home, embedder=embedder or FakeEmbedder(), by="tests", **over)


def opened(home: Path) -> BuildDirectory:
    return BuildDirectory(builds_folder(home) / str(current_build(home)))


@pytest.fixture(scope="module")
def two_builds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with two builds, to be copied and damaged."""
    folder = tmp_path_factory.mktemp("two-builds")
    run(write_sources(folder), folder / "var")
    (folder / "rules.md").write_text(RULES.replace("24 hours", "48 hours"))
    run(folder / "sources.toml", folder / "var")
    return folder / "var"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "var"


def test_what_was_ingested_can_be_opened_and_read(tmp_path: Path, home: Path) -> None:
    report = run(write_sources(tmp_path), home)

    build = PublishedBuilds(home, FakeEmbedder().fingerprint).current()
    assert report.published
    assert report.build == build.manifest.id == current_build(home)
    assert ["rules@2026-27"] == report.added
    assert "Invented Rules > When to record" in {passage.section for passage in build.passages()}
    assert report.passages == len(list(build.passages())) == report.embedded


def test_a_list_is_kept_with_the_sentence_that_says_what_it_is_a_list_of(tmp_path: Path, home: Path) -> None:
    run(write_sources(tmp_path), home)

    (passage,) = [
        p
        for p in PublishedBuilds(home, FakeEmbedder().fingerprint).current().passages()
        if "officer in the case" in p.text
    ]
    assert "may NOT cancel" in passage.text
    assert "own supervisor" in passage.text


def test_an_example_is_kept_with_its_answer(tmp_path: Path, home: Path) -> None:
    run(write_sources(tmp_path), home)

    (passage,) = [p for p in opened(home).passages() if "Two sisters" in p.text]
    assert "Two crimes." in passage.text


def test_ingesting_the_same_again_embeds_nothing_and_publishes_nothing_new(tmp_path: Path, home: Path) -> None:
    first = run(write_sources(tmp_path), home)
    embedder = FakeEmbedder()

    second = run(tmp_path / "sources.toml", home, embedder)

    assert [] == embedder.embedded
    assert (first.build, 0, first.passages) == (second.build, second.embedded, second.reused)
    assert ["rules@2026-27"] == second.unchanged


def test_one_changed_paragraph_embeds_only_its_own_passage(tmp_path: Path, home: Path) -> None:
    first = run(write_sources(tmp_path), home)
    (tmp_path / "rules.md").write_text(RULES.replace("24 hours", "48 hours"))
    embedder = FakeEmbedder()

    second = run(tmp_path / "sources.toml", home, embedder)

    assert first.build != second.build
    assert ["rules@2026-27"] == second.changed
    assert 1 == second.embedded
    assert all("48 hours" in text for text in embedder.embedded)


def test_a_document_that_cannot_be_read_is_rejected_and_the_rest_are_published(tmp_path: Path, home: Path) -> None:
    text = (
        SOURCES + another("broken", "broken.pdf") + another("absent", "absent.docx") + another("policy", "policy.docx")
    )
    write_sources(tmp_path, text, broken_pdf=b"%PDF-1.4 oh dear")
    write_docx(tmp_path / "policy.docx")

    report = run(tmp_path / "sources.toml", home)

    assert {"broken.pdf", "absent.docx"} == {file for file, _ in report.rejected}
    assert ["rules@2026-27", "policy@2026"] == report.added
    assert report.published


def test_when_no_document_can_be_read_nothing_is_published_and_the_old_build_serves(tmp_path: Path, home: Path) -> None:
    first = run(write_sources(tmp_path), home)
    (tmp_path / "rules.md").write_bytes(b"")

    report = run(tmp_path / "sources.toml", home)

    assert not report.published
    assert first.build == current_build(home)


def test_a_dry_run_publishes_nothing(tmp_path: Path, home: Path) -> None:
    report = run(write_sources(tmp_path), home, dry_run=True)

    assert 0 < report.passages
    assert current_build(home) is None


def test_the_json_of_a_report_has_exactly_the_keys_scripts_depend_on(tmp_path: Path, home: Path) -> None:
    body = run(write_sources(tmp_path), home).to_json()

    assert ["build", "published", "documents", "passages", "rejected", "seconds"] == list(body)
    assert ["added", "changed", "unchanged", "withdrawn", "rejected"] == list(body["documents"])
    assert ["total", "embedded", "reused"] == list(body["passages"])


def test_a_second_ingester_is_refused(tmp_path: Path, home: Path) -> None:
    home.mkdir()
    with FileLock(home / "ingest.lock"), pytest.raises(IngestBusy, match="Another ingest"):
        run(write_sources(tmp_path), home)


def test_roll_back_is_one_pointer_and_the_bot_follows_it_without_a_restart(tmp_path: Path, home: Path) -> None:
    first = run(write_sources(tmp_path), home)
    (tmp_path / "rules.md").write_text(RULES.replace("24 hours", "48 hours"))
    second = run(tmp_path / "sources.toml", home)
    builds = PublishedBuilds(home, FakeEmbedder().fingerprint)
    held = builds.current()
    assert second.build == held.manifest.id

    assert first.build == rollback(home)
    builds._looked = 0.0  # the pointer is looked at once a second; this test does not wait for it

    assert first.build == builds.current().manifest.id
    assert any("48 hours" in passage.text for passage in held.passages())


def test_rolling_back_with_nothing_behind_says_so(tmp_path: Path, home: Path) -> None:
    run(write_sources(tmp_path), home)
    with pytest.raises(NoBuild, match="no earlier build"):
        rollback(home)


@pytest.mark.faults
def test_five_builds_are_kept(tmp_path: Path, home: Path) -> None:
    write_sources(tmp_path)
    for hours in range(30, 37):
        (tmp_path / "rules.md").write_text(RULES.replace("24 hours", f"{hours} hours"))
        run(tmp_path / "sources.toml", home)

    assert 5 == len(build_ids(home))
    assert current_build(home) == build_ids(home)[-1]


@pytest.mark.faults
@pytest.mark.parametrize("damage", ["truncate", "remove", "garble"])
@pytest.mark.parametrize(
    "file",
    [
        "passages.jsonl",
        "editions.json",
        "chroma/chroma.sqlite3",
        "chroma/vectors.npy",
        "bm25/ids.json",
        "MANIFEST.json",
    ],
)
def test_a_damaged_build_is_found_out_and_the_one_before_it_serves(
    two_builds: Path, tmp_path: Path, file: str, damage: str
) -> None:
    home = tmp_path / "var"
    shutil.copytree(two_builds, home)
    first, second = build_ids(home)
    path = builds_folder(home) / second / file
    body = path.read_bytes()
    if damage == "truncate":
        path.write_bytes(body[: len(body) // 2])
    elif damage == "garble":
        path.write_bytes(bytes(255 - byte for byte in body[:400]) + body[400:])
    else:
        path.unlink()

    with pytest.raises(BuildInvalid):
        verify(builds_folder(home) / second)
    assert first == PublishedBuilds(home, FakeEmbedder().fingerprint).current().manifest.id


@pytest.mark.parametrize("pointer", ["", "../../etc", "nowhere", "\x00\xff", "/tmp", "a/b"])
def test_a_torn_dangling_or_hostile_pointer_is_no_pointer(two_builds: Path, tmp_path: Path, pointer: str) -> None:
    home = tmp_path / "var"
    shutil.copytree(two_builds, home)
    (builds_folder(home) / "CURRENT").write_text(pointer)

    builds = PublishedBuilds(home, FakeEmbedder().fingerprint)

    assert builds._read_pointer() in (None, "nowhere")
    assert build_ids(home)[-1] in builds._candidates(builds._read_pointer())


@pytest.mark.faults
def test_without_a_sound_pointer_the_newest_good_build_serves(two_builds: Path, tmp_path: Path) -> None:
    home = tmp_path / "var"
    shutil.copytree(two_builds, home)
    (builds_folder(home) / "CURRENT").write_text("nowhere")

    assert build_ids(home)[-1] == PublishedBuilds(home, FakeEmbedder().fingerprint).current().manifest.id


def test_publishing_a_name_that_is_no_build_is_refused(tmp_path: Path, home: Path) -> None:
    run(write_sources(tmp_path), home)
    for name in ("..", "nowhere", "a/b", ""):
        with pytest.raises(BuildInvalid):
            publish(home, name)


def test_nothing_published_says_what_to_do(home: Path) -> None:
    with pytest.raises(NoBuild, match="desk ingest"):
        PublishedBuilds(home, FakeEmbedder().fingerprint).current()


def test_a_build_made_with_another_model_is_refused_and_the_field_is_named(tmp_path: Path, home: Path) -> None:
    run(write_sources(tmp_path), home)

    with pytest.raises(ModelMismatch, match=r"weights_sha256|name"):
        PublishedBuilds(home, FakeEmbedder("other").fingerprint).current()


def test_a_withdrawn_edition_stays_in_the_build_with_its_reason_and_is_not_in_force(tmp_path: Path, home: Path) -> None:
    old = another("rules", "old.md", edition='"2025/26"', effective_from="2025-04-01", effective_to="2026-03-31")
    told = 'withdrawn = 2026-06-01\nwithdrawn_reason = "it printed the wrong limit"\n'
    write_sources(tmp_path, SOURCES + old + told, old_md=RULES.replace("24 hours", "48 hours"))
    run(tmp_path / "sources.toml", home)

    build = opened(home)

    (withdrawn,) = [edition for edition in build.editions if edition.withdrawn]
    assert (date(2026, 6, 1), "it printed the wrong limit") == (withdrawn.withdrawn, withdrawn.withdrawn_reason)
    assert not withdrawn.governs(date(2025, 6, 1))
    (passage,) = [one for one in build.passages() if "48 hours" in one.text]
    assert passage in build.surroundings(build.passage(passage.id))
    assert published_build(home).editions == tuple(build.editions)


def test_a_build_made_before_editions_could_be_withdrawn_is_read(two_builds: Path, tmp_path: Path) -> None:
    home = tmp_path / "var"
    shutil.copytree(two_builds, home)
    directory = builds_folder(home) / str(current_build(home))
    records = json.loads((directory / "editions.json").read_text())
    (directory / "editions.json").write_text(
        json.dumps([{k: v for k, v in record.items() if "withdrawn" not in k} for record in records])
    )

    assert [None] == [edition.withdrawn for edition in read_build(directory).editions]
    assert [None] == [edition.withdrawn for edition in published_build(home).editions]


def test_the_questions_of_the_bank_are_searched_by_their_words_and_a_build_without_a_bank_has_none(
    tmp_path: Path, home: Path
) -> None:
    bank = tmp_path / "questions"
    bank.mkdir()
    (bank / "when.toml").write_text(
        '[[question]]\ndocument = "rules"\nsection = ["When to record"]\nwords = "no later than 24 hours"\n'
        'asks = ["how soon has the job got to be on"]\n'
    )
    run(write_sources(tmp_path), home)
    without = opened(home)
    run(tmp_path / "sources.toml", home, bank=bank)
    build = opened(home)

    assert without.asked is None
    assert build.asked is not None
    (hit,) = build.asked.search("how soon", limit=5, editions=frozenset(["rules@2026-27"]))
    assert "24 hours" in build.passage(hit.passage).text


def test_a_question_in_flight_keeps_the_build_it_began_with(tmp_path: Path, home: Path) -> None:
    first = run(write_sources(tmp_path), home)
    held = BuildDirectory(builds_folder(home) / str(first.build))
    (tmp_path / "rules.md").write_text(RULES.replace("24 hours", "48 hours"))
    run(tmp_path / "sources.toml", home)

    assert any("24 hours" in passage.text for passage in held.passages())
    assert held.lexical.search("hours", limit=3, editions=frozenset({"rules@2026-27"}))
