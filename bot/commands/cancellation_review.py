"""`desk cancellation review`: the rules whose words changed, read again by the registrar's office and recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.text import Text

from bot.audit import account, audit_trail
from bot.commands.ask import AsJson
from bot.commands.held_builds import current_id, put_json
from bot.commands.plain_faults import DONE
from bot.commands.session import Session, session_of
from bot.holding import read_held
from bot.rendering.comparison_text import wording
from bot.rendering.hanging import Hanging
from bot.rendering.printable import printable
from knowledge.adapters.audit_record import actor_of
from knowledge.adapters.cancellation_reviews import read_reviews, record_review
from knowledge.cancellation.check_table import Problem, check_table
from knowledge.cancellation.resolve import State
from knowledge.cancellation.reviews import Review
from knowledge.clean import clean
from knowledge.errors import WrongUse
from knowledge.model import Passage

_LONGEST_NAME = 80


def review(
    context: typer.Context,
    accept: Annotated[
        list[str] | None,
        typer.Option(metavar="ROW", help="A row that was read and still means what its lines say; may be repeated."),
    ] = None,
    take_back: Annotated[
        list[str] | None, typer.Option("--take-back", metavar="ROW", help="A row accepted here before, by mistake.")
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who read it; shown with every check.")] = "",
    build: Annotated[str | None, typer.Option("--build", help="Another build than the published one.")] = None,
    as_json: AsJson = False,
) -> int:
    """List the rules behind the cancellation check whose words changed since they were reviewed, as they were and are.

    Read each on its page. Where it still means what its lines say, accept it; the check then goes by it again. Where it
    does not, the table has to be changed, and until then its lines stay UNCLEAR. What is accepted goes into the audit
    trail.
    """
    session, name = session_of(context), " ".join(clean(by).split())[:_LONGEST_NAME]
    if (accept or take_back) and not name:
        raise WrongUse("Say who read it with --by NAME.")
    passages = _passages(session, build or current_id(session))
    if take_back:
        _take_back(session, take_back, name)
    if accept:
        _accept(session, check_table(passages, read_reviews(session.settings.home)), accept, name)
    return _show(session, check_table(passages, read_reviews(session.settings.home)), as_json)


def _passages(session: Session, name: str) -> list[Passage]:
    from knowledge.adapters.build_passages import read_passages

    return read_passages(session.settings.home / "builds" / name, read_held(session.settings.home, name))


def _accept(session: Session, problems: Sequence[Problem], rows: Sequence[str], by: str) -> None:
    """All of the rows or none. Raises WrongUse naming the first that cannot be accepted."""
    found = {problem.row: problem for problem in problems}
    for row in rows:
        if row not in found:
            raise WrongUse(f"{row[:120]} is no row to accept; `desk cancellation review` lists them as they read now.")
        if found[row].state is State.GONE:
            raise WrongUse(
                f"{row} is not there any more, so there are no words to accept; the table has to say where the rule "
                "stands now (docs/runbooks/reviewing-the-cancellation-table.md)."
            )
    for one in (found[row] for row in dict.fromkeys(rows)):
        told = Review(one.document, one.rule, one.edition, one.sha256, by, session.today())
        _record(session, told, "cancellation_rule_accepted")


def _take_back(session: Session, rows: Sequence[str], by: str) -> None:
    standing = read_reviews(session.settings.home).standing.values()
    found = {f"{one.document}:{one.rule}@{one.sha256[:8]}": one for of_rule in standing for one in of_rule.values()}
    if unknown := [row for row in rows if row not in found]:
        raise WrongUse(f"{unknown[0][:120]} was not accepted here; accepted are: {', '.join(found) or 'none'}.")
    for one in (found[row] for row in dict.fromkeys(rows)):
        _record(session, replace(one, by=by, on=session.today(), accepted=False), "cancellation_rule_taken_back")


def _record(session: Session, told: Review, act: str) -> None:
    record_review(session.settings.home, told)
    audit_trail(session.settings).record(
        account(),
        act,
        document=told.document,
        rule=told.rule,
        edition=_plain(told.edition),
        digest=told.sha256,
        reviewer=actor_of(told.by),
    )


def _plain(label: str) -> str:
    """An edition's label as the audit trail takes names."""
    return "".join(one if one.isalnum() or one in "_./:@+-" else "-" for one in label)[:160]


def _show(session: Session, problems: Sequence[Problem], as_json: bool) -> int:
    from ingest.hold_cancellation_table import words_before

    before = words_before(session.settings.home, [problem.reviewed for problem in problems])
    if as_json:
        put_json(session, {"rows": [_row(problem, before) for problem in problems]})
        return DONE
    if not problems:
        session.out.print("Every rule behind the cancellation check reads as it was reviewed.", soft_wrap=True)
    for problem in problems:
        session.out.print(_view(problem, before), Text(), sep="\n")
    return DONE


def _row(problem: Problem, before: Mapping[str, str]) -> dict[str, Any]:
    return {
        "row": problem.row,
        "document": problem.document,
        "edition": problem.edition,
        "section": problem.section,
        "pages": list(problem.pages),
        "state": str(problem.state),
        "before": before.get(problem.reviewed),
        "after": problem.words,
        "sha256": problem.sha256,
        "lines": list(problem.lines),
    }


def _view(problem: Problem, before: Mapping[str, str]) -> RenderableType:
    from ingest.compare_words import compare_words

    pages = f", page {', '.join(map(str, problem.pages))}" if problem.pages else ""
    parts: list[RenderableType] = [
        Hanging(printable(f"{problem.row}", "bold")),
        Hanging(printable(f"{problem.document}, edition {problem.edition}, {problem.section}{pages}"), Text("  ")),
    ]
    was = before.get(problem.reviewed)
    now = problem.words.replace("\n", " ")
    if problem.state is State.GONE:
        if was is not None:
            parts.append(Hanging(printable(was.replace("\n", " ")), Text("  was      ", "red")))
        parts.append(Hanging(printable(now), Text("  nearest  ", "yellow")))
        says = "It is not there any more, so it cannot be accepted: the table has to say where it stands now."
        parts.append(Hanging(printable(says), Text("  ")))
    elif was is None:
        parts.append(Hanging(printable(now), Text("  now      ", "green")))
        parts.append(Hanging(printable("The words as they were reviewed were never held here."), Text("  ")))
    else:
        parts.append(
            Hanging(wording(compare_words(was.replace("\n", " "), now), whole=True), Text("  changed  ", "yellow"))
        )
    parts.append(Hanging(printable("; ".join(problem.lines) or "no line"), Text("  lines    ", "dim")))
    if problem.state is not State.GONE:
        says = f'desk cancellation review --accept {problem.row} --by "your name"'
        parts.append(Hanging(printable(says, "dim"), Text("  accept   ", "dim")))
    return Group(*parts)
