"""The publishers' sites on loopback: one server that answers for every host, by the Host header, as they do.

What it serves is invented. Its JSON has the shape that GOV.UK documents for its content API.
"""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from ingest.fetch.addresses import OFFICIAL_HOSTS
from ingest.fetch.network import Network

PAGE = "https://www.gov.uk/government/publications/invented-rules"
ASSETS = "https://assets.publishing.service.gov.uk/media"
EVIL = "files.elsewhere.example"


@dataclass
class Reply:
    """How an address answers. `declares` is the Content-Length it claims, where that is not the truth (-1: none).

    `goes_on` is sent again and again after the body, `every` so many seconds, until the client leaves.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    declares: int | None = None
    goes_on: bytes = b""
    every: float = 0.0


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    address: str
    headers: dict[str, str]


class Publishers:
    """What is served, by https address, and what was asked for."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.replies: dict[str, list[Reply]] = {}
        self.asked: list[Asked] = []
        self.closing = threading.Event()

    def serve(self, address: str, *replies: Reply) -> None:
        """These answers one after the other, the last of them from then on."""
        self.replies[address] = list(replies)

    def serve_item(self, page: str, **over: Any) -> None:
        """The content item of a page of www.gov.uk, answered by its content API, with an ETag of its content."""
        body = json.dumps(an_item(page, **over)).encode()
        self.serve(api(page), Reply(body, headers=_marked("application/json; charset=utf-8", body)))

    def serve_file(self, address: str, body: bytes, content_type: str = "application/pdf") -> None:
        """A file, with an ETag of its content."""
        self.serve(address, Reply(body, headers=_marked(content_type, body)))

    def times(self, address: str) -> int:
        """How often an address was asked for."""
        return sum(one.address == address for one in self.asked)

    def network(self, **over: Any) -> Network:
        """The way there: real names, every one of them on this server."""
        hosts = {*OFFICIAL_HOSTS, EVIL, *over.get("hosts", ())}
        given: dict[str, Any] = {"sleep": lambda seconds: None, "seconds": 30.0} | over
        return Network(resolve=dict.fromkeys(hosts, ("127.0.0.1", self.port)), scheme="http", **given)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        address = f"https://{handler.headers['Host']}{handler.path}"
        self.asked.append(Asked(address, {name.lower(): value for name, value in handler.headers.items()}))
        waiting = self.replies.get(address)
        if not waiting:
            _send(handler, Reply(b"Not found", 404))
            return
        reply = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        etag = reply.headers.get("ETag")
        if etag is not None and handler.headers.get("If-None-Match") == etag:
            _send(handler, Reply(status=304, headers={"ETag": etag}, declares=-1))
            return
        _send(handler, reply)
        while reply.goes_on and not self.closing.wait(reply.every):
            handler.wfile.write(reply.goes_on)
            handler.wfile.flush()


@contextmanager
def publishers() -> Iterator[Publishers]:
    """The sites, for as long as the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.close_connection = True
            with suppress(BrokenPipeError, ConnectionResetError):  # the client had enough
                site.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Publishers(server.server_address[1])
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()


def api(page: str) -> str:
    """Where the content API answers for a page."""
    return f"https://www.gov.uk/api/content{urlsplit(page).path}"


def an_item(page: str, **over: Any) -> dict[str, Any]:
    """A publication as the content API gives it; `attachments`, `change_history` and `body` go into its details."""
    details = {
        "body": over.pop("body", '<div class="govspeak"><p>What this is.</p></div>'),
        "attachments": over.pop("attachments", []),
        "change_history": over.pop("change_history", [a_change("First published.", "2013-07-04T09:30:00+01:00")]),
    }
    return {
        "base_path": urlsplit(page).path,
        "content_id": "00000000-0000-4000-8000-000000000000",
        "document_type": "guidance",
        "schema_name": "publication",
        "locale": "en",
        "title": "Invented rules",
        "public_updated_at": "2026-04-01T08:00:00.000+00:00",
        "updated_at": "2026-04-01T08:00:01.000Z",
        "withdrawn_notice": {},
        "details": details,
        "links": {},
    } | over


def a_change(note: str, when: str) -> dict[str, str]:
    """One entry of a change history."""
    return {"note": note, "public_timestamp": when}


def an_attachment(title: str, url: str, **over: Any) -> dict[str, Any]:
    """A file attachment as the content API gives it."""
    name = url.rpartition("/")[2]
    given = {
        "attachment_type": "file",
        "id": name,
        "title": title,
        "url": url,
        "content_type": "application/pdf",
        "file_size": 1234,
        "filename": name,
    }
    return given | over


def an_html_attachment(title: str, path: str) -> dict[str, Any]:
    """An HTML attachment as the content API gives it: a page of its own on www.gov.uk."""
    return {"attachment_type": "html", "id": "1", "title": title, "url": path, "locale": "en"}


def a_redirect(page: str, destination: str) -> dict[str, Any]:
    """The item that stands where a page was that moved."""
    return {
        "base_path": urlsplit(page).path,
        "content_id": None,
        "document_type": "redirect",
        "schema_name": "redirect",
        "title": None,
        "details": {},
        "withdrawn_notice": {},
        "redirects": [{"path": urlsplit(page).path, "type": "exact", "destination": destination}],
    }


def a_pdf(*lines: str, footer: str = "With effect from April 2026", pages: int = 3) -> bytes:
    """A PDF with these lines on its cover, and a footer on every other page."""
    from fpdf import FPDF

    class Rules(FPDF):
        def footer(self) -> None:
            if self.page_no() > 1 and footer:
                self.set_y(-14)
                self.set_font("helvetica", size=9)
                self.cell(0, 5, footer)

    pdf = Rules()
    pdf.set_creation_date(datetime(2026, 4, 1, tzinfo=UTC))
    for number in range(1, pages + 1):
        pdf.add_page()
        pdf.set_font("helvetica", size=14)
        for line in lines or ("Invented Rules 2026/27",):
            pdf.cell(0, 10, f"{line} ({number})", new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def an_ods(title: str = "Invented Offence List 2026-27") -> bytes:
    """An ODS spreadsheet with a title row and two more."""
    rows = [[title], ["Code", "Offence"], ["001/01", "Shouting"], ["002/01", "Pushing"]]
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Offences">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return packed.getvalue()


def _marked(content_type: str, body: bytes) -> dict[str, str]:
    import hashlib

    return {"Content-Type": content_type, "ETag": f'"{hashlib.md5(body).hexdigest()}"'}


def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    handler.send_response(reply.status)
    for name, value in reply.headers.items():
        handler.send_header(name, value)
    declares = reply.declares if reply.declares is not None else (-1 if reply.goes_on else len(reply.body))
    if declares >= 0:
        handler.send_header("Content-Length", str(declares))
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(reply.body)
    handler.wfile.flush()
