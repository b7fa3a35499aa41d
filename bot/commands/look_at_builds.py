"""What `desk doctor` says of the published build and of the audit trail."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from bot.audit import audit_key
from bot.holding import published_build, published_id
from bot.settings import Settings
from knowledge.errors import BuildInvalid, DeskError


def trouble_with_builds(home: Path) -> str:
    """A sentence on what is wrong with the published build of a data directory; empty where nothing is.

    Also empty where nothing was ever published. The build is opened, in a process of its own.
    """
    if not any((home / "builds").glob("[!.]*/MANIFEST.json")):
        return ""
    instead = ""
    with suppress(DeskError):
        instead = published_build(home).id
    name = published_id(home)
    if name is None:
        answers = (
            f"build {instead} answers; publish one with `desk builds publish BUILD`" if instead else "nothing answers"
        )
        return f"The pointer to the published build cannot be read: {answers}."
    from ingest.verify import verify

    try:
        verify(home / "builds" / name)
    except BuildInvalid as fault:
        says = str(fault).rstrip(".")
        return f"{says}; the last sound build before it answers. Ingest again, or go back with `desk builds rollback`."
    return ""


def state_of_trail(settings: Settings) -> tuple[bool, str]:
    """Whether acts can be recorded, and in a sentence with which key. Nothing is written."""
    from knowledge.adapters.audit_check import read_trail
    from knowledge.adapters.audit_record import is_ours
    from knowledge.adapters.audit_trail import key_of

    given = audit_key(settings)
    whose = "DESK_AUDIT_KEY" if given else "audit.key in the data directory; back it up apart from the trail"
    try:
        records = read_trail(settings.home)
        key = key_of(settings.home, given)
    except DeskError as fault:
        return False, str(fault)
    except OSError as fault:
        return False, f"it cannot be read ({fault.strerror}); see to the data directory first."
    if not records:
        return True, f"nothing is recorded yet; records will be sealed with {whose}."
    if key is None:
        return False, "the key of the audit trail is lost; put audit.key back from a backup."
    if not is_ours(records[-1], key):
        said = "DESK_AUDIT_KEY" if given else "audit.key"
        return False, f"the last record was sealed with another key than {said}; put back the one it was begun with."
    return True, f"{len(records)} records, sealed with {whose}."
