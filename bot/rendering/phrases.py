"""Every sentence the desk says of its own, in one place."""

from __future__ import annotations

from bot.rendering.message import Message, plain

LOOKING = plain("Looking that up in the recording rules\u2026")
HOW_TO_ASK = plain(
    "Ask me about recording crime, in your own words, for example: "
    "\u201chow long have I got to record it\u201d or \u201cvic won\u2019t support pros, do I still crime it\u201d. "
    "Please leave out names and other personal details."
)
BUSY = plain("The desk has more questions than it can answer just now. Please ask again in a few minutes.")
TOO_LATE = plain("The desk was interrupted before it could answer this. Please ask again.")
GONE = "That answer is no longer kept, so its passages cannot be shown. Please ask again."


def failed(reference: str) -> Message:
    """Something went wrong; the reference leads to it in the log."""
    return plain(
        f"Sorry, the desk could not answer this. Please ask again, or ask the Force Crime Registrar\u2019s office. "
        f"Reference {reference}."
    )


def personal_data_removed(kinds: tuple[str, ...], *, in_slack: bool) -> str:
    """What was taken out before the question was kept, and that the asker's own message still has it."""
    said = f"Personal details were taken out of your question before it was kept: {', '.join(kinds)}."
    if in_slack:
        said += " Your own message still holds them: to remove them, open its menu and choose Edit or Delete message."
    return said
