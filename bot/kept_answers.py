"""An answer and its passages as they are kept, and back: the same a year later, whatever has been published since."""

from __future__ import annotations

from datetime import date
from typing import Any

from knowledge.model import Answer, Authority, Citation, Edition, Passage, PassageKind, Statement, Status

_DATES = ("effective_from", "effective_to", "published")
_WORDS = ("document", "title", "publisher", "label", "version", "force", "url", "digest", "file")


def passage_record(passage: Passage) -> dict[str, Any]:
    """A passage as JSON, its edition and digest with it."""
    edition = passage.edition
    dates = {name: getattr(edition, name) for name in _DATES}
    return {
        "id": passage.id,
        "ordinal": passage.ordinal,
        "path": list(passage.path),
        "text": passage.text,
        "pages": list(passage.pages),
        "printed": list(passage.printed),
        "kind": str(passage.kind),
        "confidence": passage.confidence,
        "reviewed": passage.reviewed,
        "digest": passage.digest,
        "edition": {
            **{name: getattr(edition, name) for name in _WORDS},
            **{name: day.isoformat() if day else None for name, day in dates.items()},
            "authority": str(edition.authority),
        },
    }


def passage_of(kept: dict[str, Any]) -> Passage:
    """The passage of such a record; what older records lack is left empty."""
    edition = kept["edition"]
    fields: dict[str, Any] = {name: edition.get(name) or "" for name in _WORDS}
    fields |= {name: _day(edition.get(name)) for name in _DATES}
    return Passage(
        id=kept["id"],
        edition=Edition(authority=Authority(edition["authority"]), **fields),
        ordinal=kept["ordinal"],
        path=tuple(kept["path"]),
        text=kept["text"],
        pages=tuple(kept["pages"]),
        printed=tuple(kept.get("printed", ())),
        kind=PassageKind(kept.get("kind", PassageKind.PROSE)),
        confidence=kept.get("confidence"),
        reviewed=kept.get("reviewed", ""),
    )


def answer_of(kept: dict[str, Any]) -> Answer:
    """The answer of the record that `Records.keep` makes."""
    passages = {name: passage_of(record) for name, record in kept["passages"].items()}
    return Answer(
        status=Status(kept["status"]),
        question=kept["question"],
        as_at=date.fromisoformat(kept["as_at"]),
        build=kept["build"],
        composed_by=kept["composed_by"],
        statements=tuple(Statement(one["text"], tuple(one["citations"])) for one in kept["statements"]),
        citations=tuple(Citation(one["number"], passages[one["passage"]], one["quote"]) for one in kept["citations"]),
        notices=tuple(kept["notices"]),
        options=tuple(kept.get("options", ())),
        took_ms=dict(kept["took_ms"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
