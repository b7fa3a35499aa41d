"""Cancellation scenarios: what is on the form, and for every line the verdict it must have and the pages it must cite.

Written from the rules and from what is known of them, not from what the check says. A line of `expected` reads
`line VERDICT page page`; the pages are those of the Crime Recording Rules 2026/27. Every line of the result is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.cancellation.form import Begun, Criterion, Decider, Form, Kind, Pressure, ReliedOn, Told

TODAY = date(2026, 6, 1)
RULES = {
    "place": "The crime happened in another force's area",
    "reference": "The receiving force has given a reference",
    "number": "The victim has been given the new number",
    "kind": "What is relied on can be additional verifiable information",
    "weight": "It is compelling, carefully recorded and convinces the decision maker",
    "same": "The same crime is recorded already",
    "error": "The crime was recorded in error",
    "class": "The recorded crime is one of the assaults named",
    "evidence": "Evidence shows that the suspect acted in self-defence",
    "transfer": "Who decides on a transfer",
    "decider": "The decision is for the person the rules name",
    "designated": "The decision is for a designated decision maker",
    "independent": "Whoever decides is independent of the investigation",
    "pressure": "Fear, pressure and coercion have been considered",
    "told": "The victim has been told beforehand, and the record shows it",
    "untold": "Telling the victim beforehand",
    "n100": "A reported incident of rape goes only for a genuine error by the person who took the report",
    "oversight": "The registrar oversees every report of rape that is no confirmed crime",
    "route": "The other route: from a rape recorded incorrectly to an N100",
    "elsewhere": "A rape known from the outset to belong to another force is recorded as N100/03 first",
    "account": "Recording a rape does not wait for a full account",
}
"""The lines by their short names."""


@dataclass(frozen=True)
class Scenario:
    """A form and what must come of it: by line, its verdict and the pages it must cite."""

    name: str
    form: Form
    expected: dict[str, tuple[str, frozenset[int]]]


def a_form(criterion: str = "C2", crime: str = "34B", *relied_on: str, **over: Any) -> Form:
    """A form on which everything asked beside the ground is in order; `over` are choices by their values."""
    kind = Kind(crime) if crime in ("rape", "homicide") else Kind.OTHER  # type: ignore[call-arg]
    choices: dict[str, Any] = {
        "decider": Decider.named(over.pop("decider", "designated-decision-maker")),
        "told": Told.named(over.pop("told", "in-person")),
        "pressure": Pressure.named(over.pop("pressure", "considered")),
        "begun": Begun.named(over.pop("begun", "not-said")),
        "independent": over.pop("independent", True),
        "as_at": over.pop("as_at", TODAY),
    }
    grounds = tuple(ReliedOn.named(one) for one in relied_on or ("recorded-evidence",))
    return Form(
        criterion=Criterion.named(criterion),
        kind=kind,
        relied_on=grounds,
        offence="" if kind is not Kind.OTHER else crime,
        **choices,
        **over,
    )


def _scenario(name: str, expected: str, *form: str, **over: Any) -> Scenario:
    lines: dict[str, tuple[str, frozenset[int]]] = {}
    for line in expected.split(";"):
        words = line.split()
        pages = frozenset(int(word) for word in words if word.isdigit())
        lines[words[0]] = (" ".join(word for word in words[1:] if not word.isdigit()), pages)
    assert all(line in RULES for line in lines), name
    return Scenario(name, a_form(*form, **over), lines)


# What the rest of the form comes to where it is in order.
C1 = "transfer MET 25; told MET 26"
C2 = "decider MET 25; independent MET 25; pressure MET 25; told MET 26"
C3 = C4 = "designated MET 25; independent MET 25; untold MET 26"
C5 = "decider MET 25; independent MET 25; told MET 26"
NO_AVI = "kind NOT MET 25 7; weight NOT MET 25"
RAPE = "route UNCLEAR 63; account MET 63"
REGISTRAR = "registrar-on-register"

SCENARIOS = [
    # C1: transfer to another force
    _scenario(
        "a transfer with a crime reference, the victim told the new number",
        f"place MET 25; reference MET 25; number MET 25; {C1}",
        "C1", "46", "other-force-crime-reference",
    ),
    _scenario(
        "a transfer with a CRI number only, on which the documents contradict each other",
        f"place MET 25; reference UNCLEAR 25; number MET 25; {C1}",
        "C1", "46", "other-force-cri-number",
    ),
    _scenario(
        "a transfer with both a CRI number and a crime reference",
        f"place MET 25; reference MET 25; number MET 25; {C1}",
        "C1", "46", "other-force-cri-number", "other-force-crime-reference",
    ),
    _scenario(
        "a transfer agreed without a reference",
        f"place MET 25; reference NOT MET 25; number NOT MET 25; {C1}",
        "C1", "46", "other-force-no-reference",
    ),
    _scenario(
        "a transfer the other force has not confirmed",
        f"place UNCLEAR 25; reference NOT MET 25; number NOT MET 25; {C1}",
        "C1", "46", "other-force-not-confirmed",
    ),
    _scenario(
        "a transfer of which the victim knows nothing yet",
        "place MET 25; reference MET 25; number NOT MET 25; transfer MET 25; told NOT MET 26",
        "C1", "46", "other-force-crime-reference", told="not-yet",
    ),
    _scenario(
        "a transfer told but not noted on the record",
        "place MET 25; reference MET 25; number MET 25; transfer MET 25; told NOT MET 26",
        "C1", "46", "other-force-crime-reference", told="told-not-noted",
    ),
    _scenario(
        "a transfer when the victim cannot be reached",
        "place MET 25; reference MET 25; number NOT MET 25; transfer MET 25; told NOT MET 26",
        "C1", "46", "other-force-crime-reference", told="cannot-be-reached",
    ),
    _scenario(
        "a transfer of a crime without a victim",
        "place MET 25; reference MET 25; number UNCLEAR 25; transfer MET 25; told UNCLEAR 26",
        "C1", "92D", "other-force-crime-reference", told="no-victim",
    ),
    _scenario(
        "a crime that happened in Scotland",
        f"place UNCLEAR 25 15; reference NOT MET 25; number NOT MET 25; {C1}",
        "C1", "46", "outside-england-and-wales",
    ),
    _scenario(
        "a transfer asked for because the victim will not support",
        f"place NOT MET 25 7; reference NOT MET 25; number NOT MET 25; {C1}",
        "C1", "105A", "victim-will-not-support",
    ),
    _scenario(
        "a transfer by the investigating officer, whom no rule excludes",
        f"place MET 25; reference MET 25; number MET 25; {C1}",
        "C1", "46", "other-force-crime-reference", decider="investigating-officer", independent=False,
    ),
    _scenario(
        "a rape that belongs to another force",
        f"place MET 25; reference MET 25; number MET 25; {C1}; elsewhere UNCLEAR 64; account MET 63",
        "C1", "rape", "other-force-crime-reference",
    ),
    # C2: additional verifiable information
    _scenario(
        "the victim withdrew", f"{NO_AVI}; {C2}", "C2", "105A", "victim-withdrew"
    ),
    _scenario(
        "the victim will not support", f"{NO_AVI}; {C2}", "C2", "8N s47", "victim-will-not-support"
    ),
    _scenario(
        "no further action by the prosecutor",
        f"kind NOT MET 25 7 24; weight NOT MET 25; {C2}",
        "C2", "34B", "no-further-action",
    ),
    _scenario("a lack of evidence", f"{NO_AVI}; {C2}", "C2", "28I", "lack-of-evidence"),
    _scenario("the suspect denies it", f"{NO_AVI}; {C2}", "C2", "58C", "suspect-denies"),
    _scenario("the victim cannot be traced any more", f"{NO_AVI}; {C2}", "C2", "39", "victim-not-traced"),
    _scenario(
        "withdrawal, no further action, a denial and no evidence, all together",
        f"kind NOT MET 25 7 24; weight NOT MET 25; {C2}",
        "C2", "8U", "victim-withdrew", "no-further-action", "suspect-denies", "lack-of-evidence",
    ),
    _scenario(
        "CCTV, a designated decision maker, the victim told",
        f"kind MET 25; weight UNCLEAR 25; {C2}",
        "C2", "34B", "recorded-evidence",
    ),
    _scenario(
        "CCTV beside a withdrawal, which adds nothing",
        f"kind MET 25 7; weight UNCLEAR 25; {C2}",
        "C2", "34B", "recorded-evidence", "victim-withdrew",
    ),
    _scenario(
        "new papers show that the bicycle was lent",
        f"kind MET 25; weight UNCLEAR 25; {C2}",
        "C2", "44", "other-evidence", decider=REGISTRAR,
    ),
    _scenario(
        "the victim now says it did not happen, no pressure found",
        f"kind UNCLEAR 25; weight UNCLEAR 25; {C2}",
        "C2", "105A", "victim-says-it-did-not-happen",
    ),
    _scenario(
        "the victim now says it did not happen and is afraid",
        "kind UNCLEAR 25; weight UNCLEAR 25; decider MET 25; independent MET 25; pressure NOT MET 25; told MET 26",
        "C2", "105A", "victim-says-it-did-not-happen", pressure="clear-concern",
    ),
    _scenario(
        "the victim withdrew under pressure",
        f"{NO_AVI}; decider MET 25; independent MET 25; pressure NOT MET 25; told MET 26",
        "C2", "8U", "victim-withdrew", pressure="clear-concern",
    ),
    _scenario(
        "a clear concern stands in the way even of CCTV",
        "kind MET 25; weight UNCLEAR 25; decider MET 25; independent MET 25; pressure NOT MET 25; told MET 26",
        "C2", "8U", "recorded-evidence", pressure="clear-concern",
    ),
    _scenario(
        "the victim withdrew and nobody asked why",
        f"{NO_AVI}; decider MET 25; independent MET 25; pressure NOT MET 25; told MET 26",
        "C2", "8Q", "victim-withdrew", pressure="not-considered",
    ),
    _scenario(
        "CCTV, and pressure not thought of",
        "kind MET 25; weight UNCLEAR 25; decider MET 25; independent MET 25; pressure UNCLEAR 25; told MET 26",
        "C2", "34B", "recorded-evidence", pressure="not-considered",
    ),
    _scenario(
        "the investigating officer decides on his own crime",
        "kind MET 25; weight UNCLEAR 25; decider NOT MET 25; independent NOT MET 25; pressure MET 25; told MET 26",
        "C2", "34B", "recorded-evidence", decider="investigating-officer",
    ),
    _scenario(
        "a supervisor decides who is no designated decision maker",
        "kind MET 25; weight UNCLEAR 25; decider NOT MET 25; independent MET 25; pressure MET 25; told MET 26",
        "C2", "34B", "recorded-evidence", decider="supervisor",
    ),
    _scenario(
        "a designated decision maker of the same team decides",
        "kind MET 25; weight UNCLEAR 25; decider MET 25; independent NOT MET 25; pressure MET 25; told MET 26",
        "C2", "34B", "recorded-evidence", independent=False,
    ),
    _scenario(
        "a superintendent decides on a robbery",
        "kind MET 25; weight UNCLEAR 25; decider NOT MET 25; independent MET 25; pressure MET 25; told MET 26",
        "C2", "34B", "recorded-evidence", decider="senior-officer-or-panel",
    ),
    _scenario(
        "a registrar who is not on the register decides on a robbery",
        f"kind MET 25; weight UNCLEAR 25; {C2}",
        "C2", "34B", "recorded-evidence", decider="registrar-not-on-register",
    ),
    _scenario(
        "the victim is to be told afterwards",
        "kind MET 25; weight UNCLEAR 25; decider MET 25; independent MET 25; pressure MET 25; told NOT MET 26",
        "C2", "34B", "recorded-evidence", told="not-yet",
    ),
    _scenario(
        "a duplicate put forward as additional verifiable information",
        f"kind NOT MET 25 26; weight NOT MET 25; {C2}",
        "C2", "34B", "duplicate",
    ),
    _scenario(
        "the wrong class put forward as additional verifiable information",
        f"kind NOT MET 25 13; weight NOT MET 25; {C2}",
        "C2", "5D", "wrong-class",
    ),
    _scenario(
        "a claim of self-defence on a section 20, put under another criterion",
        f"kind NOT MET 25 8; weight NOT MET 25; {C2}",
        "C2", "8N s20", "self-defence-claimed",
    ),
    # C2: classes with a rule of their own
    _scenario(
        "the driver came back and paid before the police heard of it",
        f"kind MET 25 83; weight MET 83; {C2}",
        "C2", "49A", "paid-before-police",
    ),
    _scenario(
        "the driver paid after an officer rang",
        f"kind UNCLEAR 83; weight UNCLEAR 25; {C2}",
        "C2", "49A", "paid-after-police",
    ),
    _scenario(
        "a payment put forward for a shop theft, which has no such rule",
        f"kind NOT MET 25; weight UNCLEAR 25; {C2}",
        "C2", "46", "paid-before-police",
    ),
    _scenario(
        "a negative Conclusive Grounds decision",
        f"kind UNCLEAR 26 48; weight UNCLEAR 25; {C2}",
        "C2", "106", "negative-conclusive-grounds",
    ),
    _scenario(
        "a negative Reasonable Grounds decision",
        f"kind NOT MET 48; weight NOT MET 25; {C2}",
        "C2", "106", "negative-reasonable-grounds",
    ),
    _scenario(
        "a child recorded as an offender was forced into sending the image",
        f"kind MET 66; weight UNCLEAR 25; {C2}",
        "C2", "86", "child-unduly-forced",
    ),
    _scenario(
        "FGM was not found, and a designated decision maker decides",
        "kind MET 44; weight UNCLEAR 25; decider REGISTRAR ONLY 44; independent MET 25; pressure MET 25; told MET 26",
        "C2", "FGM", "not-fgm",
    ),
    _scenario(
        "FGM was not found, and the registrar decides",
        "kind MET 44; weight UNCLEAR 25; decider MET 44; independent MET 25; pressure MET 25; told MET 26",
        "C2", "8N 008/52", "not-fgm", decider=REGISTRAR,
    ),
    _scenario(
        "possession whose points to prove fail",
        "kind UNCLEAR 8; weight UNCLEAR 25; decider MET 25; independent MET 25; pressure MET 25; told UNCLEAR 26",
        "C2", "92D", "state-offence-not-made-out", told="no-victim",
    ),
    # C2: rape and homicide
    _scenario(
        "a rape victim withdrew and a supervisor decides",
        f"{NO_AVI}; decider REGISTRAR ONLY 25; independent MET 25; pressure NOT MET 25; told NOT MET 26; {RAPE}",
        "C2", "rape", "victim-withdrew", decider="supervisor", pressure="not-considered", told="not-yet",
    ),
    _scenario(
        "a rape victim says it did not happen and the registrar on the register decides",
        f"kind UNCLEAR 25; weight UNCLEAR 25; {C2}; {RAPE}",
        "C2", "rape", "victim-says-it-did-not-happen", decider=REGISTRAR,
    ),
    _scenario(
        "a rape, CCTV and a designated decision maker",
        "kind MET 25; weight UNCLEAR 25; decider REGISTRAR ONLY 25; independent MET 25; pressure MET 25; told MET 26; "
        + RAPE,
        "C2", "rape", "recorded-evidence",
    ),
    _scenario(
        "a rape and a registrar who is not on the register",
        "kind MET 25; weight UNCLEAR 25; decider REGISTRAR ONLY 25; independent MET 25; pressure MET 25; told MET 26; "
        + RAPE,
        "C2", "rape", "recorded-evidence", decider="registrar-not-on-register",
    ),
    _scenario(
        "a rape in a force without a registrar on the register, the chief officer advised",
        f"kind MET 25; weight UNCLEAR 25; {C2}; {RAPE}",
        "C2", "rape", "recorded-evidence", decider="chief-officer-advised",
    ),
    _scenario(
        "a gold group wants to decide on a rape",
        "kind MET 25; weight UNCLEAR 25; decider REGISTRAR ONLY 25; independent MET 25; pressure MET 25; told MET 26; "
        + RAPE,
        "C2", "19C", "recorded-evidence", decider="senior-officer-or-panel",
    ),
    _scenario(
        "a rape on which the victim has not fully explained",
        f"{NO_AVI}; decider MET 25; independent MET 25; pressure MET 25; told MET 26; route UNCLEAR 63; "
        "account NOT MET 63",
        "C2", "rape", "no-full-account", decider=REGISTRAR,
    ),
    _scenario(
        "a rape given by its code, decided by a designated decision maker",
        "kind MET 25; weight UNCLEAR 25; decider REGISTRAR ONLY 25; independent MET 25; pressure MET 25; told MET 26; "
        + RAPE,
        "C2", "019/08", "other-evidence",
    ),
    _scenario(
        "a homicide that was a natural death, decided by the registrar on the register",
        f"kind MET 25; weight UNCLEAR 25; {C2}",
        "C2", "homicide", "other-evidence", decider=REGISTRAR,
    ),
    _scenario(
        "a homicide and the senior investigating officer",
        "kind MET 25; weight UNCLEAR 25; decider REGISTRAR ONLY 25; independent NOT MET 25; pressure MET 25; "
        "told MET 26",
        "C2", "homicide", "other-evidence", decider="investigating-officer",
    ),
    _scenario(
        "manslaughter given by its class, decided by a designated decision maker",
        "kind MET 25; weight UNCLEAR 25; decider REGISTRAR ONLY 25; independent MET 25; pressure MET 25; told MET 26",
        "C2", "4/1", "other-evidence",
    ),
    _scenario(
        "attempted murder, of which the rule does not say whether it is homicide",
        "kind MET 25; weight UNCLEAR 25; decider UNCLEAR 25; independent MET 25; pressure MET 25; told MET 26",
        "C2", "2", "other-evidence",
    ),
    # C3: duplicates
    _scenario("a duplicate", f"same MET 25 26; {C3}", "C3", "46", "duplicate"),
    _scenario("part of a crime recorded already", f"same MET 25 26; {C3}", "C3", "105A", "part-of-recorded-crime"),
    _scenario(
        "a duplicate of which the victim has not been told, which no rule asks for",
        f"same MET 25 26; {C3}",
        "C3", "46", "duplicate", told="not-yet",
    ),
    _scenario(
        "a duplicate and the investigating officer",
        "same MET 25 26; designated NOT MET 25; independent NOT MET 25; untold MET 26",
        "C3", "46", "duplicate", decider="investigating-officer", independent=False,
    ),
    _scenario(
        "a duplicate and a supervisor",
        "same MET 25 26; designated UNCLEAR 25; independent MET 25; untold MET 26",
        "C3", "46", "duplicate", decider="supervisor",
    ),
    _scenario(
        "a duplicate rape, which is not kept for the registrar",
        f"same MET 25 26; {C3}; account MET 63",
        "C3", "rape", "duplicate",
    ),
    _scenario(
        "another force's crime put forward as a duplicate",
        f"same NOT MET 25; {C3}",
        "C3", "46", "other-force-crime-reference",
    ),
    _scenario("a withdrawal put forward as a duplicate", f"same NOT MET 25 7; {C3}", "C3", "46", "victim-withdrew"),
    # C4: recorded in error
    _scenario("recorded by mistake", f"error MET 25 26; {C4}", "C4", "9A", "recorded-by-mistake"),
    _scenario("the wrong class", f"error NOT MET 26 13; {C4}", "C4", "5D", "wrong-class"),
    _scenario(
        "an error discovered late, by way of CCTV",
        f"error NOT MET 26 25; {C4}",
        "C4", "34B", "recorded-evidence",
    ),
    _scenario(
        "a mistake and a later account, which are two different things",
        f"error UNCLEAR 26 25; {C4}",
        "C4", "34B", "recorded-by-mistake", "victim-says-it-did-not-happen",
    ),
    _scenario(
        "a mistake put forward because the victim will not support",
        f"error NOT MET 26 7; {C4}",
        "C4", "105A", "victim-will-not-support",
    ),
    _scenario(
        "a mistake by which a victim under pressure would lose her crime",
        "error NOT MET 26 7; designated MET 25; independent MET 25; pressure NOT MET 25; untold MET 26",
        "C4", "8U", "victim-withdrew", pressure="clear-concern",
    ),
    _scenario(
        "a mistake, with a clear concern about the victim",
        "error MET 26; designated MET 25; independent MET 25; pressure UNCLEAR 25; untold MET 26",
        "C4", "8U", "recorded-by-mistake", pressure="clear-concern",
    ),
    _scenario(
        "a mistake and the officer who made it",
        "error MET 26; designated NOT MET 25; independent NOT MET 25; untold MET 26",
        "C4", "9A", "recorded-by-mistake", decider="investigating-officer", independent=False,
    ),
    _scenario(
        "a rape recorded in error, found before any investigation, before a designated decision maker",
        "error MET 26; designated UNCLEAR 25 63; independent MET 25; untold MET 26; route REGISTRAR ONLY 63; "
        "account MET 63",
        "C4", "rape", "recorded-by-mistake", begun="no",
    ),
    _scenario(
        "a rape recorded in error, found before any investigation, before the accredited registrar",
        f"error MET 26; {C4}; route MET 63; account MET 63",
        "C4", "rape", "recorded-by-mistake", begun="no", decider=REGISTRAR,
    ),
    _scenario(
        "a rape recorded in error, discovered late",
        f"error MET 26; {C4}; route NOT MET 63; account MET 63",
        "C4", "rape", "recorded-by-mistake", begun="yes", decider=REGISTRAR,
    ),
    _scenario(
        "possession whose points to prove fail, put forward as an error",
        f"error UNCLEAR 26 8; {C4}",
        "C4", "92D", "state-offence-not-made-out",
    ),
    # C5: self-defence
    _scenario(
        "self-defence on a section 47", f"class MET 26; evidence MET 26; {C5}", "C5", "8N s47", "self-defence-shown"
    ),
    _scenario(
        "self-defence on an assault on a constable without injury",
        f"class MET 26; evidence MET 26; {C5}",
        "C5", "104", "self-defence-shown",
    ),
    _scenario(
        "self-defence on a common assault", f"class MET 26; evidence MET 26; {C5}", "C5", "105A", "self-defence-shown"
    ),
    _scenario(
        "self-defence on a section 20", f"class NOT MET 26; evidence MET 26; {C5}", "C5", "8N s20", "self-defence-shown"
    ),
    _scenario(
        "self-defence on a section 20 given by its code",
        f"class NOT MET 26; evidence MET 26; {C5}",
        "C5", "8N 008/01", "self-defence-shown",
    ),
    _scenario(
        "self-defence on a strangulation",
        f"class NOT MET 26; evidence MET 26; {C5}",
        "C5", "8N 008/77", "self-defence-shown",
    ),
    _scenario(
        "self-defence on a section 18", f"class NOT MET 26; evidence MET 26; {C5}", "C5", "5D", "self-defence-shown"
    ),
    _scenario(
        "self-defence on an aggravated common assault",
        f"class NOT MET 26; evidence MET 26; {C5}",
        "C5", "105B", "self-defence-shown",
    ),
    _scenario(
        "self-defence on a section 47 against a constable",
        f"class NOT MET 26; evidence MET 26; {C5}",
        "C5", "8S s47", "self-defence-shown",
    ),
    _scenario(
        "self-defence on class 105, which the flowchart still prints",
        f"class UNCLEAR 26 47; evidence MET 26; {C5}",
        "C5", "105", "self-defence-shown",
    ),
    _scenario(
        "self-defence on a class 8N of which the offence is not said",
        f"class UNCLEAR 26; evidence MET 26; {C5}",
        "C5", "8N", "self-defence-shown",
    ),
    _scenario(
        "self-defence on a section 47 of which the class is not said",
        f"class UNCLEAR 26; evidence MET 26; {C5}",
        "C5", "s47", "self-defence-shown",
    ),
    _scenario(
        "self-defence on a homicide", f"class NOT MET 26; evidence MET 26; {C5}", "C5", "homicide", "self-defence-shown"
    ),
    _scenario(
        "a bare claim of self-defence",
        f"class MET 26; evidence NOT MET 26 8; {C5}",
        "C5", "105A", "self-defence-claimed",
    ),
    _scenario(
        "self-defence and the victim not told",
        "class MET 26; evidence MET 26; decider MET 25; independent MET 25; told NOT MET 26",
        "C5", "105A", "self-defence-shown", told="not-yet",
    ),
    _scenario(
        "self-defence and a supervisor",
        "class MET 26; evidence MET 26; decider NOT MET 25; independent MET 25; told MET 26",
        "C5", "105A", "self-defence-shown", decider="supervisor",
    ),
    _scenario(
        "self-defence against a victim under pressure",
        "class MET 26; evidence MET 26; decider MET 25; independent MET 25; pressure UNCLEAR 25; told MET 26",
        "C5", "105A", "self-defence-shown", pressure="clear-concern",
    ),
    # N100: a reported incident of rape is no recorded crime
    _scenario(
        "an N100 because the victim will not support",
        "n100 NOT MET 63; oversight UNCLEAR 63; account MET 63",
        "C2", "N100", "victim-will-not-support",
    ),
    _scenario(
        "an N100 made in error, before the registrar",
        "n100 UNCLEAR 63; oversight MET 63; account MET 63",
        "C4", "N100/01", "recorded-by-mistake", decider=REGISTRAR,
    ),
]  # fmt: skip
