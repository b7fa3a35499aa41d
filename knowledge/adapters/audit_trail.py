"""The audit trail: who did what to which build, appended and never changed.

`audit/trail.jsonl` in the data directory, a record a line, each naming the digest of the one before and sealed with a
key. A power cut may tear the last line; it is left as it is, and the next record names what it mends.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from knowledge.adapters.audit_record import (
    AuditRecord,
    Head,
    actor_of,
    checked_act,
    checked_build,
    checked_details,
    is_ours,
    line_of,
    record_of,
    sealed,
)
from knowledge.errors import DeskError
from knowledge.put_in_place import settle

_WAIT_SECONDS = 10
"""A record takes milliseconds to write; who waits longer than this waits for something that hangs."""
_BLOCK = 65_536
_LEAST_KEY = 16


class AuditTrail:
    """The trail of one data directory, safe to record to from any thread and any process."""

    def __init__(self, home: Path, key: str = "", now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """`key` seals the records; without one, the key that the data directory keeps, made at the first record."""
        self._home, self._given, self._now = home, key, now

    def record(self, actor: str, act: str, *, build: str = "", **details: object) -> AuditRecord:
        """Append one record and return it, once it is on the disk.

        `actor` is an account or a Slack id, `act` a verb in the past, `details` are of `audit_record.DETAILS`: names of
        builds and editions, digests and counts. Raises ValueError for any other detail, DeskError where the trail's key
        is lost or the trail stays locked, OSError where it cannot be written.
        """
        told = actor_of(actor), checked_act(act), checked_build(build), checked_details(dict(details))
        trail_file(self._home).parent.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(trail_file(self._home).with_name("lock"), timeout=_WAIT_SECONDS):
                return self._append(*told)
        except Timeout:
            raise DeskError(
                "The audit trail is locked by another process that does not end; end that and do it again."
            ) from None

    def _append(self, actor: str, act: str, build: str, details: dict[str, object]) -> AuditRecord:
        path = trail_file(self._home)
        is_new = not path.exists()
        key = key_of(self._home, self._given) or self._new_key(path)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            head, torn = _end_of(handle, key)
            if torn:
                details = {**details, "mends": hashlib.sha256(torn).hexdigest()}
            time = self._now().astimezone(UTC).isoformat(timespec="milliseconds")
            record = AuditRecord(head.sequence + 1, time, actor, act, build, dict(sorted(details.items())), head.digest)
            record = sealed(record, key)
            _write_all(handle, (b"" if _ends_a_line(handle) else b"\n") + line_of(record) + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)
        if is_new:
            settle(path.parent)
        return record

    def _new_key(self, trail: Path) -> bytes:
        if trail.exists() and trail.stat().st_size:
            raise DeskError(
                f"The key of the audit trail is lost: put {key_file(self._home).name} back from a backup, or move "
                f"{trail} to where it is kept and begin a new trail."
            )
        key = secrets.token_hex(32).encode()
        path = key_file(self._home)
        aside = path.with_name(f".{path.name}.aside")
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
        settle(path.parent)
        return key


def trail_file(home: Path) -> Path:
    """Where the trail stands below the data directory."""
    return home / "audit" / "trail.jsonl"


def key_file(home: Path) -> Path:
    """Where the key stands that seals the records, unless one is given. Back it up apart from the trail."""
    return home / "audit.key"


def key_of(home: Path, given: str = "") -> bytes | None:
    """The key given, or the one the data directory keeps; None where there is neither. Raises DeskError for a stub."""
    try:
        key = given.encode() or key_file(home).read_bytes().strip()
    except FileNotFoundError:
        return None
    if len(key) < _LEAST_KEY:
        raise DeskError(f"The key of the audit trail is too short: it needs {_LEAST_KEY} characters or more.")
    return key


def _end_of(handle: int, key: bytes) -> tuple[Head, bytes]:
    """The last record, and what stands behind it on lines of which the last was never ended.

    Lines behind it that were ended are nobody's torn writing; they are left for `verify` to find.
    """
    size, block = os.fstat(handle).st_size, _BLOCK
    while True:
        start = max(0, size - block)
        lines = os.pread(handle, size - start, start).split(b"\n")
        whole = record_of(lines[-1])
        if whole is not None and is_ours(whole, key):
            return Head(whole.sequence, whole.digest), b""  # only its new line was lost
        for at in range(len(lines) - 2, -1 if start == 0 else 0, -1):
            if record := record_of(lines[at]):
                return Head(record.sequence, record.digest), b"\n".join(lines[at + 1 :]) if lines[-1] else b""
        if start == 0:
            return Head(), b"\n".join(lines) if lines[-1] else b""
        block *= 4


def _ends_a_line(handle: int) -> bool:
    size = os.fstat(handle).st_size
    return size == 0 or os.pread(handle, 1, size - 1) == b"\n"


def _write_all(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]
