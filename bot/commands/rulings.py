"""`desk rulings`: what the registrar's office ruled, how each ruling stands, and acts on them without Slack."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.ask import AsJson
from bot.commands.plain_faults import DONE
from bot.commands.session import Session, session_of
from bot.rendering.printable import printable
from knowledge.errors import WrongUse

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.kept_rulings import KeptRuling
    from bot.rulings import RulingStore

rulings = typer.Typer(help="Show what the registrar's office ruled; suspend, renew, retire and export rulings.")
Reference = Annotated[str, typer.Argument(metavar="REF", help="As the answer shows it: 8 letters.")]
Reason = Annotated[str, typer.Option("--reason", metavar="WORDS", help="Why, without names.")]


@rulings.callback(invoke_without_command=True)
def _list_by_default(context: typer.Context, as_json: AsJson = False) -> int | None:
    return list_rulings(context, as_json) if context.invoked_subcommand is None else None


@rulings.command("list")
def list_rulings(context: typer.Context, as_json: AsJson = False) -> int:
    """List every ruling, the oldest first, and how it stands."""
    from bot.rendering.terminal_ruling import ruling_line_view

    session = session_of(context)
    with _kept(session) as (_, store):
        held = store.all()
    if as_json:
        return _put(session, {"rulings": [ruling_json(kept) for kept in held]})
    for kept in held:
        session.out.print(ruling_line_view(kept))
    if not held:
        session.out.print("The registrar's office has given no ruling yet.")
    return DONE


@rulings.command("show")
def show_ruling(context: typer.Context, reference: Reference, as_json: AsJson = False) -> int:
    """Show a ruling: question, answer, the passages it rests on as they read, and why it is suspended where it is."""
    from bot.rendering.terminal_ruling import ruling_view

    session = session_of(context)
    with _kept(session) as (_, store):
        kept = _found(store, reference)
    if as_json:
        return _put(session, ruling_json(kept))
    session.out.print(ruling_view(kept))
    return DONE


@rulings.command("suspend")
def suspend(context: typer.Context, reference: Reference, reason: Reason, as_json: AsJson = False) -> int:
    """Answer from a ruling no more until it is renewed. The running desk tells its owner."""
    from knowledge.ruling import RulingState

    def do(store: RulingStore, kept: KeptRuling) -> dict[str, object]:
        if kept.state is not RulingState.IN_FORCE:
            raise WrongUse(f"Ruling {kept.ruling.reference} is not in force; `desk rulings show` says how it stands.")
        return _settled(store.suspend(kept, [_by_hand(reason)]), {"reason": reason})

    return _act(context, reference, "ruling_suspended", do, as_json)


@rulings.command("retire")
def retire(context: typer.Context, reference: Reference, reason: Reason, as_json: AsJson = False) -> int:
    """Answer from a ruling never again. It is kept for the record."""

    def do(store: RulingStore, kept: KeptRuling) -> dict[str, object]:
        return _settled(store.retire(kept, [*kept.causes, _by_hand(reason)]), {"reason": reason})

    return _act(context, reference, "ruling_retired", do, as_json)


@rulings.command("renew")
def renew(
    context: typer.Context,
    reference: Reference,
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="The day it is looked at again: 2027-11-22.")],
    as_json: AsJson = False,
) -> int:
    """Put a ruling in force, or longer, on its passages as the published build holds them now. Read them first."""
    from bot.held_passages import held_passages
    from knowledge.ruling_holds import rests_now

    session = session_of(context)
    day = session.day(until)
    if day is None or day <= session.today():
        raise WrongUse("--until names the day it is looked at again; it must be still to come.")
    build = held_passages(session.settings.home, session.published(session.settings))

    def do(store: RulingStore, kept: KeptRuling) -> dict[str, object]:
        rests_on = rests_now(kept.ruling, build, session.today())
        if not rests_on:
            raise WrongUse(
                f"Nothing that ruling {kept.ruling.reference} rested on is in force any more; retire it instead."
            )
        return _settled(store.renew(kept, rests_on, build.manifest.id, day), {"until": day.isoformat()})

    return _act(context, reference, "ruling_renewed", do, as_json)


@rulings.command("export")
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.toml", help="A new file, for a person to review.")],
    helpful: Annotated[bool, typer.Option("--helpful", help="Also answers that askers marked as helpful.")] = False,
    as_json: AsJson = False,
) -> int:
    """Write rulings in force as entries for the question bank, for a person to review.

    Nothing is added to the bank by this: see guidance/questions/README.md.
    """
    from bot import wiring
    from bot.export_questions import bank_entries, write_entries
    from bot.helpful import helpful_answers
    from ingest.question_bank import read_bank
    from knowledge.ruling import RulingState

    session = session_of(context)
    with _kept(session) as (engine, store):
        ruled = [kept.ruling for kept in store.all(RulingState.IN_FORCE)]
        answers = helpful_answers(engine) if helpful else []
    held = [wording for entry in read_bank(wiring.QUESTION_BANK) for wording in entry.asks]
    entries = bank_entries(ruled, answers, held)
    write_entries(entries, file, session.today())
    wordings = sum(len(entry.asks) for entry in entries)
    if as_json:
        return _put(session, {"file": str(file), "entries": len(entries), "wordings": wordings})
    session.out.print(f"{wordings} questions in {len(entries)} entries, to be reviewed: ", printable(str(file)), sep="")
    return DONE


def ruling_json(kept: KeptRuling) -> dict[str, Any]:
    """A ruling as scripts get it."""
    ruling = kept.ruling
    return {
        "reference": ruling.reference,
        "question": ruling.question,
        "answer": ruling.answer,
        "state": str(kept.state),
        "answered_on": ruling.answered_on.isoformat(),
        "review_on": ruling.review_on.isoformat(),
        "owner": ruling.owner,
        "build": ruling.build,
        "rests_on": [{**one.to_json(), "digest": one.passage.digest} for one in ruling.rests_on],
        "causes": [
            {"why": str(c.why), "place": c.place, "was": c.was, "now": c.now, "reason": c.reason} for c in kept.causes
        ],
        "owner_told": kept.told_at is not None,
    }


def _act(
    context: typer.Context,
    reference: str,
    act: str,
    do: Callable[[RulingStore, KeptRuling], dict[str, object]],
    as_json: bool,
) -> int:
    """Do it, record it, and say how the ruling stands now."""
    from bot.audit import account, audit_trail
    from bot.registrars import ruling_details
    from bot.rendering.terminal_ruling import ruling_line_view

    session = session_of(context)
    with _kept(session) as (_, store):
        kept = _found(store, reference)
        told = do(store, kept)
        now = store.find(kept.id) or kept
    audit_trail(session.settings).record(
        account(), act, ruling=kept.id, build=now.ruling.build, **ruling_details(now.ruling), **told
    )
    if as_json:
        return _put(session, ruling_json(now))
    session.out.print(ruling_line_view(now))
    return DONE


def _settled(done: bool, told: dict[str, object]) -> dict[str, object]:
    if not done:
        raise WrongUse("The ruling is retired, or was changed meanwhile; `desk rulings show` says how it stands.")
    return told


def _by_hand(reason: str) -> Any:
    from bot.kept_rulings import Cause
    from knowledge.clean import clean
    from knowledge.personal_data import replace_personal_data
    from knowledge.ruling_holds import Why

    words = replace_personal_data(clean(reason)).text[:300]
    if not words:
        raise WrongUse("--reason says why, in a few words without names.")
    return Cause(Why.BY_HAND, reason=words)


def _found(store: RulingStore, reference: str) -> KeptRuling:
    kept = store.find(reference)
    if kept is None:
        raise WrongUse(
            f"No one ruling with the reference {reference[:40]} is kept here; `desk rulings list` shows what there is."
        )
    return kept


@contextmanager
def _kept(session: Session) -> Iterator[tuple[Engine, RulingStore]]:
    from bot.rulings import RulingStore
    from bot.store import open_store

    engine = open_store(session.settings.database)
    try:
        yield engine, RulingStore(engine)
    finally:
        engine.dispose()


def _put(session: Session, body: dict[str, Any]) -> int:
    session.out.file.write(json.dumps(body, ensure_ascii=False) + "\n")
    return DONE
