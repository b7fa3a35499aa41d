"""Read sources.toml: which documents there are, what they are, and when they are in force (design.md section 6)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.errors import SourcesInvalid
from knowledge.model import Authority, Edition

_REQUIRED = ("id", "title", "publisher", "authority", "edition")
_DATES = ("effective_from", "effective_to", "published", "withdrawn")
_KNOWN = (*_REQUIRED, *_DATES, "version", "force", "file", "url", "page", "attachment", "withdrawn_reason")
# A document that says what must be done has to say from when; a report or a newspaper may be undated.
MAY_BE_UNDATED = (Authority.BACKGROUND, Authority.INSPECTION)


@dataclass(frozen=True, slots=True)
class Record:
    """One [[document]] as written: its values, and the line of its list on which it begins."""

    values: dict[str, Any]
    path: Path
    text: str
    line: int

    def fault(self, key: str, says: str) -> SourcesInvalid:
        """What is wrong with the value of `key`, naming its line."""
        return SourcesInvalid(f"{self.path.name}, line {_line_of(key, self.text, self.line)}: {says}.")

    def lacks(self, says: str) -> SourcesInvalid:
        """What is wrong with the document as a whole, naming the line it begins on."""
        return SourcesInvalid(f"{self.path.name}, line {self.line}: {says}.")


@dataclass(frozen=True, slots=True)
class Source:
    """One document named in a sources.toml, with the file it is read from (None when only its address is given)."""

    edition: Edition
    file: Path | None
    listed_in: Path


def read_sources(path: Path) -> list[Source]:
    """The documents of one sources.toml. Raises SourcesInvalid naming the line and the fault."""
    records = read_records(path)
    sources = [_source(record) for record in records]
    seen: dict[str, int] = {}
    for source, record in zip(sources, records, strict=True):
        if source.edition.key in seen:
            raise record.lacks(
                f"{source.edition.document!r} edition {source.edition.label!r} "
                f"is already listed on line {seen[source.edition.key]}"
            )
        seen[source.edition.key] = record.line
    return sources


def read_records(path: Path, required: Sequence[str] = _REQUIRED) -> list[Record]:
    """Every [[document]] of a list, with known keys of the right type. Raises SourcesInvalid."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        raise SourcesInvalid(f"{path.name} cannot be read; name an existing sources.toml with --sources.") from None
    except UnicodeDecodeError:
        raise SourcesInvalid(f"{path.name} is not text in UTF-8.") from None
    try:
        records = tomllib.loads(text).get("document", [])
    except tomllib.TOMLDecodeError as fault:
        raise SourcesInvalid(f"{path.name}: {_toml_fault(str(fault))}") from None
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise SourcesInvalid(f"{path.name}: documents are listed as [[document]], with two brackets.")
    if not records:
        raise SourcesInvalid(f"{path.name}: it lists no [[document]].")
    lines = [
        number for number, line in enumerate(text.splitlines(), start=1) if re.match(r"\s*\[\[\s*document\b", line)
    ]
    lines += [1] * (len(records) - len(lines))  # written as an array of inline tables, which have no line to name
    out = [Record(record, path, text, line) for record, line in zip(records, lines, strict=False)]
    for record in out:
        _check(record, required)
    return out


def _toml_fault(fault: str) -> str:
    """`Expected ... (at line 3, column 5)` -> `line 3: ...`."""
    found = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", fault)
    if not found:
        return f"not valid TOML: {fault}."
    return f"line {found[2] or 'at the end'}: not valid TOML: {found[1][0].lower()}{found[1][1:]}."


def _check(record: Record, required: Sequence[str]) -> None:
    for key in record.values:
        if key not in _KNOWN:
            raise record.fault(key, f"{key!r} is not a key of a document; known are {', '.join(_KNOWN)}")
    for key in required:
        if not str(record.values.get(key, "")).strip():
            raise record.lacks(f"the document has no {key!r}")
    for key, value in record.values.items():
        if key in _DATES and (not isinstance(value, date) or hasattr(value, "hour")):
            raise record.fault(key, f"{key} must be a date written like 2026-04-01, without quotation marks")
        if key not in _DATES and not isinstance(value, str):
            raise record.fault(key, f"{key} must be text in quotation marks")
    if record.values["authority"] not in list(Authority):
        raise record.fault("authority", f"authority must be one of {', '.join(Authority)}")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", record.values["id"]):
        raise record.fault("id", "id must be lower-case letters, figures and hyphens")


def _source(listed: Record) -> Source:
    record, authority = listed.values, Authority(listed.values["authority"])
    begins, ends = record.get("effective_from"), record.get("effective_to")
    if begins is None and authority not in MAY_BE_UNDATED:
        raise listed.lacks(f"a {authority} needs effective_from, the day it begins to apply")
    if begins and ends and ends < begins:
        raise listed.fault("effective_to", "effective_to is before effective_from")
    if ("withdrawn" in record) != bool(record.get("withdrawn_reason", "").strip()):
        raise listed.lacks("an edition is withdrawn with both a day and a reason: withdrawn and withdrawn_reason")
    if not {"file", "url", "page"} & set(record):
        raise listed.lacks("the document has neither a file nor a url")
    edition = Edition(
        document=record["id"],
        title=record["title"],
        publisher=record["publisher"],
        authority=authority,
        label=record["edition"],
        effective_from=begins,
        effective_to=ends,
        version=record.get("version", ""),
        published=record.get("published"),
        force=record.get("force", ""),
        url=record.get("url", record.get("page", "")),
        file=record.get("file", ""),
        withdrawn=record.get("withdrawn"),
        withdrawn_reason=record.get("withdrawn_reason", ""),
    )
    return Source(edition, listed.path.parent / record["file"] if "file" in record else None, listed.path)


def _line_of(key: str, text: str, begins: int) -> int:
    """Line on which `key` is set in the document that begins on line `begins`."""
    for number, line in enumerate(text.splitlines()[begins:], start=begins + 1):
        if line.strip().startswith("[["):
            break
        if re.match(rf"\s*{re.escape(key)}\s*=", line):
            return number
    return begins
