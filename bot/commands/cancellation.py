"""`desk cancellation`: the cancellation check without Slack. It informs; it never decides."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.ask import AsAt
from bot.commands.cancellation_form import QUESTIONS, Given, form_of
from bot.commands.plain_faults import DONE
from bot.commands.session import Session, only_json, session_of
from bot.rendering.terminal_cancellation import check_view
from knowledge.cancellation.check_cancellation import check_cancellation
from knowledge.cancellation.form import Choice, Criterion, ReliedOn
from knowledge.cancellation.menus import Asked
from knowledge.errors import BuildInvalid
from knowledge.model import Build, Edition, Passage


@dataclass(frozen=True, slots=True)
class _Held:
    """The published build as far as the check reads it: nothing is searched, so no model and no index is opened."""

    manifest: Build
    held: Sequence[Passage]
    listed: Sequence[dict[str, Any]]

    @property
    def editions(self) -> Sequence[Edition]:
        return self.manifest.editions

    def passages(self) -> Sequence[Passage]:
        return self.held

    def offences(self) -> Sequence[dict[str, Any]]:
        return self.listed


def _choices(choices: type[Choice]) -> str:
    return ", ".join(choices)


def _help(question: Asked) -> str:
    _, choices, says, _ = QUESTIONS[question]
    return f"{says} One of: {_choices(choices)}."


def cancellation(
    context: typer.Context,
    criterion: Annotated[str | None, typer.Option(metavar="C", help=f"One of: {_choices(Criterion)}.")] = None,
    crime: Annotated[
        str | None,
        typer.Option(
            metavar="CRIME", help='"rape", "homicide", or a class or offence code: "8N s47", 104, 105A, 008/06.'
        ),
    ] = None,
    relied_on: Annotated[
        list[str] | None,
        typer.Option(metavar="WHAT", help=f"What is relied on; may be given again. Of: {_choices(ReliedOn)}."),
    ] = None,
    deciding: Annotated[str | None, typer.Option(metavar="WHO", help=_help(Asked.DECIDER))] = None,
    independent: Annotated[str | None, typer.Option(metavar="YES|NO", help=_help(Asked.INDEPENDENT))] = None,
    told: Annotated[str | None, typer.Option(metavar="HOW", help=_help(Asked.TOLD))] = None,
    pressure: Annotated[str | None, typer.Option(metavar="HOW", help=_help(Asked.PRESSURE))] = None,
    begun: Annotated[str | None, typer.Option(metavar="YES|NO", help=f"For rape. {_help(Asked.BEGUN)}")] = None,
    as_at: AsAt = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Check what the rules require before a recorded crime is transferred or cancelled, and what stands in the way.

    In a terminal, what is not given is asked. Give choices only, never the words of a report.
    """
    session = session_of(context)
    answers = {
        Asked.DECIDER: deciding,
        Asked.INDEPENDENT: independent,
        Asked.TOLD: told,
        Asked.PRESSURE: pressure,
        Asked.BEGUN: begun,
    }
    given = Given(criterion, crime, relied_on or (), answers, as_at)
    published = session.published(session.settings)  # before anyone fills in a form that nothing could answer
    form = form_of(given, session, ask=not as_json and _attended())
    if not as_json:
        session.out.print(check_view(check_cancellation(form, _held(session, published))))
        return DONE
    with only_json() as put:
        put(json.dumps(check_cancellation(form, _held(session, published)).to_json(), ensure_ascii=False))
    return DONE


def _attended() -> bool:
    """Whether somebody sits at a terminal to be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def _held(session: Session, build: Build) -> _Held:
    """Raises BuildInvalid where the build cannot be read."""
    from knowledge.adapters.build_passages import read_passages

    directory = session.settings.home / "builds" / build.id
    passages = read_passages(directory, build)
    return _Held(build, passages, _offences(directory / "offences.jsonl"))


def _offences(path: Path) -> list[dict[str, Any]]:
    try:
        with suppress(FileNotFoundError):
            return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError) as fault:
        raise BuildInvalid(
            f"Build {path.parent.name} is damaged: its offence list cannot be read; "
            f"run `desk builds verify {path.parent.name}`."
        ) from fault
    return []
