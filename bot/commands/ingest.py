"""`desk ingest`: documents to a verified build, published unless something speaks against it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.audit import account, record_build_act
from bot.commands.plain_faults import DONE, FAILED, say
from bot.commands.progress import showing_progress
from bot.commands.publish_build import say_why
from bot.commands.session import Session, only_json, session_of
from bot.commands.starter import digest_of, note_starter, starter_may_stand
from bot.holding import published_id
from bot.publishing import publish_build
from bot.rendering.printable import printable
from bot.wiring import STARTER
from knowledge.errors import WrongUse

if TYPE_CHECKING:
    from ingest.publish import Held
    from ingest.report import IngestReport


_BANK = "question bank, "


def ingest(
    context: typer.Context,
    sources: Annotated[
        list[Path] | None,
        typer.Option("--sources", metavar="FILE.toml", help="What to ingest; may be given several times."),
    ] = None,
    draft: Annotated[
        str | None,
        typer.Option("--draft", metavar="ID", help="Add this draft edition to what is published; kept unpublished."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and publish nothing.")] = False,
    starter: Annotated[
        bool, typer.Option("--starter", help="The starter guidance, unless it or something else is published already.")
    ] = False,
    yes: Annotated[
        str | None,
        typer.Option("--yes", metavar="REASON", help="Publish although something speaks against it; recorded."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON object.")] = False,
) -> int:
    """Build an index of every document the sources name, verify it, and publish it.

    What is published is exactly what the sources name; without --sources that is the starter guidance. A document that
    cannot be read is named with the reason, and the rest are published. A build that answers canary questions worse
    than the published one, or lacks what that held, is kept unpublished. Exit code 1 when nothing is published.

    With --draft what is published and that draft edition are built, and the build is kept unpublished for you to
    compare and publish; exit code 0 then.
    """
    session = session_of(context)
    if draft is not None:
        if sources or dry_run or starter or yes is not None:
            raise WrongUse("Give --draft alone: what is published is what it is added to.")
        return _draft(session, draft, as_json)
    if starter and (sources or dry_run or yes is not None):
        raise WrongUse("Give --starter alone, without --sources, --dry-run or --yes.")
    if yes is not None and not yes.strip():
        raise WrongUse('Give a reason with --yes, such as --yes "the 2019 policy was replaced by the handbook".')
    if starter:
        return _starter(session, as_json)
    report = _run(session, sources or [STARTER], dry_run, as_json, yes or "")
    return DONE if report.published or (dry_run and report.passages) else FAILED


def _draft(session: Session, draft: str, as_json: bool) -> int:
    """Build what is published and one draft edition, kept unpublished."""
    before = published_id(session.settings.home)
    with only_json() as put:
        with showing_progress(session.err) as progress:
            report = session.ingest_draft(session.settings, draft, account(), progress)
        for note in _notes(report):
            session.err.print(printable(f"Note: {note}"), soft_wrap=True)
        for file, reason in report.rejected:
            session.err.print(printable(f"Not read: {file}: {reason}."), soft_wrap=True)
        put(json.dumps(report.to_json(), ensure_ascii=False) if as_json else _in_words(report, False))
    if report.held is None or report.build is None:
        say("What is published is the same already: nothing would change.")
        return FAILED
    if report.held.because:
        say("This speaks against publishing it:")
    say_why(session, report.held)
    reason = ' --reason "why you may"' if report.held.because else ""
    compare = f"`desk builds compare {before} {report.build}`, then " if before else ""
    say(f"Next: {compare}`desk builds publish {report.build}{reason}`.")
    return DONE


def _starter(session: Session, as_json: bool) -> int:
    """Index the starter guidance when that is needed, which is found out without loading the model."""
    home = session.settings.home
    digest = digest_of(STARTER.parent, [str(session.settings.model)])
    if starter_may_stand(home, published_id(home), digest):
        return DONE
    session.err.print("Indexing the starter guidance; it is done again only when it changes.")
    before = published_id(home)
    report = _run(session, [STARTER], False, as_json)
    if report.held is not None and before is not None:
        # Said once, and not at every start; what is published goes on answering.
        note_starter(home, before, digest)
        return DONE
    if not report.published or report.build is None:
        return FAILED
    note_starter(home, report.build, digest)
    return DONE


def _run(session: Session, sources: Sequence[Path], dry_run: bool, as_json: bool, yes: str = "") -> IngestReport:
    before = published_id(session.settings.home)
    with only_json() as put:
        with showing_progress(session.err) as progress:
            report = session.ingest(session.settings, sources, dry_run, progress)
        for note in _notes(report):
            session.err.print(printable(f"Note: {note}"), soft_wrap=True)
        for file, reason in report.rejected:
            session.err.print(printable(f"Not read: {file}: {reason}."), soft_wrap=True)
        accepted = report.held is not None and bool(yes) and not report.held.second_person
        if accepted and report.build is not None:
            publish_build(session.settings, report.build, yes, account())
            report.published = True
        if as_json:
            put(json.dumps(report.to_json(), ensure_ascii=False))
        else:
            put(_in_words(report, dry_run))
    if report.published and not accepted and report.build is not None and report.build != before and not dry_run:
        record_build_act(session.settings, "published", report.build, previous=before)
    if report.held is not None and not report.published:
        _say_held(session, report.held, report.build or "")
    elif not report.published and not dry_run:
        say("No document could be read, so nothing was published; mend the sources and ingest again.")
    return report


def _say_held(session: Session, held: Held, build: str) -> None:
    """Why the build is kept unpublished, and how to go on."""
    say(f"Build {build} is kept unpublished, because:")
    say_why(session, held)
    reason = ' --reason "why you may"' if held.because else ""
    say(f"Compare it, mend the sources and ingest again, or publish it: `desk builds publish {build}{reason}`.")


def _notes(report: IngestReport) -> list[str]:
    """What the person who ingests should look at. Of the question bank only how much of it went unused: it is kept by
    the project, and a corpus of other documents leaves much of it so.
    """
    bank = [warning for warning in report.warnings if warning.startswith(_BANK)]
    notes = [warning for warning in report.warnings if not warning.startswith(_BANK)]
    if bank:
        notes.append(f"{len(bank)} entries of the question bank fit no passage; `desk builds show --json` names them.")
    return notes


def _in_words(report: IngestReport, dry_run: bool) -> str:
    """One line on what was done."""
    named = ("added", "changed", "unchanged", "withdrawn", "rejected")
    counts = [f"{len(getattr(report, name))} {name}" for name in named if getattr(report, name)]
    editions = ", ".join(counts) or "none"
    passages = f"{report.passages} passages ({report.embedded} embedded, {report.reused} reused)"
    if dry_run:
        return f"Would publish {report.passages} passages; editions: {editions}."
    if report.published:
        return f"Published build {report.build}: {passages}; editions: {editions}; {report.seconds:.1f} s."
    if report.held is not None:
        return f"Kept build {report.build} unpublished: {passages}; editions: {editions}; {report.seconds:.1f} s."
    return f"Nothing was published; editions: {editions}."
