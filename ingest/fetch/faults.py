"""What can be wrong with one document while it is fetched. The rest proceed; none of these reaches a person raised.

FetchFault        it could not be had; carries the reason as a clause ("its page is not there (404)")
├── Missing       the server says that there is nothing (404), or that there no longer is (410)
├── Withdrawn     the publisher marked the publication as withdrawn, or no longer lists the document
└── Passing       it may go better in a moment; tried again, at most so many times
"""

from __future__ import annotations

from knowledge.errors import DeskError


class FetchFault(DeskError):
    """A document could not be had; `reason` is a clause that a sentence can end with."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Missing(FetchFault):
    """There is nothing at an address; `for_good` when the server says that there no longer will be."""

    def __init__(self, what: str, *, for_good: bool) -> None:
        super().__init__(f"{what} was removed by its publisher" if for_good else f"{what} is not there (404)")
        self.for_good = for_good


class Withdrawn(FetchFault):
    """The publisher no longer offers the document."""


class Passing(FetchFault):
    """It may go better in a moment; `after` is how many seconds the server asks to wait, when it says."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after
