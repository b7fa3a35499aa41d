"""Putting things into the workspace: people, channels, groups, files; and what the bot is allowed."""

from __future__ import annotations

from typing import Any

from .records import Records
from .state import Channel, File, User
from .web_api import WebApi
from .workspace import Workspace


class Furnishing:
    """Mixed into SlackServer. Everything has a default; a test says only what it is about."""

    workspace: Workspace
    records: Records
    web_api: WebApi

    def add_user(self, user_id: str, name: str = "", *, in_channels: tuple[str, ...] = (), **fields: Any) -> User:
        """A person, with a direct conversation. Fields are those of `User`: is_restricted, deleted, team_id ..."""
        with self.records.changed:
            user = User(user_id, name or user_id.lower(), **fields)
            self.workspace.users[user_id] = user
            if not user.is_bot:
                self.workspace.dm(user_id)
            for channel in in_channels:
                self.workspace.channels[channel].members.add(user_id)
        return user

    def add_channel(
        self, channel_id: str, name: str = "", *, members: tuple[str, ...] | None = None, **fields: Any
    ) -> Channel:
        """A channel. Everybody is in it, the bot too, unless `members` says otherwise."""
        with self.records.changed:
            everybody = set(self.workspace.users) if members is None else set(members)
            channel = Channel(channel_id, name or channel_id.lower(), members=everybody, **fields)
            self.workspace.channels[channel_id] = channel
        return channel

    def add_usergroup(self, group_id: str, users: tuple[str, ...], handle: str = "") -> None:
        """A user group, or a new membership for one."""
        with self.records.changed:
            name = handle or group_id.lower()
            self.workspace.usergroups[group_id] = {"handle": name, "name": name, "users": list(users)}

    def add_file(self, name: str, content: bytes, *, user: str = "", mimetype: str = "", **overrides: Any) -> File:
        """A file in the workspace. `overrides` replaces fields of files.info: url_private, mode, size ..."""
        with self.records.changed:
            file = File(self.workspace.new_id("F"), name, content, user=user, overrides=overrides)
            file.mimetype = mimetype or file.mimetype
            self.workspace.files[file.id] = file
        return file

    def dm(self, user: str) -> str:
        """The id of the bot's direct conversation with a person."""
        return self.workspace.dm(user).id

    def revoke(self, token: str, error: str = "token_revoked") -> None:
        """From now on the token meets this error."""
        self.web_api.tokens[token] = error

    def grant_only(self, *scopes: str) -> None:
        """The bot has these scopes; methods that need another answer missing_scope."""
        self.web_api.scopes = set(scopes)

    def enforce_rate_limits(self, on: bool = True) -> None:
        """Answer 429 as Slack would: about one post a second in a channel, and each method's tier."""
        self.web_api.enforce_rate_limits = on
