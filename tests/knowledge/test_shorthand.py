"""Officers' shorthand is written out."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import knowledge.shorthand
from knowledge.shorthand import write_out


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("vic wont support pros", "victim declines to support prosecution"),
        ("do i crime it", "do i record a crime"),
        ("Can't record", "cannot record"),
        ("is MOWP notifiable", "making off without payment"),
        ("sus's mate", "friend third party"),
        ("he got nicked for assault", "was arrested for assault"),
        ("nicked anothers phone", "stolen theft anothers phone"),
        ("crime on the tube", "crime on the tube"),
    ],
)
def test_shorthand_is_written_out_whatever_its_case(asked: str, meant: str) -> None:
    assert meant in write_out(asked)


@pytest.mark.parametrize("code", ["C2", "N100/01", "008/58", "8N", "105A", "5D"])
def test_codes_are_left_as_they_are(code: str) -> None:
    assert code == write_out(code)


def test_no_entry_stands_twice_in_the_table() -> None:
    table = tomllib.loads(Path(knowledge.shorthand.__file__).with_name("shorthand.toml").read_text())
    keys = [key.lower() for section in table.values() for key in section]

    assert sorted(set(keys)) == sorted(keys)
