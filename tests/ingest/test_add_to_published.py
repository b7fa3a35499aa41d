"""One edition more than what is published: how it and its neighbours follow each other, and which files are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.add_to_published import add_edition, published_and
from ingest.build import ingest
from ingest.fetch.drafts import Draft
from ingest.keep_documents import drop_unused
from ingest.keep_transcriptions import kept_list
from ingest.keep_upload import keep_upload
from ingest.publish import current_build, held_back
from knowledge.errors import DeskError, WrongUse
from knowledge.model import Authority, Edition
from tests.builders import TODAY
from tests.fakes import FakeEmbedder

TEXT = "# Rules\n\n## When\n\nA crime must be recorded within 24 hours of the report.\n"


def edition(label: str, begins: date | None, ends: date | None = None, document: str = "rules") -> Edition:
    return Edition(document, "Rules", "Office", Authority.NATIONAL_RULE, label, begins, ends)


def a_draft(document: str = "rules", label: str = "2026/27", begins: date = date(2026, 4, 1)) -> Draft:
    return Draft("", document, "Rules", "Office", Authority.NATIONAL_RULE, "", "", 0, "", "2026-11-22T09:00:00+00:00",
                 True, edition=label, effective_from=begins)  # fmt: skip


def a_home(tmp_path: Path) -> Path:
    """A data directory with the rules of 2025/26 published from a folder that is gone since."""
    folder, home = tmp_path / "lists", tmp_path / "home"
    folder.mkdir()
    (folder / "rules.md").write_text(TEXT)
    (folder / "sources.toml").write_text(
        '[[document]]\nid = "rules"\ntitle = "Rules"\npublisher = "Office"\nauthority = "national_rule"\n'
        'edition = "2025/26"\neffective_from = 2025-04-01\nfile = "rules.md"\n'
    )
    assert ingest([folder / "sources.toml"], home=home, embedder=FakeEmbedder(), by="tests", today=TODAY).published
    for path in folder.iterdir():
        path.unlink()
    return home


def test_the_edition_before_ends_the_day_before_and_the_new_one_before_the_next() -> None:
    held = [edition("2024/25", date(2024, 4, 1)), edition("2028/29", date(2028, 4, 1)), edition("1", None, None, "p")]

    added = add_edition(held, edition("2026/27", date(2026, 4, 1)))

    ends = {one.label: one.effective_to for one in added.editions}
    assert {"2024/25": date(2026, 3, 31), "2028/29": None, "1": None, "2026/27": date(2028, 3, 31)} == ends
    assert (
        "It ends on 31 March 2028, the day before the next edition begins.",
        "Edition 2024/25 now ends on 31 March 2026.",
    ) == added.notes


@pytest.mark.parametrize(("label", "begins"), [("2026/27 v2", date(2026, 4, 1)), ("2026/27", date(2026, 5, 1))])
def test_an_edition_of_the_same_day_or_label_gives_way(label: str, begins: date) -> None:
    added = add_edition([edition("2026/27", date(2026, 4, 1))], edition(label, begins))

    assert [label] == [one.label for one in added.editions]
    assert ("It takes the place of edition 2026/27 from 1 April 2026, which is then no longer held.",) == added.notes


def test_an_edition_that_ended_before_stays_as_it_was() -> None:
    ended = edition("2024/25", date(2024, 4, 1), date(2025, 3, 31))

    assert (ended, ()) == (lambda added: (added.editions[0], added.notes))(
        add_edition([ended], edition("2026/27", date(2026, 4, 1)))
    )


def test_a_last_day_before_the_first_is_refused() -> None:
    with pytest.raises(WrongUse, match="before its first"):
        add_edition([], edition("2026/27", date(2026, 4, 1), date(2026, 3, 1)))


def test_what_is_published_is_built_again_from_the_files_that_are_kept(tmp_path: Path) -> None:
    """The lists it was published from, and their folder, may be gone."""
    home = a_home(tmp_path)
    before = current_build(home)
    draft = keep_upload(home, TEXT.replace("24", "48").encode(), "rules.md", a_draft())
    sources, notes = published_and(home, draft)

    report = ingest((), home=home, embedder=FakeEmbedder(), by="U1", today=TODAY, listed=sources, drafts=[draft.id],
                    keep_back=True)  # fmt: skip

    assert ("Edition 2025/26 now ends on 31 March 2026.",) == notes
    assert (before, False) == (current_build(home), report.published)
    assert (["rules@2026-27"], ["rules@2025-26"], []) == (report.added, report.changed, report.withdrawn)
    held = held_back(home, str(report.build))
    assert held is not None
    assert (() , False) == (held.because, held.second_person)  # fmt: skip


def test_transcriptions_of_what_is_published_come_along(tmp_path: Path) -> None:
    home = tmp_path / "home"
    folder = tmp_path / "lists"
    (folder / "transcriptions" / "rules").mkdir(parents=True)
    (folder / "rules.md").write_text(TEXT)
    (folder / "transcriptions" / "rules" / "1.md").write_text(
        "reviewed by: the office\nreviewed on: 2026-05-01\n\nTranscribed words.\n"
    )
    (folder / "sources.toml").write_text(
        '[[document]]\nid = "rules"\ntitle = "Rules"\npublisher = "Office"\nauthority = "national_rule"\n'
        'edition = "2025/26"\neffective_from = 2025-04-01\nfile = "rules.md"\n'
    )
    ingest([folder / "sources.toml"], home=home, embedder=FakeEmbedder(), by="tests", today=TODAY)
    draft = keep_upload(home, TEXT.replace("24", "48").encode(), "rules.md", a_draft())

    sources, _ = published_and(home, draft)

    (kept,) = [one for one in sources if one.edition.label == "2025/26"]
    page = kept.listed_in.parent / "transcriptions" / "rules" / "1.md"
    assert page.read_text().startswith("edition: 2025/26\nreviewed by: the office")
    assert drop_unused(home, [])
    assert not kept_list(home, "0" * 64).parent.exists()
    assert not page.exists()


def test_a_file_that_is_not_kept_is_said_so(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    draft = keep_upload(home, TEXT.replace("24", "48").encode(), "rules.md", a_draft())
    drop_unused(home, [])

    with pytest.raises(DeskError, match="is not kept in the data directory"):
        published_and(home, draft)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("rules.pdf", b"<html></html>", "it is a web page, not a PDF"),
        ("rules.docx", b"%PDF-1.7 %%EOF", "it is a PDF, not a Word document"),
        ("rules.txt", b"\xff\xfe\x00", "is not plain text"),
        ("rules.md", b"%PDF-1.7", "is not Markdown"),
        ("rules.exe", b"MZ", "no kind that the desk reads"),
        ("rules", b"words", "no kind that the desk reads"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    with pytest.raises(WrongUse, match=says):
        keep_upload(tmp_path, content, name, a_draft())

    assert [] == list((tmp_path / "drafts").glob("rules*"))


def test_the_same_file_with_other_dates_is_one_draft(tmp_path: Path) -> None:
    keep_upload(tmp_path, TEXT.encode(), "rules.md", a_draft())
    again = keep_upload(tmp_path, TEXT.encode(), "rules.md", a_draft(begins=date(2026, 5, 1)))

    (folder,) = (tmp_path / "drafts").glob("rules-*")
    assert again.id == folder.name
    assert "effective_from = 2026-05-01" in (folder / "draft.toml").read_text()
