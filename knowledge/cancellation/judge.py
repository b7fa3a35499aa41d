"""Judge a form by the table as it stands for a build and a date. Pure: nothing is read here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from knowledge.cancellation.condition import Facts
from knowledge.cancellation.crime import read_crime
from knowledge.cancellation.form import Form
from knowledge.cancellation.held import sentence_with
from knowledge.cancellation.resolve import Resolved, Rule, State
from knowledge.cancellation.result import CheckResult, ResultLine, Verdict
from knowledge.cancellation.table import Case, Line, Reason, Table
from knowledge.model import Citation, Passage, PassageKind
from knowledge.notices import spoken_date

NO_DECISION = (
    "This says what the rules require and what stands in the way. It is no decision and no permission; "
    "the Force Crime Registrar decides in doubt."
)
CHANGED = "rule changed since this table was reviewed"


@dataclass(slots=True)
class _Citations:
    """Citations as they are made, each passage and quotation numbered once."""

    made: dict[tuple[str, str], Citation] = field(default_factory=dict)

    def number(self, passage: Passage, quote: str) -> int:
        known = self.made.get((passage.id, quote))
        if known is None:
            known = Citation(len(self.made) + 1, passage, quote)
            self.made[(passage.id, quote)] = known
        return known.number


def judge(form: Form, table: Table, resolved: Resolved) -> CheckResult:
    """The result of the check, line by line. Raises WrongUse where the crime on the form is not a class or a code."""
    facts = Facts.of(form, read_crime(form, resolved.classes_of))
    cited = _Citations()
    lines: list[ResultLine] = []
    unheld: list[str] = []
    for line in table.lines if resolved.rules else ():
        if line.when.holds(facts):
            case = next(case for case in line.cases if case.when.holds(facts))
            reasons = tuple(_reasons(line, facts, table))
            lines.append(_line(line, case, reasons, resolved, cited))
            unheld += [name for name in (*line.also, *case.also, *_also(reasons)) if name not in resolved.rules]
    told = [table.unheld[name] for name in dict.fromkeys(unheld) if name in table.unheld]
    pictures = [
        f"Citation {one.number} was read from a picture; look at the page itself."
        for one in cited.made.values()
        if one.passage.kind is PassageKind.PICTURE
    ]
    needed = len(cited.made)
    others = resolved.beside.get(form.criterion, ()) if resolved.rules else resolved.instead
    remarks = [_remark(one.says, [cited.number(*quote) for quote in one.quotes]) for one in others]
    quoted = ", ".join(f"{edition.title}, {edition.label}" for edition, _ in resolved.editions[:1])
    return CheckResult(
        as_at=form.as_at,
        build=resolved.build,
        edition=quoted,
        criterion=form.criterion,
        lines=tuple(lines),
        citations=tuple(cited.made.values()),
        notices=(*_of_the_table(resolved), *_of_reviews(resolved, cited), *told, *pictures, *remarks, NO_DECISION),
        held=tuple(range(needed + 1, len(cited.made) + 1)),
    )


def _line(line: Line, case: Case, reasons: tuple[Reason, ...], resolved: Resolved, cited: _Citations) -> ResultLine:
    names = [*line.rests_on, *case.rests_on, *(name for reason in reasons for name in reason.rests_on)]
    names += [*line.also, *case.also, *_also(reasons)]
    rules = [resolved.rules[name] for name in dict.fromkeys(names) if name in resolved.rules]
    numbers = tuple(dict.fromkeys(cited.number(rule.passage, rule.quote) for rule in rules))
    if case.elsewhere and (said := sentence_with(case.elsewhere, resolved.unreviewed)):
        numbers = (*numbers, cited.number(*said))
    changed = [rule for rule in rules if rule.state is not State.AS_REVIEWED]
    if changed:
        return ResultLine(line.rule, Verdict.UNCLEAR, _says_changed(changed), (_REVIEW,), numbers)
    says = " ".join(dict.fromkeys([case.says, *(reason.says for reason in reasons)]))
    return ResultLine(line.rule, case.verdict, says, case.missing, numbers)


_REVIEW = "A review of the table against the edition in force; until then, the registrar's word"


def _says_changed(changed: Iterable[Rule]) -> str:
    where = "; ".join(dict.fromkeys(f"{rule.passage.edition.label}, {rule.passage.section}" for rule in changed))
    gone = any(rule.state is State.GONE for rule in changed)
    shown = "the nearest words held are quoted" if gone else "the words as they are now are quoted"
    return f"The {CHANGED} ({where}): {shown}, and the check draws nothing from them."


def _reasons(line: Line, facts: Facts, table: Table) -> Iterator[Reason]:
    """Why what is relied on does not count under this criterion, in the order the choices are offered."""
    if line.explains:
        for value, reason in table.reasons.items():
            if value in facts.relied_on and reason.belongs_to != facts.criterion:
                yield reason


def _also(reasons: Iterable[Reason]) -> list[str]:
    return [name for reason in reasons for name in reason.also]


def _remark(says: str, numbers: list[int]) -> str:
    marks = "".join(f"[{number}]" for number in numbers)
    return f"{says}: {marks}."


def _of_reviews(resolved: Resolved, cited: _Citations) -> Iterator[str]:
    """Which of the rules cited were reviewed again by the force itself, by whom and when."""
    for rule in resolved.rules.values():
        number = cited.made.get((rule.passage.id, rule.quote))
        if rule.review is not None and number is not None:
            yield (
                f"The words of citation {number.number} changed since the table that ships was reviewed; "
                f"{rule.review.by} reviewed them here on {spoken_date(rule.review.on)}."
            )


def _of_the_table(resolved: Resolved) -> Iterator[str]:
    """What has to be said of the editions: which are quoted, or that none is."""
    day = spoken_date(resolved.as_at)
    if not resolved.rules:
        what = "What is held for that date is shown as it stands" if resolved.instead else "No edition for it is held"
        yield (
            f"No reviewed table of the cancellation rules fits {day}, so nothing is checked and today's rules are not "
            f"applied. {what}; ask the registrar."
        )
        return
    for edition, document in resolved.editions:
        if edition.label != document.edition:
            yield (
                f"The table was reviewed against edition {document.edition} of {edition.title}; in force on {day} is "
                f"{edition.label}. Lines whose words are the same in both stand; the others say that they changed."
            )
    edition, document = resolved.editions[0]
    if document.digest_of:
        yield (
            f"The rules are quoted from a digest of {document.digest_of} that the Recording Desk project wrote. "
            "The official text prevails, and is not held."
        )
