"""A Word document is read as its reader sees it: changes accepted, nothing hidden, nothing lost in a form."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.read_document import read_document
from ingest.readers.blocks import Block, Kind, Reading
from knowledge.errors import DocumentRejected
from tests.ingest.hostile import MACRO_WORD, RULE, paragraph, word, word_body

_KEPT = "Tell the registrar."


def _read(folder: Path, body: str, styles: str = "", name: str = "policy.docx", **more: object) -> Reading:
    (folder / name).write_bytes(word(body, styles, **more))
    return read_document(folder / name)


def _texts(reading: Reading, kind: Kind | None = None) -> list[str]:
    return [block.text for block in reading.blocks if kind in (None, block.kind)]


def _style(name: str, of: str = "", rests_on: str = "", kind: str = "paragraph") -> str:
    """A style whose id is its name without spaces."""
    based = f'<w:basedOn w:val="{rests_on}"/>' if rests_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>{based}{of}</w:style>'


def _styled(text: str, style: str) -> str:
    return paragraph(text, of=f'<w:pStyle w:val="{style}"/>')


def _change(tag: str, inner: str) -> str:
    return f'<w:{tag} w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z">{inner}</w:{tag}>'


def _run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


# Changes and comments


def test_tracked_deletions_are_never_read_insertions_are_and_both_are_reported(tmp_path: Path) -> None:
    body = (
        f"<w:p>{_run('Record it within ')}{_change('del', _run('72', 'delText'))}{_change('ins', _run('24'))}"
        f"{_run(' hours')}{_change('del', _run(' or never'))}{_run('.')}</w:p>"
    )

    reading = _read(tmp_path, body)

    assert ["Record it within 24 hours."] == _texts(reading)
    assert (
        "it has 2 tracked deletions, left out of what is read",
        "it has tracked insertions, which are read as if they were accepted",
    ) == reading.warnings


def test_a_moved_passage_is_read_once_where_it_was_moved_to(tmp_path: Path) -> None:
    body = f"<w:p>{_change('moveFrom', _run(RULE))}</w:p>{paragraph(_KEPT)}<w:p>{_change('moveTo', _run(RULE))}</w:p>"

    reading = _read(tmp_path, body)

    assert [_KEPT, RULE] == _texts(reading)
    assert any("1 moved passage" in warning for warning in reading.warnings)


def test_comments_are_left_out_and_counted(tmp_path: Path) -> None:
    mark = '<w:r><w:commentReference w:id="{}"/></w:r>'
    comments = word_body(paragraph("Is this lawful?")).replace("w:body", "w:comment").encode()

    reading = _read(
        tmp_path, f"<w:p>{_run(RULE)}{mark.format(0)}{mark.format(1)}</w:p>", more={"word/comments.xml": comments}
    )

    assert [RULE] == _texts(reading)
    assert ("it has 2 comments, left out of what is read",) == reading.warnings


def test_a_row_that_was_deleted_with_tracking_on_is_not_read(tmp_path: Path) -> None:
    rows = _row("Code", "Who") + _row("C1", "sergeant", of=_change("del", "")) + _row("C2", "registrar")

    assert ["Code: C2; Who: registrar"] == _texts(_read(tmp_path, f"<w:tbl>{rows}</w:tbl>"))


# Hidden text

_HIDDEN = [
    ("<w:vanish/>", "", "hidden text"),
    ('<w:vanish w:val="1"/>', "", "hidden text"),
    ('<w:color w:val="FFFFFF"/>', "", "white text"),
    ('<w:color w:val="fdfdfd"/>', "", "white text"),
    ('<w:color w:val="000000" w:themeColor="background1"/>', "", "white text"),
    ('<w:sz w:val="2"/>', "", "text too small to see"),
    ('<w:rStyle w:val="Quiet"/>', "<w:vanish/>", "hidden text"),
    ('<w:rStyle w:val="Quiet"/>', '<w:color w:val="FFFFFF"/>', "white text"),
]


@pytest.mark.parametrize(("run", "style", "said"), _HIDDEN)
def test_text_that_word_does_not_show_is_left_out_and_reported(tmp_path: Path, run: str, style: str, said: str) -> None:
    styles = _style("Base", f"<w:rPr>{style}</w:rPr>", kind="character") + _style("Quiet", "", "Base", "character")

    reading = _read(tmp_path, paragraph(_KEPT) + paragraph("Never record it.", run), styles)

    assert [_KEPT] == _texts(reading)
    assert (f"it has {said}, which was left out",) == reading.warnings


def test_a_paragraph_in_a_hidden_style_is_left_out_but_for_the_run_that_is_shown(tmp_path: Path) -> None:
    styles = _style("Quiet", "<w:rPr><w:vanish/></w:rPr>")
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Quiet"/></w:pPr><w:r><w:t>Never record it.</w:t></w:r>'
        f'<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>{_KEPT}</w:t></w:r></w:p>'
    )

    assert [_KEPT] == _texts(_read(tmp_path, body, styles))


@pytest.mark.parametrize(
    "run",
    [
        '<w:vanish w:val="0"/>',
        '<w:color w:val="auto"/>',
        '<w:color w:val="FF0000"/>',
        '<w:color w:val="FFFFFF" w:themeColor="text1"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="002060"/>',
        '<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>',
        '<w:sz w:val="16"/>',
        '<w:color w:val="nonsense"/><w:sz w:val="-99999999999"/>',
    ],
)
def test_text_that_can_be_seen_is_read(tmp_path: Path, run: str) -> None:
    reading = _read(tmp_path, paragraph(RULE, run))

    assert [RULE] == _texts(reading)
    assert () == reading.warnings


@pytest.mark.parametrize("where", ["cell", "paragraph", "table style"])
def test_white_words_on_a_dark_row_are_its_headings(tmp_path: Path, where: str) -> None:
    dark = '<w:shd w:val="clear" w:fill="002060"/>'
    white = [
        paragraph(text, '<w:color w:val="FFFFFF"/>', of=dark if where == "paragraph" else "")
        for text in ("Code", "Who")
    ]
    head = _row(*white, cell=dark if where == "cell" else "")
    styles = _style("Grid", f'<w:tblStylePr w:type="firstRow"><w:tcPr>{dark}</w:tcPr></w:tblStylePr>', kind="table")
    grid = '<w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr>' if where == "table style" else ""

    reading = _read(tmp_path, f"<w:tbl>{grid}{head}{_row('C2', 'registrar')}</w:tbl>", styles)

    assert ["Code: C2; Who: registrar"] == _texts(reading)
    assert () == reading.warnings


def test_styles_that_rest_on_one_another_in_a_circle_do_no_harm(tmp_path: Path) -> None:
    styles = _style("Left", "", "Right") + _style("Right", "", "Left")

    assert [RULE] == _texts(_read(tmp_path, _styled(RULE, "Left"), styles))


# Macros and other things carried along


def test_a_document_with_macros_is_read_and_the_macros_are_not(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        paragraph(RULE),
        name="policy.docm",
        more={"word/vbaProject.bin": b"Sub AutoOpen"},
        content_type=MACRO_WORD,
    )

    assert [RULE] == _texts(reading)
    assert ("it carries macros, which were not looked at",) == reading.warnings


def test_a_package_whose_main_part_is_no_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentRejected, match="not a Word document"):
        _read(tmp_path, paragraph(RULE), content_type="application/xml")


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    lines = ["<!ENTITY a0 'ha'>"] + [f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)]
    body = word_body(f"{paragraph(_KEPT)}<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>").replace(
        "<w:document", f"<!DOCTYPE d [{''.join(lines)}]><w:document", 1
    )

    with pytest.raises(DocumentRejected, match="not a Word document"):
        _read(tmp_path, body)


def test_a_file_of_the_machine_is_not_read_into_the_document(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    body = word_body(f"{paragraph(_KEPT)}<w:p><w:r><w:t>&x;</w:t></w:r></w:p>").replace(
        "<w:document", f"<!DOCTYPE d [<!ENTITY x SYSTEM '{(tmp_path / 'secret.txt').as_uri()}'>]><w:document", 1
    )

    (tmp_path / "a.docx").write_bytes(word(body))
    assert [_KEPT] == _texts(read_document(tmp_path / "a.docx"))


# Nothing lost


def test_what_stands_in_a_form_field_is_read(tmp_path: Path) -> None:
    form = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(RULE)}</w:sdtContent></w:sdt>"

    assert [RULE, _KEPT] == _texts(_read(tmp_path, form + paragraph(_KEPT)))


def test_a_style_that_rests_on_a_heading_is_a_heading_and_contents_are_left_out(tmp_path: Path) -> None:
    styles = _style("heading 2") + _style("Force Heading", "", "heading2") + _style("toc 1")

    reading = _read(
        tmp_path, _styled("Duties ... 3", "toc1") + _styled("Duties", "ForceHeading") + paragraph(RULE), styles
    )

    assert (Block(Kind.HEADING, "Duties", level=2), Block(Kind.PARAGRAPH, RULE)) == reading.blocks


def test_a_text_box_is_read_once_though_word_writes_it_twice(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph(_KEPT, '<w:color w:val=' + chr(34) + 'FFFFFF' + chr(34) + '/>')}</w:txbxContent>"
    body = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><mc:AlternateContent>'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>'
    )

    assert [_KEPT] == _texts(_read(tmp_path, body))
    row = f"<w:tr><w:tc>{paragraph('C1')}</w:tc><w:tc>{body}</w:tc></w:tr>"
    assert [f"Code: C1; Who: {_KEPT}"] == _texts(_read(tmp_path, f"<w:tbl>{_row('Code', 'Who')}{row}</w:tbl>"))


def test_cells_that_span_keep_every_value_under_its_own_heading(tmp_path: Path) -> None:
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + paragraph("see rule 4.2") + "</w:tc>"
    down = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    rows = [
        _row("Code", "Who", "When"),
        f"<w:tr>{wide}<w:tc>{paragraph('today')}</w:tc></w:tr>",
        _row("C1", "sergeant", "at once"),
        f"<w:tr>{down}<w:tc>{paragraph('registrar')}</w:tc><w:tc>{paragraph('later')}</w:tc></w:tr>",
    ]

    assert [
        "Code: see rule 4.2; When: today",
        "Code: C1; Who: sergeant; When: at once",
        "Code: C1; Who: registrar; When: later",
    ] == _texts(_read(tmp_path, f"<w:tbl>{''.join(rows)}</w:tbl>"))


def test_a_cell_that_says_it_spans_a_million_columns_costs_nothing(tmp_path: Path) -> None:
    wide = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999999"/></w:tcPr>' + paragraph("C1") + "</w:tc></w:tr>"

    assert ["Code: C1"] == _texts(_read(tmp_path, f"<w:tbl>{_row('Code', 'Who')}{wide}</w:tbl>"))


def test_a_table_in_a_cell_is_read_with_that_cell(tmp_path: Path) -> None:
    inner = f"<w:tbl>{_row('inner one', 'inner two')}</w:tbl>"
    outer = f"<w:tr><w:tc>{paragraph('C1')}</w:tc><w:tc>{inner}<w:p/></w:tc></w:tr>"

    assert ["Code: C1; Who: inner one inner two"] == _texts(
        _read(tmp_path, f"<w:tbl>{_row('Code', 'Who')}{outer}</w:tbl>")
    )


def _row(*texts: str, of: str = "", cell: str = "") -> str:
    cells = (text if text.startswith("<w:p>") else paragraph(text) for text in texts)
    held = "".join(f"<w:tc><w:tcPr>{cell}</w:tcPr>{one}</w:tc>" for one in cells)
    return f"<w:tr><w:trPr>{of}</w:trPr>{held}</w:tr>"
