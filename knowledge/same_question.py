"""Whether two questions ask the same thing in other words: near by their vectors, and alike in what the rules turn on.

Vectors alone cannot tell. "When the victim emails" and "when the suspect emails", "attached" and "not attached", "9
year olds" and "15 year olds" lie nearer to each other than most questions to themselves in other words. So the words
are laid side by side as well: those on which the rules turn (`same_question.toml`), numbers and what they count,
denials, what is asked for (who, when, how many), and then every other word, which must stand in the other question,
itself or as a synonym of the table: the vectors of words do not tell, since "buyer" and "seller" lie nearer than
"error" and "mistake". On any doubt they are not the same.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.codes import codes_in
from knowledge.encode import Encoded
from knowledge.shorthand import write_out

NEAR = 0.86
"""The least cosine of two questions that are the same."""
_SAID = "synonyms"
_TABLE = Path(__file__).with_name("same_question.toml")
_WORD = re.compile(r"[a-z0-9]+(?:/[a-z0-9]+)*")
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
    )
}
_DENIALS = re.compile(
    r"\b(?:not|no|never|none|nobody|without|cannot|neither|nor|refus\w+|declin\w+|den(?:y|ies|ied)|unless|except)\b|n't\b"
)
_OWNER = re.compile(r"\b([a-z]+)'s\b")
_REFUSES = re.compile(
    r"\b(?:wo|ca|do|does|did|is|are|was|has|have|will|would|can|could|should)n['\u2019]?t\b|\bcannot\b"
)
_YEARS = re.compile(r"(?<=\d)\s*(?:yrs?|yo|years?)\b|\byrs?\b")
_ASKS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "who",
            r"\bwho(?:se)? (?:can|may|must|should|decides?|signs?|authoris\w+|cancels?|records?|has to|needs? to)\b",
        ),
        ("when", r"\bwhen (?:must|do|does|should|can|is it|to)\b|\bhow (?:long|soon|quick\w*)\b|\bdeadline\b"),
        ("how many", r"\bhow many\b"),
        ("where", r"\bwhere (?:do|does|is|should|must|can)\b|\b(?:which|what) force\b"),
        ("why", r"\bwhy\b"),
    )
)
_FILL = frozenset(
    "a an the is are was were be been being am it its this that these those there their them they he she him her his "
    "we us our i me my you your of in on at to for from with by as and or if when where which who whom whose what how "
    "do does did done has have had having can could may might must shall should will would need needs just please "
    "any some also then than so but get got gets say says said saying into onto over out up down about anyone anybody "
    "someone somebody person people able off regarding about same still whether count counts counted class classed "
    "treat treated allowed during behalf use used using "
    # All questions here are about recording crimes.
    "crime crimes crimed record records recorded recording report reports reported reporting cancel".split()
)
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "s", "e", "y")


@dataclass(frozen=True, slots=True)
class _Turns:
    """What the rules may turn on, as one question has it."""

    named: frozenset[str]
    people: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    codes: frozenset[str]
    denials: int
    asks: frozenset[str]


def is_same_question(asked: Encoded, ruled: Encoded) -> float:
    """How near the question asked is to a ruling's, 0.0 where they are not the same question."""
    near = float((asked.vectors @ ruled.vectors.T).max())
    if near < NEAR:
        return 0.0
    mine, theirs = _plain(asked.text), _plain(ruled.text)
    if _turns(mine) != _turns(theirs):
        return 0.0
    return near if _words(mine) == _words(theirs) and _owners_agree(mine, theirs) else 0.0


def _plain(text: str) -> str:
    """Lower case, hyphens closed, shorthand written out. "Off" is left out: mostly no offender, but part of a verb."""
    lowered = re.sub(r"\boff\b", " ", text.lower().replace("\u2019", "'"))
    lowered = _REFUSES.sub(" not ", _YEARS.sub(" year ", lowered))
    return re.sub(r"(?<=[a-z])-(?=[a-z])", "", write_out(lowered).lower())


def _turns(text: str) -> _Turns:
    found = {name: match.start() for name, pattern in _forms() if (match := pattern.search(text))}
    people = tuple(sorted((name for name, _ in _table()["people"] if name in found), key=lambda name: found[name]))
    spoken = re.sub(r"\b(?:cancel )?no[ -]crime(?:d|s)?\b", "cancel", text)
    spoken = re.sub(r"\bor not\b", " ", spoken)
    return _Turns(
        frozenset(found),
        people,  # in the order they come: who did it to whom
        _numbers(text),
        frozenset(codes_in(text)),
        sum(1 for _ in _DENIALS.finditer(spoken)),
        frozenset(name for name, pattern in _ASKS if pattern.search(text)),
    )


def _owners_agree(one: str, other: str) -> bool:
    """ "The landlord's door" is not "the lodger's door", though both are of a lodger, a landlord and a door."""
    mine, theirs = ({_stem(owner) for owner in _OWNER.findall(text)} for text in (one, other))
    return not mine or not theirs or mine == theirs


def _numbers(text: str) -> tuple[tuple[str, str], ...]:
    """Each number over one with the word it counts, so that who does what to how many cannot change places."""
    words = [_NUMBERS.get(word, word) for word in _WORD.findall(text)]
    found = []
    for place, word in enumerate(words):
        if word[0].isdigit() and word != "1":
            counted = next((other for other in words[place + 1 :] if not other[0].isdigit()), "")
            found.append((word, "" if counted in _FILL else _stem(counted)))
    return tuple(sorted(Counter(found).elements()))


def _words(text: str) -> frozenset[str]:
    """The words that say something, by their stems; numbers are compared apart."""
    for plain, pattern in _synonyms():
        text = pattern.sub(f" {plain} ", text)
    found = (word for word in _WORD.findall(text.replace("'s", "")) if word not in _FILL and word not in _NUMBERS)
    return frozenset(_stem(word) for word in found if not word[0].isdigit() and len(word) > 1)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, _any_of(forms)) for part, group in _table().items() if part != _SAID for name, forms in group)


@cache
def _synonyms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, _any_of(forms)) for name, forms in _table()[_SAID])


@cache
def _table() -> dict[str, list[tuple[str, list[str]]]]:
    groups = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return {part: list(group.items()) for part, group in groups.items()}


def _any_of(forms: list[str]) -> re.Pattern[str]:
    written = (re.escape(form).replace(r"\*", r"[a-z]*") for form in forms)
    return re.compile(rf"\b(?:{'|'.join(written)})\b")
