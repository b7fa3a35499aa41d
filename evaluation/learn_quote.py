"""Learn which sentence of a passage answers: `python -m evaluation.learn_quote`.

Every question of the bank is anchored to words of a sentence. What is published in DESK_HOME is learned from: what each
thing told of a sentence (knowledge/quote.py) weighs. Prints that, and for several costs of a word how many quotations
hold their anchor's sentence and how long they are, beside the best sentence alone; for this each passage is left out of
what is learned for it, and of its adapter too. Nothing is written: the weights are constants of knowledge/quote.py.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from bot import wiring
from bot.settings import load_settings
from evaluation.train_adapter import learn, lessons
from ingest.question_bank import anchor, read_bank
from knowledge.ask import Desk
from knowledge.model import Passage
from knowledge.quote import A_WORD, A_WORD_BESIDE, LEARNED, chances, told
from knowledge.quoted_run import best_run
from knowledge.shorthand import write_out

_PARTS = 4
_SEED = 20261123
_SHRINK = 1e-5
_COSTS = (0.003, A_WORD, 0.006, A_WORD_BESIDE)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question, its passage, the sentence its anchor stands in, and what is told of each sentence (n, things)."""

    passage: Passage
    anchored: int
    part: int
    told: npt.NDArray[np.float64]


def quote_lessons(desk: Desk) -> list[Lesson]:
    """From the published build and the bank, without the bank's part in the search."""
    build = desk.builds.current()
    passages = list(build.passages())
    asked = anchor(read_bank(wiring.QUESTION_BANK), passages).questions
    taught = lessons(desk)
    parts = dict(zip(asked, np.random.default_rng(_SEED).integers(_PARTS, size=len(asked)).tolist(), strict=True))
    out: list[Lesson] = []
    for part in range(_PARTS):
        adapter = learn(taught, [n for n, passage in enumerate(passages) if parts.get(passage.id) == part])
        for passage in passages:
            if parts.get(passage.id) != part or len(passage.sentences) < 2:
                continue
            sentences = desk.embedder.embed([passage.text[start:end] for start, end in passage.sentences])
            for question in asked[passage.id]:
                if question.sentence is None:
                    continue
                written_out = write_out(question.text)
                turned = adapter.turn(desk.embedder.embed([written_out, question.text]))
                near = (sentences @ turned.T).max(axis=1).tolist()
                things = [
                    list(told(passage.text[start:end], near[n], written_out, build.lexical).values())
                    for n, (start, end) in enumerate(passage.sentences)
                ]
                out.append(Lesson(passage, question.sentence, part, np.array(things)))
    return out


def learn_odds(taught: Sequence[Lesson]) -> npt.NDArray[np.float64]:
    """The log odds of each thing told, in the order of LEARNED: a conditional logit over the sentences of a passage."""
    longest = max(len(lesson.told) for lesson in taught)
    things = torch.zeros(len(taught), longest, len(LEARNED), dtype=torch.float64)
    closed = torch.full((len(taught), longest), -1e9, dtype=torch.float64)
    for row, lesson in enumerate(taught):
        things[row, : len(lesson.told)] = torch.from_numpy(lesson.told)
        closed[row, : len(lesson.told)] = 0
    wanted = torch.tensor([lesson.anchored for lesson in taught])
    odds = torch.zeros(len(LEARNED), dtype=torch.float64, requires_grad=True)
    step = torch.optim.LBFGS([odds], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        step.zero_grad()
        lost = torch.nn.functional.cross_entropy((things * odds).sum(-1) + closed, wanted)
        lost = lost + _SHRINK * (odds**2).sum()
        lost.backward()  # type: ignore[no-untyped-call]
        return lost

    step.step(loss)  # type: ignore[no-untyped-call]
    return np.asarray(odds.detach().numpy())


def held(taught: Sequence[Lesson], runs: Sequence[tuple[int, int]]) -> str:
    """How many of the runs of sentences hold the anchor's, and how many words they have."""
    hold = [first <= lesson.anchored <= last for lesson, (first, last) in zip(taught, runs, strict=True)]
    words = [
        len(lesson.passage.text[lesson.passage.sentences[first][0] : lesson.passage.sentences[last][1]].split())
        for lesson, (first, last) in zip(taught, runs, strict=True)
    ]
    return f"holds the anchor {np.mean(hold):.3f}  words {np.mean(words):.1f}"


def report(taught: Sequence[Lesson], say: Callable[[str], None] = print) -> None:
    """The odds learned from all, and what those learned from the other passages give."""
    say("  ".join(f"{name} {value:+.2f}" for name, value in zip(LEARNED, learn_odds(taught), strict=True)))
    by_part = [learn_odds([lesson for lesson in taught if lesson.part != part]) for part in range(_PARTS)]
    odds = [lesson.told @ by_part[lesson.part] for lesson in taught]
    best = [int(one.argmax()) for one in odds]
    say(f"{len(taught)} questions; best sentence alone  {held(taught, list(zip(best, best, strict=True)))}")
    for cost in _COSTS:
        runs = [best_run(lesson.passage, chances(o), cost) for lesson, o in zip(taught, odds, strict=True)]
        say(f"a word costs {cost:.3f}  {held(taught, runs)}")


def main() -> int:
    """Learn and print. Returns the exit code."""
    report(quote_lessons(wiring.wire(load_settings(os.environ))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
