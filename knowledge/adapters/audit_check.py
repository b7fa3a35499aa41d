"""Check the audit trail record by record, and name the first that is not as it was written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from knowledge.adapters.audit_record import AuditRecord, Head, is_ours, is_unedited, record_of
from knowledge.adapters.audit_trail import key_of, trail_file
from knowledge.errors import DeskError


@dataclass(frozen=True, slots=True)
class AuditOutcome:
    """What checking found. `fault` is a sentence on the first bad record, empty where there is none.

    `records` are those before it, `head` the last of them; `notes` tell of lines that a power cut tore.
    """

    records: tuple[AuditRecord, ...] = ()
    fault: str = ""
    notes: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether every record is as it was written."""
        return not self.fault

    @property
    def first_bad(self) -> int | None:
        """The number of the first bad record, by its place; None where there is none."""
        return len(self.records) + 1 if self.fault else None

    @property
    def head(self) -> Head:
        """The last good record."""
        return Head(self.records[-1].sequence, self.records[-1].digest) if self.records else Head()


def verify(home: Path, key: str = "", anchor: Head | None = None) -> AuditOutcome:
    """Check the trail of a data directory from its first record on.

    Without an anchor (a `Head` kept elsewhere) nobody can tell that the last records were cut off, or that all were
    written anew by someone who has the key. Raises DeskError where the key is lost.
    """
    data = _bytes_of(home)
    seal = key_of(home, key)
    if seal is None and data:
        raise DeskError("The audit trail cannot be checked without its key; put audit.key back from a backup.")
    outcome = _check(data, seal or b"")
    if outcome.fault or anchor is None:
        return outcome
    return _against(outcome, anchor)


def read_trail(home: Path) -> list[AuditRecord]:
    """Every record that can be read, whether it is as it was written or not."""
    return [record for line in _bytes_of(home).split(b"\n") if (record := record_of(line))]


def _bytes_of(home: Path) -> bytes:
    try:
        return trail_file(home).read_bytes()
    except FileNotFoundError:
        return b""


def _check(data: bytes, key: bytes) -> AuditOutcome:
    records: list[AuditRecord] = []
    notes: list[str] = []
    torn: list[bytes] = []
    lines = data.removesuffix(b"\n").split(b"\n") if data else []
    for number, line in enumerate(lines, start=1):
        record = record_of(line)
        if record is None:
            torn.append(line)
            continue
        if torn:
            digest = hashlib.sha256(b"\n".join(torn)).hexdigest()
            if record.details.get("mends") != digest:
                return AuditOutcome(tuple(records), _no_record(number - len(torn), len(records) + 1), tuple(notes))
            notes.append(_torn(number - len(torn), f"record {record.sequence} mended it"))
        if fault := _fault(record, bool(torn), records, number, key):
            return AuditOutcome(tuple(records), fault, tuple(notes))
        records.append(record)
        torn = []
    if torn and data.endswith(b"\n"):
        return AuditOutcome(tuple(records), _no_record(len(lines) - len(torn) + 1, len(records) + 1), tuple(notes))
    if torn:
        notes.append(_torn(len(lines) - len(torn) + 1, "the next record will mend it"))
    return AuditOutcome(tuple(records), notes=tuple(notes))


def _no_record(line: int, expected: int) -> str:
    return f"Line {line}, where record {expected} belongs, is no record: it was edited, or written by something else."


def _torn(line: int, ending: str) -> str:
    return f"Line {line} was torn while it was written, as by a power cut; {ending}."


def _fault(record: AuditRecord, torn: bool, before: list[AuditRecord], line: int, key: bytes) -> str:
    expected = len(before) + 1
    if not is_unedited(record):
        return f"Record {record.sequence} (line {line}) was edited: its digest is not that of its words."
    if record.sequence != expected:
        return (
            f"Line {line} holds record {record.sequence} where record {expected} belongs: "
            "records were deleted, repeated or put in another order."
        )
    if record.previous != (before[-1].digest if before else Head().digest):
        return f"Record {record.sequence} (line {line}) does not follow the record before it: that one was replaced."
    if not is_ours(record, key):
        return (
            f"Record {record.sequence} (line {line}) is not sealed with this desk's key: the trail was written anew, "
            "or this is another key."
        )
    if not torn and "mends" in record.details:
        return f"Record {record.sequence} (line {line}) mends a torn line that is not there: it was deleted or edited."
    return ""


def _against(outcome: AuditOutcome, anchor: Head) -> AuditOutcome:
    held = len(outcome.records)
    if anchor.sequence > held:
        fault = f"The trail ends at record {held}, and the anchor names record {anchor.sequence}: its end was cut off."
        return AuditOutcome(outcome.records, fault, outcome.notes)
    digest = outcome.records[anchor.sequence - 1].digest if anchor.sequence else Head().digest
    if digest != anchor.digest:
        fault = f"Record {anchor.sequence} is not the one that the anchor names: the trail was written anew."
        return AuditOutcome(outcome.records[: max(0, anchor.sequence - 1)], fault, outcome.notes)
    return outcome
