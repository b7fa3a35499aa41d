"""One record of the audit trail as a line of text: what it may hold, and how its digest and its HMAC are made."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import asdict, dataclass, replace
from typing import Any

from knowledge.errors import WrongUse
from knowledge.personal_data import replace_personal_data

GENESIS = "0" * 64
"""What the first record names as the digest before it."""
DETAILS = frozenset(
    "previous_build draft document edition editions digest digests passages count fell recalled setting reason "
    "mends enquiry ruling until rule reviewer".split()
)
"""What a record may say beside who, what and which build: names of builds and editions, digests, counts. `fell` names
canary questions by id; `mends` is set by the trail itself; `enquiry` is one put to the registrar's office, `ruling`
one of its rulings and `until` when that is looked at again, `rule` and `reviewer` a rule of the cancellation table and
who read it again."""
_LONGEST_REASON = 300
_MOST_VALUES = 500
_PLAIN = re.compile(r"[\w.:/@+\-]{0,160}")
_ACT = re.compile(r"[a-z][a-z_]{0,39}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NOT_OF_AN_ACTOR = re.compile(r"[^\w.@+\-]")

Details = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """Who did what, when, to which build. `previous` is the digest of the record before."""

    sequence: int
    time: str
    actor: str
    act: str
    build: str
    details: Details
    previous: str
    digest: str = ""
    hmac: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The last record by number and digest. Kept elsewhere, it is the anchor that a cut or rewritten trail misses."""

    sequence: int = 0
    digest: str = GENESIS

    def __str__(self) -> str:
        return f"{self.sequence}:{self.digest}"

    @classmethod
    def of(cls, text: str) -> Head:
        """The head of such a text. Raises WrongUse."""
        number, _, digest = text.strip().partition(":")
        if not re.fullmatch(r"\d{1,12}", number) or not _DIGEST.fullmatch(digest):
            raise WrongUse(f"{text!r} is no anchor; give what `desk audit head` printed: a number, a colon, a digest.")
        return cls(int(number), digest)


def actor_of(name: str) -> str:
    """An account's or a member's name as records hold it: letters, figures and `.@+-_`, 80 at most."""
    return _NOT_OF_AN_ACTOR.sub("_", name)[:80] or "unknown"


def checked_act(act: str) -> str:
    """The act, if it is one. Raises ValueError: an act is written in code, not by people."""
    if not _ACT.fullmatch(act):
        raise ValueError(f"{act!r} is no act; acts are verbs in the past, like published")
    return act


def checked_build(name: str) -> str:
    """The name of a build, or nothing. Raises ValueError."""
    if not _PLAIN.fullmatch(name):
        raise ValueError(f"{name!r} is no build")
    return name


def checked_details(details: Details) -> Details:
    """The details as a record holds them, sorted; a reason without personal data. Raises ValueError."""
    kept: Details = {}
    for name, value in sorted(details.items()):
        if name not in DETAILS:
            raise ValueError(f"{name!r} may not stand in the audit trail")
        if name == "reason":
            kept[name] = replace_personal_data(" ".join(str(value).split())).text[:_LONGEST_REASON]
            continue
        values = list(value) if isinstance(value, list | tuple) else [value]
        if len(values) > _MOST_VALUES or not all(_is_plain(one) for one in values):
            raise ValueError(f"{name!r} must be a name, a digest, a number or a list of them")
        kept[name] = values if isinstance(value, list | tuple) else value
    return kept


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, bool | int) or (isinstance(value, str) and bool(_PLAIN.fullmatch(value)))


def sealed(record: AuditRecord, key: bytes) -> AuditRecord:
    """The record with its digest and its HMAC."""
    body = _body(record)
    return replace(record, digest=hashlib.sha256(body).hexdigest(), hmac=_hmac(body, key))


def is_unedited(record: AuditRecord) -> bool:
    """Whether the digest is that of the record."""
    return hashlib.sha256(_body(record)).hexdigest() == record.digest


def is_ours(record: AuditRecord, key: bytes) -> bool:
    """Whether the record was sealed with this key."""
    return hmac.compare_digest(_hmac(_body(record), key), record.hmac)


def line_of(record: AuditRecord) -> bytes:
    """The record as its line, without the new line at its end. There is one way to write a record."""
    return json.dumps(asdict(record), separators=(",", ":")).encode()


def record_of(line: bytes) -> AuditRecord | None:
    """The record that a line holds, None where it holds none, or not as `line_of` writes it."""
    try:
        told = json.loads(line)
        record = AuditRecord(**told)
        right = type(record.sequence) is int and type(record.details) is dict
        texts = (record.time, record.actor, record.act, record.build, record.previous, record.digest, record.hmac)
        return record if right and all(type(text) is str for text in texts) and line_of(record) == line else None
    except (ValueError, TypeError, RecursionError):
        return None


def _body(record: AuditRecord) -> bytes:
    told = asdict(record)
    return json.dumps({name: told[name] for name in told if name not in ("digest", "hmac")}).encode()


def _hmac(body: bytes, key: bytes) -> str:
    return hmac.new(key, body, hashlib.sha256).hexdigest()
