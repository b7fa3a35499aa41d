"""Faults of Recording Desk. Outcomes ("the documents do not say") are values, never exceptions.

DeskError                     anything that goes wrong in the desk; its text is one sentence fit to show a person
├── WrongUse                  the caller asked for something that cannot be (exit code 2 on the command line)
│   ├── SourcesInvalid        a sources.toml that cannot be read as one; names the line and the fault
│   └── SettingsInvalid       settings that are missing or contradict each other; names every one at once
├── NoBuild                   nothing has been published yet
├── BuildInvalid              a build is incomplete, damaged or not what its manifest says
│   └── ModelMismatch         the running embedding model is not the one the build was made with
├── IngestBusy                another ingester holds the lock
├── DocumentRejected          one document cannot be read; carries the file and the reason, the rest proceed
├── StoreUnavailable          the records or the inbox cannot be read or written
└── WriterUnavailable         the configured chat model did not answer; the desk falls back to quotation
"""

from __future__ import annotations


class DeskError(Exception):
    """Anything that goes wrong in the desk; its text is one sentence that says what to do."""


class WrongUse(DeskError):
    """The caller asked for something that cannot be."""


class SourcesInvalid(WrongUse):
    """A sources.toml cannot be read as one; the text names the line and the fault."""


class SettingsInvalid(WrongUse):
    """Settings are missing or contradict each other; the text names every one at once."""


class NoBuild(DeskError):
    """Nothing has been published yet."""


class BuildInvalid(DeskError):
    """A build is incomplete, damaged or not what its manifest says."""


class ModelMismatch(BuildInvalid):
    """The running embedding model is not the one the build was made with."""


class IngestBusy(DeskError):
    """Another ingester holds the lock."""


class DocumentRejected(DeskError):
    """One document cannot be read. The rest of the ingest proceeds without it."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason

    def __reduce__(self) -> tuple[type[DocumentRejected], tuple[str, str]]:
        # Readers run in child processes, and exceptions cross the pipe pickled.
        return (type(self), (self.file, self.reason))


class StoreUnavailable(DeskError):
    """The records or the inbox cannot be read or written."""


class WriterUnavailable(DeskError):
    """The configured chat model did not answer."""
