"""What every source of rulings keeps to, the fake and the one on the records alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.rulings import RulingStore
from bot.store import open_store
from bot.stored_rulings import StoredRulings
from bot.transactions import Transactions
from knowledge.ports import Rulings
from knowledge.ruling import Ruling, RulingState
from tests.builders import a_passage, a_ruling
from tests.fakes import FakeRulings

OLD = a_ruling(a_passage(sentences=()), id="a" * 32, answered_on=date(2026, 5, 1))
NEW = a_ruling(a_passage("Another rule.", ordinal=2, sentences=()), id="b" * 32, question="another question")


class _Fake:
    def __init__(self) -> None:
        self.rulings: Rulings = FakeRulings()

    def give(self, ruling: Ruling) -> None:
        self.rulings.rulings.append(ruling)  # type: ignore[attr-defined]

    def change(self, ruling: Ruling, state: RulingState) -> None:
        held = self.rulings.rulings  # type: ignore[attr-defined]
        held[held.index(ruling)] = replace(ruling, state=state)


class _Stored:
    def __init__(self, url: str) -> None:
        self.engine = open_store(url)
        self.store, self.rulings = RulingStore(self.engine), StoredRulings(url)

    def give(self, ruling: Ruling) -> None:
        with Transactions(self.engine).writing() as connection:
            self.store.give(connection, ruling, f"enquiry-{ruling.id[:8]}")

    def change(self, ruling: Ruling, state: RulingState) -> None:
        kept = self.store.find(ruling.id)
        assert kept is not None
        done = {RulingState.SUSPENDED: self.store.suspend, RulingState.RETIRED: self.store.retire}[state](kept, ())
        assert done


@pytest.fixture(params=["fake", "stored"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> _Fake | _Stored:
    return _Fake() if request.param == "fake" else _Stored(f"sqlite:///{tmp_path / 'desk.sqlite3'}")


def test_a_ruling_is_there_from_the_moment_it_is_given_as_it_was_given(office: _Fake | _Stored) -> None:
    assert [] == list(office.rulings.in_force())
    office.give(OLD)
    assert [OLD] == list(office.rulings.in_force())
    office.give(NEW)
    assert [OLD, NEW] == list(office.rulings.in_force())
    assert OLD.rests_on[0].passage.digest == office.rulings.in_force()[0].rests_on[0].passage.digest


@pytest.mark.parametrize("state", [RulingState.SUSPENDED, RulingState.RETIRED])
def test_what_is_suspended_or_retired_is_not_in_force(office: _Fake | _Stored, state: RulingState) -> None:
    for ruling in (OLD, NEW):
        office.give(ruling)
    assert 2 == len(office.rulings.in_force())
    office.change(OLD, state)

    assert [NEW] == list(office.rulings.in_force())


def test_where_there_are_no_records_there_are_no_rulings_and_none_are_made(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite3"

    assert [] == list(StoredRulings(f"sqlite:///{path}").in_force())
    assert not path.exists()


def test_records_that_cannot_be_read_are_no_reason_not_to_answer(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite3"
    path.write_bytes(b"not a database, and long enough to be looked at " * 100)

    assert [] == list(StoredRulings(f"sqlite:///{path}").in_force())
