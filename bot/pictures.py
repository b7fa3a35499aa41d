"""Pictures of the pages that passages stand on: drawn once, uploaded once, shown to whoever presses.

A picture is uploaded without being shared anywhere. Only a modal refers to it, and a modal is its opener's alone.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

from slack_sdk import WebClient
from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from bot.records import Kept
from bot.slack_calls import Calls, Refused
from bot.tables import pictures
from bot.transactions import Transactions
from knowledge.adapters.documents import document_file
from knowledge.adapters.page_pictures import page_picture
from knowledge.model import Edition

AT_MOST = 2
"""Pages shown of one passage. A rule that runs over more is read in the document."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of the file (1-based) and Slack's id of its picture."""

    page: int
    file: str


class Pictures:
    """Draws and uploads, and remembers what was uploaded. Safe to use from several threads."""

    def __init__(self, engine: Engine, client: WebClient, home: Path) -> None:
        self._store, self._client, self._home, self._calls = Transactions(engine), client, home, Calls()

    def can_draw(self, edition: Edition) -> bool:
        """Whether the file of this edition is kept and has pages to draw."""
        file = document_file(self._home, edition)
        return file is not None and file.suffix == ".pdf"

    def of(self, kept: Kept) -> list[Picture]:
        """The pages of a cited passage, the passage framed and the cited words marked; empty where none can be drawn.

        Takes a second or two for a page that was not shown before. Raises Refused or Unavailable when Slack takes no
        picture, DocumentRejected or OSError when the page cannot be drawn, StoreUnavailable.
        """
        file = document_file(self._home, kept.passage.edition)
        if file is None or not self.can_draw(kept.passage.edition):
            return []
        return [self._picture(kept, file, page) for page in kept.passage.pages[:AT_MOST]]

    def forget(self, shown: list[Picture]) -> None:
        """Slack no longer has them."""
        with self._store.writing() as connection:
            for picture in shown:
                connection.execute(delete(pictures).where(pictures.c.file == picture.file))

    def _picture(self, kept: Kept, file: Path, page: int) -> Picture:
        material = "\x1f".join([kept.passage.digest, kept.passage.edition.digest, kept.quote, str(page)])
        key = hashlib.sha256(material.encode()).hexdigest()
        with self._store.reading() as connection:
            held = connection.execute(select(pictures.c.file).where(pictures.c.key == key)).scalar_one_or_none()
        if held is not None:
            return Picture(page, held)
        drawn = page_picture(file, page, [kept.quote], kept.passage.text)
        if drawn is None:
            raise ValueError("no picture of a page that has one")
        uploaded = self._upload(drawn, f"{kept.passage.edition.document}-page-{page}.png")
        try:
            with self._store.writing() as connection:
                connection.execute(insert(pictures).values(key=key, file=uploaded, made_at=time.time()))
        except IntegrityError:
            pass  # another thread was quicker; both pictures are good
        return Picture(page, uploaded)

    def _upload(self, drawn: bytes, name: str) -> str:
        said = self._calls.once(
            lambda: self._client.files_upload_v2(content=drawn, filename=name, title=name, request_file_info=False)
        )
        found = (said.get("files") or [{}])[0].get("id")
        if not isinstance(found, str):
            raise Refused("no_file_id")
        return found
