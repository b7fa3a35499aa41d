"""The list of confirmed documents, `sources/sources.toml` in the data directory, which `desk ingest` reads.

It is changed as text, a block at a time, so that whatever a person wrote in it stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.fetch.succession import succession
from ingest.fetch.toml_text import toml_table
from ingest.sources import Record, read_records, read_sources
from knowledge.errors import DeskError, SourcesInvalid, WrongUse
from knowledge.model import Authority, Edition
from knowledge.notices import spoken_date
from knowledge.put_in_place import ASIDE, put_in_place

_HEADER = """# Official documents that `desk fetch` brought and a person confirmed with `desk drafts confirm`.
# Build and publish them with `desk ingest --sources` and this file. Both dates of an edition are inclusive.
"""


@dataclass(frozen=True, slots=True)
class Entered:
    """An edition as it was entered. `notes` say a sentence each, what else was changed or should be looked at.

    `replaced` is the file of the entry that it took the place of, empty where there was none.
    """

    edition: Edition
    notes: tuple[str, ...]
    replaced: str = ""


def own_sources(home: Path) -> Path:
    """The list of confirmed documents of a data directory."""
    return home / "sources" / "sources.toml"


def files_listed(path: Path) -> list[str]:
    """The files that a list names, none where there is no list. Raises DeskError where it cannot be read as one."""
    return [str(one.values["file"]) for one in _read(path)[1] if "file" in one.values]


def enter_edition(path: Path, edition: Edition, beside: dict[str, str], *, replacing: bool) -> Entered:
    """Enter an edition in the list at `path`, and end the one before it the day before it begins.

    `beside` are further keys of its entry. `replacing` puts it in place of the edition of the same label, or else of
    the one that begins on the same day. Raises WrongUse where such a one stands in the way, DeskError where the list
    cannot be used; the list is then as it was.
    """
    lines, records = _read(path)
    ours = [one for one in records if one.values["id"] == edition.document]
    standing = _standing(ours, edition)
    if standing is not None and not replacing:
        raise WrongUse(_in_the_way(standing, edition))
    if standing is None and replacing:
        raise WrongUse(f"No edition of {edition.document!r} has that label or begins that day; leave out --replace.")
    follows = succession([one for one in ours if one is not standing], edition)
    edited: list[tuple[int, Record, date | None]] = [(one.line, one, day) for one, day in follows.ends]
    if standing is not None:
        edited.append((standing.line, standing, None))
    for _, record, day in sorted(
        edited, key=lambda one: one[0], reverse=True
    ):  # from the foot, so that lines stay true
        lines = _without(lines, record.line) if day is None else _ending(lines, record.line, day)
    entry = toml_table("[[document]]", _entry(follows.edition) | beside)
    _write(path, "\n".join(lines).rstrip("\n") + "\n\n" + entry)
    return Entered(follows.edition, follows.notes, str(standing.values.get("file", "")) if standing else "")


def _read(path: Path) -> tuple[list[str], list[Record]]:
    if not path.exists():
        return _HEADER.splitlines(), []
    try:
        read_sources(path)
        return path.read_text(encoding="utf-8").splitlines(), read_records(path)
    except SourcesInvalid as fault:
        raise DeskError(f"The list of confirmed documents, {path}, has a fault: {fault}") from None


def _standing(ours: Sequence[Record], edition: Edition) -> Record | None:
    """The entry that this edition cannot stand beside: of the same label, or else with the same first day."""
    begins = edition.effective_from
    labelled = [one for one in ours if _key(one) == edition.key]
    dated = [one for one in ours if begins is not None and one.values.get("effective_from") == begins]
    return next(iter(labelled + dated), None)


def _in_the_way(standing: Record, edition: Edition) -> str:
    named = f"Edition {standing.values['edition']} of {edition.document!r}"
    begins = edition.effective_from
    if _key(standing) == edition.key or begins is None:
        return f"{named} is confirmed already; give this one another --edition, or --replace to put it in its place."
    return (
        f"{named} begins on {spoken_date(begins)} too; give this one another --effective-from, or --replace to put it "
        "in its place."
    )


def _key(record: Record) -> str:
    values = record.values
    return Edition(values["id"], "", "", Authority(values["authority"]), values["edition"]).key


def _ending(lines: list[str], block: int, day: date) -> list[str]:
    """The lines with a last day for the entry whose [[document]] is line `block`, after the line of its first day."""
    at = next(n for n in range(block, len(lines)) if re.match(r"\s*effective_from\s*=", lines[n])) + 1
    return [*lines[:at], f"effective_to = {day.isoformat()}", *lines[at:]]


def _without(lines: list[str], block: int) -> list[str]:
    """The lines without one entry; comments and blanks that stand before the next one belong to that."""
    end = next((n for n in range(block, len(lines)) if re.match(r"\s*\[", lines[n])), len(lines))
    while block < end < len(lines) and re.match(r"\s*(?:#|$)", lines[end - 1]):
        end -= 1
    return lines[: block - 1] + lines[end:]


def _entry(edition: Edition) -> dict[str, str | int | date | None]:
    return {
        "id": edition.document,
        "title": edition.title,
        "publisher": edition.publisher,
        "authority": str(edition.authority),
        "edition": edition.label,
        "version": edition.version,
        "effective_from": edition.effective_from,
        "effective_to": edition.effective_to,
        "published": edition.published,
        "force": edition.force,
        "file": edition.file,
        "url": edition.url,
    }


def _write(path: Path, text: str) -> None:
    """Put the list in place once it reads as one."""
    trial = path.with_name(f"{ASIDE}trial.toml")
    try:
        put_in_place(trial, text)
        read_sources(trial)
    except SourcesInvalid as fault:
        raise DeskError(f"The entry could not be listed: {fault}") from None
    finally:
        trial.unlink(missing_ok=True)
    put_in_place(path, text)
