"""The prompts suggested beside the message box, by role. Slack shows up to four. Pure."""

from __future__ import annotations

from bot.roles import Role

TITLE = "Ask about recording crime, without names or other personal details"

_OFFICER = (
    ("How long to record", "How long have I got to record it?"),
    ("Unsupportive victim", "The victim won't support a prosecution. Do I still record the crime?"),
    ("Third-party report", "A rape is reported by a friend and the victim has not been spoken to yet. Is it recorded?"),
    ("Several offences", "He hit her, broke her phone and took her keys in one incident. How many crimes?"),
)
_SUPERVISOR = (
    ("Cancelling a crime", "Can the officer in the case cancel the recorded crime?"),
    ("Additional verifiable information", "What counts as additional verifiable information?"),
    ("Who decides on a rape", "Who may cancel a recorded rape?"),
    ("Victim told first", "Must the victim be told before a crime is cancelled?"),
)
_REGISTRAR = (
    ("Who decides", "Which decisions are the Force Crime Registrar's alone?"),
    ("Cancelling a rape", "Who may cancel a recorded rape?"),
    ("A rule as it was", "As at April 2013, how long did forces have to record a crime?"),
    ("What inspectors found", "What did inspectors find about crimes that were wrongly cancelled?"),
)
_OF = {Role.OFFICER: _OFFICER, Role.SUPERVISOR: _SUPERVISOR, Role.REGISTRAR: _REGISTRAR}


def prompts_for(role: Role) -> list[dict[str, str]]:
    """As assistant.threads.setSuggestedPrompts takes them."""
    return [{"title": title, "message": message} for title, message in _OF[role]]
