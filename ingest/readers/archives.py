"""Look at a zip package (DOCX, ODS, XLSX) before it is read: is it one, and would reading it be safe?

Nothing is ever written to disk from a package and no name in it is used as a path. The checks stand between a hostile
package and the libraries that read it, which trust the sizes it declares.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from knowledge.errors import DocumentRejected

_MOST_ENTRIES = 10_000
_MOST_RATIO = 200
_RATIO_FROM = 10 * 1024**2
"""Below this an entry may be packed as tightly as it likes: runs of empty cells and styles pack a hundredfold."""
_CHUNK = 1024**2
_LOCAL_HEADER = struct.Struct("<26xHH")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_EMBEDDED = re.compile(r"^(?:word|xl|ppt)/embeddings/")
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b\x08", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ\x00")
_FAR_MORE = "it unpacks to far more than {what} of its size should"


def check_archive(path: Path, what: str, parts: Sequence[str], most: int, most_of_one: int | None = None) -> list[str]:
    """The names in a package that is safe to read. Raises DocumentRejected with the reason in a sentence.

    `what` names the document in the reason ("a Word document"). It cannot be without one of `parts`, and may unpack to
    `most` bytes, an XML part of it to `most_of_one`.
    """
    try:
        with path.open("rb") as file:
            if file.read(4) == _OLD_OFFICE:
                raise DocumentRejected(path.name, f"it is protected by a password, or older than {what} may be")
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
        raise DocumentRejected(path.name, f"it is not {what}") from None
    reason = (
        _wrong_with_names(entries, what, parts)
        or _wrong_with_sizes(entries, what, most, most_of_one or most)
        or _wrong_inside(path, entries, what)
    )
    if reason:
        raise DocumentRejected(path.name, reason)
    return [entry.filename for entry in entries]


def _wrong_with_names(entries: list[zipfile.ZipInfo], what: str, parts: Sequence[str]) -> str:
    if len(entries) > _MOST_ENTRIES:
        return f"it holds {len(entries):,} parts, more than {what} should"
    names = [entry.orig_filename.replace("\\", "/") for entry in entries]
    if not set(parts) & set(names):
        return f"it is not {what}"
    # Readers disagree about which of two parts of one name counts, so what was checked need not be what is read.
    if len({name.lower() for name in names}) < len(names):
        return "it holds two parts of one name"
    if any(name.startswith("/") or ":" in name or ".." in PurePosixPath(name).parts or "\0" in name for name in names):
        return "it holds a part whose name leads out of it"
    if any(stat.S_ISLNK(entry.external_attr >> 16) for entry in entries):
        return "it holds a link to another file"
    if any(entry.flag_bits & 0x1 for entry in entries):
        return "it is protected by a password"
    return ""


def _wrong_with_sizes(entries: list[zipfile.ZipInfo], what: str, most: int, most_of_one: int) -> str:
    declared = sum(entry.file_size for entry in entries)
    tight = any(
        entry.file_size > _RATIO_FROM and entry.file_size > _MOST_RATIO * max(1, entry.compress_size)
        for entry in entries
    )
    large = any(entry.file_size > most_of_one and entry.filename.endswith((".xml", ".rels")) for entry in entries)
    if declared > most or tight or large:
        return _FAR_MORE.format(what=what)
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end:
            return "its parts lie over one another"
        end = entry.header_offset + entry.compress_size
    return ""


def _wrong_inside(path: Path, entries: list[zipfile.ZipInfo], what: str) -> str:
    """What is wrong with what the entries really hold: other sizes than they declare, or an archive."""
    with path.open("rb") as file:
        for entry in entries:
            file.seek(entry.header_offset)
            header = file.read(_LOCAL_HEADER.size)
            if len(header) < _LOCAL_HEADER.size or entry.compress_type not in (
                zipfile.ZIP_STORED,
                zipfile.ZIP_DEFLATED,
            ):
                return f"it is packed in a way {what} is not"
            file.seek(sum(_LOCAL_HEADER.unpack(header)), 1)
            packed = file.read(entry.compress_size)
            try:
                head, size = _unpacked(packed, entry)
            except zlib.error:
                return f"it is damaged: its part {_named(entry)} cannot be unpacked"
            if size > entry.file_size:
                return _FAR_MORE.format(what=what)
            if size < entry.file_size:
                return f"it is damaged: its part {_named(entry)} cannot be unpacked"
            # A chart keeps its workbook as an embedded package; it is never opened.
            if head.startswith(_ARCHIVES) and not _EMBEDDED.match(entry.filename):
                return "it holds another archive"
    return ""


def _unpacked(packed: bytes, entry: zipfile.ZipInfo) -> tuple[bytes, int]:
    """The first bytes of an entry and its true size, counted no further than just past the size it declares."""
    if entry.compress_type == zipfile.ZIP_STORED:
        return packed[:8], len(packed)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    head, size, rest = b"", 0, packed
    while not inflate.eof and size <= entry.file_size:
        out = inflate.decompress(rest, _CHUNK)
        if not out and not inflate.unconsumed_tail:
            break
        head = head or out[:8]
        size += len(out)
        rest = inflate.unconsumed_tail
    return head, size


def _named(entry: zipfile.ZipInfo) -> str:
    return re.sub(r"[^\w./ -]", "?", PurePosixPath(entry.filename).name)[:60]
