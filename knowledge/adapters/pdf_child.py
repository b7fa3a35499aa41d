"""Ask a child process with limits about a PDF: PDFium may hang or crash on a hostile file, and only the child pays.

The request goes over in a file and the answer comes back as JSON, so whatever happened to the child while it had the
document open, it can hand back nothing but text. PDFium is not safe in threads; a process each also settles that.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from knowledge.child_process import run_child
from knowledge.errors import DocumentRejected

_MEMORY = 3 * 1024**3


def is_pdf(file: Path) -> bool:
    """Whether the file begins as a PDF does. Raises OSError where it cannot be read."""
    with file.open("rb") as opened:
        return opened.read(1024).lstrip().startswith(b"%PDF-")


def ask_pdf(file: Path, request: dict[str, Any], *, seconds: float) -> Any:
    """What the child answers: `request["verb"]` is `picture`, `pages` or `places`.

    Raises DocumentRejected where the document cannot be opened or drawn within the limits, ValueError where it has no
    such page.
    """
    with tempfile.TemporaryDirectory(prefix="desk-pages-") as folder:
        asked = Path(folder, "request.json")
        asked.write_text(json.dumps({**request, "file": str(file.resolve())}), encoding="utf-8")
        try:
            child = run_child("knowledge.adapters.pdf_child", str(asked), str(int(seconds)), seconds=seconds + 5)
        except subprocess.TimeoutExpired:
            raise DocumentRejected(file.name, f"drawing its pages took more than {int(seconds)} seconds") from None
    try:
        answer = json.loads(child.stdout)
    except ValueError:
        raise DocumentRejected(file.name, "drawing its pages took more memory or time than it should") from None
    if "fault" in answer:
        raise DocumentRejected(file.name, str(answer["fault"]))
    if "no_page" in answer:
        raise ValueError(f"{file.name} has no page {answer['no_page']}; it has {answer['of']}")
    return answer["answer"]


def _picture(document: Any, request: dict[str, Any]) -> str:
    from knowledge.adapters.draw_page import as_png, draw_page, mark_page
    from knowledge.adapters.page_boxes import passage_boxes
    from knowledge.adapters.page_characters import read_characters
    from knowledge.adapters.page_search import locate

    page = request["page"]
    picture = draw_page(document, page, request["width"])
    if request["outlined"] or request["marked"]:
        # A passage may begin on the page before and end on the one after; its words belong there then, not here.
        around = range(max(1, page - 1), min(len(document), page + 1) + 1)
        pages = [read_characters(document, number) for number in around]
        passage = passage_boxes(request["outlined"], pages)
        within = passage.located.stretch if passage.located.found else None
        marks = [box for words in request["marked"] for box in locate(words, pages, within=within).lines]
        mark_page(picture, page, passage.outlines, marks)
    return base64.b64encode(as_png(picture)).decode()


def _pages(document: Any, request: dict[str, Any]) -> list[list[Any]]:
    from knowledge.adapters.draw_page import as_small_as_legible, draw_page

    drawn = []
    for page in request["pages"]:
        picture = draw_page(document, page, request["width"])
        media, body = as_small_as_legible(picture)
        drawn.append([page, media, base64.b64encode(body).decode(), *picture.size])
    return drawn


def _places(document: Any, request: dict[str, Any]) -> dict[str, Any]:
    from knowledge.adapters.draw_page import pictures_on
    from knowledge.adapters.page_boxes import passage_boxes
    from knowledge.adapters.page_characters import read_characters

    wanted = {page for passage in request["passages"] for page in passage["pages"]}
    held = {page: read_characters(document, page) for page in sorted(wanted) if page <= len(document)}
    found = {}
    for one in request["passages"]:
        pages = [page for page in one["pages"] if page in held]
        drawn = [box for page in pages for box in pictures_on(document, page)] if one["picture"] else []
        boxes = passage_boxes(one["text"], [held[page] for page in pages], heading=one["heading"], pictures=drawn)
        outlines = [[b.page, *(round(v, 4) for v in (b.x0, b.y0, b.x1, b.y1))] for b in boxes.outlines]
        found[one["id"]] = {"share": boxes.located.share, "outlines": outlines}
    return {"pages": len(document), "passages": found}


def _child(asked: Path, seconds: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    request = json.loads(asked.read_text(encoding="utf-8"))
    answer: dict[str, Any]
    try:
        import pypdfium2

        document = pypdfium2.PdfDocument(request["file"])
        missing = [n for n in [request.get("page"), *request.get("pages", [])] if n and not 1 <= n <= len(document)]
        if missing:
            answer = {"no_page": missing[0], "of": len(document)}
        else:
            verb = {"picture": _picture, "pages": _pages, "places": _places}[request["verb"]]
            answer = {"answer": verb(document, request)}
    except MemoryError:
        answer = {"fault": "drawing its pages took more memory than it should"}
    except Exception as fault:  # PDFium's binding may raise anything on a damaged file; one sentence is all it gets.
        answer = {"fault": f"its pages cannot be drawn ({type(fault).__name__})"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _child(Path(sys.argv[1]), int(sys.argv[2]))
