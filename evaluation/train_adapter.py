"""Learn the query adapter from the question bank: `python -m evaluation.train_adapter [--check]`.

What is published in DESK_HOME is learned from: each reviewed question of the bank, as typed and with shorthand written
out, should be nearer to the passage it is anchored to than to any other. The matrix is written beside the embedding
model's adapter. With --check nothing is written; the adapter is learned anew for each sixth of the evaluation questions
without any passage that answers one of them, which is what it is worth for a document it has not seen.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch

from bot import wiring
from bot.settings import load_settings
from evaluation.questions import Asked, read_questions
from evaluation.score import rank_of_answer
from ingest.embed import units_of
from ingest.question_bank import anchor, read_bank
from knowledge.adapters.query_adapter import FILE, QueryAdapter, write_adapter
from knowledge.ask import Desk
from knowledge.ports import Embedder, ModelFingerprint, Progress, Vectors
from knowledge.rank import ADAPTED_WHOLE
from knowledge.shorthand import write_out

_EPOCHS = 10
_BATCH = 256
_RATE = 1e-3
_SHRINK = 0.01
"""Weight of the matrix's squared size in the loss. Chosen, as the epochs were, on the tuning questions held out."""
_SHARPNESS = 20.0
_PARTS = 6
_SEED = 20261123


@dataclass(frozen=True, slots=True)
class Lessons:
    """What there is to learn from: passages, their sentences (with the passage of each), questions (with theirs)."""

    passages: Vectors
    sentences: Vectors
    sentence_of: npt.NDArray[np.int64]
    questions: Vectors
    question_of: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _With:
    """The embedder with another adapter."""

    embedder: Embedder
    adapter: QueryAdapter | None

    @property
    def fingerprint(self) -> ModelFingerprint:
        return self.embedder.fingerprint

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return self.embedder.embed(texts, progress)

    def adapt(self, questions: Vectors) -> Vectors:
        return self.adapter.turn(questions) if self.adapter is not None else questions

    def count_tokens(self, text: str) -> int:
        return self.embedder.count_tokens(text)


def lessons(desk: Desk) -> Lessons:
    """From the published build and the bank."""
    passages = list(desk.builds.current().passages())
    place = {passage.id: number for number, passage in enumerate(passages)}
    units = units_of(passages)
    vectors = desk.embedder.embed(units.texts)
    kinds = [unit.rpartition("#")[2] for unit, _ in units.ids]
    whole = np.array([kind == "p" for kind in kinds])
    sentence = np.array([kind.startswith("s") for kind in kinds])
    of = np.array([place[passage] for _, passage in units.ids])
    asked = [
        (form, place[passage])
        for passage, questions in anchor(read_bank(wiring.QUESTION_BANK), passages).questions.items()
        for question in questions
        for form in dict.fromkeys((question.text, write_out(question.text)))
    ]
    questions = desk.embedder.embed([text for text, _ in asked])
    return Lessons(
        vectors[whole], vectors[sentence], of[sentence], questions, np.array([number for _, number in asked])
    )


def learn(lessons: Lessons, without: Collection[int] = ()) -> QueryAdapter:
    """The adapter learned from the lessons, leaving out the passages of these numbers and all that belongs to them."""
    torch.manual_seed(_SEED)
    kept = np.array([number for number in range(len(lessons.passages)) if number not in set(without)])
    number = np.full(len(lessons.passages), -1)
    number[kept] = np.arange(len(kept))
    stays, asked = number[lessons.sentence_of] >= 0, number[lessons.question_of] >= 0
    passages, sentences = torch.tensor(lessons.passages[kept]), torch.tensor(lessons.sentences[stays])
    of = torch.tensor(number[lessons.sentence_of[stays]])
    questions, wanted = torch.tensor(lessons.questions[asked]), torch.tensor(number[lessons.question_of[asked]])
    matrix = torch.nn.Parameter(torch.zeros(passages.shape[1], passages.shape[1]))
    step = torch.optim.AdamW([matrix], lr=_RATE, weight_decay=_SHRINK)
    for _ in range(_EPOCHS):
        for rows in torch.randperm(len(questions)).split(_BATCH):
            turned = torch.nn.functional.normalize(questions[rows] + questions[rows] @ matrix, dim=1)
            whole = turned @ passages.T
            best = torch.full_like(whole, -1.0).scatter_reduce(
                1, of.expand(len(rows), -1), turned @ sentences.T, "amax", include_self=True
            )
            best = torch.where(best > -1.0, best, whole)  # a passage of one sentence has none of its own
            near = ADAPTED_WHOLE * whole + (1 - ADAPTED_WHOLE) * best
            loss = torch.nn.functional.cross_entropy(_SHARPNESS * near, wanted[rows])
            loss = loss + _SHRINK * (matrix**2).sum()
            step.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            step.step()
    return QueryAdapter(matrix.detach().numpy())


def check(desk: Desk, taught: Lessons, say: Callable[[str], None] = print) -> None:
    """Rates without the bank: no adapter, the adapter learned without what answers, and the one learned from all."""
    held = {edition.document for edition in desk.builds.current().editions}
    passages = list(desk.builds.current().passages())
    whole = learn(taught)
    for split in ("tuning", "test"):
        asked = [one for one in read_questions() if one.split == split and one.answers and one.answerable_from(held)]
        parts = np.random.default_rng(_SEED).permutation(len(asked)) % _PARTS
        ranks: dict[str, list[int | None]] = {"no adapter": [], "learned without what answers": [], "learned": []}
        for part in range(_PARTS):
            mine = [one for one, its in zip(asked, parts, strict=True) if its == part]
            answering = {
                number
                for number, passage in enumerate(passages)
                if any(answer.holds(passage) for one in mine for answer in one.answers)
            }
            adapters = (None, learn(taught, answering), whole)
            for name, adapter in zip(ranks, adapters, strict=True):
                ranks[name] += [_rank(one, desk, adapter) for one in mine]
        for name, found in ranks.items():
            say(f"{split:7} {name:30} {_rates(found)}")


def _rank(asked: Asked, desk: Desk, adapter: QueryAdapter | None) -> int | None:
    alone = replace(desk, embedder=_With(desk.embedder, adapter), with_banks=False)
    return rank_of_answer(asked, alone.search(asked.question, as_at=asked.as_at)[1])


def _rates(ranks: Sequence[int | None]) -> str:
    first, five = sum(rank == 1 for rank in ranks), sum(rank is not None and rank <= 5 for rank in ranks)
    mrr = sum(1 / rank for rank in ranks if rank)
    return f"hit@1 {first / len(ranks):.3f}  hit@5 {five / len(ranks):.3f}  MRR {mrr / len(ranks):.3f}  of {len(ranks)}"


def main(arguments: Sequence[str]) -> int:
    """Learn and write, or check. Returns the exit code."""
    desk = wiring.wire(load_settings(os.environ))
    taught = lessons(desk)
    if "--check" in arguments:
        check(desk, taught)
        return 0
    write_adapter(learn(taught), desk.embedder.fingerprint.weights_sha256)
    print(f"{FILE.name}: learned from {len(taught.questions)} wordings of {len(set(taught.question_of))} passages.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
