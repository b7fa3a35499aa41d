"""A thousand documents damaged at random: each is read or refused in a sentence, and none of them stops the desk.

Reading each in a process of its own would take minutes to start processes alone, so a few processes read many; a file
at which such a process dies, or takes long, is read again as the desk reads it.
"""

from __future__ import annotations

import io
import json
import random
import resource
import signal
import subprocess
import sys
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.read_document import read_document, read_here, reading_from_json
from knowledge.errors import DocumentRejected
from tests.ingest import hostile
from tests.ingest.documents import write_docx, write_pdf

pytestmark = pytest.mark.faults
_SEED = 20_260_401
_EACH = 500
_ALARM = 10
_LONGEST = 30
_MEMORY = 1024**3
_ROOT = Path(__file__).parents[2]
_EXTREME = (b"0", b"-1", b"65536", b"2147483648", b"-2147483649", b"99999999999999999999", b"1e308", b"nan", b"")
Mutation = Callable[[random.Random, bytes], bytes]


def _flip(chance: random.Random, body: bytes) -> bytes:
    out = bytearray(body)
    for _ in range(chance.choice((1, 1, 3, 20, 100))):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def _cut(chance: random.Random, body: bytes) -> bytes:
    start = chance.choice((0, 0, chance.randrange(len(body))))
    return body[:start] + body[chance.randrange(start, len(body)) :] if start else body[: chance.randrange(len(body))]


def _repeat(chance: random.Random, body: bytes) -> bytes:
    start = chance.randrange(len(body))
    piece = body[start : start + chance.choice((1, 16, 300, 3000))]
    at = chance.randrange(len(body))
    return body[:at] + piece * chance.choice((1, 2, 50)) + body[at:]


def _extreme(chance: random.Random, body: bytes) -> bytes:
    """One to five of its numbers, written as digits, replaced by numbers that no document should hold."""
    for _ in range(chance.choice((1, 2, 5))):
        runs = list(_numbers(body))
        if not runs:
            break
        start, end = chance.choice(runs)
        body = body[:start] + chance.choice(_EXTREME) + body[end:]
    return body


def _numbers(body: bytes) -> Iterator[tuple[int, int]]:
    start = -1
    for at, sign in enumerate(body + b" "):
        if 48 <= sign <= 57:
            start = at if start < 0 else start
        elif start >= 0:
            yield start, at
            start = -1


_BYTES: tuple[Mutation, ...] = (_flip, _cut, _repeat, _extreme)


def _in_stream(chance: random.Random, body: bytes) -> bytes:
    """A PDF with the contents of one packed stream mutated and packed again, its length made true."""
    places = []
    at = body.find(b"stream\n")
    while at >= 0:
        end = body.find(b"\nendstream", at)
        if body[at - 3 : at] != b"end" and end >= 0:
            places.append((at + 7, end))
        at = body.find(b"stream\n", at + 7)
    chance.shuffle(places)
    for start, end in places:
        try:
            inner = zlib.decompress(body[start:end])
        except zlib.error:
            continue
        packed = zlib.compress(chance.choice(_BYTES)(chance, inner or b"0"))
        head = body[:start]
        at = head.rfind(b"/Length ")
        until = at + 8 + len(head[at + 8 :]) - len(head[at + 8 :].lstrip(b"0123456789"))
        return head[: at + 8] + b"%d" % len(packed) + head[until:] + packed + body[end:]
    return _flip(chance, body)


def _in_part(chance: random.Random, body: bytes) -> bytes:
    """A Word document with one part mutated (mostly document.xml) and the package made whole again."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as source, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as out:
        names = [info.filename for info in source.infolist()]
        chosen = "word/document.xml" if chance.random() < 0.7 else chance.choice(names)
        for name in names:
            part = source.read(name)
            out.writestr(name, chance.choice(_IN_XML)(chance, part) if name == chosen else part)
    return held.getvalue()


def _swap_elements(chance: random.Random, xml: bytes) -> bytes:
    """XML that still parses, with an element inside another of its kind, or an attribute that says another thing."""
    names = [b"w:tbl", b"w:tr", b"w:tc", b"w:p", b"w:r", b"w:del", b"w:sdt", b"w:pPr", b"w:txbxContent"]
    old, new = chance.sample(names, 2)
    xml = xml.replace(b"<%s>" % old, b"<%s>" % new).replace(b"</%s>" % old, b"</%s>" % new)
    return xml.replace(b'w:val="', b'w:val="' + chance.choice(_EXTREME), chance.choice((1, -1)))


_IN_XML = (_flip, _cut, _repeat, _extreme, _extreme, _swap_elements, _swap_elements, _swap_elements)


def _write_all(folder: Path) -> list[Path]:
    """A thousand files, the same ones in every run but for the date that fpdf2 and python-docx write into them."""
    chance = random.Random(_SEED)
    pdfs = [
        write_pdf(folder / "seed.pdf", pages=2).read_bytes(),
        hostile.small_pdf("Recording", hostile.RULE, "1.1 Who may cancel", "- the registrar"),
        hostile.small_pdf(hostile.RULE, packed=False),
        hostile.tagged_pdf(),
        hostile.many_pages_pdf(5),
        hostile.slow_page_pdf(depth=2, calls=2),
        hostile.locked_pdf(folder / "locked.pdf", "").read_bytes(),
    ]
    words = [
        write_docx(folder / "seed.docx").read_bytes(),
        hostile.word(
            hostile.paragraph(hostile.RULE, "<w:vanish/>")
            + "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge/></w:tcPr>"
            + hostile.paragraph(hostile.RULE, '<w:color w:val="FFFFFF"/><w:sz w:val="2"/>')
            + "</w:tc></w:tr></w:tbl><w:sdt><w:sdtContent>"
            + hostile.paragraph(hostile.RULE, of='<w:pStyle w:val="a"/>')
            + "</w:sdtContent></w:sdt>",
            '<w:style w:styleId="a"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>',
        ),
    ]
    out = []
    for ending, seeds, inside in (("pdf", pdfs, _in_stream), ("docx", words, _in_part)):
        for number in range(_EACH):
            mutation = chance.choice((*_BYTES, *[inside] * 4))
            path = folder / f"{number:03}-{mutation.__name__.strip('_')}.{ending}"
            path.write_bytes(mutation(chance, chance.choice(seeds)))
            out.append(path)
    return out


def _in_few_processes(files: list[Path]) -> tuple[dict[Path, str], list[Path]]:
    """The answers of processes that read many files each, and the files at which such a process ended."""
    answers: dict[Path, str] = {}
    ended: list[Path] = []
    left = list(files)
    while left:
        asked = "\n".join(map(str, left))
        command = [sys.executable, "-m", "tests.faults.test_mutated_documents"]
        child = subprocess.run(command, cwd=_ROOT, input=asked.encode(), capture_output=True, timeout=600)
        lines = child.stdout.decode().splitlines()
        told = [line for line in lines if line.endswith("}")]
        answers.update(zip(left, told, strict=False))
        if len(told) < len(left):
            ended.append(left[len(told)])
        left = left[len(told) + 1 :]
    return answers, ended


def _read_many() -> None:
    """Read the files named on the standard input, an answer a line; end where one takes too long."""
    import logging

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    for name in sys.stdin.read().splitlines():
        signal.alarm(_ALARM)
        answer = read_here(Path(name))
        signal.alarm(0)
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()


def _is_a_sentence(reason: str) -> bool:
    return reason.isprintable() and 10 < len(reason) < 200 and "Traceback" not in reason and ". " not in reason


def test_a_thousand_damaged_documents_are_each_read_or_refused_in_a_sentence(tmp_path: Path) -> None:
    files = _write_all(tmp_path)
    assert 2 * _EACH == len(files)

    answers, ended = _in_few_processes(files)

    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    for path, answer in answers.items():
        said = json.loads(answer)
        if "rejected" in said:
            outcomes[f"{path.suffix} refused"] += 1
            wrong += [] if _is_a_sentence(said["rejected"]) else [f"{path.name}: {said['rejected']}"]
        else:
            outcomes[f"{path.suffix} read"] += 1
            wrong += [] if reading_from_json(said).blocks else [f"{path.name}: read as nothing"]
    for path in ended:
        started = time.monotonic()
        try:
            assert read_document(path).blocks
            outcomes[f"{path.suffix} read alone"] += 1
        except DocumentRejected as fault:
            outcomes[f"{path.suffix} refused alone"] += 1
            wrong += [] if _is_a_sentence(fault.reason) else [str(fault)]
        wrong += [f"{path.name}: took too long"] if time.monotonic() - started > _LONGEST else []
    print(dict(outcomes))
    assert [] == wrong
    assert 2 * _EACH == outcomes.total()
    # Were all of one outcome the mutations would be too mild or too coarse to have tried the readers.
    assert all(outcomes[f"{kind} {how}"] > 50 for kind in (".pdf", ".docx") for how in ("read", "refused"))


def test_a_process_that_dies_at_a_file_costs_that_file_alone(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.pdf", "b.pdf", "c.pdf")]
    for path, body in zip(paths, (hostile.small_pdf(), hostile.slow_page_pdf(), hostile.small_pdf()), strict=True):
        path.write_bytes(body)

    answers, ended = _in_few_processes(paths)

    assert [paths[0], paths[2]] == list(answers)
    assert [paths[1]] == ended


if __name__ == "__main__":
    _read_many()
