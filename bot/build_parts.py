"""Puts the parts of the desk in Slack together."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from slack_sdk import WebClient
from sqlalchemy import Engine

from bot.answer_question import AnswerQuestion, AskedDesk
from bot.answering import Answering
from bot.chores import Chore
from bot.courier import Courier
from bot.enquiries import Enquiries
from bot.feedback import Feedback
from bot.home import Home
from bot.inbox import Inbox
from bot.logs import Pseudonyms
from bot.manners import Manners
from bot.membership import Membership
from bot.once import Once
from bot.page import Pages
from bot.parts import Parts
from bot.passages import Passages
from bot.pictures import Pictures
from bot.questions import Questions
from bot.records import Records
from bot.registrar_channel import RegistrarChannel
from bot.replying import Replies
from bot.roles import Roles
from bot.settings import Settings
from bot.sharing import Sharing
from bot.slack_calls import Calls
from bot.streams import Streams
from bot.whispers import Whispers

_ERRANDS = 4
_DAY = 86_400.0


def build_parts(settings: Settings, desk: AskedDesk, engine: Engine, inbox: Inbox, client: WebClient) -> Parts:
    """One of each, on these settings."""
    records, questions, calls, courier = Records(engine), Questions(engine), Calls(), Courier(client)
    membership, pictures = Membership(client), Pictures(engine, client, settings.home)
    passages = Passages(records, desk.builds, pictures.can_draw)
    answering = Answering(
        inbox,
        Replies(inbox, courier, Streams(client)),
        AnswerQuestion(
            desk, inbox, records, Pseudonyms(settings.home), pictures.can_draw, bool(settings.registrar_channel)
        ),
        Manners(
            questions,
            membership,
            settings.questions_an_hour,
            frozenset(settings.allowed_channels),
            frozenset(settings.allowed_groups),
        ),
        workers=settings.answer_workers,
        limit=settings.queue_limit,
        fresh_for=settings.fresh_minutes * 60,
    )
    roles = Roles(membership, settings.supervisor_groups, settings.registrar_groups)
    return Parts(
        answering=answering,
        passages=passages,
        pages=Pages(passages, pictures, client, calls),
        feedback=Feedback(engine, records),
        records=records,
        questions=questions,
        enquiries=Enquiries(engine),
        sharing=Sharing(client, calls, questions, records, Once(engine)),
        home=Home(client, calls, desk.builds, inbox, questions, roles, lambda: settings.today or date.today()),
        whispers=Whispers(client, calls, courier),
        errands=ThreadPoolExecutor(_ERRANDS, "errand"),
        registrar_channel=settings.registrar_channel,
    )


def chores_of(settings: Settings, parts: Parts, client: WebClient) -> Sequence[Chore]:
    """What is done again and again."""
    channel = RegistrarChannel(client, Calls(), parts.enquiries, parts.records)
    keep = settings.keep_days * _DAY
    return (
        Chore("post_enquiries", 1.0, channel.post_new),
        Chore("forget", 3600.0, lambda: parts.questions.erase_before(time.time() - keep)),
    )
