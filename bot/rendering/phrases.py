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


SHARED_CHANNEL = plain(
    "I do not answer in channels that another organisation can read. Please ask me in a direct message."
)
NOT_THIS_CHANNEL = plain("I am not set up to answer in this channel. Please ask me in a direct message.")
GUEST = plain(
    "I answer members of this workspace only, not guests. Please ask the Force Crime Registrar\u2019s office."
)
ELSEWHERE = plain("I answer members of this workspace only. Please ask your own force\u2019s Crime Registrar.")
DEACTIVATED = plain("I answer members of this workspace only.")
NOT_YOUR_GROUP = plain(
    "I am not open to your group yet. Please ask the Force Crime Registrar\u2019s office, who decide who may ask me."
)
CANNOT_POST = plain(
    "You asked me something in a channel I cannot write in any more. Please ask me here, or invite me there again."
)
UNKNOWN_PRESS = "That button no longer does anything here. Please ask again."
HEARD = "Thank you, that has been noted."


def queued(ahead: int) -> Message:
    """The placeholder of a question that waits behind others of the same asker."""
    return plain(f"Your other {ahead} questions come first; this one is number {ahead + 1} in your queue.")


def limited(an_hour: int) -> Message:
    """Too many questions."""
    return plain(
        f"You have asked {an_hour} questions within the hour, which is as many as the desk takes from one person. "
        "Please ask again later, or ring the Force Crime Registrar\u2019s office if it cannot wait."
    )


SHARED = "Shared in the channel."
SHARED_BEFORE = "This answer was shared in the channel before."
NOT_SHARED_HERE = "I am not in this conversation, so I cannot share it here. Invite me, and press again."
NOT_SHARED = "The answer could not be shared just now. Please look whether it is there before you try again."
NOT_YOURS = "Only the person who asked may do that."
ASKED_REGISTRAR = (
    "Your question has been sent to the registrar\u2019s office. You will be told here when it is answered."
)
ASKED_REGISTRAR_BEFORE = "This question has been sent to the registrar\u2019s office already."
ERASED_NOTHING = "There is nothing to erase."
REGISTRARS_ONLY = (
    "Only members of the registrar\u2019s office may do that, and Slack does not say that you are one. If you are, "
    "please try again in a minute."
)
ENQUIRY_SETTLED = "This question has been settled already; the card shows by whom."
ENQUIRY_TAKEN = "This question has been taken on already; the card shows by whom."
NOT_DONE = "That could not be done just now. Please try again in a moment."
ANSWER_CHANGED = (
    "The desk\u2019s answer is no longer the one that the card showed. Please read the card as it is now, and press "
    "again."
)
ANSWER_LENGTH = "Please write an answer of 1 to 2,000 characters."
LOAD_BEGUN = "The edition is being fetched and built. The desk tells you in a direct message how far it has come."
LOAD_BEGUN_IN_CHANNEL = (
    "The edition is being fetched and built. A message in the registrar\u2019s channel shows how far it has come."
)
LOAD_SETTLED = "That is no longer how things stand; the message shows what has become of it."
COMPARING = "Comparing the two builds\u2026"
PUBLISHING = "Checking the build, and publishing it\u2026"
NOBODY_TOLD = "Everybody concerned has been told already."
RULING_SETTLED = "This ruling has been settled meanwhile; the card in the registrar\u2019s channel shows how it stands."
RULING_RETIRED = "The ruling is retired. Nobody is answered from it any more."
RULES_CHANGED_AGAIN = "The rules have changed since this form was opened. Please close it and press Still right again."
NOTHING_TO_REST_ON = (
    "Nothing that it rested on is in force any more, so it cannot be put in force again. Retire it, and answer the "
    "question anew when it is next asked."
)
QUESTION_LENGTH = "Please write the question in 1 to 1,000 characters, as others would ask it."
NO_RULING_LEANS = (
    "No ruling was made of it: the question means little without what was asked before it. Next time press Answer and "
    "write the question out."
)
NO_RULING_RESTS_ON_NOTHING = "No ruling was made of it, since it rests on no passage."
NO_RULING_OTHER_DAY = "No ruling was made of it, since the passages are of an edition that is not in force today."
REVIEW_PAST = "Please choose a day that is still to come."


def enquiry_answered(removed: tuple[str, ...], ruling: str) -> str:
    """What stands in the form's place when it was sent; `removed` are the kinds of personal data taken out."""
    said = f"Thank you. The asker is told that the registrar\u2019s office has answered. {ruling}"
    return f"{said} Personal details were taken out: {', '.join(removed)}." if removed else said


def ruling_given(reference: str, until: str) -> str:
    """What an answer became."""
    return f"From now on the same question is answered with it: ruling {reference}, to be looked at again on {until}."


def ruling_renewed(reference: str, until: str) -> str:
    """What stands in the form's place when a ruling was put in force again."""
    return f"Ruling {reference} is in force again, and answers its question. It is to be looked at again on {until}."
