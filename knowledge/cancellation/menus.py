"""Which questions of the form matter under a criterion, and which choices to offer: so that the form stays short.

Every choice is valid under every criterion; what is not offered is only unlikely.
"""

from __future__ import annotations

from enum import StrEnum

from knowledge.cancellation.form import Criterion, Kind, ReliedOn

_ALWAYS = (
    ReliedOn.VICTIM_WITHDREW,
    ReliedOn.VICTIM_WILL_NOT_SUPPORT,
    ReliedOn.VICTIM_SAYS_DID_NOT_HAPPEN,
    ReliedOn.NO_FULL_ACCOUNT,
    ReliedOn.VICTIM_NOT_TRACED,
    ReliedOn.NO_FURTHER_ACTION,
    ReliedOn.LACK_OF_EVIDENCE,
    ReliedOn.SUSPECT_DENIES,
)
_FIRST: dict[Criterion, tuple[ReliedOn, ...]] = {
    Criterion.C1: (
        ReliedOn.OTHER_FORCE_CRIME_REFERENCE,
        ReliedOn.OTHER_FORCE_CRI_NUMBER,
        ReliedOn.OTHER_FORCE_NO_REFERENCE,
        ReliedOn.OTHER_FORCE_NOT_CONFIRMED,
        ReliedOn.OUTSIDE_ENGLAND_AND_WALES,
    ),
    Criterion.C2: (
        ReliedOn.RECORDED_EVIDENCE,
        ReliedOn.OTHER_EVIDENCE,
        ReliedOn.STATE_OFFENCE_NOT_MADE_OUT,
        ReliedOn.PAID_BEFORE_POLICE,
        ReliedOn.PAID_AFTER_POLICE,
        ReliedOn.NEGATIVE_CONCLUSIVE_GROUNDS,
        ReliedOn.NEGATIVE_REASONABLE_GROUNDS,
        ReliedOn.CHILD_UNDULY_FORCED,
        ReliedOn.NOT_FGM,
    ),
    Criterion.C3: (ReliedOn.DUPLICATE, ReliedOn.PART_OF_RECORDED_CRIME),
    Criterion.C4: (
        ReliedOn.RECORDED_BY_MISTAKE,
        ReliedOn.WRONG_CLASS,
        ReliedOn.STATE_OFFENCE_NOT_MADE_OUT,
        ReliedOn.RECORDED_EVIDENCE,
        ReliedOn.OTHER_EVIDENCE,
    ),
    Criterion.C5: (ReliedOn.SELF_DEFENCE_SHOWN, ReliedOn.SELF_DEFENCE_CLAIMED, ReliedOn.RECORDED_EVIDENCE),
}


class Asked(StrEnum):
    """The questions of the form after criterion, crime and what is relied on, which are always asked."""

    DECIDER = "decider"
    INDEPENDENT = "independent"
    TOLD = "told"
    PRESSURE = "pressure"
    BEGUN = "begun"


_ASKED: dict[Criterion, tuple[Asked, ...]] = {
    Criterion.C1: (Asked.TOLD,),
    Criterion.C2: (Asked.DECIDER, Asked.INDEPENDENT, Asked.TOLD, Asked.PRESSURE),
    Criterion.C3: (Asked.DECIDER, Asked.INDEPENDENT),
    Criterion.C4: (Asked.DECIDER, Asked.INDEPENDENT, Asked.PRESSURE),
    Criterion.C5: (Asked.DECIDER, Asked.INDEPENDENT, Asked.TOLD, Asked.PRESSURE),
}


def offered(criterion: Criterion) -> tuple[ReliedOn, ...]:
    """What to offer as relied on under a criterion: its own grounds first, then what never suffices by itself."""
    return _FIRST[criterion] + _ALWAYS


def asked(criterion: Criterion, kind: Kind) -> tuple[Asked, ...]:
    """The questions whose answers a result under this criterion depends on, in the order to ask them.

    Whether an investigation has begun matters for a rape, where the other route to an N100 is shown.
    """
    begun = (Asked.BEGUN,) if kind is Kind.RAPE and criterion in (Criterion.C2, Criterion.C4) else ()
    return _ASKED[criterion] + begun
