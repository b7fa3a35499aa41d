"""What may be asked of whom, and what is taken for an answer (fault row 19, for pages and files of publishers)."""

from __future__ import annotations

import http.server
import socket
import ssl
import threading
import time
from email.utils import formatdate
from pathlib import Path

import pytest

from ingest.fetch.answers import Validators
from ingest.fetch.faults import FetchFault, Missing, Passing
from ingest.fetch.network import TRIES, Network
from tests.ingest.fetch.publishers import ASSETS, EVIL, PAGE, Publishers, Reply

FILE = f"{ASSETS}/1/rules.pdf"
BODY = b"%PDF-1.7 invented %%EOF"


def get(network: Network, address: str = FILE, **over: object) -> bytes:
    with network:
        return network.get(address, what="its file", **over).body  # type: ignore[arg-type]


def refusal(network: Network, address: str = FILE, **over: object) -> str:
    with pytest.raises(FetchFault) as raised:
        get(network, address, **over)
    assert "\n" not in raised.value.reason
    return raised.value.reason


def test_a_file_comes_with_its_digest_and_is_counted_as_it_comes(sites: Publishers, tmp_path: Path) -> None:
    sites.serve_file(FILE, BODY)
    told: list[tuple[int, int]] = []

    with sites.network() as network:
        fetched = network.get(
            FILE, what="its file", into=tmp_path / "it", progress=lambda done, total: told.append((done, total))
        )

    assert BODY == (tmp_path / "it").read_bytes()
    assert (len(BODY), 64) == (fetched.size, len(fetched.digest))
    assert [(0, len(BODY)), (len(BODY), len(BODY))] == told


def test_nothing_is_sent_but_the_address_and_who_asks(sites: Publishers, monkeypatch: pytest.MonkeyPatch) -> None:
    """No credential, cookie or proxy of the machine goes along, and no cookie that a server set before."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://someone:secret@127.0.0.1:9")
    sites.serve(FILE, Reply(BODY, headers={"Set-Cookie": "seen=1; Path=/"}))

    with sites.network() as network:
        network.get(FILE, what="its file")
        network.get(FILE, what="its file")

    allowed = {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert 2 == len(sites.asked)
    assert set() == {name for one in sites.asked for name in one.headers} - allowed


def test_what_is_held_is_asked_for_only_if_it_changed(sites: Publishers) -> None:
    sites.serve(FILE, Reply(BODY, headers={"ETag": '"1"', "Last-Modified": "Wed, 01 Apr 2026 08:00:00 GMT"}))

    with sites.network() as network:
        first = network.get(FILE, what="its file")
        again = network.get(FILE, what="its file", held={FILE: first.validators})

    assert (False, True) == (first.unchanged, again.unchanged)
    assert Validators('"1"', "Wed, 01 Apr 2026 08:00:00 GMT") == first.validators
    assert ('"1"', "Wed, 01 Apr 2026 08:00:00 GMT") == (
        sites.asked[1].headers["if-none-match"],
        sites.asked[1].headers["if-modified-since"],
    )


def test_an_unchanged_that_nobody_asked_about_is_no_answer(sites: Publishers) -> None:
    sites.serve(FILE, Reply(status=304))

    assert "the server refused its file (304)" == refusal(sites.network())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_within_the_list_is_followed(sites: Publishers, status: int) -> None:
    new = f"{ASSETS}/2/rules.pdf"
    sites.serve(FILE, Reply(status=status, headers={"Location": "/media/2/rules.pdf"}))
    sites.serve_file(new, BODY)

    with sites.network() as network:
        fetched = network.get(FILE, what="its file")

    assert (BODY, new) == (fetched.body, fetched.address)
    assert (new if status in (301, 308) else "") == fetched.moved_to


@pytest.mark.parametrize(
    ("location", "why"),
    [
        (f"https://{EVIL}/rules.pdf", "is not on the list of hosts"),
        ("http://www.gov.uk/rules.pdf", "only https is fetched"),
        (f"//{EVIL}/rules.pdf", "is not on the list of hosts"),
        (f"https://www.gov.uk@{EVIL}/rules.pdf", "carries a name or a password"),
        ("https://www.gov.uk:8443/rules.pdf", "names port 8443"),
        ("https://127.0.0.1/rules.pdf", "is a number"),
        ("file:///etc/passwd", "only https is fetched"),
        ("javascript:alert(1)", "redirects to an address that cannot be read"),
        ("https://[::1/rules.pdf", "redirects to an address that cannot be read"),
        ("https://www.gov.uk:99999/", "names port 99999"),
        ("", "redirects to nowhere"),
    ],
)
def test_a_redirect_off_the_list_is_not_followed(sites: Publishers, location: str, why: str) -> None:
    sites.serve(FILE, Reply(status=302, headers={"Location": location}))
    sites.serve(f"https://{EVIL}/rules.pdf", Reply(BODY))

    assert why in refusal(sites.network())
    assert [FILE] == [one.address for one in sites.asked]


def test_redirects_in_a_circle_end(sites: Publishers) -> None:
    sites.serve(FILE, Reply(status=302, headers={"Location": FILE}))

    assert "its file redirects more than 5 times" == refusal(sites.network())


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_not_there_is_told_from_what_was_removed(sites: Publishers, status: int) -> None:
    sites.serve(FILE, Reply(b"gone", status))

    with pytest.raises(Missing) as raised:
        get(sites.network())

    assert (status == 410) == raised.value.for_good
    assert 1 == len(sites.asked)


def test_a_busy_server_is_asked_again_after_as_long_as_it_says(sites: Publishers) -> None:
    waited: list[float] = []
    sites.serve(FILE, Reply(status=429, headers={"Retry-After": "7"}), Reply(BODY))

    assert BODY == get(sites.network(sleep=waited.append))
    assert [7.0] == waited


def test_a_server_may_name_the_hour_to_come_back(sites: Publishers) -> None:
    waited: list[float] = []
    sites.serve(
        FILE, Reply(status=503, headers={"Retry-After": formatdate(time.time() + 20, usegmt=True)}), Reply(BODY)
    )

    assert BODY == get(sites.network(sleep=waited.append))
    assert 15 < waited[0] <= 20


def test_a_server_that_asks_for_an_hour_is_left_alone(sites: Publishers) -> None:
    waited: list[float] = []
    sites.serve(FILE, Reply(status=429, headers={"Retry-After": "3600"}), Reply(BODY))

    assert "asks to wait 60 minutes; fetch again later" in refusal(sites.network(sleep=waited.append))
    assert ([], 1) == (waited, len(sites.asked))


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_server_that_stays_ill_is_tried_a_few_times_with_longer_pauses(sites: Publishers, status: int) -> None:
    waited: list[float] = []
    sites.serve(FILE, Reply(b"oops", status))

    assert f"({status})" in refusal(sites.network(sleep=waited.append, seconds=300))
    assert TRIES == len(sites.asked)
    assert 3 == len(waited)
    assert waited[0] >= 1
    assert max(waited) <= 20


def test_a_refusal_is_not_tried_again(sites: Publishers) -> None:
    sites.serve(FILE, Reply(b"no", 403))

    assert "the server refused its file (403)" == refusal(sites.network())
    assert 1 == len(sites.asked)


class TestSize:
    """The cap is on what comes, whatever is claimed."""

    def test_a_length_over_the_cap_is_refused_before_anything_comes(self, sites: Publishers, tmp_path: Path) -> None:
        sites.serve(FILE, Reply(b"", declares=4 * 1024**2, goes_on=b"x" * 65536))

        assert "its file is larger than 3 MB" == refusal(sites.network(), most=3 * 1024**2, into=tmp_path / "it")
        assert not (tmp_path / "it").exists()

    def test_a_body_that_never_ends_is_cut_off_at_the_cap(self, sites: Publishers, tmp_path: Path) -> None:
        sites.serve(FILE, Reply(b"%PDF-", goes_on=b"x" * 65536))

        assert "its file is larger than 3 MB" == refusal(sites.network(), most=3 * 1024**2, into=tmp_path / "it")
        assert not (tmp_path / "it").exists()

    def test_a_body_shorter_than_it_claims_is_no_whole_file(self, sites: Publishers, tmp_path: Path) -> None:
        sites.serve(FILE, Reply(BODY, declares=len(BODY) + 1))

        assert "the connection ended before all of it had come" == refusal(sites.network(), into=tmp_path / "it")
        assert TRIES == len(sites.asked)
        assert not (tmp_path / "it").exists()

    def test_a_body_that_came_whole_the_second_time_is_that_one(self, sites: Publishers, tmp_path: Path) -> None:
        sites.serve(FILE, Reply(BODY + BODY, declares=1000), Reply(BODY))

        get(sites.network(), into=tmp_path / "it")

        assert BODY == (tmp_path / "it").read_bytes()

    def test_an_empty_body_is_no_file(self, sites: Publishers) -> None:
        sites.serve(FILE, Reply(b""))

        assert "its file is empty" == refusal(sites.network())

    def test_a_packed_body_that_could_unpack_to_anything_is_refused(self, sites: Publishers) -> None:
        sites.serve(FILE, Reply(b"\x1f\x8b", headers={"Content-Encoding": "gzip"}))

        assert "its file came packed, which was not asked for" == refusal(sites.network())


class TestTime:
    """One limit for all of it: the name, the connection, the headers, the body and every further try."""

    @pytest.mark.parametrize("reply", [Reply(b"%PDF-", goes_on=b"x", every=0.02), Reply(declares=5)])
    def test_a_server_that_sends_a_byte_now_and_then_cannot_outlast_the_limit(
        self, sites: Publishers, reply: Reply, tmp_path: Path
    ) -> None:
        sites.serve(FILE, reply)
        began = time.monotonic()

        refusal(sites.network(seconds=0.4), into=tmp_path / "it")

        assert time.monotonic() - began < 5
        assert not (tmp_path / "it").exists()

    def test_nor_can_one_that_never_ends_its_headers(self) -> None:
        class Endless(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                try:
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
                    while not over.wait(0.02):
                        self.wfile.write(b"a")
                except OSError:
                    pass

            def log_message(self, *_: object) -> None:
                pass

        over = threading.Event()
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endless)
        server.daemon_threads = True
        threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True).start()
        place = {"www.gov.uk": ("127.0.0.1", server.server_address[1])}
        began = time.monotonic()
        try:
            reason = refusal(Network(resolve=place, scheme="http", seconds=0.4), PAGE)
        finally:
            over.set()
            server.shutdown()
            server.server_close()

        assert "it did not come in time" == reason
        assert time.monotonic() - began < 5


class TestWhere:
    """A name on the list must lead to the public internet, and to a server with its certificate."""

    @pytest.mark.parametrize(
        "addresses",
        [
            ["10.0.0.1"],
            ["127.0.0.1"],
            ["169.254.169.254"],
            ["192.168.1.1"],
            ["100.64.0.1"],
            ["0.0.0.0"],
            ["224.0.0.1"],
            ["::1"],
            ["fe80::1%eth0"],
            ["fd00::1"],
            ["::ffff:10.0.0.1"],
            ["2002:a00:1::"],
            ["151.101.0.144", "10.0.0.1"],
        ],
    )
    def test_an_address_inside_a_private_network_is_refused(self, addresses: list[str]) -> None:
        network = Network(look_up=lambda host, port: addresses)

        assert "www.gov.uk leads to an address inside a private network" == refusal(network, PAGE)

    def test_a_name_that_cannot_be_looked_up_is_tried_again_and_then_told(self) -> None:
        asked: list[str] = []

        def unknown(host: str, port: int) -> list[str]:
            asked.append(host)
            raise OSError

        network = Network(look_up=unknown, sleep=lambda seconds: None)

        assert "no address could be found for www.gov.uk" == refusal(network, PAGE)
        assert ["www.gov.uk"] * TRIES == asked

    def test_certificates_are_checked_against_the_name(self) -> None:
        with Network() as network:
            context = network.transport.context

        assert (ssl.CERT_REQUIRED, True) == (context.verify_mode, context.check_hostname)

    def test_only_a_tests_own_servers_may_be_named_or_asked_without_https(self) -> None:
        with pytest.raises(ValueError, match="on loopback"):
            Network(scheme="http")
        with pytest.raises(ValueError, match="on loopback"):
            Network(resolve={"www.gov.uk": ("192.0.2.1", 80)})

    def test_a_server_that_is_not_up_is_tried_again_and_then_told(self, sites: Publishers) -> None:
        with socket.create_server(("127.0.0.1", 0)) as closed:
            place = {"www.gov.uk": closed.getsockname()}
        network = Network(resolve=place, scheme="http", sleep=lambda seconds: None)

        with pytest.raises(Passing, match="cannot be reached"):
            get(network, PAGE)
