"""The way out: connects only to public addresses, whatever a name resolves to, and never past a deadline.

A name is looked up once and the connection made to the very address that was vetted, so a name server that answers
differently the second time gains nothing. httpx has no place for either, so this stands where its own transport would,
between its client and the connections of httpcore, which it is built on.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import httpcore
import httpx

from ingest.fetch.addresses import is_public
from ingest.fetch.faults import FetchFault, Passing

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
"""Between two pieces of an answer; GOV.UK's content API answers in well under a second."""

LookUp = Callable[[str, int], Sequence[str]]


def look_up(host: str, port: int) -> list[str]:
    """The IP addresses of a host. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class Transport(httpx.BaseTransport):
    """An httpx transport with a deadline. `resolve` names where hosts are, on loopback: tests alone give it."""

    def __init__(self, resolve: Mapping[str, tuple[str, int]] | None, find: LookUp) -> None:
        self.deadline = float("inf")
        self.context: ssl.SSLContext = httpx.create_ssl_context(trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=self.context,
            max_connections=1,
            max_keepalive_connections=0,
            network_backend=_Backend(self, resolve, find),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask, once. Raises FetchFault, or Passing where asking again may help."""
        asked = httpcore.Request(
            request.method,
            httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            extensions={"timeout": {"connect": CONNECT_SECONDS, "read": READ_SECONDS, "write": READ_SECONDS}},
        )
        try:
            answer = self._pool.handle_request(asked)
        except _FAULTS as fault:
            raise _told(fault) from fault
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        self._pool.close()

    def left(self, at_most: float | None) -> float:
        """Seconds that a step may take. Raises httpcore.ReadTimeout past the deadline."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("past the deadline")
        return min(left, at_most if at_most is not None else READ_SECONDS)


_FAULTS = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol)


def _told(fault: Exception) -> FetchFault:
    cause: BaseException | None = fault
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return FetchFault("the server has no valid certificate for that name")
        cause = cause.__cause__ or cause.__context__
    match fault:
        case httpcore.TimeoutException():
            return Passing("it did not come in time")
        case httpcore.RemoteProtocolError():
            return Passing("the connection ended before all of it had come")
        case httpcore.ProtocolError() | httpcore.UnsupportedProtocol():
            return FetchFault("the server did not answer as a web server does")
        case _:
            return Passing("the server cannot be reached")


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._stream
        except _FAULTS as fault:
            raise _told(fault) from fault

    def close(self) -> None:
        self._stream.close()


class _Backend(httpcore.NetworkBackend):
    def __init__(self, owner: Transport, resolve: Mapping[str, tuple[str, int]] | None, find: LookUp) -> None:
        self._owner, self._resolve, self._find = owner, resolve, find
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        places = self._places(host, port)
        for number, (address, at) in enumerate(places, start=1):
            try:
                return _Stream(self._owner, self._plain.connect_tcp(address, at, self._owner.left(timeout)))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(places):
                    raise
        raise Passing(f"{host} has no address")

    def _places(self, host: str, port: int) -> list[tuple[str, int]]:
        if self._resolve is not None:
            return [self._resolve[host]] if host in self._resolve else []
        try:
            found = self._find(host, port)
        except OSError:
            raise Passing(f"no address could be found for {host}") from None
        if not all(map(is_public, found)):
            raise FetchFault(f"{host} leads to an address inside a private network")
        return [(address, port) for address in found]


class _Stream(httpcore.NetworkStream):
    """A connection whose every step ends at the deadline: a server that sends a byte now and then cannot outlast it."""

    def __init__(self, owner: Transport, stream: httpcore.NetworkStream) -> None:
        self._owner, self._stream = owner, stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._owner.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._owner.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(
            self._owner, self._stream.start_tls(ssl_context, server_hostname, self._owner.left(CONNECT_SECONDS))
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
