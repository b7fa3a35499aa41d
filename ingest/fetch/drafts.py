"""Draft editions: documents that came and wait for a person. Nothing reads them but that person and `desk drafts`."""

from __future__ import annotations

import hashlib
import re
import shutil
import tomllib
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ingest.fetch.toml_text import toml_table
from knowledge.errors import DeskError, WrongUse
from knowledge.model import Authority, Edition
from knowledge.put_in_place import ASIDE, put_in_place, settle

_RECORD = "draft.toml"
_HEADER = """# A draft edition that `desk fetch` brought. Nothing answers from it until a person has looked at the file
# and confirmed it with `desk drafts confirm`. The edition and its day below are proposals, read from the document.

"""
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that came, as it would be listed once confirmed, and how it came.

    `file` is its name in the draft's folder. `effective_words` are the document's own words that `effective_from` was
    read from. `changed` is false where no edition of the document was held. `effective_to` is set by a person only.
    """

    id: str
    document: str
    title: str
    publisher: str
    authority: Authority
    file: str
    digest: str
    size: int
    came_from: str
    fetched_at: str
    changed: bool
    listed_as: str = ""
    edition: str = ""
    version: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    effective_words: str = ""
    published: date | None = None
    note: str = ""
    force: str = ""
    page: str = ""
    attachment: str = ""

    def to_json(self) -> dict[str, Any]:
        """As `desk drafts list --json` shows it."""
        plain = asdict(self)
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in plain.items()}

    def proposed(self) -> Edition:
        """The edition it proposes, its label empty where it proposes none."""
        return Edition(
            self.document,
            self.title,
            self.publisher,
            self.authority,
            self.edition,
            self.effective_from,
            self.effective_to,
            version=self.version,
            published=self.published,
            force=self.force,
            url=self.page or self.came_from,
            file=self.file,
        )


def draft_id(document: str, digest: str) -> str:
    """What a draft is called: its document and the beginning of its file's SHA-256."""
    return f"{document}-{digest[:8]}"


def drafts_folder(home: Path) -> Path:
    """Where drafts wait in the data directory."""
    return home / "drafts"


def keep_draft(home: Path, draft: Draft, fetched: Path) -> None:
    """Put a draft among those that wait: `fetched`, its file, is moved there. All of it or none. Raises OSError."""
    folder = drafts_folder(home)
    aside = folder / f"{ASIDE}{draft.id}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        fetched.rename(aside / draft.file)
        put_in_place(aside / _RECORD, _HEADER + toml_table("[draft]", _plain(draft)))
        if _read(folder / draft.id) is None:
            shutil.rmtree(folder / draft.id, ignore_errors=True)
            aside.rename(folder / draft.id)
            settle(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def drafts_of(home: Path) -> list[Draft]:
    """The drafts that wait, the oldest first. A folder that is no whole draft is passed over."""
    folder = drafts_folder(home)
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    found = [_read(path) for path in paths if _ID.fullmatch(path.name)]
    return sorted((draft for draft in found if draft is not None), key=lambda one: (one.fetched_at, one.id))


def find_draft(home: Path, name: str, settled: dict[str, str]) -> Draft:
    """The draft of that id, or the only one of the document of that id. Raises WrongUse saying what there is."""
    waiting = drafts_of(home)
    named = [draft for draft in waiting if draft.id == name] or [one for one in waiting if one.document == name]
    if len(named) == 1:
        return named[0]
    if named:
        raise WrongUse(f"{name!r} has {len(named)} drafts; name one of {', '.join(one.id for one in named)}.")
    if name in settled:
        raise WrongUse(f"The draft {name!r} was {settled[name]} already.")
    raise WrongUse(f"There is no draft {name!r}; `desk drafts` lists those that wait.")


def draft_file(home: Path, draft: Draft) -> Path:
    """The file of a draft. Raises DeskError where it is no longer the one that came."""
    path = drafts_folder(home) / draft.id / draft.file
    try:
        sound = hashlib.sha256(path.read_bytes()).hexdigest() == draft.digest
    except OSError:
        sound = False
    if not sound:
        raise DeskError(
            f"The file of draft {draft.id} is not the one that was fetched; discard it with --again and fetch again."
        )
    return path


def drop_draft(home: Path, draft: Draft) -> None:
    """Remove a draft: out of sight in one step, then from the disk."""
    folder = drafts_folder(home)
    aside = folder / f"{ASIDE}{draft.id}"
    shutil.rmtree(aside, ignore_errors=True)
    (folder / draft.id).rename(aside)
    settle(folder)
    shutil.rmtree(aside, ignore_errors=True)


def _plain(draft: Draft) -> dict[str, str | int | date | None]:
    values: dict[str, Any] = asdict(draft)
    return values | {"authority": str(draft.authority)}


def _read(path: Path) -> Draft | None:
    try:
        values = tomllib.loads((path / _RECORD).read_text(encoding="utf-8"))["draft"]
        draft = Draft(**{"came_from": "", **values})  # an uploaded file came from no address
        draft = replace(draft, authority=Authority(draft.authority))
        days = (draft.effective_from, draft.effective_to, draft.published)
        dated = all(day is None or isinstance(day, date) for day in days)
        named = draft.id == path.name == draft_id(draft.document, draft.digest)
        there = Path(draft.file).name == draft.file and (path / draft.file).is_file()
        return draft if dated and named and there else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
