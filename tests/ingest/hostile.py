"""Files made to do harm, or broken as files break, built in code: none of them is kept in the repository."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PLAIN_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
RULE = "A crime is recorded within 24 hours of the report."


# PDF: objects are numbered from 1 in the order given, the first is the catalog.


def pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects with a true cross-reference table."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def stream(data: bytes, extra: bytes = b"", packed: bool = False) -> bytes:
    """A stream object."""
    if packed:
        data, extra = zlib.compress(data, 9), extra + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>\nstream\n" % (extra, len(data)) + data + b"\nendstream"


def page(contents: int, resources: bytes = b"") -> bytes:
    """A page whose parent is object 2 and whose font is object 3."""
    return b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>%s>>>>" % (
        contents,
        resources,
    )


def pages_of(kids: Sequence[int], count: int | None = None) -> bytes:
    """A page tree."""
    named = b" ".join(b"%d 0 R" % kid for kid in kids)
    return b"<</Type/Pages/Kids[%s]/Count %d>>" % (named, len(kids) if count is None else count)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def words(*lines: str) -> bytes:
    """Page contents that print these lines."""
    return b"".join(
        b"BT /F 11 Tf 60 %d Td (%s) Tj ET\n" % (760 - 16 * n, line.encode("latin-1")) for n, line in enumerate(lines)
    )


def small_pdf(*lines: str, packed: bool = True) -> bytes:
    """An honest one-page PDF."""
    return pdf([CATALOG, pages_of([4]), FONT, page(5), stream(words(*(lines or (RULE,))), packed=packed)])


def cyclic_pdf() -> bytes:
    """A page tree that is its own child."""
    return pdf([CATALOG, b"<</Type/Pages/Kids[4 0 R 2 0 R]/Count 2>>", FONT, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"])


def lying_count_pdf(count: int = 99_999_999) -> bytes:
    """A page tree that says it has many pages and has none."""
    return pdf([CATALOG, pages_of([], count), FONT])


def many_pages_pdf(pages: int) -> bytes:
    """As many pages as asked for, each with a line."""
    first = 5
    objects = [CATALOG, pages_of(range(first, first + pages)), FONT, stream(words(RULE))]
    return pdf(objects + [page(4)] * pages)


def flate_bomb_pdf(megabytes: int) -> bytes:
    """A page whose contents unpack to so many megabytes."""
    packer = zlib.compressobj(9)
    unit = b"BT /F 11 Tf 60 700 Td (aaaaaaaaaaaaaaaaaaaa) Tj ET\n" * 19_000
    packed = b"".join(packer.compress(unit) for _ in range(megabytes)) + packer.flush()
    return pdf([CATALOG, pages_of([4]), FONT, page(5), stream(packed, b"/Filter/FlateDecode")])


def slow_page_pdf(depth: int = 12, calls: int = 12) -> bytes:
    """A page of a few kilobytes whose forms call one another `calls ** depth` times."""
    objects = [CATALOG, pages_of([4]), FONT, page(5, b"/XObject<</X 6 0 R>>"), stream(b"/X Do\n")]
    box = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"
    for level in range(depth):
        inner = b"/Resources<</Font<</F 3 0 R>>/XObject<</X %d 0 R>>>>" % (7 + level)
        objects.append(stream(b"/X Do\n" * calls, box + inner))
    last = words("slow " * 8) + b"0 0 m 5 5 l S\n" * 20
    return pdf([*objects, stream(last, box + b"/Resources<</Font<</F 3 0 R>>>>")])


def tagged_pdf() -> bytes:
    """A sentence with tag characters that only a program sees, mapped to by the font."""
    mapping = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"2 beginbfchar <7E> <DB40DC41> <7C> <202E> endbfchar endcmap end end"
    )
    font = FONT[:-2] + b"/ToUnicode 6 0 R>>"
    return pdf([CATALOG, pages_of([4]), font, page(5), stream(words("Record it~~ |within a day.")), stream(mapping)])


def locked_pdf(path: Path, user: str) -> Path:
    """A PDF encrypted with an owner password and this user password."""
    from fpdf import FPDF

    made = FPDF()
    made.set_encryption(owner_password="owner", user_password=user)
    made.add_page()
    made.set_font("helvetica", size=11)
    made.multi_cell(0, 6, RULE)
    made.output(str(path))
    return path


# Word and other packages


def word_body(inner: str) -> str:
    """A document.xml of this body."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body>{inner}</w:body></w:document>'


def paragraph(text: str, run: str = "", of: str = "") -> str:
    """A paragraph of one run with these run and paragraph properties."""
    return f"<w:p><w:pPr>{of}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def word(
    body: str,
    styles: str = "",
    more: dict[str, bytes] | None = None,
    content_type: str = PLAIN_WORD,
    write: Callable[[zipfile.ZipFile], None] = lambda archive: None,
) -> bytes:
    """A .docx with this body, these styles and these parts besides; `write` may put what it likes in the package."""
    types = (
        f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="bin" ContentType="application/octet-stream"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{content_type}"/>'
        '<Override PartName="/word/styles.xml" ContentType="'
        'application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'
    )
    root, inner = (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        "</Relationships>"
        for kind, target in (("officeDocument", "word/document.xml"), ("styles", "styles.xml"))
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", root)
        archive.writestr("word/document.xml", body if body.startswith("<?xml") else word_body(body))
        archive.writestr("word/_rels/document.xml.rels", inner)
        archive.writestr("word/styles.xml", f'<w:styles xmlns:w="{_W}">{styles}</w:styles>')
        for name, part in (more or {}).items():
            archive.writestr(name, part)
        write(archive)
    return held.getvalue()


def link(archive: zipfile.ZipFile) -> None:
    """Put a symbolic link to a file of the machine into the package."""
    entry = zipfile.ZipInfo("word/media/picture.png")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(entry, "/etc/passwd")


def lying_about_its_size(package: bytes, part: str, declared: int) -> bytes:
    """The package with another size declared for a part, in the directory and in the part's own header."""
    out = bytearray(package)
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        header = archive.getinfo(part).header_offset
    struct.pack_into("<I", out, header + 22, declared)
    at = package.index(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", package, at + 28)[0]
        if package[at + 46 : at + 46 + length] == part.encode():
            struct.pack_into("<I", out, at + 24, declared)
        at = package.find(b"PK\x01\x02", at + 4)
    return bytes(out)
