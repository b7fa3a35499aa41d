"""What was fetched before: how to ask whether it changed, which bytes were seen, and what became of each draft.

One small file in the data directory. Losing it costs nothing but asking for everything once more.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ingest.fetch.answers import Validators
from knowledge.put_in_place import put_in_place

_FILE = "fetched.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class SeenDocument:
    """A document as it last came. `asked` is what it was looked for by (Wanted.asked)."""

    asked: str
    address: str
    title: str
    ending: str
    digest: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A publication page as it last came, kept only once every document looked for on it had come well."""

    etag: str = ""
    last_modified: str = ""
    updated: str = ""
    note: str = ""


@dataclass
class Memory:
    """`digests` are those of every file ever offered as a draft, by document; `settled` says what became of a draft."""

    documents: dict[str, SeenDocument] = field(default_factory=dict)
    pages: dict[str, SeenPage] = field(default_factory=dict)
    digests: dict[str, list[str]] = field(default_factory=dict)
    settled: dict[str, str] = field(default_factory=dict)

    def of_pages(self) -> dict[str, Validators]:
        """How to ask for each page that was seen, by address."""
        return {address: Validators(one.etag, one.last_modified) for address, one in self.pages.items()}

    def of_files(self) -> dict[str, Validators]:
        """How to ask for each file that was seen, by address; a page may be a document itself."""
        files = {one.address: Validators(one.etag, one.last_modified) for one in self.documents.values()}
        return files | self.of_pages()

    def note(self, document: str, digest: str) -> None:
        """Note a file as one that need not be offered again."""
        held = self.digests.setdefault(document, [])
        if digest not in held:
            held.append(digest)

    def forget(self, document: str) -> None:
        """Offer a document as if it had never been seen."""
        self.documents.pop(document, None)
        self.digests.pop(document, None)
        self.pages.clear()


def load_memory(home: Path) -> Memory:
    """What is remembered in a data directory; nothing where the file is missing, damaged or of another version."""
    try:
        body = json.loads((home / _FILE).read_text(encoding="utf-8"))
        if body["version"] != _VERSION:
            return Memory()
        return Memory(
            {name: SeenDocument(**_texts(one)) for name, one in body["documents"].items()},
            {name: SeenPage(**_texts(one)) for name, one in body["pages"].items()},
            {name: [str(digest) for digest in digests] for name, digests in body["digests"].items()},
            _texts(body["settled"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Memory()


def save_memory(home: Path, memory: Memory) -> None:
    """Keep it in the data directory. Raises OSError."""
    body = json.dumps({"version": _VERSION, **asdict(memory)}, ensure_ascii=False, indent=1, sort_keys=True)
    put_in_place(home / _FILE, body + "\n")


def _texts(values: Any) -> dict[str, str]:
    return {str(key): str(value) for key, value in values.items()}
