"""Make other people's text inert: no control sequence, no hidden character, no link that the desk did not choose.

Quotations, titles and questions go into `plain_text` and `rich_text`, where Slack parses nothing. Only a message's
top-level text is parsed, and for that `escape` is applied exactly once, at the last moment.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from knowledge.clean import clean

HOSTS = frozenset(
    {
        "www.gov.uk",
        "assets.publishing.service.gov.uk",
        "hmicfrs.justiceinspectorates.gov.uk",
        "www.justiceinspectorates.gov.uk",
        "www.legislation.gov.uk",
        "www.college.police.uk",
    }
)
"""Where a link may lead. Everything else is shown without one."""

_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]{1,15}://\S+|\bwww\.\S+", re.IGNORECASE)


def inert(text: str) -> str:
    """One line of visible characters: nothing invisible, nothing that turns the direction of reading."""
    return clean(text)


def escape(text: str) -> str:
    """For a field that Slack parses: `&`, `<` and `>` once, and addresses taken out, since Slack links them itself."""
    text = _ADDRESS.sub("[link]", inert(text))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def markdown(text: str) -> str:
    """For a field that Slack reads as Markdown: every sign that could mean something there taken at its face."""
    shown = " ".join(_ADDRESS.sub("[link]", inert(text)).split())
    shown = re.sub(r"([\\`*_{}\[\]()<>#+\-!|~&@])", r"\\\1", shown)
    return re.sub(r"^(\d+)\.", r"\1\\.", shown)  # a line that begins so would be a list


def allowed_link(url: str) -> str | None:
    """The address when it leads by https to a host on the list, else None."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme != "https" or parts.username or parts.password or port not in (None, 443):
        return None
    if parts.hostname not in HOSTS or not url.isascii() or re.search(r"[\s<>|\"\\]", url) or len(url) > 1000:
        return None
    return url
