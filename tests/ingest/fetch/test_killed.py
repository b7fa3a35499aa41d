"""Kills at any moment of fetching and confirming: whatever is there is whole, and the next run succeeds."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.fetch.drafts import drafts_folder, drafts_of
from ingest.fetch.own_sources import own_sources
from ingest.sources import read_sources
from tests.ingest.fetch.lists import a_list, a_listed, fetched
from tests.ingest.fetch.publishers import ASSETS, PAGE, Publishers, a_pdf, an_attachment

pytestmark = pytest.mark.faults

WORK = """
import sys
from pathlib import Path
from ingest.fetch.settle_draft import confirm_draft
from ingest.fetch.drafts import drafts_of
from tests.ingest.fetch.lists import fetched
from tests.ingest.fetch.publishers import Publishers
home, path, port = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
print("begun", flush=True)
fetched(home, Publishers(port), path)
for draft in drafts_of(home):
    confirm_draft(home, draft.id)
"""


def test_what_is_there_after_a_kill_is_whole_and_the_next_run_finishes(sites: Publishers, tmp_path: Path) -> None:
    home, names = tmp_path / "home", [f"rules{number}" for number in range(8)]
    letters = dict(zip(names, ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel"), strict=True))
    path = a_list(tmp_path / "list", *(a_listed(name, title=letters[name], attachment=letters[name]) for name in names))
    attachments = [an_attachment(letters[name], f"{ASSETS}/1/{name}.pdf") for name in names]
    sites.serve_item(PAGE, attachments=attachments)
    for name in names:
        sites.serve_file(f"{ASSETS}/1/{name}.pdf", a_pdf(f"Invented {name} 2026/27"))
    chance = random.Random(5)

    for _ in range(10):
        child = subprocess.Popen(
            [sys.executable, "-c", WORK, str(home), str(path), str(sites.port)], stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(chance.uniform(0, 1.5))  # the moment of the kill, not a wait for anything
        child.kill()
        child.wait()
        child.stdout.close()
        sound(home)

    fetched(home, sites, path)
    subprocess.run([sys.executable, "-c", WORK, str(home), str(path), str(sites.port)], check=True, timeout=60)
    assert names == sorted(source.edition.document for source in read_sources(own_sources(home)))
    assert [] == drafts_of(home)
    assert [] == list(home.rglob(".aside-*"))


def sound(home: Path) -> None:
    """Every draft has the file that came, and every confirmed edition its own."""
    for draft in drafts_of(home):
        file = drafts_folder(home) / draft.id / draft.file
        assert draft.digest == hashlib.sha256(file.read_bytes()).hexdigest()
    if own_sources(home).exists():
        for source in read_sources(own_sources(home)):
            assert source.file is not None
            digest = hashlib.sha256(source.file.read_bytes()).hexdigest()
            assert source.file.stem.endswith(digest[:8])
