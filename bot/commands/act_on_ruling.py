"""`desk rulings suspend`, `renew` and `retire`: each is done once, and stands in the audit trail."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ask import AsJson
from bot.commands.held_builds import put_json
from bot.commands.held_rulings import Reference, held_rulings, ruling_named
from bot.commands.plain_faults import DONE
from bot.commands.session import session_of
from knowledge.clean import clean
from knowledge.errors import WrongUse
from knowledge.personal_data import replace_personal_data

if TYPE_CHECKING:
    from bot.kept_rulings import KeptRuling
    from bot.rulings import RulingStore

Reason = Annotated[str, typer.Option("--reason", metavar="WORDS", help="Why, without names.")]
_Told = dict[str, str]
"""What the audit trail says beside the act and the ruling."""
_LONGEST = 300


def suspend(context: typer.Context, reference: Reference, reason: Reason, as_json: AsJson = False) -> int:
    """Answer from a ruling no more until it is renewed. The running desk tells its owner."""
    from bot.kept_rulings import Cause
    from knowledge.ruling import RulingState
    from knowledge.ruling_holds import Why

    why = _without_names(reason)

    def do(store: RulingStore, kept: KeptRuling) -> _Told:
        if kept.state is not RulingState.IN_FORCE:
            raise WrongUse(f"Ruling {kept.ruling.reference} is not in force; `desk rulings show` says how it stands.")
        _settled(store.suspend(kept, [Cause(Why.BY_HAND, reason=why)]))
        return {"reason": why}

    return _act(context, reference, "ruling_suspended", do, as_json)


def retire(context: typer.Context, reference: Reference, reason: Reason, as_json: AsJson = False) -> int:
    """Answer from a ruling never again. It is kept for the record."""
    from bot.kept_rulings import Cause
    from knowledge.ruling_holds import Why

    why = _without_names(reason)

    def do(store: RulingStore, kept: KeptRuling) -> _Told:
        _settled(store.retire(kept, [*kept.causes, Cause(Why.RETIRED, reason=why)]))
        return {"reason": why}

    return _act(context, reference, "ruling_retired", do, as_json)


def renew(
    context: typer.Context,
    reference: Reference,
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="The day it is looked at again: 2027-11-22.")],
    as_json: AsJson = False,
) -> int:
    """Put a ruling in force, or longer, on its passages as the published build holds them now. Read them first."""
    from bot.held_build import held_build
    from knowledge.ruling_holds import rests_now

    session = session_of(context)
    day = session.day(until)
    if day is None or day <= session.today():
        raise WrongUse("--until names the day it is looked at again; it must be still to come.")
    build = held_build(session.settings.home, session.published(session.settings))

    def do(store: RulingStore, kept: KeptRuling) -> _Told:
        rests_on = rests_now(kept.ruling, build, session.today())
        if not rests_on:
            raise WrongUse(
                f"Nothing that ruling {kept.ruling.reference} rested on is in force any more; retire it instead."
            )
        _settled(store.renew(kept, rests_on, build.manifest.id, day))
        return {"until": day.isoformat()}

    return _act(context, reference, "ruling_renewed", do, as_json)


def _act(
    context: typer.Context, reference: str, act: str, do: Callable[[RulingStore, KeptRuling], _Told], as_json: bool
) -> int:
    """Do it, record it, and show the ruling as it stands now."""
    from bot.audit import account, audit_trail
    from bot.registrars import ruling_details
    from bot.rendering.ruling_json import ruling_json
    from bot.rendering.terminal_ruling import ruling_view

    session = session_of(context)
    with held_rulings(session) as (_, store):
        kept = ruling_named(store, reference)
        told = do(store, kept)
        now = store.find(kept.id) or kept
    audit_trail(session.settings).record(account(), act, **ruling_details(now.ruling), **told)
    if as_json:
        put_json(session, ruling_json(now))
    else:
        session.out.print(ruling_view(now))
    return DONE


def _settled(done: bool) -> None:
    if not done:
        raise WrongUse("The ruling is retired, or was changed meanwhile; `desk rulings show` says how it stands.")


def _without_names(reason: str) -> str:
    words = replace_personal_data(clean(reason)).text[:_LONGEST]
    if not words:
        raise WrongUse("--reason says why, in a few words without names.")
    return words
