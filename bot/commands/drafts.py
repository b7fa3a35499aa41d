"""`desk drafts`: editions that were fetched and wait for a person to confirm or discard them."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from bot.audit import record_draft_act
from bot.commands.ask import AsJson
from bot.commands.plain_faults import DONE
from bot.commands.session import Session, session_of
from bot.rendering.fetched_draft import draft_lines
from bot.rendering.printable import printable
from knowledge.notices import spoken_date

drafts = typer.Typer(help="Show fetched editions that wait for a person; confirm or discard them.")
DraftId = Annotated[str, typer.Argument(metavar="ID", help="A draft's id, or its document's if it has only one.")]


@drafts.callback(invoke_without_command=True)
def _list_by_default(context: typer.Context, as_json: AsJson = False) -> int | None:
    return list_drafts(context, as_json) if context.invoked_subcommand is None else None


@drafts.command("list")
def list_drafts(context: typer.Context, as_json: AsJson = False) -> int:
    """List the drafts that wait, the oldest first, with what each seems to be and how to confirm it."""
    from ingest.fetch.drafts import drafts_folder, drafts_of

    session = session_of(context)
    waiting = drafts_of(session.settings.home)
    if as_json:
        return _put(session, {"drafts": [draft.to_json() for draft in waiting]})
    if not waiting:
        session.out.print("No draft waits; `desk fetch` looks for new editions.", soft_wrap=True)
    for draft in waiting:
        file = drafts_folder(session.settings.home) / draft.id / draft.file
        session.out.print(*map(printable, draft_lines(draft, file)), "", sep="\n", soft_wrap=True)
    return DONE


@drafts.command("confirm")
def confirm(
    context: typer.Context,
    name: DraftId,
    effective_from: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day it begins to apply; as the draft proposes if not given.")
    ] = None,
    edition: Annotated[
        str, typer.Option(metavar="LABEL", help="What to call the edition; as the draft proposes if not given.")
    ] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in place of the edition of that label, or that begins that day.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Enter a draft in the list of confirmed documents, once you have looked at its file.

    The edition before it ends the day before it begins. Nothing is published: `desk ingest` does that.
    """
    from ingest.fetch.settle_draft import confirm_draft

    session = session_of(context)
    day = session.day(effective_from)
    done = confirm_draft(session.settings.home, name, effective_from=day, label=edition, replacing=replace)
    kept = done.edition
    record_draft_act(session.settings, "draft_confirmed", done.draft, kept.key)
    if as_json:
        dates = {
            key: day.isoformat() if day else None
            for key, day in (("effective_from", kept.effective_from), ("effective_to", kept.effective_to))
        }
        told = {"confirmed": done.draft.id, "document": kept.document, "edition": kept.label, **dates}
        return _put(session, {**told, "sources": str(done.listed_in), "notes": list(done.notes)})
    begins = f", from {spoken_date(kept.effective_from)}" if kept.effective_from else ""
    session.out.print(printable(f"Confirmed {kept.title}, edition {kept.label}{begins}."), soft_wrap=True)
    for note in done.notes:
        session.out.print(printable(note), soft_wrap=True)
    says = f"It is listed in {done.listed_in}; publish it with `desk ingest --sources {done.listed_in}`."
    session.out.print(printable(says), soft_wrap=True)
    return DONE


@drafts.command("discard")
def discard(
    context: typer.Context,
    name: DraftId,
    again: Annotated[bool, typer.Option("--again", help="Offer the document again at the next fetch.")] = False,
    as_json: AsJson = False,
) -> int:
    """Remove a draft. The same file is not offered again, unless you say --again."""
    from ingest.fetch.settle_draft import discard_draft

    session = session_of(context)
    draft = discard_draft(session.settings.home, name, again=again)
    record_draft_act(session.settings, "draft_discarded", draft)
    if as_json:
        return _put(session, {"discarded": draft.id, "again": again})
    says = "The next fetch brings it again." if again else "The same file is not offered again."
    session.out.print(printable(f"Discarded {draft.id}. {says}"), soft_wrap=True)
    return DONE


def _put(session: Session, body: dict[str, Any]) -> int:
    session.out.print(json.dumps(body, ensure_ascii=False), markup=False, soft_wrap=True)
    return DONE
