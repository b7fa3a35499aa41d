"""Whether a question is answered where it was put, by who put it, now; and the kind sentence when it is not."""

from __future__ import annotations

from dataclasses import dataclass

from bot.asked import LIMITED, Owed
from bot.membership import Membership, Standing
from bot.questions import Questions
from bot.rendering import phrases
from bot.rendering.message import Message

REFUSED = "refused"
HOUR = 3600.0

_OF = {
    Standing.GUEST: phrases.GUEST,
    Standing.ELSEWHERE: phrases.ELSEWHERE,
    Standing.DEACTIVATED: phrases.DEACTIVATED,
    Standing.BOT: phrases.DEACTIVATED,
}


@dataclass(frozen=True, slots=True)
class Manners:
    """Called for every question before it is answered. `channels` and `groups` are all there are when empty."""

    questions: Questions
    membership: Membership
    an_hour: int
    channels: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()

    def __call__(self, owed: Owed) -> tuple[str, Message] | None:
        """The outcome and the sentence, or None when the question is to be answered.

        When Slack does not say who somebody is, they are answered: the rules are no secret, and an officer waits.
        """
        asked = owed.asked
        if asked.shared:
            return REFUSED, phrases.SHARED_CHANNEL
        if self.channels and not asked.place.is_private and asked.channel not in self.channels:
            return REFUSED, phrases.NOT_THIS_CHANNEL
        standing = self.membership.standing(asked.team, asked.asker)
        if standing in _OF:
            return REFUSED, _OF[standing]
        if self.groups and self.membership.is_in(asked.asker, self.groups) is False:
            return REFUSED, phrases.NOT_YOUR_GROUP
        if self.questions.asked_since(asked.team, asked.asker, HOUR) > self.an_hour:
            return LIMITED, phrases.limited(self.an_hour)
        return None
