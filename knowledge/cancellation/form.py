"""The guided form of the cancellation check: choices with labels, never the words of a crime report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from knowledge.errors import WrongUse

LONGEST_LABEL = 75
"""Characters of a label: what one option of a Slack menu may have (docs.slack.dev, option object)."""


class Choice(StrEnum):
    """One choice of a menu: its value is what scripts write, its label what a person reads."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """A member that carries its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def named(cls, value: str) -> Self:
        """The choice of that value. Raises ValueError where there is none."""
        for member in cls:
            if member.value == value:
                return member
        raise ValueError(f"{value!r} is not one of the choices")


class Criterion(Choice):
    """Under which of the five criteria the crime would leave the figures."""

    C1 = "C1", "C1: committed in another force's area, transferred"
    C2 = "C2", "C2: additional verifiable information that no notifiable crime occurred"
    C3 = "C3", "C3: duplicate, or part of a crime already recorded"
    C4 = "C4", "C4: recorded in error"
    C5 = "C5", "C5: self-defence (certain recorded assaults)"


class Kind(Choice):
    """What kind of crime is recorded. Anything but rape and homicide is given by its class or offence code."""

    RAPE = "rape", "Rape or attempted rape"
    HOMICIDE = "homicide", "Homicide"
    OTHER = "other", "Another crime: give its class or offence code"


class ReliedOn(Choice):
    """What is put forward for taking the crime out of the figures."""

    VICTIM_WITHDREW = "victim-withdrew", "The victim has withdrawn"
    VICTIM_WILL_NOT_SUPPORT = "victim-will-not-support", "The victim will not support an investigation or prosecution"
    VICTIM_SAYS_DID_NOT_HAPPEN = "victim-says-it-did-not-happen", "The victim now says it did not happen"
    NO_FULL_ACCOUNT = "no-full-account", "The victim has given no full account or statement"
    VICTIM_NOT_TRACED = "victim-not-traced", "The victim cannot be traced any more"
    NO_FURTHER_ACTION = "no-further-action", "No further action by the prosecutor or the police"
    LACK_OF_EVIDENCE = "lack-of-evidence", "There is a lack of evidence"
    SUSPECT_DENIES = "suspect-denies", "The suspect denies it"
    RECORDED_EVIDENCE = "recorded-evidence", "CCTV or other recorded evidence shows that it did not happen"
    OTHER_EVIDENCE = "other-evidence", "Other new evidence shows it did not happen (witness, forensic, papers)"
    OTHER_FORCE_CRIME_REFERENCE = "other-force-crime-reference", "The other force has confirmed, with a crime reference"
    OTHER_FORCE_CRI_NUMBER = (
        "other-force-cri-number",
        "The other force has confirmed, with an incident (CRI) number only",
    )
    OTHER_FORCE_NO_REFERENCE = "other-force-no-reference", "The other force has confirmed, but has given no reference"
    OTHER_FORCE_NOT_CONFIRMED = "other-force-not-confirmed", "The other force has not confirmed yet"
    OUTSIDE_ENGLAND_AND_WALES = "outside-england-and-wales", "It happened outside England and Wales"
    DUPLICATE = "duplicate", "It is a duplicate of a crime recorded in this force"
    PART_OF_RECORDED_CRIME = "part-of-recorded-crime", "It is part of a crime already recorded in this force"
    RECORDED_BY_MISTAKE = "recorded-by-mistake", "Recorded by mistake: nothing notifiable was ever reported"
    WRONG_CLASS = "wrong-class", "It was recorded under the wrong class"
    SELF_DEFENCE_SHOWN = "self-defence-shown", "Evidence shows that the suspect acted in self-defence"
    SELF_DEFENCE_CLAIMED = "self-defence-claimed", "The suspect says it was self-defence"
    STATE_OFFENCE_NOT_MADE_OUT = "state-offence-not-made-out", "Offence against the state: its points to prove fail"
    PAID_BEFORE_POLICE = "paid-before-police", "Making off: the suspect came back and paid before any police contact"
    PAID_AFTER_POLICE = "paid-after-police", "Making off: the suspect paid after police contact"
    NEGATIVE_CONCLUSIVE_GROUNDS = (
        "negative-conclusive-grounds",
        "Modern slavery: a negative Conclusive Grounds decision",
    )
    NEGATIVE_REASONABLE_GROUNDS = (
        "negative-reasonable-grounds",
        "Modern slavery: a negative Reasonable Grounds decision",
    )
    CHILD_UNDULY_FORCED = "child-unduly-forced", "Indecent image: the child recorded as offender was unduly forced"
    NOT_FGM = "not-fgm", "The child is found not to have suffered FGM"


class Decider(Choice):
    """Who would decide."""

    INVESTIGATING_OFFICER = "investigating-officer", "The investigating officer"
    SUPERVISOR = "supervisor", "A supervisor who is not a designated decision maker"
    DESIGNATED_DECISION_MAKER = "designated-decision-maker", "A designated decision maker (DDM)"
    REGISTRAR_ON_REGISTER = "registrar-on-register", "The Force Crime Registrar, on the College of Policing register"
    REGISTRAR_NOT_ON_REGISTER = "registrar-not-on-register", "The Force Crime Registrar, not on the College register"
    CHIEF_OFFICER_ADVISED = "chief-officer-advised", "Chief officer, advised by the registrar; none is on the register"
    SENIOR_OFFICER_OR_PANEL = "senior-officer-or-panel", "Another senior officer, or a panel"


class Told(Choice):
    """How the victim was told of the decision, and for a transfer of the new number."""

    IN_PERSON = "in-person", "Told in person, and noted on the record"
    BY_PHONE = "by-phone", "Told by telephone, and noted on the record"
    IN_WRITING = "in-writing", "Told in writing, and noted on the record"
    NOT_NOTED = "told-not-noted", "Told, but not noted on the record"
    NOT_YET = "not-yet", "Not told yet"
    CANNOT_BE_REACHED = "cannot-be-reached", "Not told: the victim cannot be reached"
    NO_VICTIM = "no-victim", "There is no victim to tell"


class Pressure(Choice):
    """Whether it was considered that fear, pressure or coercion may lie behind what the victim says now."""

    CONSIDERED = "considered", "Considered, and no concern was found"
    CLEAR_CONCERN = "clear-concern", "There is a clear concern"
    NOT_CONSIDERED = "not-considered", "Not considered yet"


class Begun(Choice):
    """Whether any substantive investigation has begun. Asked for rape only."""

    NO = "no", "No substantive investigation has begun"
    YES = "yes", "A substantive investigation has begun"
    NOT_SAID = "not-said", "Not said"


@dataclass(frozen=True, slots=True)
class Form:
    """What the asker chose. `offence` is the class or offence code where `kind` is OTHER, as `8N s47` or `105A`.

    Raises WrongUse where nothing is relied on, or where the crime is not given.
    """

    criterion: Criterion
    kind: Kind
    relied_on: tuple[ReliedOn, ...]
    decider: Decider
    independent: bool
    told: Told
    pressure: Pressure
    as_at: date
    offence: str = ""
    begun: Begun = Begun.NOT_SAID

    def __post_init__(self) -> None:
        if not self.relied_on:
            raise WrongUse("Say what is relied on: at least one of the choices offered.")
        if self.kind is Kind.OTHER and not self.offence.strip():
            raise WrongUse("Give the class or the offence code of the crime, such as 8N s47, 104, 105A or 008/06.")
