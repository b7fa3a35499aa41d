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


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("7yr old broke it", "7 year old child under 10 years broke it"),
        ("she is a 15 y/o", "she is a 15 year old child under 16"),
        ("a 17-year-old", "a 17 year old under 18"),
        ("40 year old man", "40 year old man"),
    ],
)
def test_an_age_is_written_out_with_the_band_the_rules_speak_of(asked: str, meant: str) -> None:
    assert meant == write_out(asked)


@pytest.mark.parametrize("text", ["in the last 3 years", "a 12 year gap", "s9 2 years ago"])
def test_a_span_of_years_is_no_age(text: str) -> None:
    assert "under" not in write_out(text)


@pytest.mark.parametrize("code", ["C2", "N100/01", "008/58", "8N", "105A", "5D"])
def test_codes_are_left_as_they_are(code: str) -> None:
    assert code == write_out(code)


def test_no_entry_stands_twice_in_the_table() -> None:
    table = tomllib.loads(Path(knowledge.shorthand.__file__).with_name("shorthand.toml").read_text())
    keys = [key.lower() for section in table.values() for key in section]

    assert sorted(set(keys)) == sorted(keys)
