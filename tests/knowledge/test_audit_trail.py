"""The audit trail: whatever is done to a record once it is written is found."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.adapters import audit_trail
from knowledge.adapters.audit_check import AuditOutcome, read_trail, verify
from knowledge.adapters.audit_record import AuditRecord, Head, line_of, sealed
from knowledge.adapters.audit_trail import AuditTrail, key_file, trail_file
from knowledge.errors import DeskError, WrongUse

KEY = "a key that only this test knows"
RECORDS = 6


def write_some(home: Path, count: int = RECORDS) -> None:
    trail = AuditTrail(home, KEY, lambda: datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
    for n in range(count):
        trail.record("registrar", "published", build=f"b{n}", previous_build=f"b{n - 1}" if n else None, passages=n)


def checked(home: Path, anchor: Head | None = None) -> AuditOutcome:
    return verify(home, KEY, anchor)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_some(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a trail of six records."""
    folder = tmp_path_factory.mktemp("audit")
    write_some(folder)
    return trail_file(folder).read_bytes()


def tampered(data: bytes, anchor: Head | None = None) -> AuditOutcome:
    """What checking finds where the trail is these bytes."""
    with TemporaryDirectory() as folder:
        path = trail_file(Path(folder))
        path.parent.mkdir()
        path.write_bytes(data)
        return checked(Path(folder), anchor)


def head_of(data: bytes) -> Head:
    return tampered(data).head


class TestWriting:
    """What is recorded, and that nothing else can be."""

    def test_a_record_says_who_did_what_when_and_to_which_build(self, tmp_path: Path) -> None:
        trail = AuditTrail(tmp_path, KEY, lambda: datetime(2026, 11, 22, 9, 30, tzinfo=UTC))

        trail.record("registrar", "rolled_back", build="b1", previous_build="b2", editions=["rules@2026-27"])

        (record,) = read_trail(tmp_path)
        assert (1, "2026-11-22T09:30:00.000+00:00", "registrar", "rolled_back", "b1") == (
            record.sequence,
            record.time,
            record.actor,
            record.act,
            record.build,
        )
        assert {"editions": ["rules@2026-27"], "previous_build": "b2"} == record.details

    def test_each_record_names_the_one_before(self, home: Path) -> None:
        records = read_trail(home)

        assert list(range(1, RECORDS + 1)) == [record.sequence for record in records]
        assert [record.digest for record in records[:-1]] == [record.previous for record in records[1:]]
        assert (True, RECORDS, records[-1].digest) == (
            checked(home).sound,
            checked(home).head.sequence,
            checked(home).head.digest,
        )

    @pytest.mark.parametrize(
        "details",
        [
            {"question": "how long have I got"},
            {"document": "how long have I got to record it"},
            {"passages": 1.5},
            {"editions": ["a b"]},
            {"digest": {"a": 1}},
            {"digests": ["a"] * 501},
        ],
    )
    def test_nothing_else_can_be_recorded(self, tmp_path: Path, details: dict[str, object]) -> None:
        with pytest.raises(ValueError, match=r"audit trail|must be a name"):
            AuditTrail(tmp_path, KEY).record("registrar", "published", **details)

        assert not trail_file(tmp_path).exists()

    @pytest.mark.parametrize("words", ["Who did it", "", "published!"])
    def test_an_act_is_a_word_of_the_desk(self, tmp_path: Path, words: str) -> None:
        with pytest.raises(ValueError, match="is no act"):
            AuditTrail(tmp_path, KEY).record("registrar", words)
        with pytest.raises(ValueError, match="is no build"):
            AuditTrail(tmp_path, KEY).record("registrar", "published", build="words of a question")

    def test_a_reason_is_kept_without_personal_data(self, tmp_path: Path) -> None:
        record = AuditTrail(tmp_path, KEY).record(
            "x", "published", reason="asked by j.smith@police.uk\n today " + "x" * 400
        )

        assert record.details["reason"].startswith("asked by [e-mail address] today x")
        assert 300 == len(record.details["reason"])

    @pytest.mark.parametrize(
        ("name", "kept"), [("DOMAIN\\Jo Bloggs\n", "DOMAIN_Jo_Bloggs_"), ("", "unknown"), ("a" * 99, "a" * 80)]
    )
    def test_an_actor_is_one_word(self, tmp_path: Path, name: str, kept: str) -> None:
        assert kept == AuditTrail(tmp_path, KEY).record(name, "published").actor

    def test_the_key_is_made_once_and_only_its_owner_reads_it(self, tmp_path: Path) -> None:
        AuditTrail(tmp_path).record("registrar", "published")
        key = key_file(tmp_path).read_bytes()
        AuditTrail(tmp_path).record("registrar", "published")

        assert (0o600, 0o600, key, True) == (
            key_file(tmp_path).stat().st_mode & 0o777,
            trail_file(tmp_path).stat().st_mode & 0o777,
            key_file(tmp_path).read_bytes(),
            verify(tmp_path).sound,
        )

    def test_a_key_that_is_given_is_not_kept(self, home: Path) -> None:
        assert not key_file(home).exists()

    def test_a_lost_key_is_no_reason_to_begin_with_another(self, tmp_path: Path) -> None:
        AuditTrail(tmp_path).record("registrar", "published")
        key_file(tmp_path).unlink()

        with pytest.raises(DeskError, match=r"put audit\.key back"):
            AuditTrail(tmp_path).record("registrar", "published")
        with pytest.raises(DeskError, match=r"put audit\.key back"):
            verify(tmp_path)

    def test_a_key_too_short_to_seal_anything_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(DeskError, match="too short"):
            AuditTrail(tmp_path, "short").record("registrar", "published")

    def test_a_trail_that_stays_locked_says_so(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(audit_trail, "_WAIT_SECONDS", 0)
        with FileLock(trail_file(home).with_name("lock")), pytest.raises(DeskError, match="locked by another"):
            AuditTrail(home, KEY).record("registrar", "published")

    def test_many_threads_write_one_chain(self, tmp_path: Path) -> None:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n: AuditTrail(tmp_path).record(f"thread{n}", "published"), range(40)))

        outcome = verify(tmp_path)
        assert (True, 40) == (outcome.sound, len(outcome.records))

    def test_many_processes_write_one_chain(self, tmp_path: Path) -> None:
        context = multiprocessing.get_context("fork")
        workers = [context.Process(target=_record_ten, args=(tmp_path,)) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(60)

        outcome = verify(tmp_path)
        assert ([0, 0, 0], True, 30) == ([w.exitcode for w in workers], outcome.sound, len(outcome.records))

    def test_a_long_record_is_followed_like_any_other(self, tmp_path: Path) -> None:
        """The end of the trail is found by reading backwards in blocks; this record is longer than one."""
        trail = AuditTrail(tmp_path, KEY)
        trail.record("registrar", "published", digests=["d" * 160] * 500)
        trail.record("registrar", "published")

        assert (True, 2) == (checked(tmp_path).sound, len(checked(tmp_path).records))


def _record_ten(home: Path) -> None:
    for _ in range(10):
        AuditTrail(home).record("worker", "published")


class TestTampering:
    """The first bad record is named, whatever was done."""

    @given(st.data())
    @settings(max_examples=150, deadline=None)
    def test_any_one_byte_that_is_edited_is_found(self, whole: bytes, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(whole) - 1))
        byte = data.draw(st.integers(0, 255).filter(lambda value: value != whole[at]))

        outcome = tampered(whole[:at] + bytes([byte]) + whole[at + 1 :], head_of(whole))

        assert not outcome.sound
        assert whole.count(b"\n", 0, at) + 1 == outcome.first_bad

    @given(st.data())
    @settings(max_examples=150, deadline=None)
    def test_any_byte_put_in_or_taken_out_is_found(self, whole: bytes, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(whole) - 2))
        more = data.draw(st.binary(max_size=3))

        outcome = tampered(whole[:at] + more + whole[at + (not more) :], head_of(whole))

        assert not outcome.sound

    @given(st.sets(st.integers(0, RECORDS - 1), min_size=1))
    def test_any_records_that_are_deleted_are_missed(self, whole: bytes, gone: set[int]) -> None:
        lines = whole.splitlines(keepends=True)

        outcome = tampered(b"".join(line for n, line in enumerate(lines) if n not in gone), head_of(whole))

        assert (False, min(gone) + 1) == (outcome.sound, outcome.first_bad)

    @given(st.permutations(range(RECORDS)).filter(lambda order: order != list(range(RECORDS))))
    def test_any_other_order_is_found(self, whole: bytes, order: list[int]) -> None:
        lines = whole.splitlines(keepends=True)

        outcome = tampered(b"".join(lines[n] for n in order))

        assert (False, next(n for n, was in enumerate(order) if n != was) + 1) == (outcome.sound, outcome.first_bad)

    @given(st.data())
    def test_any_cut_at_the_end_is_found_against_the_anchor(self, whole: bytes, data: st.DataObject) -> None:
        left = data.draw(st.integers(0, len(whole) - 2))

        outcome = tampered(whole[:left], head_of(whole))

        assert "its end was cut off" in outcome.fault

    def test_a_whole_record_cut_off_the_end_cannot_be_told_without_an_anchor(self, whole: bytes) -> None:
        cut = b"".join(whole.splitlines(keepends=True)[:-1])

        assert tampered(cut).sound
        assert not tampered(cut, head_of(whole)).sound

    @pytest.mark.parametrize("field", ["time", "actor", "act", "build"])
    def test_a_record_rewritten_with_its_digest_lacks_the_seal(self, whole: bytes, field: str) -> None:
        """Whoever has no key can make every digest right from there on, and no seal."""
        records = [AuditRecord(**json.loads(line)) for line in whole.splitlines()]
        rewritten = [*records[:2], replace(records[2], **{field: "other"}), *records[3:]]
        for n in range(2, RECORDS):
            guessed = sealed(replace(rewritten[n], previous=rewritten[n - 1].digest), b"a guessed key")
            rewritten[n] = replace(guessed, hmac=records[n].hmac)

        outcome = tampered(b"".join(line_of(record) + b"\n" for record in rewritten))

        assert (3, True) == (outcome.first_bad, "not sealed with this desk's key" in outcome.fault)

    def test_a_chain_rebuilt_without_the_key_fails_at_its_first_record(self, home: Path, tmp_path: Path) -> None:
        trail_file(home).unlink()
        AuditTrail(home, "another key than ours").record("somebody", "published")

        outcome = checked(home)

        assert (1, True) == (outcome.first_bad, "not sealed with this desk's key" in outcome.fault)

    def test_a_chain_rebuilt_with_the_key_fails_against_the_anchor(self, home: Path) -> None:
        anchor = checked(home).head
        trail_file(home).unlink()
        AuditTrail(home, KEY).record("somebody", "published")
        for _ in range(RECORDS):
            AuditTrail(home, KEY).record("somebody", "published")

        assert checked(home).sound
        assert "not the one that the anchor names" in checked(home, anchor).fault

    def test_an_anchor_kept_earlier_holds_for_a_trail_that_went_on(self, home: Path) -> None:
        anchor = checked(home).head
        AuditTrail(home, KEY).record("registrar", "published")

        assert checked(home, anchor).sound
        assert checked(home, Head()).sound

    def test_a_trail_that_was_deleted_fails_against_the_anchor(self, home: Path) -> None:
        anchor = checked(home).head
        trail_file(home).unlink()

        assert (True, False) == (checked(home).sound, checked(home, anchor).sound)

    def test_what_is_recorded_after_a_bad_record_does_not_mend_it(self, home: Path) -> None:
        lines = trail_file(home).read_bytes().splitlines(keepends=True)
        trail_file(home).write_bytes(b"".join([*lines[:-1], b"no record\n"]))

        AuditTrail(home, KEY).record("registrar", "published")

        assert RECORDS == checked(home).first_bad

    @pytest.mark.parametrize("text", ["", "5", "5:abc", "x:" + "0" * 64, "-1:" + "0" * 64, "5:" + "0" * 65])
    def test_what_is_no_anchor_is_refused(self, text: str) -> None:
        with pytest.raises(WrongUse, match="desk audit head"):
            Head.of(text)


class TestTornLines:
    """A power cut is no tampering."""

    @given(st.data())
    @settings(max_examples=60, deadline=None)
    def test_a_line_torn_anywhere_is_told_and_mended_by_the_next_record(
        self, whole: bytes, data: st.DataObject
    ) -> None:
        last = whole.rindex(b"\n", 0, len(whole) - 1) + 1
        left = data.draw(st.integers(last + 1, len(whole) - 2))
        with TemporaryDirectory() as folder:
            home = Path(folder)
            trail_file(home).parent.mkdir()
            trail_file(home).write_bytes(whole[:left])

            torn = checked(home)
            AuditTrail(home, KEY).record("registrar", "published")
            mended = checked(home)

        assert (True, RECORDS - 1) == (torn.sound, len(torn.records))
        assert (f"Line {RECORDS} was torn while it was written, as by a power cut; the next record will mend it.",) == (
            torn.notes
        )
        assert (True, RECORDS) == (mended.sound, len(mended.records))
        assert f"record {RECORDS} mended it" in mended.notes[0]

    def test_a_record_that_lost_only_the_end_of_its_line_is_whole(self, home: Path) -> None:
        trail_file(home).write_bytes(trail_file(home).read_bytes()[:-1])

        before = checked(home)
        AuditTrail(home, KEY).record("registrar", "published")

        assert (True, RECORDS, ()) == (before.sound, len(before.records), before.notes)
        assert (True, RECORDS + 1, ()) == (checked(home).sound, len(checked(home).records), checked(home).notes)

    @pytest.mark.parametrize("rest", [b'{"seq', b"\0" * 700, b'{"seq\n{"seq'])
    def test_what_a_cut_leaves_behind_may_be_anything(self, home: Path, rest: bytes) -> None:
        with trail_file(home).open("ab") as file:
            file.write(rest)
        AuditTrail(home, KEY).record("registrar", "published")
        AuditTrail(home, KEY).record("registrar", "published")

        outcome = checked(home)

        assert (True, RECORDS + 2, 1) == (outcome.sound, len(outcome.records), len(outcome.notes))

    @pytest.mark.parametrize("change", [lambda line: b"", lambda line: line + b"x", lambda line: b"{" + line])
    def test_a_torn_line_that_is_edited_later_is_found(self, home: Path, change: Callable[[bytes], bytes]) -> None:
        with trail_file(home).open("ab") as file:
            file.write(b'{"sequence":7,')
        AuditTrail(home, KEY).record("registrar", "published")
        lines = trail_file(home).read_bytes().split(b"\n")
        edited = [change(line) if n == RECORDS else line for n, line in enumerate(lines)]
        trail_file(home).write_bytes(b"\n".join(line for line in edited if line) + b"\n")

        assert (False, RECORDS + 1) == (checked(home).sound, checked(home).first_bad)

    def test_a_record_mends_only_what_was_torn(self, home: Path) -> None:
        """A line that was ended was not torn: no record written after it can say so."""
        with trail_file(home).open("ab") as file:
            file.write(b"written by something else\n")
        record = AuditTrail(home, KEY).record("registrar", "published")

        assert "mends" not in record.details
        assert RECORDS + 1 == checked(home).first_bad

    def test_before_anything_is_recorded_the_trail_is_sound(self, tmp_path: Path) -> None:
        outcome = verify(tmp_path)

        assert (True, Head(), ()) == (outcome.sound, outcome.head, outcome.records)
