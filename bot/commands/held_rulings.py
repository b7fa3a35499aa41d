"""The rulings in the records, found by reference for the commands about them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.session import Session
from knowledge.errors import WrongUse

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.kept_rulings import KeptRuling
    from bot.rulings import RulingStore

Reference = Annotated[str, typer.Argument(metavar="REF", help="As the answer shows it: 8 letters.")]


@contextmanager
def held_rulings(session: Session) -> Iterator[tuple[Engine, RulingStore]]:
    """The records and the rulings in them, closed when done. Raises StoreUnavailable."""
    from bot.rulings import RulingStore
    from bot.store import opened_store

    with opened_store(session.settings.database) as engine:
        yield engine, RulingStore(engine)


def ruling_named(store: RulingStore, reference: str) -> KeptRuling:
    """The one ruling of that reference. Raises WrongUse."""
    kept = store.find(reference)
    if kept is None:
        raise WrongUse(
            f"No one ruling with the reference {reference[:40]} is kept here; `desk rulings list` shows what there is."
        )
    return kept
