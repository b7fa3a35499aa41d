"""`desk fetch`: official documents from the pages that publish them, kept as drafts for a person to confirm."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.audit import record_draft_act
from bot.commands.ask import AsJson
from bot.commands.plain_faults import DONE, FAILED
from bot.commands.progress import showing_progress
from bot.commands.session import Session, only_json, session_of
from bot.fetch_report import check_can_tell, tell_fetch_report
from bot.rendering.fetch_lines import fetch_lines
from bot.rendering.printable import printable
from bot.wiring import STARTER
from ingest.fetch.report import FetchReport, Outcome
from knowledge.errors import WrongUse

if TYPE_CHECKING:
    from ingest.fetch.network import Network

OFFICIAL = STARTER.with_name("official.toml")


def fetch(
    context: typer.Context,
    sources: Annotated[
        list[Path] | None,
        typer.Option("--sources", metavar="FILE.toml", help="What to fetch; may be given several times."),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Only say what is new; keep nothing.")] = False,
    host: Annotated[
        list[str] | None,
        typer.Option(
            "--host", metavar="NAME", help="A host of your own force to fetch from besides, by its full name."
        ),
    ] = None,
    tell: Annotated[
        bool, typer.Option("--tell", help="With --check: tell the registrar's channel in Slack what is new, once.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Look for each official document where it is published, and keep what is new or changed as a draft.

    Nothing answers from a draft until a person confirms it (`desk drafts`). Without --sources the project's own list of
    official documents is fetched. A document that cannot be fetched is named with the reason, and the rest proceed;
    exit code 1 when none could be. With --check the exit code is 0 when nothing is new, else 1.
    """
    session = session_of(context)
    if tell:
        if not check:
            raise WrongUse("Give --tell with --check.")
        check_can_tell(session.settings)
    report = _run(session, sources or [OFFICIAL], host or (), check)
    for one in report.of(Outcome.FAILED):
        session.err.print(printable(f"Not fetched: {one.document}: {one.reason}."), soft_wrap=True)
    with only_json() as put:
        if as_json:
            put(json.dumps(report.to_json(), ensure_ascii=False))
    if not as_json:
        for line in fetch_lines(report):
            session.out.print(printable(line), soft_wrap=True)
    for one in report.findings:
        if one.draft is not None:
            record_draft_act(session.settings, "draft_taken", one.draft)
    if tell and tell_fetch_report(session.settings, report):
        session.err.print("The registrar's channel was told.")
    if check:
        return DONE if report.nothing_new else FAILED
    return FAILED if len(report.of(Outcome.FAILED)) == len(report.findings) else DONE


def network(hosts: Iterable[str]) -> Network:
    """The publishers' servers, and these hosts besides. A test puts its own in place of this."""
    from ingest.fetch.network import Network

    return Network(hosts)


def _run(session: Session, sources: list[Path], hosts: Iterable[str], check: bool) -> FetchReport:
    from ingest.fetch.addresses import force_host
    from ingest.fetch.fetch import fetch

    with network([force_host(name) for name in hosts]) as servers, showing_progress(session.err) as progress:
        return fetch(
            sources,
            home=session.settings.home,
            network=servers,
            now=datetime.now(UTC),
            check=check,
            # A daily job should be silent about documents that are as they were.
            progress=progress if session.err.is_terminal or not check else lambda stage, done, total: None,
        )
