"""Documents are kept whole, once, under their digest, for as long as a build needs them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from ingest.keep_documents import drop_unused, keep, kept
from knowledge.adapters.documents import document_file
from tests.builders import an_edition


def a_document(folder: Path, body: bytes = b"%PDF-1.7 rules", name: str = "Rules.PDF") -> tuple[Path, str]:
    path = folder / name
    path.write_bytes(body)
    return path, hashlib.sha256(body).hexdigest()


def test_a_kept_document_is_found_by_its_edition_when_the_original_is_gone(tmp_path: Path) -> None:
    path, digest = a_document(tmp_path)
    place = keep(path, digest, tmp_path / "home")
    path.unlink()

    assert tmp_path / "home" / "documents" / f"{digest[:32]}.pdf" == place
    assert place == document_file(tmp_path / "home", an_edition(digest=digest, file="Rules.PDF"))
    assert place == kept(tmp_path / "home", digest, ".PDF")
    assert b"%PDF-1.7 rules" == place.read_bytes()


def test_a_document_is_copied_once(tmp_path: Path) -> None:
    path, digest = a_document(tmp_path)
    first = keep(path, digest, tmp_path).stat()

    assert (first.st_ino, first.st_mtime_ns) == (
        (again := keep(path, digest, tmp_path).stat()).st_ino,
        again.st_mtime_ns,
    )
    assert [f"{digest[:32]}.pdf"] == os.listdir(tmp_path / "documents")  # noqa: PTH208


def test_a_copy_that_was_cut_short_is_made_again(tmp_path: Path) -> None:
    path, digest = a_document(tmp_path)
    keep(path, digest, tmp_path).write_bytes(b"%PDF")

    assert b"%PDF-1.7 rules" == keep(path, digest, tmp_path).read_bytes()


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "a" * 63, "Z" * 64])
def test_what_is_no_digest_names_no_file(tmp_path: Path, digest: str) -> None:
    path, _ = a_document(tmp_path)

    assert document_file(tmp_path, an_edition(digest=digest, file="rules.pdf")) is None
    with pytest.raises(ValueError, match="not a SHA-256"):
        keep(path, digest, tmp_path)


def test_only_what_no_build_needs_is_dropped(tmp_path: Path) -> None:
    (old, old_digest), (new, new_digest) = a_document(tmp_path, b"old", "a.pdf"), a_document(tmp_path, b"new", "b.md")
    keep(old, old_digest, tmp_path)
    place = keep(new, new_digest, tmp_path)
    orphan = tmp_path / "documents" / ".aside-1-x.pdf"
    orphan.write_bytes(b"half")
    os.utime(orphan, (0, 0))

    assert sorted([orphan.name, f"{old_digest[:32]}.pdf"]) == drop_unused(tmp_path, {new_digest})
    assert [place] == list((tmp_path / "documents").iterdir())
    assert [] == drop_unused(tmp_path / "nowhere", set())
