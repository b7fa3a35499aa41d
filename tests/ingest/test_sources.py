"""sources.toml: what it must say, and that a fault names its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.sources import read_sources
from knowledge.errors import SourcesInvalid
from knowledge.model import Authority
from tests.ingest.documents import SOURCES, another, write_sources


def test_a_document_is_read_with_its_dates_and_its_file_beside_the_list(tmp_path: Path) -> None:
    (source,) = read_sources(write_sources(tmp_path))

    assert ("rules", "2026/27", Authority.NATIONAL_RULE) == (
        source.edition.document,
        source.edition.label,
        source.edition.authority,
    )
    assert date(2026, 4, 1) == source.edition.effective_from
    assert tmp_path / "rules.md" == source.file


def test_several_editions_of_one_document_share_its_id(tmp_path: Path) -> None:
    older = another("rules", "old.md", edition='"2013"', effective_from="2013-04-01", effective_to="2014-03-31")

    assert 2 == len(read_sources(write_sources(tmp_path, SOURCES + older)))


@pytest.mark.parametrize(
    ("broken", "line", "fault"),
    [
        (SOURCES.replace("2026-04-01", '"1 April"'), 8, "effective_from must be a date"),
        (SOURCES.replace("2026-04-01", "2026-04-01\neffective_to = 2025-01-01"), 9, "before effective_from"),
        (SOURCES.replace("national_rule", "the law"), 6, "authority must be one of"),
        (SOURCES.replace('title = "Invented Rules"\n', ""), 2, "no 'title'"),
        (SOURCES.replace("url =", "ulr ="), 10, "'ulr' is not a key"),
        (SOURCES.replace('"rules"', "7"), 3, "must be text"),
        (SOURCES.replace('"rules"', '"The Rules"'), 3, "lower-case"),
        (SOURCES.replace("effective_from = 2026-04-01\n", ""), 2, "needs effective_from"),
        (SOURCES.replace('"Nobody"', '"Nobody'), 5, "not valid TOML"),
        (SOURCES + SOURCES, 12, "already listed on line 2"),
        (SOURCES + "withdrawn = 2026-06-01\n", 2, "both a day and a reason"),
        (SOURCES + 'withdrawn_reason = "wrong"\n', 2, "both a day and a reason"),
        (SOURCES + 'withdrawn = "2026-06-01"\n', 11, "withdrawn must be a date"),
    ],
)
def test_a_fault_is_one_sentence_that_names_the_file_and_the_line(
    tmp_path: Path, broken: str, line: int, fault: str
) -> None:
    with pytest.raises(SourcesInvalid) as raised:
        read_sources(write_sources(tmp_path, broken))

    assert f"sources.toml, line {line}:" in str(raised.value) or f"sources.toml: line {line}:" in str(raised.value)
    assert fault in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("text", ["", "title = 1", "[document]\nid = 'x'", "\x00"])
def test_a_file_that_lists_nothing_says_so(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourcesInvalid, match=r"sources\.toml"):
        read_sources(write_sources(tmp_path, text))


def test_a_list_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourcesInvalid, match="cannot be read"):
        read_sources(tmp_path / "nowhere.toml")
