"""The headings statements are read under, by the group of the document they rest on."""

from __future__ import annotations

HEADINGS = {
    "rules": "What the rules require",
    "ruling": "What the registrar\u2019s office ruled",
    "list": "What the offence list says",
    "policy": "What force policy adds",
    "inspection": "What inspectors found",
    "background": "Background, not a rule",
}
"""By `knowledge.compose.group_of`, in the order they are read."""
