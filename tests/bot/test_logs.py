"""What may be logged, and what a library may not have logged for us."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from bot.logs import Pseudonyms, library_logger, only_allowed, set_up_logging


def test_only_named_keys_pass_and_only_values_that_cannot_be_sentences() -> None:
    said = {
        "event": "answered",
        "passages": ["rules@2026-27/0010"],
        "took_ms": {"embed": 3.5},
        "text": "canary",
        "status": "what the officer typed",
        "code": "x" * 200,
    }

    assert {"event", "passages", "took_ms"} == set(only_allowed(None, "info", said))


def test_a_librarys_words_are_dropped_and_its_place_kept(capfd: pytest.CaptureFixture[str]) -> None:
    """Also at DEBUG, and also with a traceback, whose text may quote a body."""
    set_up_logging("DEBUG")
    for logger in (library_logger("sdk"), library_logger("bolt"), logging.getLogger("slack_sdk.web.base_client")):
        logger.debug("canary in a body")
        try:
            raise ValueError("canary in a fault")
        except ValueError:
            logger.exception("canary in a message")
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]

    assert 3 == len(lines)
    assert {"ValueError"} == {line["fault"] for line in lines}
    assert "canary" not in json.dumps(lines)


def test_a_pseudonym_lasts_and_leads_to_nobody_without_its_key(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, again, other = Pseudonyms(tmp_path / "a"), Pseudonyms(tmp_path / "a"), Pseudonyms(tmp_path / "b")

    assert one.of("T1", "U1") == again.of("T1", "U1")
    assert one.of("T1", "U1") != other.of("T1", "U1")
    assert one.of("T1", "U1") != one.of("T2", "U1")
    assert 0o600 == (tmp_path / "a" / "pseudonyms.key").stat().st_mode & 0o777
