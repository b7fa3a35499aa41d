"""The project's own list of official documents."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from ingest.fetch.addresses import OFFICIAL_HOSTS
from ingest.fetch.wanted import read_wanted

OFFICIAL = Path(__file__).parents[3] / "guidance" / "official.toml"


def test_every_document_is_looked_for_on_a_host_that_may_be_fetched_from() -> None:
    wanted = read_wanted([OFFICIAL])

    assert {"crime-recording-rules", "notifiable-offence-list"} <= {one.document for one in wanted}
    assert all(urlsplit(one.page or one.file).hostname in OFFICIAL_HOSTS for one in wanted)
    assert all(one.publisher in {"Home Office", "HMIC"} for one in wanted)
