"""A question as it is searched for: without the placeholders of personal data, and without the words that led to them.

"vic is [name], [telephone number]" says nothing of what is to be recorded; left in, "vic is" would still pull at what
is found. A question must find the same with and without somebody's name in it.
"""

from __future__ import annotations

import re

_PLACEHOLDER = r"\[(?:[A-Za-z-]+ )*(?:name|number|address|birth|details|mark|postcode|token)\]"
_TITLE = r"(?:mr|mrs|miss|ms|mx|dr|prof|master)\.?"
_LABEL = (
    r"(?:d\.?o\.?b\.?|date of birth|born(?: on)?|tel|telephone|phone|mob|mobile|"
    r"(?:ring|call|text|contact|reach|phone)(?:able)?(?:\s+(?:me|him|her|them|us))?(?:\s+back)?(?:\s+(?:on|at))?|"
    r"e-?mail|address|lives at|no\.?(?=\s*(?:is|:|=|#)?\s*\[)|number|num|"
    r"(?:crime|incident|case)(?=\s+(?:ref|no|num|log))|log|cad|occurrence|ref|reference|urn|"
    r"nhs|ni|nino|reg|vrm|index|plate|postcode|collar|shoulder|warrant|sort code|account|acc|card|"
    r"his|her|their|my|the|name|aka|token|password|key)"
)
_BOND = r"(?:is|was|are|=|:|#)"
_PERSON = (
    r"(?:vic|victim|vics|ip|injured party|aggrieved|sus|suspect|offender|off|perp|defendant|wit|witness|caller|"
    r"informant|inf|rp|reporting person|complainant|comp|mother|mum|father|dad|partner|ex|husband|wife|son|daughter|"
    r"child|name|this|it|that|he|she|they|oic)"
)
_OF_THEIRS = r"(?:name|mother|mum|father|dad|partner|ex|husband|wife|son|daughter|child)\b"
_LED = rf"(?:(?:{_LABEL})\s*(?:{_BOND}\s*)?){{0,4}}(?:{_TITLE}\s+)?{_PLACEHOLDER}"
_RUN = re.compile(rf"(?<!\w){_LED}(?:[\s,;:/&()-]+(?:(?:and|or|also|of|at|on|from)\s+)?{_LED})*", re.IGNORECASE)
_GONE = "\x00"
_WHOSE = rf"(?:(?:the|my|our)\s+|(?:his|her|their)\s+(?={_OF_THEIRS}))?{_PERSON}(?:'s)?(?:\s+(?:name|number|details))?"
_WHO = re.compile(
    rf"(?:^|(?<=[\s,.;(])){_WHOSE}\s*(?:is|was|are|=|:|called|named|being)\s*(?:called|named)?\s*{_GONE}"
    rf"(?=\s*(?:$|[.,;:!?)\n]))|(?:^|(?<=[.!?]))\s*{_WHOSE}\s*{_GONE}(?=\s*(?:$|[.!?]))",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"[(\[]\s*[,;:.]*\s*[)\]]")


def searched_words(text: str) -> str:
    """The words to search for. Text without placeholders comes back as it is, white space folded."""
    if not re.search(_PLACEHOLDER, text, re.IGNORECASE):
        return " ".join(text.split())
    text = _RUN.sub(_GONE, text)
    # "vic is [name]," tells who, and goes whole; of "vic [name] wont support" the victim stays.
    text = _WHO.sub(" ", text)
    text = _EMPTY.sub(" ", text.replace(_GONE, " "))
    text = re.sub(r"\s+([,.;:!?)])", r"\1", " ".join(text.split()))
    text = re.sub(r"([,;:])(?:\s*[,;:.])+", r"\1", text)
    return re.sub(r"^[\s,.;:)-]+|[\s,;:(-]+$", "", text)
