"""What came back of one request: an answer of a publisher's server, its body read and counted."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx

from ingest.fetch.faults import FetchFault, Missing, Passing

LONGEST_WAIT = 60.0
"""Seconds a server may ask to wait (Retry-After) and be waited for; beyond that the document is left for the day."""
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_CHUNK = 64 * 1024
_MONTH = 31 * 24 * 3600.0

Progress = Callable[[int, int], None]
"""Called with (bytes so far, bytes in all or 0)."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask with whether something changed."""

    etag: str = ""
    last_modified: str = ""

    def headers(self) -> dict[str, str]:
        """The headers of a conditional request."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `address` is where it came from in the end, `moved_to` where the first one has moved for good.

    `unchanged` means that what is held still stands, and there is no body. A file's bytes are in the file asked for.
    """

    address: str
    unchanged: bool = False
    moved_to: str = ""
    body: bytes = b""
    size: int = 0
    digest: str = ""
    validators: Validators = Validators()


def taken(
    response: httpx.Response,
    address: str,
    *,
    into: Path | None,
    most: int,
    conditional: bool,
    what: str,
    progress: Progress,
) -> Fetched:
    """The answer with its body, written to `into` when that is given.

    Raises FetchFault for any status but 200, or 304 where it was asked for, and for a body of more than `most` bytes
    whatever length it claims.
    """
    validators = Validators(response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
    if response.status_code == 304 and conditional:
        return Fetched(address, unchanged=True, validators=validators)
    _refuse(response, what)
    declared = response.headers.get("Content-Length", "")
    total = int(declared) if declared.isascii() and declared.isdigit() and len(declared) < 19 else 0
    too_large = FetchFault(f"{what} is larger than {most / 1024**2:.0f} MB")
    if total > most:
        raise too_large
    digest, size, kept = hashlib.sha256(), 0, bytearray()
    with ExitStack() as opened:
        file = opened.enter_context(into.open("wb")) if into is not None else None
        progress(0, total)
        for piece in response.iter_raw(_CHUNK):
            size += len(piece)
            if size > most:
                raise too_large
            digest.update(piece)
            if file is None:
                kept += piece
            else:
                file.write(piece)
            progress(size, total)
        if file is not None:
            file.flush()
            os.fsync(file.fileno())
    if not size:
        raise FetchFault(f"{what} is empty")
    return Fetched(address, body=bytes(kept), size=size, digest=digest.hexdigest(), validators=validators)


def _refuse(response: httpx.Response, what: str) -> None:
    status = response.status_code
    if status in (404, 410):
        raise Missing(what, for_good=status == 410)
    if status in _AGAIN:
        busy = f"the server was too busy to give {what} ({status})"
        after = _seconds_to_wait(response.headers.get("Retry-After"))
        if after is not None and after > LONGEST_WAIT:
            raise FetchFault(f"{busy} and asks to wait {after / 60:.0f} minutes; fetch again later")
        raise Passing(busy, after)
    if status != 200:
        raise FetchFault(f"the server refused {what} ({status})")
    if response.headers.get("Content-Encoding", "identity").lower() not in ("identity", ""):
        raise FetchFault(f"{what} came packed, which was not asked for")


def _seconds_to_wait(header: str | None) -> float | None:
    """What Retry-After asks: seconds or a date. None where it is missing or says nothing that can be read."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), _MONTH)
    try:
        return min(max(0.0, parsedate_to_datetime(text).timestamp() - time.time()), _MONTH)
    except (ValueError, TypeError, OverflowError):
        return None
