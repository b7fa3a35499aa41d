"""Read an ODS or XLSX workbook. A sheet of offences also gives structured records, and one passage's worth a class."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ingest.readers.archives import check_archive
from ingest.readers.blocks import Block, Kind, Reading
from ingest.readers.offence_lines import class_blocks, one_line
from ingest.readers.tables import rows_as_sentences
from knowledge.codes import normal_code
from knowledge.errors import DocumentRejected

_MOST_BYTES = 500 * 1024**2
# Headers are told by words they must contain, in any case; the first that fits is taken.
_COLUMNS = {
    "code": ("home office code", "ho code", "offence code", "code"),
    "class": ("offence category", "incident category", "class"),
    "title": ("offence$", "incident$", "offence title", "offence description", "description"),
    "statute": ("act$", "statute", "legislation"),
    "section": ("section$",),
    "max_sentence": ("max sentence", "maximum"),
    "victim_state": ("victim or state", "victim", "state"),
    "current": ("current",),
    "effective_from": ("commencement", "effective from", "start", "year added$"),
    "effective_to": ("cessation", "effective to", "end", "year deleted$"),
    "comments": ("comment", "note"),
    "group": ("class$",),
}


def read_sheet(path: Path) -> Reading:
    """Blocks and offence records of a workbook. Raises DocumentRejected with the reason in a sentence."""
    check_archive(path, "a spreadsheet that can be read", ("content.xml", "[Content_Types].xml"), _MOST_BYTES)
    from python_calamine import CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = [(name, workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names]
    except Exception as fault:  # Calamine raises its own error types for each kind of damage.
        raise DocumentRejected(
            path.name, f"it is not a spreadsheet that can be read ({type(fault).__name__})"
        ) from None
    blocks: list[Block] = []
    offences: list[dict[str, Any]] = []
    for name, rows in sheets:
        cells = [[_shown(cell) for cell in row] for row in rows]
        cells = [row for row in cells if any(row)]
        if not cells:
            continue
        titled = sum(bool(cell) for cell in cells[0]) == 1
        blocks.append(Block(Kind.HEADING, next(filter(None, cells[0])) if titled else name, level=1))
        records = offence_records(name, cells)
        offences += records
        blocks += (
            class_blocks(records) if records else [Block(Kind.ROW, row, table=name) for row in rows_as_sentences(cells)]
        )
    if len(blocks) < 2:
        raise DocumentRejected(path.name, "it holds no rows")
    return Reading(tuple(blocks), offences=tuple(offences))


def offence_records(sheet: str, cells: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """Structured records of a sheet that lists codes, empty for any other sheet."""
    header_at = next(
        (
            n
            for n, row in enumerate(cells[:6])
            if sum(bool(c) for c in row) >= 4 and any("code" in c.lower() for c in row)
        ),
        None,
    )
    if header_at is None:
        return []
    header = [cell.lower() for cell in cells[header_at]]
    columns = {key: _column(header, wanted) for key, wanted in _COLUMNS.items()}
    if columns["code"] is None or columns["title"] is None:
        return []
    records = []
    for row_number, row in enumerate(cells[header_at + 1 :], start=header_at + 2):
        values = {
            key: (row[column].strip() if column is not None and column < len(row) else "")
            for key, column in columns.items()
        }
        if not re.search(r"\d", values["code"]):
            continue
        group = values.pop("group")
        incident = re.fullmatch(r"N[123]00", group) is not None
        code = f"{group}/{values['code'].partition('/')[2]}" if incident else values["code"]
        section = values.pop("section")
        record = {
            **values,
            "class": group if incident else values["class"],
            "statute": " ".join(part for part in (values["statute"], section) if part),
            "code_normalised": normal_code(code),
            "sheet": sheet,
            "row": row_number,
            "kind": "incident" if incident else "offence",
        }
        records.append({**record, "line": one_line(record)})
    return records


def _column(header: Sequence[str], wanted: Sequence[str]) -> int | None:
    for words in wanted:
        for n, name in enumerate(header):
            if re.match(words, name.strip()):
                return n
    return None


def _shown(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split()) if cell is not None else ""
