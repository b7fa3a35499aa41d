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
from bot.audit import audit_trail
from bot.build_watch import BuildWatch
from bot.cancelling import Cancelling
from bot.chase_enquiries import ChaseEnquiries
from bot.checks import Checks
from bot.chores import Chore
from bot.comparisons import Comparisons
from bot.courier import Courier
from bot.edition_forms import EditionForms
from bot.editions_desk import EditionsDesk
from bot.enquiries import Enquiries
from bot.feedback import Feedback
from bot.give_ruling import GiveRulings
from bot.home import Home
from bot.inbox import Inbox
from bot.load_cards import LoadCards
from bot.load_child import BUILD, LoadChildren
from bot.loaded_builds import LoadedBuilds
from bot.loading import Loading
from bot.loads import Loads
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
from bot.registrar_desk import RegistrarDesk
from bot.registrars import Registrars
from bot.rendering.edition_modal import MOST_MEGABYTES
from bot.replying import Replies
from bot.roles import Roles
from bot.rulings import RulingStore
from bot.rulings_desk import RulingsDesk
from bot.settings import Settings
from bot.sharing import Sharing
from bot.slack_calls import Calls
from bot.slack_files import SlackFiles
from bot.streams import Streams
from bot.tell_askers import TellAskers
from bot.watch_rulings import WatchRulings
from bot.weekly_report import WeeklyReport
from bot.whispers import Whispers
from bot.wiring import reviews_of

_ERRANDS = 4
_DAY = 86_400.0


def build_parts(
    settings: Settings,
    desk: AskedDesk,
    engine: Engine,
    inbox: Inbox,
    client: WebClient,
    build: Sequence[str] = BUILD,
) -> Parts:
    """One of each, on these settings; `build` is the module that builds what is loaded in Slack."""
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
    enquiries, once, whispers = Enquiries(engine), Once(engine), Whispers(client, calls, courier)
    checks, rulings = Checks(engine), RulingStore(engine)
    channel = RegistrarChannel(client, calls, enquiries, records, rulings)
    registrars = Registrars(roles, audit_trail(settings).record)

    def today() -> date:
        return settings.today or date.today()

    weekly = None
    if settings.registrar_channel and settings.weekly_report:
        weekly = WeeklyReport(engine, client, calls, once, settings.registrar_channel, settings.weekly_report)

    home = Home(client, calls, desk.builds, inbox, questions, roles, today, checks, settings.home)
    loads = Loads(engine)
    cards = LoadCards(client, calls, loads, records, Comparisons(settings.home), settings)
    files = SlackFiles(settings.slack_bot_token, settings.slack_api_url, most=MOST_MEGABYTES * 1024**2)
    children = LoadChildren(settings.home, build)
    return Parts(
        answering=answering,
        passages=passages,
        pages=Pages(passages, pictures, client, calls),
        feedback=Feedback(engine, records),
        records=records,
        questions=questions,
        enquiries=enquiries,
        sharing=Sharing(client, calls, questions, records, once),
        registrar_desk=RegistrarDesk(
            client, calls, enquiries, records, registrars, channel, whispers, GiveRulings(rulings, questions), today
        ),
        rulings_desk=RulingsDesk(client, calls, desk.builds, rulings, enquiries, registrars, channel, whispers, today),
        watch_rulings=WatchRulings(client, calls, desk.builds, rulings, enquiries, registrars, channel, once, today),
        tell_askers=TellAskers(client, calls, enquiries, records, rulings, once),
        cancelling=Cancelling(desk.builds, checks, lambda: reviews_of(settings)),
        home=home,
        whispers=whispers,
        editions_desk=EditionsDesk(
            client,
            calls,
            loads,
            LoadedBuilds(loads, cards, home, settings),
            cards,
            registrars,
            whispers,
            home,
            once,
            settings,
        ),
        edition_forms=EditionForms(loads, registrars, settings),
        loading=Loading(client, calls, loads, cards, children, files, registrars, settings),
        errands=ThreadPoolExecutor(_ERRANDS, "errand"),
        registrar_channel=settings.registrar_channel,
        weekly_report=weekly,
    )


def chores_of(settings: Settings, parts: Parts, client: WebClient) -> Sequence[Chore]:
    """What is done again and again."""
    channel = parts.registrar_desk.channel
    chase_after = settings.chase_hours * 3600
    keep = settings.keep_days * _DAY
    weekly = (Chore("weekly_report", 60.0, parts.weekly_report.post),) if parts.weekly_report else ()
    return (
        *weekly,
        Chore("post_enquiries", 1.0, channel.post_new),
        Chore("tell_askers", 1.0, parts.tell_askers.tell),
        Chore("watch_rulings", 1.0, parts.watch_rulings.watch),
        Chore("chase", min(3600.0, chase_after), ChaseEnquiries(parts.enquiries, channel, chase_after).chase),
        Chore("forget", 3600.0, lambda: parts.questions.erase_before(time.time() - keep)),
        Chore("forget_checks", 3600.0, lambda: parts.cancelling.checks.forget(time.time() - keep)),
    )


def slow_chores_of(settings: Settings, parts: Parts, client: WebClient) -> Sequence[Chore]:
    """What may take a minute, on a thread of its own: fetching an upload, comparing, checking a build whole."""
    editions = parts.editions_desk
    channel = settings.registrar_channel
    watch = BuildWatch(settings.home, parts.home.builds, client, editions.calls, editions.once, channel)
    return (Chore("load_editions", 1.0, parts.loading.advance), Chore("watch_build", 1.0, watch.look))
