"""A person confirms a draft, and the edition before it ends; or discards it."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest.fetch.drafts import Draft, draft_id, drafts_folder, drafts_of, keep_draft
from ingest.fetch.lock import fetch_lock
from ingest.fetch.memory import Memory, save_memory
from ingest.fetch.own_sources import own_sources
from ingest.fetch.settle_draft import confirm_draft, discard_draft
from ingest.fetch.wanted import read_wanted
from ingest.sources import read_sources
from knowledge.errors import DeskError, IngestBusy, WrongUse
from knowledge.model import Authority
from tests.ingest.fetch.lists import a_list, fetched, left_in, outcomes
from tests.ingest.fetch.publishers import ASSETS, PAGE, Publishers, a_pdf, an_attachment

APRIL = date(2026, 4, 1)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def a_draft(home: Path, body: bytes = b"%PDF- one", **over: object) -> Draft:
    """A draft that waits."""
    import hashlib

    digest = hashlib.sha256(body).hexdigest()
    given: dict[str, object] = {
        "document": "rules",
        "title": 'Invented "Rules"',
        "publisher": "Nobody",
        "authority": Authority.NATIONAL_RULE,
        "file": "rules.pdf",
        "digest": digest,
        "size": len(body),
        "came_from": f"{ASSETS}/1/rules.pdf",
        "fetched_at": "2026-11-22T09:30:00+00:00",
        "changed": False,
        "edition": "2026/27",
        "version": "April v2",
        "effective_from": APRIL,
        "published": date(2026, 3, 30),
        "page": PAGE,
        "attachment": "invented rules",
    }
    given |= over
    draft = Draft(id=draft_id(str(given["document"]), digest), **given)  # type: ignore[arg-type]
    home.mkdir(exist_ok=True)
    came = home / "came"
    came.write_bytes(body)
    keep_draft(home, draft, came)
    return draft


def listed(home: Path) -> list[tuple[str, date | None, date | None]]:
    """(label, first day, last day) of the confirmed editions, in their order."""
    editions = [source.edition for source in read_sources(own_sources(home))]
    return [(edition.label, edition.effective_from, edition.effective_to) for edition in editions]


def test_a_draft_reads_back_as_it_was_kept(home: Path) -> None:
    draft = a_draft(home, note='He said "no" \\ and\nleft', effective_words="With effect from April 2026", changed=True)

    assert [replace(draft, note='He said "no" \\ and left')] == drafts_of(home)


def test_a_confirmed_draft_is_an_edition_that_can_be_ingested_and_fetched(home: Path) -> None:
    draft = a_draft(home)

    done = confirm_draft(home, draft.id)

    (source,) = read_sources(own_sources(home))
    edition = source.edition
    assert ("rules", 'Invented "Rules"', "2026/27", "April v2") == (
        edition.document,
        edition.title,
        edition.label,
        edition.version,
    )
    assert (APRIL, None, date(2026, 3, 30), PAGE) == (
        edition.effective_from,
        edition.effective_to,
        edition.published,
        edition.url,
    )
    assert source.file is not None
    assert b"%PDF- one" == source.file.read_bytes()
    assert ("2026/27", ()) == (done.edition.label, done.notes)
    assert [] == drafts_of(home)
    (wanted,) = read_wanted([own_sources(home)])
    assert (PAGE, "invented rules", ".pdf") == (wanted.page, wanted.attachment, wanted.ending)
    assert 3 == len(left_in(home))  # the list, the file, and what is remembered


def test_a_person_may_correct_what_was_proposed(home: Path) -> None:
    draft = a_draft(home, edition="", effective_from=None)

    confirm_draft(home, draft.document, effective_from=date(2026, 5, 1), label=" May  2026 ")

    assert [("May 2026", date(2026, 5, 1), None)] == listed(home)


def test_the_edition_before_ends_the_day_before(home: Path) -> None:
    first, second = a_draft(home), a_draft(home, b"%PDF- two", edition="2027/28", effective_from=date(2027, 4, 1))
    confirm_draft(home, first.id)

    done = confirm_draft(home, second.id)

    assert [("2026/27", APRIL, date(2027, 3, 31)), ("2027/28", date(2027, 4, 1), None)] == listed(home)
    assert ("Edition 2026/27 now ends on 31 March 2027.",) == done.notes


def test_an_edition_before_those_held_ends_where_they_begin(home: Path) -> None:
    now, then = a_draft(home), a_draft(home, b"%PDF- old", edition="2013", effective_from=date(2013, 4, 1))
    confirm_draft(home, now.id)

    done = confirm_draft(home, then.id)

    assert [("2026/27", APRIL, None), ("2013", date(2013, 4, 1), date(2026, 3, 31))] == listed(home)
    assert ("It ends on 31 March 2026, the day before the next edition begins.",) == done.notes


def test_an_edition_between_two_ends_the_first_and_not_the_second(home: Path) -> None:
    for label, begins in (("A", date(2024, 4, 1)), ("C", date(2026, 4, 1)), ("B", date(2025, 4, 1))):
        draft = a_draft(home, label.encode(), edition=label, effective_from=begins)
        confirm_draft(home, draft.id)

    assert [
        ("A", date(2024, 4, 1), date(2026, 3, 31)),
        ("C", date(2026, 4, 1), None),
        ("B", date(2025, 4, 1), date(2026, 3, 31)),
    ] == listed(home)


def test_a_last_day_that_overlaps_is_told_and_left(home: Path) -> None:
    for label, begins in (("A", date(2024, 4, 1)), ("C", date(2026, 4, 1))):
        confirm_draft(home, a_draft(home, label.encode(), edition=label, effective_from=begins).id)
    draft = a_draft(home, b"B", edition="B", effective_from=date(2025, 4, 1))

    done = confirm_draft(home, draft.id)

    assert (
        "Edition A is listed until 31 March 2026, which overlaps with this one; put one of the days right."
        in done.notes
    )


def test_editions_of_other_documents_are_left_alone(home: Path) -> None:
    confirm_draft(home, a_draft(home).id)

    confirm_draft(home, a_draft(home, b"%PDF- p", document="protocol", effective_from=date(2027, 4, 1)).id)

    assert [("2026/27", APRIL, None), ("2026/27", date(2027, 4, 1), None)] == listed(home)


def test_what_a_person_wrote_in_the_list_stays(home: Path) -> None:
    confirm_draft(home, a_draft(home).id)
    own = own_sources(home)
    text = own.read_text() + "\n# Kept by hand.\n[[document]]\n" + 'id = "mine" # note\ntitle = "M"\npublisher = "P"\n'
    own.write_text(text + 'authority = "background"\nedition = "1"\nfile = "m.txt"\n')

    confirm_draft(home, a_draft(home, b"%PDF- two", edition="2027/28", effective_from=date(2027, 4, 1)).id)

    after = own.read_text()
    assert "# Kept by hand.\n[[document]]\n" in after
    assert 'id = "mine" # note\n' in after
    assert "effective_from = 2026-04-01\neffective_to = 2027-03-31\n" in after


class TestReplacing:
    """A reissue that applies from the same day takes the place of the edition it puts right, when a person says so."""

    @pytest.mark.parametrize(("label", "why"), [("2026/27", "is confirmed already"), ("v3", "begins on 1 April 2026")])
    def test_it_is_refused_otherwise(self, home: Path, label: str, why: str) -> None:
        confirm_draft(home, a_draft(home).id)
        draft = a_draft(home, b"%PDF- two", edition=label)
        before = left_in(home)

        with pytest.raises(WrongUse, match=why):
            confirm_draft(home, draft.id)

        assert before == left_in(home)
        assert [("2026/27", APRIL, None)] == listed(home)

    @pytest.mark.parametrize("label", ["2026/27", "v3"])
    def test_the_entry_and_the_file_are_replaced(self, home: Path, label: str) -> None:
        earlier = a_draft(home, b"%PDF- old", edition="2025/26", effective_from=date(2025, 4, 1))
        confirm_draft(home, earlier.id)
        confirm_draft(home, a_draft(home).id)

        confirm_draft(home, a_draft(home, b"%PDF- two", edition=label).id, replacing=True)

        assert [("2025/26", date(2025, 4, 1), date(2026, 3, 31)), (label, APRIL, None)] == listed(home)
        files = sorted(path.read_bytes() for path in own_sources(home).parent.glob("*.pdf"))
        assert [b"%PDF- old", b"%PDF- two"] == files

    def test_there_must_be_something_to_replace(self, home: Path) -> None:
        with pytest.raises(WrongUse, match="leave out --replace"):
            confirm_draft(home, a_draft(home).id, replacing=True)


class TestMistakes:
    """Each is one clear sentence, and changes nothing."""

    def test_confirming_twice(self, home: Path) -> None:
        draft = a_draft(home)
        confirm_draft(home, draft.id)

        with pytest.raises(WrongUse, match=r"was confirmed as edition 2026/27 already\.$"):
            confirm_draft(home, draft.id)

    def test_a_draft_that_is_not_there(self, home: Path) -> None:
        with pytest.raises(WrongUse, match=r"There is no draft '\.\./x'; `desk drafts` lists those that wait"):
            confirm_draft(home, "../x")

    def test_a_document_with_two_drafts(self, home: Path) -> None:
        a_draft(home), a_draft(home, b"%PDF- two")

        with pytest.raises(WrongUse, match="has 2 drafts; name one of rules-"):
            confirm_draft(home, "rules")

    def test_a_draft_without_a_day(self, home: Path) -> None:
        with pytest.raises(WrongUse, match="give the day with --effective-from"):
            confirm_draft(home, a_draft(home, effective_from=None).id)

    def test_but_an_inspection_needs_none(self, home: Path) -> None:
        draft = a_draft(home, effective_from=None, authority=Authority.INSPECTION, edition="November 2014")

        confirm_draft(home, draft.id)

        assert [("November 2014", None, None)] == listed(home)

    @pytest.mark.parametrize(("label", "why"), [("", "give one with --edition"), ("//", "is no label of an edition")])
    def test_a_draft_without_a_label(self, home: Path, label: str, why: str) -> None:
        with pytest.raises(WrongUse, match=why):
            confirm_draft(home, a_draft(home, edition="").id, label=label)

    def test_a_file_that_is_not_the_one_that_came(self, home: Path) -> None:
        draft = a_draft(home)
        (drafts_folder(home) / draft.id / draft.file).write_bytes(b"%PDF- swapped")

        with pytest.raises(DeskError, match="is not the one that was fetched"):
            confirm_draft(home, draft.id)

    def test_a_list_of_confirmed_documents_that_somebody_broke(self, home: Path) -> None:
        own_sources(home).parent.mkdir(parents=True)
        own_sources(home).write_text("[[document]\n")
        draft = a_draft(home)

        with pytest.raises(DeskError, match=r"has a fault: sources\.toml: line 1"):
            confirm_draft(home, draft.id)

        assert [draft] == drafts_of(home)

    def test_while_a_fetch_is_at_work(self, home: Path) -> None:
        draft = a_draft(home)
        with fetch_lock(home), pytest.raises(IngestBusy):
            confirm_draft(home, draft.id)


@pytest.mark.parametrize("step", ["save_memory", "drop_draft"])
def test_a_confirmation_that_was_killed_half_way_is_finished_by_the_next(
    home: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    draft = a_draft(home)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"ingest.fetch.settle_draft.{step}", killed)
    with pytest.raises(KeyboardInterrupt):
        confirm_draft(home, draft.id)
    monkeypatch.undo()

    confirm_draft(home, draft.id)

    assert [("2026/27", APRIL, None)] == listed(home)
    assert [] == drafts_of(home)


def test_two_people_who_confirm_at_once_make_one_edition(home: Path) -> None:
    draft = a_draft(home)
    together, ended = threading.Barrier(2), []

    def confirm() -> None:
        together.wait()
        try:
            confirm_draft(home, draft.id)
            ended.append("confirmed")
        except (WrongUse, IngestBusy):
            ended.append("refused")

    people = [threading.Thread(target=confirm) for _ in range(2)]
    for one in people:
        one.start()
    for one in people:
        one.join()

    assert ["confirmed", "refused"] == sorted(ended)
    assert [("2026/27", APRIL, None)] == listed(home)


class TestDiscarding:
    """A discarded file is not offered every day, unless a person asks for that."""

    @pytest.fixture
    def listed(self, sites: Publishers, tmp_path: Path) -> Path:
        sites.serve_item(PAGE, attachments=[an_attachment("Invented rules", f"{ASSETS}/1/rules.pdf")])
        sites.serve_file(f"{ASSETS}/1/rules.pdf", a_pdf("Invented Rules"))
        return a_list(tmp_path / "list")

    def test_the_same_file_is_not_offered_again(self, sites: Publishers, home: Path, listed: Path) -> None:
        fetched(home, sites, listed)

        discard_draft(home, "rules")

        assert {"rules": "unchanged"} == outcomes(fetched(home, sites, listed))
        assert [] == drafts_of(home)

    def test_unless_it_should_be(self, sites: Publishers, home: Path, listed: Path) -> None:
        (draft,) = fetched(home, sites, listed).drafts

        discard_draft(home, "rules", again=True)

        assert {"rules": "new"} == outcomes(fetched(home, sites, listed))
        assert draft == confirm_draft(home, "rules").draft.id

    def test_a_confirmed_file_is_not_offered_again(self, sites: Publishers, home: Path, listed: Path) -> None:
        fetched(home, sites, listed)
        confirm_draft(home, "rules")
        save_memory(home, Memory())

        assert {"rules": "unchanged"} == outcomes(fetched(home, sites, listed))

    def test_discarding_twice_is_told(self, sites: Publishers, home: Path, listed: Path) -> None:
        (draft,) = fetched(home, sites, listed).drafts
        discard_draft(home, draft)

        with pytest.raises(WrongUse, match=r"was discarded already\.$"):
            discard_draft(home, draft)
