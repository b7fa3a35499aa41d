"""What the listeners hand requests to."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass

from bot.answering import Answering
from bot.cancelling import Cancelling
from bot.edition_forms import EditionForms
from bot.editions_desk import EditionsDesk
from bot.enquiries import Enquiries
from bot.feedback import Feedback
from bot.home import Home
from bot.loading import Loading
from bot.page import Pages
from bot.passages import Passages
from bot.questions import Questions
from bot.records import Records
from bot.registrar_desk import RegistrarDesk
from bot.rulings_desk import RulingsDesk
from bot.sharing import Sharing
from bot.tell_askers import TellAskers
from bot.watch_rulings import WatchRulings
from bot.weekly_report import WeeklyReport
from bot.whispers import Whispers


@dataclass(frozen=True, slots=True)
class Parts:
    """One of each. `errands` runs what no listener waits for; `registrar_channel` is empty when there is none."""

    answering: Answering
    passages: Passages
    pages: Pages
    feedback: Feedback
    records: Records
    questions: Questions
    enquiries: Enquiries
    sharing: Sharing
    registrar_desk: RegistrarDesk
    rulings_desk: RulingsDesk
    watch_rulings: WatchRulings
    tell_askers: TellAskers
    home: Home
    cancelling: Cancelling
    whispers: Whispers
    editions_desk: EditionsDesk
    edition_forms: EditionForms
    loading: Loading
    errands: Executor
    registrar_channel: str = ""
    weekly_report: WeeklyReport | None = None
