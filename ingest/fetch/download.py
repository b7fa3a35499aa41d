"""Bring one document's file: asked for only if it changed, and looked into for what it really is."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ingest.fetch.answers import Progress, Validators
from ingest.fetch.govuk import HOST, api_address, as_web_page, read_body, web_address
from ingest.fetch.kinds import kind_of
from ingest.fetch.network import Network
from ingest.fetch.pages import Attachment
from ingest.read_document import MOST_BYTES

_WHAT = "its file"


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that came. `address` is what to ask for it by the next time, `came_from` where a person finds it."""

    path: Path
    ending: str
    digest: str
    size: int
    address: str
    came_from: str
    validators: Validators


def download(
    network: Network,
    attachment: Attachment,
    folder: Path,
    *,
    held: Mapping[str, Validators],
    progress: Progress,
) -> Downloaded | None:
    """The file of an attachment, put into `folder`; None where the server says that what is held still stands.

    Raises FetchFault, and leaves nothing behind then.
    """
    place = folder / "fetched"
    if attachment.ending == ".html" and urlsplit(attachment.address).hostname == HOST:
        return _govuk_text(network, attachment, place, held)
    fetched = network.get(attachment.address, what=_WHAT, into=place, most=MOST_BYTES, held=held, progress=progress)
    if fetched.unchanged:
        return None
    try:
        ending = kind_of(place, attachment.ending)
    except BaseException:
        place.unlink(missing_ok=True)
        raise
    came_from = fetched.moved_to or attachment.address
    return Downloaded(place, ending, fetched.digest, fetched.size, fetched.address, came_from, fetched.validators)


def _govuk_text(
    network: Network, attachment: Attachment, place: Path, held: Mapping[str, Validators]
) -> Downloaded | None:
    address, title, text, validators = api_address(attachment.address), attachment.title, attachment.body, Validators()
    if not text:
        fetched = network.get(address, what=_WHAT, held=held)
        if fetched.unchanged:
            return None
        title, text = read_body(fetched.body)
        address, validators = fetched.address, fetched.validators
    body = as_web_page(title, text)
    with place.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    digest = hashlib.sha256(body).hexdigest()
    return Downloaded(place, ".html", digest, len(body), address, web_address(address), validators)
