"""The usual tutorial pipeline, measured beside the desk: a 1,000-character splitter, the same model, nearest vectors.

Its figures are printed in the same run, so that what the desk gains is always in view.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pypdfium2
from langchain_text_splitters import RecursiveCharacterTextSplitter

from evaluation.questions import Asked
from evaluation.score import rank_of_answer
from knowledge.model import Edition, Found, Passage
from knowledge.ports import Embedder, Vectors


@dataclass(frozen=True, slots=True)
class Baseline:
    """Rates of the tutorial pipeline over the questions that have answering pages."""

    hit_1: float
    hit_5: float
    mrr: float
    placed: int


@dataclass(frozen=True, slots=True)
class _Chunks:
    passages: list[Passage]
    vectors: Vectors


def measure_baseline(questions: Sequence[Asked], files: dict[Edition, Path], embedder: Embedder) -> Baseline:
    """Score the tutorial pipeline on the questions. `files` are the documents of the build, by edition."""
    chunks = _chunks(files, embedder)
    placed = [asked for asked in questions if asked.answers]
    ranks = []
    for asked in placed:
        scores = chunks.vectors @ embedder.embed([asked.question])[0]
        best = [Found(chunks.passages[row], float(scores[row])) for row in np.argsort(-scores)[:10]]
        ranks.append(rank_of_answer(asked, best))
    count = len(placed) or 1
    return Baseline(
        hit_1=sum(rank == 1 for rank in ranks) / count,
        hit_5=sum(rank is not None and rank <= 5 for rank in ranks) / count,
        mrr=sum(1 / rank for rank in ranks if rank) / count,
        placed=len(placed),
    )


def _chunks(files: dict[Edition, Path], embedder: Embedder) -> _Chunks:
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=100)
    passages: list[Passage] = []
    for edition, path in files.items():
        for page, text in enumerate(_pages(path), start=1):
            for piece in splitter.split_text(text):
                blank = Passage(f"{edition.key}/{len(passages)}", edition, len(passages), (), piece)
                passages.append(replace(blank, pages=(page,) if path.suffix == ".pdf" else ()))
    return _Chunks(passages, embedder.embed([passage.text for passage in passages]))


def _pages(path: Path) -> list[str]:
    if path.suffix != ".pdf":
        return [path.read_text(encoding="utf-8", errors="replace")] if path.suffix in {".txt", ".md", ".html"} else []
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
