"""Ask the publishers' servers for a page or a file: hosts of a list, https, redirects checked one by one, bounded.

No cookie, no credential and no proxy of the environment is ever used; what is sent is the address, who asks, and what
is held of it already.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, stop_before_delay
from tenacity.wait import wait_exponential_jitter

from ingest.fetch.addresses import OFFICIAL_HOSTS, checked_address
from ingest.fetch.answers import Fetched, Progress, Validators, taken
from ingest.fetch.faults import FetchFault, Passing
from ingest.fetch.transport import LookUp, Transport, look_up

MOST_PAGE_BYTES = 10 * 1024**2
SECONDS = 300.0
"""For one page or file with all its tries: 100 MB at a third of a megabyte a second."""
TRIES = 4
_HOPS = 5
_MOVED, _MOVED_FOR_GOOD = frozenset({301, 302, 303, 307, 308}), frozenset({301, 308})
_HEADERS = {"User-Agent": "recording-desk (fetches official crime recording documents)", "Accept-Encoding": "identity"}
_BACK_OFF = wait_exponential_jitter(initial=1, max=20)


class Network:
    """The publishers' servers, and `hosts` besides. Use it in a `with`, or close it.

    `resolve` says on which loopback address and port each host is, and `scheme` may be http only with it: a test's
    stand-in for those sites. No setting and no option leads there. `look_up` and `sleep` are for tests as well.
    """

    def __init__(
        self,
        hosts: Iterable[str] = (),
        *,
        resolve: Mapping[str, tuple[str, int]] | None = None,
        scheme: str = "https",
        seconds: float = SECONDS,
        look_up: LookUp = look_up,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        loopback = resolve is not None and all(ipaddress.ip_address(ip).is_loopback for ip, _ in resolve.values())
        if (scheme != "https" or resolve is not None) and not loopback:
            raise ValueError("only a test's own servers on loopback may be named, or asked without https")
        self.hosts = OFFICIAL_HOSTS | set(hosts)
        self._scheme, self._seconds, self._sleep = scheme, seconds, sleep
        self.transport = Transport(resolve, look_up)
        self._client = httpx.Client(
            transport=self.transport,
            trust_env=False,
            headers=_HEADERS,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        )

    def __enter__(self) -> Network:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def get(
        self,
        address: str,
        *,
        what: str,
        into: Path | None = None,
        most: int = MOST_PAGE_BYTES,
        held: Mapping[str, Validators] | None = None,
        progress: Progress = lambda done, total: None,
    ) -> Fetched:
        """The page at an address, or its file written to `into`, of at most `most` bytes.

        `what` names it in the reasons ("its page"); `held` are the validators of what is held, by address. Raises
        FetchFault, and leaves nothing in `into` then.
        """
        self.transport.deadline = time.monotonic() + self._seconds
        tries = Retrying(
            retry=retry_if_exception_type(Passing),
            stop=stop_after_attempt(TRIES) | stop_before_delay(self._seconds),
            wait=_wait,
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return tries(self._follow, address, what, into, most, held or {}, progress)
        except (httpx.HTTPError, httpx.InvalidURL):  # its client looks at where a redirect leads before we do
            raise FetchFault(f"{what} redirects to an address that cannot be read") from None
        except BaseException:
            if into is not None:
                into.unlink(missing_ok=True)
            raise

    def _follow(
        self,
        address: str,
        what: str,
        into: Path | None,
        most: int,
        held: Mapping[str, Validators],
        progress: Progress,
    ) -> Fetched:
        url = checked_address(address, self.hosts)
        for_good, moved_to = True, ""
        for _ in range(_HOPS + 1):
            asked = held.get(str(url), Validators()).headers()
            with self._client.stream("GET", url.copy_with(scheme=self._scheme), headers=asked) as response:
                if response.status_code not in _MOVED:
                    fetched = taken(
                        response,
                        str(url),
                        into=into,
                        most=most,
                        conditional=bool(asked),
                        what=what,
                        progress=progress,
                    )
                    return replace(fetched, moved_to=moved_to)
                for_good = for_good and response.status_code in _MOVED_FOR_GOOD
                url = self._onward(url, response.headers.get("Location", ""), what)
            moved_to = str(url) if for_good else moved_to
        raise FetchFault(f"{what} redirects more than {_HOPS} times")

    def _onward(self, url: httpx.URL, location: str, what: str) -> httpx.URL:
        if not location:
            raise FetchFault(f"{what} redirects to nowhere")
        try:
            return checked_address(str(url.join(location)), self.hosts)
        except (httpx.InvalidURL, ValueError):
            raise FetchFault(f"{what} redirects to an address that cannot be read") from None
        except FetchFault as fault:
            raise FetchFault(f"{what} redirects, and that was not followed: {fault.reason}") from None


def _wait(state: RetryCallState) -> float:
    """As long as the server asks, else longer each time."""
    fault = state.outcome.exception() if state.outcome else None
    asked = fault.after if isinstance(fault, Passing) else None
    return _BACK_OFF(state) if asked is None else asked
