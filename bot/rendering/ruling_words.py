"""How a ruling stands and why, in words for Slack and the terminal. Pure."""

from __future__ import annotations

from bot.kept_rulings import Cause, KeptRuling
from bot.rendering.escape import inert
from knowledge.notices import spoken_date
from knowledge.ruling import Ruling, RulingState
from knowledge.ruling_holds import Why

_SAID = {
    Why.ALTERED: "a rule that it rests on has changed",
    Why.GONE: "a rule that it rests on is no longer held",
    Why.WITHDRAWN: "the edition that it rests on has been withdrawn",
    Why.ENDED: "the edition that it rests on is no longer in force",
    Why.REVIEW_PASSED: "the day has passed on which it was to be looked at again",
    Why.BY_HAND: "it was suspended by hand",
    Why.RETIRED: "it was retired by hand",
}


def cause_said(cause: Cause) -> str:
    """One cause: `it was suspended by hand: “under review”`."""
    reason = inert(cause.reason)
    return f"{_SAID[cause.why]}: \u201c{reason}\u201d" if reason else _SAID[cause.why]


def why_said(kept: KeptRuling) -> str:
    """Every cause, each once, as they came; nothing where there is none."""
    return "; ".join(dict.fromkeys(map(cause_said, kept.causes)))


def stands(kept: KeptRuling) -> str:
    """`in force · to be looked at again on 1 April 2035`, `suspended, since ...`, `retired, since ...`."""
    if kept.state is RulingState.IN_FORCE:
        return f"in force \u00b7 {again(kept.ruling)}"
    state, why = ("suspended" if kept.state is RulingState.SUSPENDED else "retired"), why_said(kept)
    return f"{state}, since {why}" if why else state


def ruling_line(kept: KeptRuling) -> str:
    """How it stands, for the card: `Ruling 1A2B3C4D · in force · to be looked at again on 1 April 2035`."""
    return f"Ruling {kept.ruling.reference} \u00b7 {stands(kept)}"


def again(ruling: Ruling) -> str:
    """Until when it is in force if nothing changes."""
    return f"to be looked at again on {spoken_date(ruling.review_on)}"


def sentence(words: str) -> str:
    """With a capital and a full stop."""
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith('.') else '.'}"
