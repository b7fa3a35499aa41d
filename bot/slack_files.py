"""Fetch a file that somebody uploaded in Slack, and give the bot's token to nobody but Slack's file host.

Slack's answer names the address; what it names is not believed. Whoever can make the bot fetch an address of theirs
with its token has the token.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
from pydantic import SecretStr

from knowledge.errors import DeskError

FILES_HOST = "files.slack.com"
MOST = 100 * 1024 * 1024
"""Bytes: the largest of the official documents is under ten megabytes."""
SECONDS = 60.0
"""For the whole file."""


class FileRefused(DeskError):
    """The file cannot be taken, in one sentence for the person who sent it."""


class SlackFiles:
    """Downloads files. `api_url` is Slack's Web API; a server of a test serves its files from the same address."""

    def __init__(
        self,
        token: SecretStr,
        api_url: str,
        *,
        most: int = MOST,
        seconds: float = SECONDS,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._token, self._most, self._seconds, self._now = token, most, seconds, now
        api = urlsplit(api_url)
        slack = api.hostname == "slack.com" or (api.hostname or "").endswith(".slack.com")
        self._origin = ("https", FILES_HOST, None) if slack else (api.scheme, api.hostname, api.port)

    def download(self, file: Mapping[str, Any]) -> bytes:
        """The bytes of a file as files.info or a submitted form describes it. Raises FileRefused."""
        name = str(file.get("name") or "the file")[:80]
        if file.get("is_external") or file.get("mode") not in (None, "hosted"):
            raise FileRefused(f"{name} is only linked to, not kept in Slack; upload the file itself.")
        address = self._checked(str(file.get("url_private_download") or file.get("url_private") or ""), name)
        declared = file.get("size")
        if isinstance(declared, int) and declared > self._most:
            raise FileRefused(f"{name} is larger than {self._most // 1024**2} MB.")
        try:
            body = self._read(address, name)
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            raise FileRefused(f"{name} could not be fetched from Slack ({type(fault).__name__}); try again.") from None
        if isinstance(declared, int) and declared != len(body):
            raise FileRefused(f"{name} did not arrive whole from Slack; upload it again.")
        return body

    def _checked(self, address: str, name: str) -> str:
        try:
            parts = urlsplit(address)
            origin = (parts.scheme, parts.hostname, parts.port)
        except ValueError:
            origin, parts = ("", "", None), urlsplit("")
        if origin != self._origin or parts.username is not None or parts.password is not None:
            raise FileRefused(f"{name} is not kept by Slack itself; upload the file here.")
        return address

    def _read(self, address: str, name: str) -> bytes:
        until = self._now() + self._seconds
        headers = {"Authorization": f"Bearer {self._token.get_secret_value()}"}
        got = bytearray()
        # No redirects, no proxies or credentials from the environment: the token goes to this one address or nowhere.
        with (
            httpx.Client(follow_redirects=False, trust_env=False, timeout=10.0) as client,
            client.stream("GET", address, headers=headers) as answer,
        ):
            if answer.status_code != 200:
                raise FileRefused(f"Slack does not hand out {name} (it answered {answer.status_code}).")
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                raise FileRefused(f"Slack showed a page in place of {name}; the app may lack the scope files:read.")
            for piece in answer.iter_bytes():
                got += piece
                if len(got) > self._most:
                    raise FileRefused(f"{name} is larger than {self._most // 1024**2} MB.")
                if self._now() > until:
                    raise FileRefused(f"{name} took longer than {self._seconds:.0f} seconds to arrive.")
        return bytes(got)
