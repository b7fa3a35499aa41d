"""Look for each document of a list where it is published, and keep what is new or changed as a draft edition.

Nothing that is fetched answers a question: a person confirms it first. What goes wrong with one document is reported
with the reason, and the rest proceed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ingest.fetch.answers import Validators
from ingest.fetch.download import Downloaded, download
from ingest.fetch.drafts import drafts_folder, drafts_of, keep_draft
from ingest.fetch.faults import FetchFault, Missing, Withdrawn
from ingest.fetch.held import held_digests, held_editions
from ingest.fetch.lock import fetch_lock
from ingest.fetch.memory import Memory, SeenDocument, load_memory, save_memory
from ingest.fetch.network import Network
from ingest.fetch.propose import propose_draft
from ingest.fetch.publications import Offer, Publications
from ingest.fetch.report import FetchReport, Finding, Outcome, Progress
from ingest.fetch.wanted import Wanted, read_wanted
from knowledge.put_in_place import ASIDE


def fetch(
    lists: Sequence[Path],
    *,
    home: Path,
    network: Network,
    now: datetime,
    check: bool = False,
    progress: Progress = lambda stage, done, total: None,
) -> FetchReport:
    """Fetch what the lists name into the drafts of the data directory `home`; with `check`, only say what is new.

    Raises SourcesInvalid for a list that cannot be read, IngestBusy where another fetch is at work, and OSError where
    the disk refuses.
    """
    wanted = read_wanted(lists)
    with nullcontext() if check else fetch_lock(home):
        run = _Run(lists, home, network, now, check, progress, wanted)
        try:
            findings = tuple(run.look_for(one) for one in wanted)
            run.publications.remember([one.document for one in findings if one.outcome is Outcome.FAILED])
        finally:
            if not check:
                save_memory(home, run.memory)
        return FetchReport(findings, tuple(draft.id for draft in drafts_of(home)), check)


class _Run:
    """One fetch."""

    def __init__(
        self,
        lists: Sequence[Path],
        home: Path,
        network: Network,
        now: datetime,
        check: bool,
        progress: Progress,
        wanted: Sequence[Wanted],
    ) -> None:
        self._home, self._network, self._now, self._check, self._progress = home, network, now, check, progress
        self.memory: Memory = load_memory(home)
        self._digests = held_digests(home, lists, self.memory)
        self._labels = held_editions(home, lists)
        self.publications = Publications(network, self.memory, wanted)

    def look_for(self, wanted: Wanted) -> Finding:
        """What is found of one document."""
        found = Finding(wanted.document, wanted.title, Outcome.UNCHANGED)
        known = bool(self._digests[wanted.document])
        try:
            offer = self.publications.offer(wanted)
        except FetchFault as fault:
            return replace(found, outcome=_ill(fault, known), reason=fault.reason)
        found = replace(
            found, listed_as=offer.attachment.title, published=offer.updated, note=offer.note, moved_to=offer.moved_to
        )
        try:
            return self._bring(wanted, offer, found)
        except FetchFault as fault:
            # A page that still lists a document whose file is missing is a slip of its publisher's, not a withdrawal.
            outcome = Outcome.FAILED if wanted.page else _ill(fault, known)
            return replace(found, outcome=outcome, reason=fault.reason)

    def _bring(self, wanted: Wanted, offer: Offer, found: Finding) -> Finding:
        where = None if self._check else drafts_folder(self._home)
        if where is not None:
            where.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=where, prefix=ASIDE) as folder:
            came = download(
                self._network,
                offer.attachment,
                Path(folder),
                held=self._validators(wanted),
                progress=lambda done, total: self._progress(
                    f"{wanted.document}, KB", -(-done // 1024), -(-total // 1024)
                ),
            )
            if came is None:
                return found
            moved = offer.moved_to or (came.came_from if not wanted.page and came.came_from != wanted.file else "")
            found = replace(found, moved_to=moved)
            if came.digest not in self._digests[wanted.document]:
                changed = bool(self._digests[wanted.document])
                found = replace(found, outcome=Outcome.CHANGED if changed else Outcome.NEW)
                if self._check:
                    return found
                draft = propose_draft(wanted, offer, came, self._labels[wanted.document], self._now, changed=changed)
                keep_draft(self._home, draft, came.path.with_name(draft.file))
                found = replace(found, draft=draft)
                self.memory.settled.pop(draft.id, None)
        self._note(wanted, offer, came)
        return found

    def _validators(self, wanted: Wanted) -> dict[str, Validators]:
        """How to ask only for what changed; for nothing where what is wanted is another thing than before."""
        seen = self.memory.documents.get(wanted.document)
        if seen is None or seen.asked != wanted.asked or seen.digest not in self._digests[wanted.document]:
            return {}
        return self.memory.of_files()

    def _note(self, wanted: Wanted, offer: Offer, came: Downloaded) -> None:
        self._digests[wanted.document].add(came.digest)
        validators = came.validators
        self.memory.documents[wanted.document] = SeenDocument(
            wanted.asked,
            came.address,
            offer.attachment.title,
            offer.attachment.ending,
            came.digest,
            validators.etag,
            validators.last_modified,
        )


def _ill(fault: FetchFault, known: bool) -> Outcome:
    """Gone for good, withdrawn, or missing though it was held: vanished. Anything else failed."""
    gone = isinstance(fault, Withdrawn) or (isinstance(fault, Missing) and (fault.for_good or known))
    return Outcome.VANISHED if gone else Outcome.FAILED
