"""Publish a build that is held, by command line and in Slack alike: whole, by a person who may, and recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from filelock import FileLock, Timeout

from bot.audit import audit_trail, record_build_act, record_draft_act
from bot.holding import read_held
from bot.settings import Settings
from knowledge.errors import DeskError, WrongUse

if TYPE_CHECKING:
    from ingest.publish import Held
    from knowledge.model import Build

_PATIENCE = 150.0
"""Seconds: checking a build whole takes two minutes at most."""

log = structlog.get_logger()


class NeedsReason(WrongUse):
    """Something speaks against the build, and no reason was given to publish it all the same."""

    def __init__(self, build: str, because: tuple[str, ...]) -> None:
        super().__init__(f"Build {build} is kept unpublished; give a reason to publish it all the same.")
        self.because = because


def speaks_against(home: Path, name: str) -> tuple[str, ...]:
    """What a person must say yes to before a build is published: what its gate found. Empty where nothing."""
    from ingest.publish import held_back

    held = held_back(home, name)
    return held.because if held is not None else ()


def publish_build(settings: Settings, name: str, reason: str, actor: str) -> str | None:
    """Publish a build of this data directory as `actor`, record it, and return what was published before.

    The draft edition it was made with is confirmed. Raises NeedsReason, NoBuild, BuildInvalid where it is damaged,
    WrongUse where it is published already, or DeskError where its maker may not publish it.
    """
    with _alone(settings.home):
        return _publish(settings, name, reason, actor)


def _publish(settings: Settings, name: str, reason: str, actor: str) -> str | None:
    from ingest.publish import builds_folder, current_build, held_back
    from ingest.publish import publish as point_to
    from ingest.verify import verify

    home = settings.home
    build = read_held(home, name)
    if settings.two_persons and build.created_by == actor:
        raise DeskError(f"Build {name} was made by {build.created_by}; another person has to publish it.")
    before, held = current_build(home), held_back(home, name)
    if before == name:
        raise WrongUse(f"Build {name} is published already.")
    if held is not None and held.because and not reason.strip():
        raise NeedsReason(name, held.because)
    verify(builds_folder(home) / name)
    point_to(home, name)
    _record(settings, name, before, held, reason, actor)
    _confirm_drafts(settings, build, actor)
    return before


def _record(settings: Settings, name: str, before: str | None, held: Held | None, reason: str, actor: str) -> None:
    if held is None or not held.because:
        record_build_act(settings, "published", name, previous=before, actor=actor)
        return
    manifest = (settings.home / "builds" / name / "MANIFEST.json").read_bytes()
    told: dict[str, object] = {"previous_build": before} if before else {}
    told |= {"fell": list(held.fell)} if held.fell else {}
    digest = hashlib.sha256(manifest).hexdigest()
    audit_trail(settings).record(
        actor, "published_anyway", build=name, reason=reason, digest=digest, count=len(held.because), **told
    )


def _confirm_drafts(settings: Settings, build: Build, actor: str) -> None:
    """Enter what was published in the list of confirmed documents. What cannot be entered waits among the drafts."""
    from ingest.fetch.drafts import drafts_of
    from ingest.fetch.settle_draft import confirm_draft

    named = build.changes.get("drafts")
    for draft in drafts_of(settings.home):
        if isinstance(named, list) and draft.id in named:
            try:
                done = confirm_draft(settings.home, draft.id)
                record_draft_act(settings, "draft_confirmed", draft, done.edition.key, actor=actor)
            except (DeskError, OSError) as fault:
                log.warning("draft_not_confirmed", fault=type(fault).__name__)


def roll_back(settings: Settings, expected: str, actor: str) -> str:
    """Publish the build before `expected` again, record it, and return its id. Raises DeskError, also where another
    build than `expected` is published by now.
    """
    from ingest.publish import current_build, rollback

    with _alone(settings.home):
        current = current_build(settings.home)
        if current != expected:
            raise WrongUse(f"Build {current} is published now; nothing was rolled back.")
        now = rollback(settings.home)
        record_build_act(settings, "rolled_back", now, previous=expected, actor=actor)
    return now


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One publishes at a time, of all threads and processes: of two at once the second sees what the first did."""
    try:
        with FileLock(home / "publish.lock", timeout=_PATIENCE):
            yield
    except Timeout:
        raise DeskError("Somebody else is publishing a build just now; look at what came of it first.") from None
