"""The form of the cancellation check at the command line: its options read, and on a terminal what is missing asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import typer
from rich.text import Text

from bot.commands.session import Session
from bot.rendering.hanging import Hanging
from knowledge.cancellation.crime import offence_given
from knowledge.cancellation.form import Begun, Choice, Criterion, Decider, Form, Kind, Pressure, ReliedOn, Told
from knowledge.cancellation.menus import Asked, asked, offered
from knowledge.errors import WrongUse

Chosen = TypeVar("Chosen", bound=Choice)


class Independent(Choice):
    """Whether whoever decides is independent of the investigation."""

    YES = "yes", "Independent of the investigation"
    NO = "no", "Not independent of the investigation"


QUESTIONS: Mapping[Asked, tuple[str, type[Choice], str, Choice]] = {
    Asked.DECIDER: ("--deciding", Decider, "Who is deciding?", Decider.INVESTIGATING_OFFICER),
    Asked.INDEPENDENT: ("--independent", Independent, "Is that person independent?", Independent.NO),
    Asked.TOLD: ("--told", Told, "Was the victim told beforehand (for C1, with the new number)?", Told.NOT_YET),
    Asked.PRESSURE: ("--pressure", Pressure, "Were fear, pressure and coercion considered?", Pressure.NOT_CONSIDERED),
    Asked.BEGUN: ("--begun", Begun, "Has any substantive investigation begun?", Begun.NOT_SAID),
}
"""Each question: its option, its choices, how it is asked, and what stands where it matters to no line."""
_CRIME = "What is the class or the offence code (8N s47, 104, 105A, 008/06)?"


@dataclass(frozen=True, slots=True)
class Given:
    """The options as they were typed; None or empty where one was not."""

    criterion: str | None = None
    crime: str | None = None
    relied_on: Sequence[str] = ()
    answers: Mapping[Asked, str | None] = field(default_factory=dict)
    as_at: str | None = None

    @property
    def nothing(self) -> bool:
        """Whether no option was typed."""
        return not (self.criterion or self.crime or self.relied_on or self.as_at or any(self.answers.values()))


def form_of(given: Given, session: Session, *, ask: bool) -> Form:
    """The form. What is missing of it is asked where `ask` is true.

    Raises WrongUse naming the options that are missing, or the one that names no choice.
    """
    criterion = _choice("--criterion", Criterion, given.criterion)
    crime = None if given.crime is None else _crime(given.crime)
    named = [
        _choice("--relied-on", ReliedOn, one) for text in given.relied_on for one in text.split(",") if one.strip()
    ]
    relied_on = tuple(dict.fromkeys(one for one in named if one is not None))
    typed = {one: _choice(QUESTIONS[one][0], QUESTIONS[one][1], given.answers.get(one)) for one in Asked}
    day = session.day(given.as_at)
    if not ask:
        _refuse_missing(criterion, crime, relied_on, typed)
    criterion = criterion or _choose(session, "Under which criterion?", tuple(Criterion))
    kind, offence = crime or _ask_crime(session)
    relied_on = relied_on or _choose_several(session, "What is relied on?", offered(criterion))
    answers: dict[Asked, str] = {}
    for one in Asked:
        _, choices, says, otherwise = QUESTIONS[one]
        if typed[one] is None and one in asked(criterion, kind) and ask:
            typed[one] = _choose(session, says, tuple(choices))
        answers[one] = str(typed[one] or otherwise)
    if day is None and ask and given.nothing:
        day = _ask_day(session)
    return Form(
        criterion=criterion,
        kind=kind,
        relied_on=relied_on,
        decider=Decider.named(answers[Asked.DECIDER]),
        independent=answers[Asked.INDEPENDENT] == Independent.YES,
        told=Told.named(answers[Asked.TOLD]),
        pressure=Pressure.named(answers[Asked.PRESSURE]),
        as_at=day or session.today(),
        offence=offence,
        begun=Begun.named(answers[Asked.BEGUN]),
    )


def _choice(option: str, choices: type[Chosen], text: str | None) -> Chosen | None:
    if text is None:
        return None
    for choice in choices:
        if choice.value.lower() == text.strip().lower():
            return choice
    raise WrongUse(f"{option} has no such choice; choose from {', '.join(choices)}.")


def _crime(text: str) -> tuple[Kind, str]:
    """The kind of crime, and its class or code where it is another. Raises WrongUse."""
    for kind in (Kind.RAPE, Kind.HOMICIDE):
        if kind.value == text.strip().lower():
            return kind, ""
    return Kind.OTHER, offence_given(text)


def _refuse_missing(
    criterion: Criterion | None,
    crime: tuple[Kind, str] | None,
    relied_on: Sequence[ReliedOn],
    typed: Mapping[Asked, Choice | None],
) -> None:
    missing = [
        option
        for option, value in (("--criterion", criterion), ("--crime", crime), ("--relied-on", relied_on))
        if not value
    ]
    if criterion and crime:
        needed = [one for one in asked(criterion, crime[0]) if one is not Asked.BEGUN]
        missing += [QUESTIONS[one][0] for one in needed if typed[one] is None]
    if missing:
        raise WrongUse(
            f"Missing: {', '.join(missing)}; give them, or run `desk cancellation` in a terminal to be asked."
        )


def _ask_crime(session: Session) -> tuple[Kind, str]:
    kind = _choose(session, "What kind of crime is recorded?", tuple(Kind))
    while kind is Kind.OTHER:
        try:
            return kind, offence_given(_ask(session, _CRIME))
        except WrongUse as fault:
            session.out.print(Text(str(fault), "yellow"))
    return kind, ""


def _ask_day(session: Session) -> date | None:
    while True:
        try:
            return session.day(_ask(session, "As at which date? Enter for today."))
        except WrongUse as fault:
            session.out.print(Text(str(fault), "yellow"))


def _choose(session: Session, says: str, choices: Sequence[Chosen]) -> Chosen:
    while True:
        numbers = _numbers(session, says, choices)
        if len(numbers) == 1:
            return choices[numbers[0] - 1]
        session.out.print(Text(f"Type one number, 1 to {len(choices)}.", "yellow"))


def _choose_several(session: Session, says: str, choices: Sequence[Chosen]) -> tuple[Chosen, ...]:
    while True:
        numbers = _numbers(session, f"{says} One or more numbers.", choices)
        if numbers:
            return tuple(choices[number - 1] for number in dict.fromkeys(numbers))
        session.out.print(Text(f"Type one or more numbers, 1 to {len(choices)}, such as 1, 3.", "yellow"))


def _numbers(session: Session, says: str, choices: Sequence[Choice]) -> list[int]:
    """What was typed as numbers of the choices; empty where any of it is not one."""
    listed = [Hanging(Text(choice.label), Text(f"  {number:>2}  ")) for number, choice in enumerate(choices, start=1)]
    typed = _ask(session, says, *listed).replace(",", " ").split()
    known = [int(one) for one in typed if one.isascii() and one.isdigit() and 1 <= int(one[:4]) <= len(choices)]
    return known if len(known) == len(typed) else []


def _ask(session: Session, says: str, *listed: Hanging) -> str:
    """What is typed in answer. Leaving ends the command, as everywhere."""
    session.out.print(Text(), Hanging(Text(says, "bold")), *listed, sep="\n")
    try:
        return input("> ")
    except EOFError as fault:
        session.out.print()
        raise typer.Abort from fault
