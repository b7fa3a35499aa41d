"""Which addresses may be fetched from: https, on hosts of a list, with nothing in them that could lead elsewhere.

Checked for every address that is about to be asked, those that a page or a redirect named above all.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection

import httpx

from ingest.fetch.faults import FetchFault
from knowledge.errors import WrongUse

OFFICIAL_HOSTS = frozenset(
    {
        "www.gov.uk",
        "assets.publishing.service.gov.uk",
        "hmicfrs.justiceinspectorates.gov.uk",
        "assets-hmicfrs.justiceinspectorates.gov.uk",
        "www.justiceinspectorates.gov.uk",
        "www.legislation.gov.uk",
        "www.parliament.uk",
        "publications.parliament.uk",
        "committees.parliament.uk",
        "www.ons.gov.uk",
        "www.nationalarchives.gov.uk",
        "webarchive.nationalarchives.gov.uk",
        "www.college.police.uk",
        "assets.college.police.uk",
    }
)
"""Publishers of official documents and the hosts their files are on. Each is named whole: a wildcard would let in
whoever is next given a name below it."""

_NAME = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
_LOCAL = (".local", ".localhost", ".internal", ".intranet", ".lan", ".home.arpa", ".test", ".invalid", ".example")
_LONGEST = 2000
_SIGNED = re.compile(r"[^/?#]*//[^/?#]*@")
_ODD = re.compile(r"[^\x21-\x7e]|\\")


def force_host(name: str) -> str:
    """The host of a force's own documents, as an administrator names it. Raises WrongUse where it is none."""
    host = name.strip().lower()
    if not _NAME.fullmatch(host) or host.endswith(_LOCAL):
        raise WrongUse(f"{name!r} is not the name of a public host; give one like www.westmarch.police.uk.")
    return host


def checked_address(address: str, hosts: Collection[str]) -> httpx.URL:
    """The address, without its fragment. Raises FetchFault with the reason where it may not be fetched from."""
    if len(address) > _LONGEST or _ODD.search(address):
        raise FetchFault("its address holds characters that an address may not")
    try:
        url = httpx.URL(address).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError):
        raise FetchFault("its address cannot be read") from None
    if url.scheme != "https":
        raise FetchFault(f"its address begins with {url.scheme[:20] or 'nothing'}:, and only https is fetched")
    if _SIGNED.match(address):
        raise FetchFault("its address carries a name or a password")
    if url.port not in (None, 443):
        raise FetchFault(f"its address names port {url.port}")
    if _is_number(url.host):
        raise FetchFault("its address is a number, not the name of a host")
    if url.host not in hosts:
        raise FetchFault(f"it is on {url.host[:100] or 'no host'}, which is not on the list of hosts to fetch from")
    return url


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where it wraps another one."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner: list[ipaddress.IPv4Address | None] = []
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, ip.teredo[1] if ip.teredo else None]
    return all(one.is_global and not one.is_multicast for one in (ip, *filter(None, inner)))


def _is_number(host: str) -> bool:
    """1.2.3.4, [::1], and the ways of writing them that some resolvers take: 2130706433, 0x7f.1, 0177.0.0.1."""
    return ":" in host or re.fullmatch(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\.?", host) is not None
