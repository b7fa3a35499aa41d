"""Which addresses may be fetched from (fault row 19)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fetch.addresses import OFFICIAL_HOSTS, checked_address, force_host
from ingest.fetch.faults import FetchFault
from knowledge.errors import WrongUse


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("https://www.gov.uk/a/b?c=d#part", "https://www.gov.uk/a/b?c=d"),
        ("https://WWW.GOV.UK/a", "https://www.gov.uk/a"),
        ("https://www.gov.uk:443/a", "https://www.gov.uk/a"),
        ("https://assets.publishing.service.gov.uk/media/1/a%20b.pdf", None),
    ],
)
def test_an_address_on_the_list_may_be_asked(address: str, asked: str | None) -> None:
    assert (asked or address) == str(checked_address(address, OFFICIAL_HOSTS))


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://www.gov.uk/a", "only https is fetched"),
        ("ftp://www.gov.uk/a", "only https is fetched"),
        ("file:///etc/passwd", "only https is fetched"),
        ("//www.gov.uk/a", "only https is fetched"),
        ("https://gov.uk/a", "is not on the list of hosts"),
        ("https://www.gov.uk.evil.example/a", "is not on the list of hosts"),
        ("https://evilwww.gov.uk/a", "is not on the list of hosts"),
        ("https://www.gov.uk./a", "is not on the list of hosts"),
        ("https://www.gov.uk%2eevil.example/a", "is not on the list of hosts"),
        ("https://www.gov.uk;evil.example/a", "is not on the list of hosts"),
        ("https://localhost/a", "is not on the list of hosts"),
        ("https:www.gov.uk/a", "is on no host"),
        ("https://www.gov.uk@evil.example/a", "carries a name or a password"),
        ("https://someone:secret@www.gov.uk/a", "carries a name or a password"),
        ("https://@www.gov.uk/a", "carries a name or a password"),
        ("https://www.gov.uk:8443/a", "names port 8443"),
        ("https://www.gov.uk:0/a", "names port 0"),
        ("https://127.0.0.1/a", "is a number"),
        ("https://[::1]/a", "is a number"),
        ("https://2130706433/a", "is a number"),
        ("https://0x7f.1/a", "is a number"),
        ("https://0177.0.0.1/a", "cannot be read"),
        ("https://www.gov.uk\\@evil.example/a", "characters that an address may not"),
        ("https://www.gov.uk\t.evil.example/a", "characters that an address may not"),
        ("https://www.gov.uk/a\r\nHost: evil.example", "characters that an address may not"),
        ("https://www.gоv.uk/a", "characters that an address may not"),
        ("https://www.gov.uk/" + "a" * 2000, "characters that an address may not"),
        ("https://www.gov.uk:99999999/a", "names port 99999999"),
    ],
)
def test_an_address_that_could_lead_elsewhere_is_refused(address: str, why: str) -> None:
    with pytest.raises(FetchFault) as raised:
        checked_address(address, OFFICIAL_HOSTS)

    assert why in raised.value.reason


@given(st.text(st.sampled_from("htps:/@.[]%\\?#;, wgovukevil0123456789"), max_size=60))
def test_whatever_is_let_through_is_https_on_a_host_of_the_list(rest: str) -> None:
    try:
        url = checked_address("https://" + rest, OFFICIAL_HOSTS)
    except FetchFault:
        return
    assert ("https", True, b"", None) == (url.scheme, url.host in OFFICIAL_HOSTS, url.userinfo, url.port)


def test_the_hosts_of_a_force_are_public_names() -> None:
    assert "www.westmarch.police.uk" == force_host(" WWW.Westmarch.police.uk ")


@pytest.mark.parametrize(
    "name",
    [
        "localhost",
        "127.0.0.1",
        "[::1]",
        "10.0.0.1",
        "intranet",
        "a.local",
        "b.internal",
        "*.police.uk",
        "a b.uk",
        "",
        "https://www.westmarch.police.uk",
        "www.westmarch.police.uk:8443",
        "x@westmarch.police.uk",
        "2130706433",
    ],
)
def test_other_names_are_no_hosts_of_a_force(name: str) -> None:
    with pytest.raises(WrongUse, match="is not the name of a public host"):
        force_host(name)
