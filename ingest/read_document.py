"""Read one document in a child process with limits, so that a broken or hostile file costs only itself.

The child answers with JSON: whatever happens to it, it can hand back nothing but text.
"""

from __future__ import annotations

import importlib
import json
import logging
import resource
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ingest.hidden_text import checked
from ingest.readers.blocks import Block, Kind, Reading
from knowledge.child_process import run_child
from knowledge.errors import DocumentRejected

MOST_BYTES = 100 * 1024 * 1024
_MEMORY = 1024**3
_MEMORY_PER_MEGABYTE = 100 * 1024**2
_MOST_MEMORY = 3 * 1024**3
_SECONDS = 25
_SECONDS_PER_MEGABYTE = 20
"""A long honest document takes its time (0.1 s a page, some MB); a small one that takes 25 s or 1 GB is not honest."""
_PATIENCE = 3
"""Those seconds are of processor time; beside other work the clock may run this many times as long."""
_MOST_TEXT = 32_000_000
"""Characters, a block counting as 100 more: 3,000 full pages. The process that asks has no limit of memory to keep."""
_STOPPED = "reading it took more memory or time than a document should"
_GAVE_UP = "its reader gave up: it is damaged, or needs more memory than a document should"
_READERS = {
    "pdf": ("ingest.readers.pdf", "read_pdf"),
    "docx": ("ingest.readers.docx", "read_docx"),
    "html": ("ingest.readers.html", "read_html"),
    "markdown": ("ingest.readers.plain", "read_markdown"),
    "text": ("ingest.readers.plain", "read_text"),
    "sheet": ("ingest.readers.sheet", "read_sheet"),
}
_ENDINGS = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".ods": "sheet",
    ".xlsx": "sheet",
}


def read_document(path: Path) -> Reading:
    """The document as read. Raises DocumentRejected with the file and the reason in one sentence."""
    if not path.is_file():
        raise DocumentRejected(path.name, "there is no such file")
    size = path.stat().st_size
    if size == 0:
        raise DocumentRejected(path.name, "it is empty")
    if size > MOST_BYTES:
        raise DocumentRejected(path.name, f"it is larger than {MOST_BYTES // 1024**2} MB")
    megabytes = max(0.0, size / 1024**2 - 1)
    seconds = int(_SECONDS + _SECONDS_PER_MEGABYTE * megabytes)
    memory = int(min(_MOST_MEMORY, _MEMORY + _MEMORY_PER_MEGABYTE * megabytes))
    try:
        child = run_child(
            "ingest.read_document", str(path.resolve()), str(seconds), str(memory), seconds=_PATIENCE * seconds
        )
    except subprocess.TimeoutExpired:
        raise DocumentRejected(path.name, f"reading it took more than {_PATIENCE * seconds} seconds") from None
    try:
        answer = json.loads(child.stdout)
    except ValueError:
        stopped = child.returncode in (-signal.SIGKILL, -signal.SIGXCPU)
        raise DocumentRejected(path.name, _STOPPED if stopped else _GAVE_UP) from None
    if "rejected" in answer:
        raise DocumentRejected(path.name, str(answer["rejected"]))
    return reading_from_json(answer)


def reading_to_json(reading: Reading) -> dict[str, Any]:
    """A reading as plain values."""
    return asdict(reading)


def reading_from_json(body: dict[str, Any]) -> Reading:
    """The reading that `reading_to_json` wrote."""
    return Reading(
        blocks=tuple(Block(**{**block, "kind": Kind(block["kind"])}) for block in body["blocks"]),
        pages=int(body["pages"]),
        printed={int(page): str(label) for page, label in body["printed"].items()},
        warnings=tuple(body["warnings"]),
        offences=tuple(body["offences"]),
        pictures={int(page): tuple(region) for page, region in body.get("pictures", {}).items()},
    )


def read_here(path: Path) -> str:
    """The answer as JSON, made in this process: to be called in a child, which sets its own limits."""
    try:
        module, verb = _READERS[_kind_of(path)]
        reading = getattr(importlib.import_module(module), verb)(path)
        records = sum(len(str(said)) for record in reading.offences for said in record.values())
        if records + sum(100 + len(block.text) + len(block.table) for block in reading.blocks) > _MOST_TEXT:
            raise DocumentRejected(path.name, "it holds more text than a document should")
        reading = checked(reading)
        if not reading.blocks:
            raise DocumentRejected(path.name, "it holds no text")
        return json.dumps(reading_to_json(reading))
    except DocumentRejected as fault:
        reason = fault.reason
    except ImportError as fault:
        reason = f"the desk lacks {fault.name}, which it reads such a document with"
    except MemoryError:
        reason = "reading it took more memory than a document should"
    except Exception as fault:  # A reader's library may raise anything on a damaged file; one sentence is all it gets.
        reason = f"it is damaged and cannot be read ({type(fault).__name__})"
    return json.dumps({"rejected": reason})


def _kind_of(path: Path) -> str:
    """Which reader, by what the file begins with; by its ending only where text can be several things."""
    with path.open("rb") as file:
        head = file.read(1024).lstrip()
    ending = _ENDINGS.get(path.suffix.lower())
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK"):
        return ending if ending in {"docx", "sheet"} else "docx"
    if ending is None:
        raise DocumentRejected(path.name, "the desk reads PDF, DOCX, HTML, Markdown, text, ODS and XLSX files")
    if head[:200].lower().startswith((b"<!doctype html", b"<html")) and ending in {"html", "text", "markdown"}:
        return "html"
    if ending == "pdf" and head[:200].lower().startswith((b"<!doctype html", b"<html")):
        raise DocumentRejected(path.name, "it is a web page, not a PDF")
    return ending


def _child(path: Path, seconds: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    sys.stdout.write(read_here(path))


if __name__ == "__main__":
    _child(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
