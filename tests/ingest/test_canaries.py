"""A new build that answers canary questions worse than the one before, or lacks what that held, is kept unpublished."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from bot import wiring
from bot.settings import Settings
from ingest.build import ingest
from ingest.canaries import Canary, askable, fallen, read_canaries, run_canaries
from ingest.gate import STAND_IN
from ingest.publish import (
    KEPT,
    KEPT_UNPUBLISHED,
    Held,
    build_ids,
    builds_folder,
    current_build,
    held_back,
    hold,
    prune,
    publish,
    rollback,
    unpublished_ids,
)
from ingest.report import IngestReport
from knowledge.errors import NoBuild, WrongUse
from knowledge.model import Status
from tests.builders import TODAY, a_passage, an_edition
from tests.fakes import FakeBuild, FakeEmbedder
from tests.ingest.documents import RULES, SOURCES, another, write_sources

QUESTION = "how many hours to record a lamp crime"
ASKED = Canary("lamp", QUESTION, Status.ANSWERED, document="rules", quote_has="24  HOURS")


def says(hours: int) -> FakeBuild:
    """A build with one rule."""
    return FakeBuild([a_passage(f"A lamp crime must be recorded within {hours} hours of the report.")], FakeEmbedder())


def fell(old: FakeBuild, new: FakeBuild, canaries: Sequence[Canary]) -> list[str]:
    missed = run_canaries(new, canaries, FakeEmbedder(), TODAY)
    return [one.canary.id for one in fallen(missed, old, FakeEmbedder(), TODAY)]


class TestCanaries:
    def test_what_the_old_build_answered_and_the_new_one_does_not_has_fallen(self) -> None:
        assert ["lamp"] == fell(says(24), says(48), [ASKED])

    def test_as_before_or_better_is_no_fall(self) -> None:
        assert [] == fell(says(24), says(24), [ASKED])
        assert [] == fell(says(48), says(24), [ASKED])
        assert [] == fell(says(48), says(72), [ASKED])

    def test_a_canary_about_a_document_that_is_not_held_or_is_withdrawn_is_not_asked(self) -> None:
        withdrawn = an_edition(document="policy", withdrawn=date(2026, 5, 1), withdrawn_reason="wrong")
        build = FakeBuild([a_passage(), a_passage(edition=withdrawn)], FakeEmbedder())
        elsewhere = [Canary(name, QUESTION, Status.ANSWERED, document=name) for name in ("policy", "absent")]

        assert [ASKED] == askable([ASKED, *elsewhere], build)
        assert [] == run_canaries(says(24), elsewhere, FakeEmbedder(), TODAY)

    def test_what_fell_says_what_was_expected_and_what_came_without_personal_data(self) -> None:
        named = Canary("lamp", f"{QUESTION} for jane@example.org", Status.DECLINED)

        (one,) = run_canaries(says(24), [named], FakeEmbedder(), TODAY)

        assert str(one).startswith("Canary lamp, 'how many hours")
        assert str(one).endswith("expected declined; now answered.")
        assert "jane" not in str(one)

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ('{"status": "answered"}', "a canary has a 'question'"),
            ('{"question": "q", "status": "maybe"}', "not a canary question"),
            ('{"question": "q", "status": "answered", "pages": "3"}', "'pages' is not a key"),
            ('{"question": "q", "status": "answered", "as_at": "soon"}', "not a canary question"),
            ("[1]", "not a canary question"),
            ("{", "not a canary question"),
        ],
    )
    def test_a_line_that_is_none_is_named(self, tmp_path: Path, line: str, told: str) -> None:
        (tmp_path / "own.jsonl").write_text("\n" + line)

        with pytest.raises(WrongUse, match=f"own.jsonl, line 2.*{told}"):
            read_canaries([tmp_path / "absent.jsonl", tmp_path / "own.jsonl"])

    def test_the_project_keeps_at_least_thirty_each_with_its_own_id(self) -> None:
        kept = read_canaries([wiring.CANARIES])

        assert 30 <= len(kept) == len({canary.id for canary in kept})
        assert {Status.ANSWERED, Status.NOT_COVERED, Status.DECLINED} == {canary.status for canary in kept}


class TestGate:
    """On the way from `ingest` to the pointer."""

    @pytest.fixture
    def home(self, tmp_path: Path) -> Path:
        return tmp_path / "var"

    def run(self, folder: Path, **over: object) -> IngestReport:
        own = [folder / "var" / "canaries.jsonl"]
        values = {"home": folder / "var", "embedder": FakeEmbedder(), "by": "tests", "canaries": own, "today": TODAY}
        return ingest([folder / "sources.toml"], **{**values, **over})  # type: ignore[arg-type]

    def test_a_fallen_canary_keeps_the_build_unpublished_until_it_is_mended(self, tmp_path: Path, home: Path) -> None:
        write_sources(tmp_path)
        first = self.run(tmp_path)
        canary = '{"id": "limit", "question": "when must a crime be recorded", "status": "answered", "quote_has": "%s"}'
        (home / "canaries.jsonl").write_text(canary % "24 hours")
        (tmp_path / "rules.md").write_text(RULES.replace("24 hours", "48 hours"))

        second = self.run(tmp_path)

        assert second.held is not None
        assert (False, ("limit",), 1) == (second.published, second.held.fell, len(second.held.because))
        assert (first.build, [second.build]) == (current_build(home), unpublished_ids(home))
        assert [first.build, second.build] == build_ids(home)

        (home / "canaries.jsonl").write_text(canary % "48 hours")
        embedder = FakeEmbedder()
        third = self.run(tmp_path, embedder=embedder)

        assert (True, second.build, None) == (third.published, third.build, third.held)
        assert second.build == current_build(home)
        assert [] == unpublished_ids(home)
        assert 0 == third.embedded

    def test_a_document_that_vanished_keeps_it_unpublished_and_the_starter_guidance_is_not_missed(
        self, tmp_path: Path, home: Path
    ) -> None:
        both = SOURCES + another("policy", "policy.md") + another("digest", "policy.md", publisher=f'"{STAND_IN}"')
        write_sources(tmp_path, both, policy_md="# Policy\n\nTell the duty sergeant the same day.\n")
        first = self.run(tmp_path)
        assert first.published

        (tmp_path / "sources.toml").write_text(SOURCES)
        second = self.run(tmp_path)

        assert second.held is not None
        assert ["Invented policy (policy) is in the build before and not in this one."] == list(second.held.because)
        assert first.build == current_build(home)

    def test_the_first_build_is_published_though_its_editions_leave_a_gap(self, tmp_path: Path, home: Path) -> None:
        old = another("rules", "old.md", edition='"2013"', effective_from="2013-04-01", effective_to="2014-03-31")
        write_sources(tmp_path, SOURCES + old, old_md=RULES)

        assert self.run(tmp_path).published

    def test_the_first_build_is_published_and_says_which_canaries_it_misses(self, tmp_path: Path, home: Path) -> None:
        write_sources(tmp_path)
        home.mkdir()
        (home / "canaries.jsonl").write_text('{"id": "limit", "question": "how long to record", "status": "declined"}')

        report = self.run(tmp_path)

        assert report.published
        assert any("limit" in warning for warning in report.warnings)

    def test_an_edition_withdrawn_on_a_day_to_come_is_refused(self, tmp_path: Path, home: Path) -> None:
        write_sources(tmp_path, SOURCES + 'withdrawn = 2026-12-25\nwithdrawn_reason = "replaced"\n')

        with pytest.raises(WrongUse, match="a day to come"):
            self.run(tmp_path)


class TestHeldBuilds:
    """Builds of which only the manifest is there: pointers and marks."""

    @pytest.fixture
    def home(self, tmp_path: Path) -> Path:
        for number in range(10):
            folder = builds_folder(tmp_path) / f"2026-{number}"
            folder.mkdir(parents=True)
            (folder / "MANIFEST.json").write_text("{}")
        return tmp_path

    def test_the_last_five_that_served_are_kept_and_the_last_two_that_never_did(self, home: Path) -> None:
        publish(home, "2026-0")
        for number in (1, 2, 5, 9):
            hold(home, f"2026-{number}", Held(("because",)))

        removed = prune(home)

        assert {"2026-1", "2026-2"} == set(removed)
        assert ["2026-5", "2026-9"] == unpublished_ids(home)
        assert KEPT_UNPUBLISHED + KEPT + 1 == len(build_ids(home))  # and the published one, older than the five
        assert not list(builds_folder(home).glob("2026-1*"))

    def test_rolling_back_never_serves_a_build_kept_unpublished(self, home: Path) -> None:
        for number in range(9):
            hold(home, f"2026-{number}", Held(("because",)))
        publish(home, "2026-9")

        with pytest.raises(NoBuild):
            rollback(home)

    def test_publishing_takes_the_mark_away(self, home: Path) -> None:
        hold(home, "2026-3", Held(("because",), ("limit",), second_person=True))
        assert Held(("because",), ("limit",), second_person=True) == held_back(home, "2026-3")

        publish(home, "2026-3")
        publish(home, "2026-4")

        assert held_back(home, "2026-3") is None
        assert "2026-3" == rollback(home)

    def test_a_mark_that_cannot_be_read_still_keeps_it_unpublished(self, home: Path) -> None:
        hold(home, "2026-3", Held())
        (builds_folder(home) / "2026-3.held.json").write_text("{")

        assert ["2026-3"] == unpublished_ids(home)


@pytest.mark.slow
def test_the_starter_guidance_meets_every_canary_it_can_be_asked(tmp_path: Path) -> None:
    report = wiring.ingest(Settings(home=tmp_path, today=TODAY), [wiring.STARTER], False, lambda *_: None)

    build = wiring.wire(Settings(home=tmp_path, today=TODAY)).builds.current()
    asked = askable(read_canaries([wiring.CANARIES]), build)
    assert (True, None) == (report.published, report.held)
    assert 20 <= len(asked)
    assert [] == run_canaries(build, asked, wiring.embedder(Settings()), TODAY)
