"""Lists of documents to fetch, and a fetch of one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.fetch.drafts import Draft, drafts_of
from ingest.fetch.fetch import fetch
from ingest.fetch.report import FetchReport
from ingest.fetch.toml_text import toml_table
from tests.ingest.fetch.publishers import PAGE, Publishers

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def a_listed(document: str = "rules", **over: Any) -> str:
    """One [[document]] of a list; by default the invented rules on their publication page."""
    given = {
        "id": document,
        "title": "Invented Rules",
        "publisher": "Nobody",
        "authority": "national_rule",
        "page": PAGE,
    }
    return toml_table("[[document]]", given | over)


def a_list(folder: Path, *listed: str) -> Path:
    """A file that lists these documents."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "official.toml"
    path.write_text("\n".join(listed or [a_listed()]), encoding="utf-8")
    return path


def fetched(home: Path, sites: Publishers, path: Path, *, check: bool = False, **over: Any) -> FetchReport:
    """What a fetch of that list finds."""
    with sites.network(**over) as network:
        return fetch([path], home=home, network=network, now=NOW, check=check)


def outcomes(report: FetchReport) -> dict[str, str]:
    """What was found, by document."""
    return {one.document: str(one.outcome) for one in report.findings}


def only_draft(home: Path) -> Draft:
    """The one draft that waits."""
    (draft,) = drafts_of(home)
    return draft


def left_in(home: Path) -> list[str]:
    """Every file in a data directory but the lock, by its path in it."""
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file() and path.suffix != ".lock")
