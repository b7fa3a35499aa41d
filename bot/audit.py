"""The audit trail as these settings have it, and what is recorded of acts on builds."""

from __future__ import annotations

import getpass
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from ingest.fetch.drafts import Draft
    from knowledge.adapters.audit_trail import AuditTrail


def audit_trail(settings: Settings) -> AuditTrail:
    """The trail to record acts in. It is opened when something is recorded."""
    from knowledge.adapters.audit_trail import AuditTrail

    return AuditTrail(settings.home, audit_key(settings))


def record_build_act(settings: Settings, act: str, build: str, *, previous: str | None, actor: str = "") -> None:
    """Record that `build` was published, or rolled back to, in place of `previous`; by this account if no other.

    The digest of its manifest goes with it, and so of all that it holds. Raises DeskError or OSError.
    """
    manifest = _digest(settings.home / "builds" / build / "MANIFEST.json")
    details = {"digest": manifest, "previous_build": previous}
    told = {name: value for name, value in details.items() if value}
    audit_trail(settings).record(actor or account(), act, build=build, **told)


def record_draft_act(settings: Settings, act: str, draft: Draft, edition: str = "", *, actor: str = "") -> None:
    """Record what was done with a draft edition, by this account if no other; `edition` is the key it was given.

    Raises DeskError or OSError.
    """
    told = {"document": draft.document, "draft": draft.id, "digest": draft.digest}
    audit_trail(settings).record(actor or account(), act, **told, **({"edition": edition} if edition else {}))


def audit_key(settings: Settings) -> str:
    """The key given to this process (DESK_AUDIT_KEY), empty where the data directory keeps its own."""
    return settings.audit_key.get_secret_value().strip()


def account() -> str:
    """The account at work, as the audit trail names whoever uses the command line."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # an account without a name, as containers have
        return "unknown"


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
