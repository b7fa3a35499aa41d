"""Every form a Retry-After header takes."""

from __future__ import annotations

import pytest

from bot.retry_after import seconds_to_wait


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("2", 2.0),
        (30, 30.0),
        ("0.5", 0.5),
        ("3600", 3600.0),
        ("-4", 0.0),
        (None, 1.0),
        ("", 1.0),
        ("soon", 1.0),
        ("nan", 1.0),
        ("inf", 1.0),
        ("Thu, 01 Jan 1970 00:16:50 GMT", 10.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
    ],
)
def test_it_says_how_long_or_a_second(header: object, seconds: float) -> None:
    assert seconds == seconds_to_wait(header, now=lambda: 1_000.0)
