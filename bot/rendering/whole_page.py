"""An HTML page that is complete in itself: no address is followed from it, and its policy forbids the browser to."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, select_autoescape

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def whole_page(template: Path, *, pictures: bool = True, **told: Any) -> str:
    """The template with what it is told, escaped. Its `policy` admits its own style and script, and embedded pictures
    unless there are none.
    """
    source, admitted = _template(template)
    images = "img-src data:; " if pictures else ""
    environment = Environment(autoescape=select_autoescape(default=True), undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = True
    return environment.from_string(source).render(
        policy=f"default-src 'none'; {images}{admitted}base-uri 'none'; form-action 'none'", **told
    )


def plain(text: str) -> str:
    """The text without its control and bidirectional characters."""
    return _UNSEEN.sub("", text)


def label(text: str) -> str:
    """A line to know a text by: its first words."""
    line = " ".join(plain(text).split())
    return line if len(line) <= 70 else line[:68].rsplit(" ", 1)[0] + "\u2026"


@cache
def _template(path: Path) -> tuple[str, str]:
    """The template, and what its policy says of its style and its script as they stand between their tags."""
    source = path.read_text(encoding="utf-8")
    inline = ((tag, re.search(rf"<{tag}>(.*?)</{tag}>", source, re.DOTALL)) for tag in ("style", "script"))
    return source, "".join(f"{tag}-src {_hash(found[1])}; " for tag, found in inline if found)


def _hash(inline: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}'"
