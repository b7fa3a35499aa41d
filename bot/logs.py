"""Logging by allow-list: ids, counts, times and names of things; never what anybody wrote.

Third-party libraries write questions, tokens and whole payloads into their messages (slack_sdk does at DEBUG, Bolt at
INFO). Of their records only the logger, the level, the place in the code and the kind of fault are passed on.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import re
import secrets
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

ALLOWED = frozenset(
    "event level timestamp event_id question asker place state outcome status build passages took_ms seconds attempts "
    "count owed fault code where logger connected reference method port dead".split()
)
_SAFE = re.compile(r"[\w.:/@+\-]{0,120}")
_QUIET = ("slack_sdk", "slack_bolt", "uvicorn", "urllib3", "httpx", "alembic", "sqlalchemy", "asyncio", "concurrent")


def set_up_logging(level: str) -> None:
    """Once, at start. Everything goes to standard error, one JSON object a line."""
    wanted = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(wanted),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    for name in _QUIET:
        quiet(logging.getLogger(name))


def quiet(logger: logging.Logger) -> logging.Logger:
    """Pass on where and how badly, never what. The level is set: Bolt takes an unset one for DEBUG."""
    logger.handlers = [WithoutWords()]
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    return logger


def library_logger(of: str) -> logging.Logger:
    """The logger to hand to slack_sdk ("sdk") or Bolt ("bolt"): its records reach `quiet` once, through its parent."""
    logger = logging.getLogger(f"slack_{of}.desk")
    logger.setLevel(logging.WARNING)
    return logger


class WithoutWords(logging.Handler):
    """Hands a library's record to structlog without its message."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log where it came from."""
        fault = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        structlog.get_logger().log(
            record.levelno, "library", logger=record.name, where=f"{record.module}:{record.lineno}", fault=fault
        )


def only_allowed(_logger: Any, _method: str, said: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep the keys of the allow-list, and of their values those that cannot be somebody's words."""
    return {key: value for key, value in said.items() if key in ALLOWED and _is_safe(value)}


def _is_safe(value: Any) -> bool:
    if value is None or isinstance(value, bool | int | float):
        return True
    if isinstance(value, str):
        return bool(_SAFE.fullmatch(value))
    if isinstance(value, list | tuple):
        return all(_is_safe(one) for one in value)
    return isinstance(value, dict) and all(_is_safe(one) for pair in value.items() for one in pair)


class Pseudonyms:
    """Keyed names for askers in logs: the same person has the same one, and without the key it leads to nobody."""

    def __init__(self, home: Path) -> None:
        path = home / "pseudonyms.key"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            self._key = path.read_bytes()
        else:
            self._key = secrets.token_bytes(32)
            with os.fdopen(handle, "wb") as file:
                file.write(self._key)

    def of(self, team: str, asker: str) -> str:
        """Twelve characters."""
        return hmac.new(self._key, f"{team}/{asker}".encode(), hashlib.sha256).hexdigest()[:12]
