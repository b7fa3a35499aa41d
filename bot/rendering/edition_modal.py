"""The form in which an edition is added, what it will do, and the form that asks for a reason. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    DatePickerElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import FileInputElement
from slack_sdk.models.views import View

from bot.rendering.escape import inert
from bot.rendering.message import rich, section, shortened, small, text
from knowledge.model import Authority, Edition

FORM, SURE, REASON_FORM = "edition_form", "edition_sure", "publish_reason"
FILE, DOCUMENT, TITLE, PUBLISHER = "edition_file", "edition_document", "edition_title", "edition_publisher"
AUTHORITY, LABEL, VERSION = "edition_authority", "edition_label", "edition_version"
BEGINS, ENDS, REASON = "edition_from", "edition_to", "publish_why"
NEW = "-new-"
"""The choice of a document that is not held; no document's id begins with a hyphen."""
FILE_TYPES = ["pdf", "docx", "html", "htm", "ods", "xlsx", "md", "markdown", "txt"]
MOST_MEGABYTES = 10
"""What Slack takes in a form (its documentation of the file input)."""
_OPTIONS = 99
LONGEST_REASON = 280


def edition_modal(held: Sequence[Edition]) -> View:
    """The form; `held` are the editions that are published."""
    titles: dict[str, str] = {}
    for one in sorted(held, key=lambda one: (one.authority.rank, one.title)):
        titles.setdefault(one.document, one.title)
    documents = [Option(value=key, text=_option(title)) for key, title in list(titles.items())[:_OPTIONS]]
    return View(
        type="modal",
        callback_id=FORM,
        title="Add an edition",
        submit="Next",
        close="Cancel",
        blocks=[
            InputBlock(
                block_id=FILE,
                label="The document",
                hint=f"PDF, Word, web page, spreadsheet, Markdown or text, up to {MOST_MEGABYTES} MB.",
                element=FileInputElement(action_id=FILE, filetypes=FILE_TYPES, max_files=1),
            ),
            InputBlock(
                block_id=DOCUMENT,
                label="It is an edition of",
                element=StaticSelectElement(
                    action_id=DOCUMENT, options=[*documents, Option(value=NEW, text="A document not held yet")]
                ),
            ),
            _words(LABEL, "Edition", "For example 2026/27, or April 2026.", most=60, optional=False),
            InputBlock(
                block_id=BEGINS,
                label="Applies from",
                hint="The first day. Only inspection reports and background may go without.",
                optional=True,
                element=DatePickerElement(action_id=BEGINS),
            ),
            InputBlock(
                block_id=ENDS,
                label="Applies until",
                hint="The last day. Left out, until the next edition begins.",
                optional=True,
                element=DatePickerElement(action_id=ENDS),
            ),
            _words(VERSION, "Version", "As the publisher names it, for example April v2.", most=60),
            _words(TITLE, "Title", "For a document not held yet; otherwise as it is held.", most=200),
            _words(PUBLISHER, "Publisher", "For a document not held yet; otherwise as it is held.", most=100),
            InputBlock(
                block_id=AUTHORITY,
                label="Authority",
                hint="For a document not held yet; otherwise as it is held.",
                optional=True,
                element=StaticSelectElement(
                    action_id=AUTHORITY,
                    options=[Option(value=str(one), text=str(one).replace("_", " ").capitalize()) for one in Authority],
                ),
            ),
        ],
    )


def sure_modal(about: Sequence[str], notes: Sequence[str], kept: str) -> View:
    """What was said and what it changes, to be read before it is done; `kept` comes back with the press."""
    changes = [section(text(inert(note))) for note in notes]
    return View(
        type="modal",
        callback_id=SURE,
        title="Add an edition",
        submit="Load",
        close="Cancel",
        blocks=[
            rich(*(section(text(inert(line), bold=number == 0)) for number, line in enumerate(about))),
            *([rich(section(text("What else changes:", bold=True)), *changes)] if changes else []),
            small("It is built and compared, and nothing answers from it until somebody publishes it."),
        ],
        private_metadata=kept,
    )


def reason_modal(build: str, because: Sequence[str]) -> View:
    """Asks why a build is published although something speaks against it."""
    shown = [section(text(f"\u2022 {shortened(inert(says), 500)}")) for says in because[:10]]
    left = len(because) - len(shown)
    return View(
        type="modal",
        callback_id=REASON_FORM,
        title="Publish all the same",
        submit="Publish",
        close="Cancel",
        blocks=[
            rich(section(text("This speaks against it:", bold=True)), *shown),
            *([small(f"and {left} more")] if left > 0 else []),
            InputBlock(
                block_id=REASON,
                label="Why it is published all the same",
                hint="Kept in the audit trail with your name. No personal details.",
                element=PlainTextInputElement(action_id=REASON, multiline=True, max_length=LONGEST_REASON),
            ),
        ],
        private_metadata=build,
    )


def _words(name: str, label: str, hint: str, *, most: int, optional: bool = True) -> InputBlock:
    return InputBlock(
        block_id=name,
        label=label,
        hint=hint,
        optional=optional,
        element=PlainTextInputElement(action_id=name, max_length=most),
    )


def _option(title: str) -> str:
    return shortened(inert(title), 75) or "\u2026"
