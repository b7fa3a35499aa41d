"""The reviews of cancellation rules in the data directory, and the words of rules as they were when they were reviewed.

`cancellation/reviews.jsonl` has one review a line and is only ever added to. `cancellation/words.json` has the words by
their digest: they are the documents', so the data directory keeps them and the project does not.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from knowledge.cancellation.reviews import Review, Reviews
from knowledge.errors import DeskError
from knowledge.put_in_place import put_in_place

_FOLDER, _REVIEWS, _WORDS = "cancellation", "reviews.jsonl", "words.json"
_PATIENCE = 10
"""Seconds to wait for another process that writes here; it writes a line."""


def read_reviews(home: Path) -> Reviews:
    """The reviews that stand in this data directory. Raises DeskError where they cannot be read."""
    path = home / _FOLDER / _REVIEWS
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return Reviews.of_all(_review(line) for line in lines if line.strip())
    except FileNotFoundError:
        return Reviews()
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise DeskError(
            f"The reviews of the cancellation rules cannot be read ({type(fault).__name__}); "
            f"put {_FOLDER}/{_REVIEWS} of the data directory back from a copy."
        ) from fault


def record_review(home: Path, review: Review) -> None:
    """Add a review. Raises DeskError where it cannot be written."""
    line = json.dumps({**asdict(review), "on": review.on.isoformat()}, ensure_ascii=False)
    path = _folder(home) / _REVIEWS
    try:
        with _lock(path), path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())
    except (OSError, Timeout) as fault:
        raise DeskError(f"The review was not recorded ({type(fault).__name__}); try again.") from fault


def reviewed_words(home: Path) -> Mapping[str, str]:
    """The words of rules as they were reviewed, by digest; empty where none are kept or they cannot be read."""
    try:
        kept = json.loads((home / _FOLDER / _WORDS).read_text(encoding="utf-8"))
        return {str(name): str(words) for name, words in kept.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def keep_words(home: Path, words: Mapping[str, str]) -> None:
    """Keep the words of rules by digest, beside those kept before. Raises OSError or DeskError."""
    path = _folder(home) / _WORDS
    try:
        with _lock(path):
            before = reviewed_words(home)
            if words.keys() <= before.keys():
                return
            put_in_place(path, json.dumps({**before, **words}, ensure_ascii=False), to_disk=False)
    except Timeout as fault:
        raise DeskError("The words of the cancellation rules are being written by another process.") from fault


def _folder(home: Path) -> Path:
    folder = home / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _lock(path: Path) -> FileLock:
    return FileLock(path.with_name(f".{path.name}.lock"), timeout=_PATIENCE)


def _review(line: str) -> Review:
    told = json.loads(line)
    return Review(**{**told, "on": date.fromisoformat(told["on"])})
