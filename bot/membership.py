"""Who somebody is in the workspace, as Slack tells: a member, a guest, from elsewhere, of which groups."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Any

import structlog
from slack_sdk import WebClient

from bot.slack_calls import Calls, Refused, Unavailable

KEPT = 600.0
"""Seconds for which what Slack said of a person holds. For what an administrator does it is asked anew."""

log = structlog.get_logger()


class Standing(StrEnum):
    """What somebody is to the workspace."""

    MEMBER = "member"
    GUEST = "guest"
    ELSEWHERE = "elsewhere"
    DEACTIVATED = "deactivated"
    BOT = "bot"
    UNKNOWN = "unknown"


class Membership:
    """Asks Slack, and remembers for a while."""

    def __init__(self, client: WebClient, *, now: Callable[[], float] = time.monotonic) -> None:
        self._client, self._calls, self._now = client, Calls(), now
        self._lock = threading.Lock()
        self._known: dict[str, tuple[float, Any]] = {}

    def standing(self, team: str, user: str) -> Standing:
        """What the person is; `unknown` when Slack does not say just now or the app may not ask."""
        found = self._remembered(f"user {user}", lambda: self._user(user))
        if found is None:
            return Standing.UNKNOWN
        if found.get("deleted"):
            return Standing.DEACTIVATED
        if found.get("is_bot") or user == "USLACKBOT":
            return Standing.BOT
        home = {found.get("team_id"), (found.get("enterprise_user") or {}).get("enterprise_id")} - {None, ""}
        if found.get("is_stranger") or (team and home and team not in home):
            return Standing.ELSEWHERE
        if found.get("is_restricted") or found.get("is_ultra_restricted"):
            return Standing.GUEST
        return Standing.MEMBER

    def is_in(self, user: str, groups: Collection[str], *, fresh: bool = False) -> bool | None:
        """Whether the person is in one of these user groups; None when Slack does not say.

        `fresh` asks Slack now, whatever was said before.
        """
        doubt = False
        for group in groups:
            members = self._remembered(f"group {group}", lambda group=group: self._members(group), fresh=fresh)  # type: ignore[misc]
            if members is None:
                doubt = True
            elif user in members:
                return True
        return None if doubt else False

    def _user(self, user: str) -> Any:
        return self._client.users_info(user=user)["user"]

    def _members(self, group: str) -> Any:
        return frozenset(self._client.usergroups_users_list(usergroup=group)["users"])

    def _remembered(self, key: str, ask: Callable[[], Any], *, fresh: bool = False) -> Any:
        with self._lock:
            when, known = self._known.get(key, (0.0, None))
        if known is not None and not fresh and self._now() - when < KEPT:
            return known
        try:
            found = self._calls.once(ask)
        except (Refused, Unavailable) as fault:
            code = getattr(fault, "code", None)
            log.warning("membership_unknown", fault=type(fault).__name__, code=code)
            if isinstance(fault, Refused) and fault.is_lacking:
                found = {} if key.startswith("user") else None  # not asked again: the app may not know
            else:
                return None
        with self._lock:
            self._known[key] = (self._now(), found)
        return found
