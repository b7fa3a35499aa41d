"""The text of a document's first pages, running headers and footers and all, read in a child process with limits.

The readers of documents leave the footers out, and a footer is where an edition says from when it applies.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from ingest.fetch.faults import FetchFault
from ingest.read_document import read_document
from knowledge.child_process import run_child
from knowledge.errors import DocumentRejected

_PAGES = 6
"""A cover, up to four pages of contents, and the first page of text."""
_MOST_TEXT = 40_000
_BLOCKS = 200
_SECONDS = 30
_MEMORY = 1024**3


def first_pages(path: Path) -> str:
    """The text of the first pages. Raises FetchFault where the document cannot be read."""
    if path.suffix == ".pdf":
        return _of_pdf(path)
    try:
        reading = read_document(path)
    except DocumentRejected as fault:
        raise FetchFault(fault.reason) from None
    return "\n".join(block.text for block in reading.blocks[:_BLOCKS])[:_MOST_TEXT]


def _of_pdf(path: Path) -> str:
    try:
        child = run_child("ingest.fetch.first_pages", str(path.resolve()), seconds=2 * _SECONDS)
        answer = json.loads(child.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise FetchFault("reading its first pages took more memory or time than it should") from None
    if "fault" in answer:
        raise FetchFault(str(answer["fault"]))
    return str(answer["text"])


def _child(path: Path) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer: dict[str, str]
    try:
        import pypdfium2

        document = pypdfium2.PdfDocument(str(path))
        if not len(document):
            raise ValueError("no pages")
        texts = (document[number].get_textpage().get_text_range() for number in range(min(_PAGES, len(document))))
        answer = {"text": "\n".join(texts)[:_MOST_TEXT]}
    except MemoryError:
        answer = {"fault": "reading its first pages took more memory than it should"}
    except Exception as fault:  # PDFium's binding may raise anything on a damaged file; one sentence is all it gets.
        answer = {"fault": f"it is damaged, or protected by a password, and cannot be read ({type(fault).__name__})"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _child(Path(sys.argv[1]))
