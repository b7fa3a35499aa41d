"""Which documents to fetch and where they are published: a list of [[document]], as sources.toml or official.toml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.fetch.govuk import HOST
from ingest.fetch.pages import ending_of
from ingest.sources import Record, read_records
from knowledge.errors import SourcesInvalid
from knowledge.model import Authority

_REQUIRED = ("id", "title", "publisher", "authority")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document to look for. `page` is the publication page that lists it; else `file` is its own address.

    `attachment` are words of its title on the page, where its own title does not fit; `ending` the kind it is kept as.
    """

    document: str
    title: str
    publisher: str
    authority: Authority
    page: str = ""
    file: str = ""
    attachment: str = ""
    ending: str = ""
    force: str = ""

    @property
    def asked(self) -> str:
        """What it is looked for by; when that changes, what was found by it before counts for nothing."""
        return "\n".join((self.page, self.file, self.attachment, self.title, self.ending))


def read_wanted(paths: Sequence[Path]) -> list[Wanted]:
    """The documents of these lists that have an address, one of each id: the entry that begins to apply last.

    An address on www.gov.uk is always taken for a publication page. Raises SourcesInvalid naming the line and the
    fault, also where nothing has an address.
    """
    newest: dict[str, tuple[date, Wanted]] = {}
    for path in paths:
        for record in read_records(path, _REQUIRED):
            wanted = _wanted(record)
            begins = record.values.get("effective_from", date.min)
            if wanted and (wanted.document not in newest or begins >= newest[wanted.document][0]):
                newest[wanted.document] = (begins, wanted)
    if not newest:
        names = " and ".join(path.name for path in paths)
        raise SourcesInvalid(f"{names}: no document has a page or a url to fetch it from.")
    return [wanted for _, wanted in newest.values()]


def _wanted(record: Record) -> Wanted | None:
    values = record.values
    page, file = values.get("page", "").strip(), values.get("url", "").strip()
    if not page and file.startswith(f"https://{HOST}/"):
        page = file
    if not page and not file:
        return None
    return Wanted(
        document=values["id"],
        title=values["title"],
        publisher=values["publisher"],
        authority=Authority(values["authority"]),
        page=page,
        file="" if page else file,
        attachment=values.get("attachment", ""),
        ending=ending_of("/" + values.get("file", "")),
        force=values.get("force", ""),
    )
