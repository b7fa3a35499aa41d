"""The publishers' sites, for every test of fetching."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ingest.fetch.publishers import Publishers, publishers


@pytest.fixture
def sites() -> Iterator[Publishers]:
    """Every host that may be fetched from, and one that may not, on loopback."""
    with publishers() as served:
        yield served
