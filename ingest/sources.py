"""Read sources.toml: which documents there are, what they are, and when they are in force (design.md section 6)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.errors import SourcesInvalid
from knowledge.model import Authority, Edition

_REQUIRED = ("id", "title", "publisher", "authority", "edition")
_DATES = ("effective_from", "effective_to", "published")
_KNOWN = (*_REQUIRED, *_DATES, "version", "force", "file", "url")
# A document that says what must be done has to say from when; a report or a newspaper may be undated.
_MAY_BE_UNDATED = (Authority.BACKGROUND, Authority.INSPECTION)


@dataclass(frozen=True, slots=True)
class Source:
    """One document named in a sources.toml, with the file it is read from (None when only its address is given)."""

    edition: Edition
    file: Path | None
    listed_in: Path


def read_sources(path: Path) -> list[Source]:
    """The documents of one sources.toml. Raises SourcesInvalid naming the line and the fault."""
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
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if line.strip().startswith("[[document")]
    sources = [_source(record, path, text, line) for record, line in zip(records, lines, strict=False)]
    seen: dict[str, int] = {}
    for source, line in zip(sources, lines, strict=False):
        if source.edition.key in seen:
            raise SourcesInvalid(
                f"{path.name}, line {line}: {source.edition.document!r} edition {source.edition.label!r} "
                f"is already listed on line {seen[source.edition.key]}."
            )
        seen[source.edition.key] = line
    return sources


def _toml_fault(fault: str) -> str:
    """`Expected ... (at line 3, column 5)` -> `line 3: ...`."""
    found = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", fault)
    if not found:
        return f"not valid TOML: {fault}."
    return f"line {found[2] or 'at the end'}: not valid TOML: {found[1][0].lower()}{found[1][1:]}."


def _source(record: dict[str, Any], path: Path, text: str, line: int) -> Source:
    def fault(key: str, says: str) -> SourcesInvalid:
        return SourcesInvalid(f"{path.name}, line {_line_of(key, text, line)}: {says}.")

    for key in record:
        if key not in _KNOWN:
            raise fault(key, f"{key!r} is not a key of a document; known are {', '.join(_KNOWN)}")
    for key in _REQUIRED:
        if not str(record.get(key, "")).strip():
            raise SourcesInvalid(f"{path.name}, line {line}: the document has no {key!r}.")
    for key, value in record.items():
        if key in _DATES and (not isinstance(value, date) or hasattr(value, "hour")):
            raise fault(key, f"{key} must be a date written like 2026-04-01, without quotation marks")
        if key not in _DATES and not isinstance(value, str):
            raise fault(key, f"{key} must be text in quotation marks")
    try:
        authority = Authority(record["authority"])
    except ValueError:
        raise fault("authority", f"authority must be one of {', '.join(Authority)}") from None
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", record["id"]):
        raise fault("id", "id must be lower-case letters, figures and hyphens")
    begins, ends = record.get("effective_from"), record.get("effective_to")
    if begins is None and authority not in _MAY_BE_UNDATED:
        raise SourcesInvalid(
            f"{path.name}, line {line}: a {authority} needs effective_from, the day it begins to apply."
        )
    if begins and ends and ends < begins:
        raise fault("effective_to", "effective_to is before effective_from")
    if "file" not in record and "url" not in record:
        raise SourcesInvalid(f"{path.name}, line {line}: the document has neither a file nor a url.")
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
        url=record.get("url", ""),
        file=record.get("file", ""),
    )
    return Source(edition, path.parent / record["file"] if "file" in record else None, path)


def _line_of(key: str, text: str, begins: int) -> int:
    """Line on which `key` is set in the document that begins on line `begins`."""
    for number, line in enumerate(text.splitlines()[begins:], start=begins + 1):
        if line.strip().startswith("[["):
            break
        if re.match(rf"\s*{re.escape(key)}\s*=", line):
            return number
    return begins
