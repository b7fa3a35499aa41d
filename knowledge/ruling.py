"""A ruling: an answer of the registrar's office that questions alike are answered from, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.model import Authority, Citation, Edition, Passage
from knowledge.notices import spoken_date

OFFICE = "the Force Crime Registrar\u2019s office"
_REFERENCE = 8
"""Letters of a ruling's id that people are given."""


class RulingState(StrEnum):
    """Only a ruling in force answers. A suspended one may be renewed; a retired one is kept for the record."""

    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Ruling:
    """One ruling, its question and answer without personal data.

    `rests_on` are the passages as they read when it was given or last renewed, with the words relied on; `build` is the
    build they were read in. It is in force from the day it was given to the day it is to be looked at again, both
    inclusive. `owner` is the member of the office who answered.
    """

    id: str
    question: str
    answer: str
    rests_on: tuple[Citation, ...]
    build: str
    owner: str
    answered_on: date
    review_on: date
    state: RulingState = RulingState.IN_FORCE

    @property
    def reference(self) -> str:
        """What people find it by."""
        return self.id[:_REFERENCE].upper()

    @property
    def passage(self) -> Passage:
        """The ruling as it is cited: a passage of authority `ruling`, whose edition is the day it was given."""
        edition = Edition(
            document=f"ruling-{self.reference.lower()}",
            title=f"Ruling by {OFFICE}",
            publisher="Force Crime Registrar\u2019s office",
            authority=Authority.RULING,
            label=spoken_date(self.answered_on),
            effective_from=self.answered_on,
            effective_to=self.review_on,
        )
        return Passage(f"{edition.key}/0001", edition, 1, (f"Ruling {self.reference}",), self.answer)

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions it rests on, each once, in the order it names them."""
        return tuple(dict.fromkeys(citation.passage.edition for citation in self.rests_on))
