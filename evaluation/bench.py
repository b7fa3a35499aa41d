"""Speed and memory against a baseline measured in the same run, since machines differ and are noisy: `make bench`.

    python -m evaluation.bench SOURCES.toml...

prints, for the documents those files name, what ingest from nothing takes against encoding its passages with the bare
model and reading its pictures, and what a search takes against encoding the question, as held and at 100,000 passages.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch

from evaluation.questions import read_questions
from ingest.build import ingest
from ingest.publish import builds_folder
from ingest.read_document import read_document
from ingest.readers.pictures import read_pictures
from ingest.sources import read_sources
from knowledge.adapters.build_directory import BuildDirectory, write_build
from knowledge.adapters.sentence_transformer import SentenceTransformerEmbedder, default_model_directory
from knowledge.encode import encode
from knowledge.model import Passage
from knowledge.retrieve import retrieve

BANK = Path(__file__).parent.parent / "guidance" / "questions"
T = TypeVar("T")
_QUESTIONS = 60
_MANY = 100_000


def main(sources: Sequence[Path]) -> int:
    """Measure and print. Returns the exit code."""
    embedder = SentenceTransformerEmbedder()
    embedder.embed(["warm"])
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        whole, report = timed(lambda: ingest(sources, home=home, embedder=embedder, by="bench", bank=BANK))
        build = BuildDirectory(builds_folder(home) / str(report.build), embedder.fingerprint)
        passages = list(build.passages())
        ocr, _ = timed(lambda: _read_pictures(sources))
        model = _bare_model()
        bare, _ = timed(lambda: model.encode([f"{p.section}\n{p.text}" for p in passages]))
        print(f"ingest from nothing      {whole:7.1f} s for {len(passages)} passages")
        print(f"bare model and OCR       {bare + ocr:7.1f} s (encoding {bare:.1f}, pictures {ocr:.1f})")
        print(f"ratio                    {whole / (bare + ocr):7.2f}   (bound 1.5)")
        again, _ = timed(lambda: ingest(sources, home=home, embedder=embedder, by="bench", bank=BANK))
        print(f"ingest again, unchanged  {again:7.1f} s")
        torch.set_num_threads(1)
        asking = SentenceTransformerEmbedder(threads=1)  # As the desk answers: one question, one thread.
        _search("search", build, asking, 2.0)
        many = _many(home / "many", build)
        _search(f"search at {_MANY:,}", many, asking, 4.0)
    print(f"peak memory              {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:7.0f} MB")
    return 0


def _bare_model() -> Any:
    """The model as sentence-transformers loads it, with the library's own defaults and nothing around it."""
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(os.cpu_count() or 1)
    return SentenceTransformer(str(default_model_directory()), device="cpu", local_files_only=True)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds and result of `work`."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def _read_pictures(sources: Sequence[Path]) -> None:
    for listed in sources:
        for source in read_sources(listed):
            if source.file is not None and source.file.suffix.lower() == ".pdf":
                read_pictures(source.file, read_document(source.file).pictures)


def _search(name: str, build: BuildDirectory, embedder: SentenceTransformerEmbedder, bound: float) -> None:
    """The median time of a search over that of encoding the same question, each question measured both ways in turn."""
    questions = [question.question for question in read_questions() if question.kind == "answerable"][:_QUESTIONS]
    day = date(2026, 11, 23)
    retrieve(encode(questions[0], embedder), build, as_at=day)
    searches, encodings = [], []
    for question in questions:
        encodings.append(timed(lambda text=question: embedder.embed([text]))[0])  # type: ignore[misc]
        searches.append(timed(lambda text=question: retrieve(encode(text, embedder), build, as_at=day))[0])  # type: ignore[misc]
    search, encoding = statistics.median(searches) * 1000, statistics.median(encodings) * 1000
    print(f"{name:24} {search:7.1f} ms, encoding alone {encoding:.1f} ms")
    print(f"ratio                    {search / encoding:7.2f}   (bound {bound})")


def _many(directory: Path, build: BuildDirectory) -> BuildDirectory:
    """A build of `_MANY` passages: the real ones again and again, their vectors perturbed and made unit length."""
    chance = np.random.default_rng(7)
    real = list(build.passages())
    passages: list[Passage] = []
    vectors: list[np.ndarray] = []
    units: list[tuple[str, str]] = []
    for number in range(_MANY):
        source = real[number % len(real)]
        pid = f"{source.edition.key}/x{number:06d}"
        passages.append(_copy(source, pid, number))
        noisy = build.dense.vector(f"{source.id}#p") + chance.normal(0, 0.02, 384).astype(np.float32)
        vectors.append(noisy / np.linalg.norm(noisy))
        units.append((f"{pid}#p", pid))
    write_build(directory, build.manifest, passages, units, np.asarray(vectors, dtype=np.float32))
    return BuildDirectory(directory)


def _copy(source: Passage, pid: str, number: int) -> Passage:
    return replace(source, id=pid, ordinal=number, twins=())


if __name__ == "__main__":
    sys.exit(main([Path(argument) for argument in sys.argv[1:]]))
