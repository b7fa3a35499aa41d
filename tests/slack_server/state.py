"""The workspace as Slack would hold it: people, channels, messages, views and files. Plain values and look-ups.

The defaults are one invented force: see `workspace.py`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class User:
    """A member, a guest, a bot, or somebody from another workspace."""

    id: str
    name: str
    real_name: str = ""
    team_id: str = "T0FORCE"
    is_bot: bool = False
    is_restricted: bool = False  # multi-channel guest
    is_ultra_restricted: bool = False  # single-channel guest
    is_stranger: bool = False  # seen only through a shared channel
    is_admin: bool = False
    deleted: bool = False
    tz: str = "Europe/London"
    enterprise_id: str | None = None

    def json(self) -> Json:
        """As users.info gives it."""
        shown = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.deleted,
            "real_name": self.real_name or self.name,
            "tz": self.tz,
            "profile": {"real_name": self.real_name or self.name, "display_name": self.name},
            "is_admin": self.is_admin,
            "is_bot": self.is_bot,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "is_app_user": False,
            "updated": 1,
        }
        if self.is_stranger:
            shown["is_stranger"] = True
        if self.enterprise_id:
            shown["enterprise_user"] = {"id": self.id, "enterprise_id": self.enterprise_id}
        return shown


@dataclass
class Channel:
    """A conversation. `kind` is public, private, im or mpim."""

    id: str
    name: str = ""
    kind: str = "public"
    members: set[str] = field(default_factory=set)
    is_archived: bool = False
    is_ext_shared: bool = False
    with_user: str = ""  # the person on the other side of an im

    @property
    def channel_type(self) -> str:
        """As message events name it."""
        return {"public": "channel", "private": "group"}.get(self.kind, self.kind)

    def json(self, bot_user: str) -> Json:
        """As conversations.info gives it."""
        shown: Json = {
            "id": self.id,
            "is_channel": self.kind == "public",
            "is_group": self.kind == "private",
            "is_im": self.kind == "im",
            "is_mpim": self.kind == "mpim",
            "is_private": self.kind != "public",
            "is_archived": self.is_archived,
            "is_ext_shared": self.is_ext_shared,
            "is_shared": self.is_ext_shared,
            "is_org_shared": False,
            "num_members": len(self.members),
        }
        if self.kind == "im":
            return shown | {"user": self.with_user}
        return shown | {"name": self.name, "is_member": bot_user in self.members}


@dataclass
class Message:
    """A message that somebody can see. `earlier` keeps what it said before each edit, oldest first."""

    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    bot_id: str | None = None
    files: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    only_for: str | None = None  # the one person who sees an ephemeral message
    edited: bool = False
    deleted: bool = False
    streaming: bool = False  # started and not yet stopped
    stream: list[Json] = field(default_factory=list)  # the chunks, in order
    reactions: dict[str, list[str]] = field(default_factory=dict)
    earlier: list[tuple[str, list[Json]]] = field(default_factory=list)
    arguments: Json = field(default_factory=dict)  # what the bot passed when it was first posted
    posted_at: float = field(default_factory=time.monotonic)

    def replace(self, text: str, blocks: list[Json]) -> None:
        """Say something else, remembering what was said."""
        self.earlier.append((self.text, self.blocks))
        self.text, self.blocks = text, blocks

    def json(self, app_id: str, team: str) -> Json:
        """As events and answers carry it."""
        shown: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts, "team": team}
        if self.bot_id:
            shown |= {"bot_id": self.bot_id, "app_id": app_id}
        if self.blocks:
            shown["blocks"] = self.blocks
        for key in ("attachments", "files", "thread_ts", "metadata"):
            if getattr(self, key):
                shown[key] = getattr(self, key)
        if self.edited:
            shown["edited"] = {"user": self.user, "ts": self.ts}
        if self.reactions:
            shown["reactions"] = [
                {"name": name, "users": users, "count": len(users)} for name, users in self.reactions.items()
            ]
        return shown


@dataclass
class View:
    """A modal or a Home tab, for one person."""

    id: str
    user: str
    source: Json  # as the bot gave it, with missing ids filled in
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    is_open: bool = True
    errors: Json = field(default_factory=dict)  # the last response_action errors, by block_id
    state: Json = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.source["blocks"]
        return blocks

    @property
    def callback_id(self) -> str:
        return str(self.source.get("callback_id", ""))

    @property
    def title(self) -> str:
        return str((self.source.get("title") or {}).get("text", ""))

    @property
    def private_metadata(self) -> str:
        return str(self.source.get("private_metadata", ""))


@dataclass
class File:
    """A file. `overrides` replaces any field that files.info would give: a remote mode, another host, a false size."""

    id: str
    name: str
    content: bytes | None = None
    title: str = ""
    mimetype: str = "application/octet-stream"
    user: str = ""
    channels: list[str] = field(default_factory=list)
    overrides: Json = field(default_factory=dict)

    def json(self, base_url: str) -> Json:
        """As files.info gives it."""
        private = f"{base_url}/files/{self.id}/{self.name}"
        return {
            "id": self.id,
            "created": 1,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype,
            "filetype": self.name.rpartition(".")[2],
            "user": self.user,
            "mode": "hosted",
            "is_external": False,
            "size": len(self.content or b""),
            "url_private": private,
            "url_private_download": private,
            "channels": self.channels,
            **self.overrides,
        }
