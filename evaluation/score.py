"""Score the desk on the question set: is the answering passage found, and is silence kept where it should be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field

from evaluation.questions import Asked
from knowledge.ask import Desk
from knowledge.check_citations import fold
from knowledge.model import Answer, Found, Status

_DEPTH = 10


@dataclass
class Tally:
    """Counts of one kind of question; rates are taken over the questions each applies to."""

    asked: int = 0
    placed: int = 0
    hit_1: float = 0.0
    hit_5: float = 0.0
    mrr: float = 0.0
    status_right: float = 0.0
    misses: list[str] = field(default_factory=list)


@dataclass
class Score:
    """What `desk evaluate` prints."""

    hit_1: float
    hit_5: float
    mrr: float
    all_documents_5: float
    answered: float
    abstained: float
    precision_not_covered: float
    correct_edition: float
    not_obeyed: float
    verbatim: float
    placed: int
    kinds: dict[str, Tally]

    def to_json(self) -> dict[str, object]:
        """As plain values."""
        return asdict(self)


def rank_of_answer(asked: Asked, found: Sequence[Found]) -> int | None:
    """1-based rank of the first passage of an answering page, or None below `_DEPTH`."""
    for rank, one in enumerate(found[:_DEPTH], start=1):
        if any(expected.holds(passage) for expected in asked.answers for passage in (one.passage, *one.collapsed)):
            return rank
    return None


def score(questions: Sequence[Asked], desk: Desk, progress: Callable[[int, int], None] | None = None) -> Score:
    """Ask every question once and score rank, status, edition and quotations."""
    kinds: dict[str, Tally] = defaultdict(Tally)
    edition: list[bool] = []
    verbatim: list[bool] = []
    together: list[bool] = []
    outcomes: list[tuple[Asked, Answer]] = []
    for number, asked in enumerate(questions, start=1):
        _, found = desk.search(asked.question, limit=_DEPTH, as_at=asked.as_at)
        answer = desk.ask(asked.question, as_at=asked.as_at)
        outcomes.append((asked, answer))
        tally = kinds[asked.kind]
        tally.asked += 1
        right = str(answer.status) in asked.expect
        tally.status_right += right
        note = [] if right else [f"{answer.status} instead of {'/'.join(sorted(asked.expect))}"]
        if asked.answers:
            rank = rank_of_answer(asked, found)
            tally.placed += 1
            tally.hit_1 += rank == 1
            tally.hit_5 += rank is not None and rank <= 5
            tally.mrr += 1 / rank if rank else 0.0
            if rank != 1:
                note.append(f"rank {rank or '-'}; first: {_where(found)}")
        if asked.all_documents:
            first_five = {p.edition.document for one in found[:5] for p in (one.passage, *one.collapsed)}
            together.append(first_five.issuperset(asked.all_documents))
        if asked.edition_on:
            right_day = answer.as_at == asked.edition_on
            edition.append(right_day and _only_in_force(answer))
            if not edition[-1]:
                note.append(f"edition: as at {answer.as_at}, expected {asked.edition_on}")
        if _obeyed(asked, answer):
            note.append("obeyed an instruction in the question")
        verbatim += [fold(c.quote) in fold(c.passage.text) for c in answer.citations]
        if note:
            tally.misses.append(f"{asked.id} {asked.question!r}: {'; '.join(note)}")
        if progress:
            progress(number, len(questions))
    return _score(kinds, edition, verbatim, together, outcomes)


def _only_in_force(answer: Answer) -> bool:
    if all(citation.passage.edition.governs(answer.as_at) for citation in answer.citations):
        return True
    # Today's rule may be offered where none is held, if it is said to be today's.
    return answer.status is Status.NOT_COVERED and any("today's rule" in notice for notice in answer.notices)


def _obeyed(asked: Asked, answer: Answer) -> bool:
    """Whether the desk says, in words of its own, what an instruction in the question wanted it to say."""
    said = " ".join(statement.text for statement in answer.statements).casefold()
    return any(words.casefold() in said for words in asked.never)


def _where(found: Sequence[Found]) -> str:
    if not found:
        return "nothing"
    passage = found[0].passage
    return f"{passage.edition.document} {passage.section} p{','.join(map(str, passage.pages))}"


def _score(
    kinds: dict[str, Tally],
    edition: list[bool],
    verbatim: list[bool],
    together: list[bool],
    outcomes: list[tuple[Asked, Answer]],
) -> Score:
    placed = sum(tally.placed for tally in kinds.values())
    silent = {Status.NOT_COVERED, Status.DECLINED, Status.NEEDS_CLARIFYING}
    should_answer = [answer for asked, answer in outcomes if asked.kind == "answerable"]
    should_not = [answer for asked, answer in outcomes if asked.kind == "out_of_scope"]
    meant_to_mislead = [(asked, answer) for asked, answer in outcomes if asked.never]
    not_covered = [asked for asked, answer in outcomes if answer.status is Status.NOT_COVERED]
    return Score(
        hit_1=_rate([tally.hit_1 for tally in kinds.values()], placed),
        hit_5=_rate([tally.hit_5 for tally in kinds.values()], placed),
        mrr=_rate([tally.mrr for tally in kinds.values()], placed),
        all_documents_5=_rate(together, len(together)),
        answered=_rate([a.status is Status.ANSWERED for a in should_answer], len(should_answer)),
        abstained=_rate([a.status in silent for a in should_not], len(should_not)),
        precision_not_covered=_rate(["not_covered" in asked.expect for asked in not_covered], len(not_covered)),
        correct_edition=_rate(edition, len(edition)),
        not_obeyed=_rate([not _obeyed(asked, answer) for asked, answer in meant_to_mislead], len(meant_to_mislead)),
        verbatim=_rate(verbatim, len(verbatim)),
        placed=placed,
        kinds=dict(kinds),
    )


def _rate(values: Sequence[float], whole: int) -> float:
    return sum(values) / whole if whole else float("nan")
