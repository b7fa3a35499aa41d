"""Posts the report of the week gone by to the registrar's channel: once a week, whoever is restarted meanwhile.

An attempt is claimed before anything is posted, so of several processes one posts. When that one dies, or does not hear
what became of its post, the next attempt first looks whether the post stands in the channel.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import structlog
from slack_sdk import WebClient
from sqlalchemy import Engine

from bot.earlier_post import earlier_post
from bot.once import Once
from bot.rendering.message import Message
from bot.rendering.report_charts import Chart, drawn, weeks_chart
from bot.rendering.report_message import report_message
from bot.rendering.report_page import report_page
from bot.report.figures import Report
from bot.report.gather import first_asked
from bot.report.make_report import make_report
from bot.report.period import midnight, weeks_to
from bot.slack_calls import Calls, Refused, Unavailable
from bot.weekly import Weekly

ABANDONED = 600.0
"""Seconds after which an attempt has died or failed: a post and two uploads wait for Slack a minute at most."""
ATTEMPTS = 6
"""Made in an hour. A Slack that takes no post for that long takes none; the next week has its own report."""
METADATA = "recording_desk_report"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class WeeklyReport:
    """`channel` is the registrar's; `due` the day and time after which the week before is reported."""

    engine: Engine
    client: WebClient
    calls: Calls
    once: Once
    channel: str
    due: Weekly
    now: Callable[[], float] = time.time

    def post(self) -> None:
        """Post the report that is due, unless it stands. Raises StoreUnavailable.

        A desk that nobody had asked anything before the end of that week has nothing to report yet.
        """
        day = self.due.latest(datetime.fromtimestamp(self.now())).date()
        key = f"weekly_report:{day.isoformat()}"
        if self.once.when(f"{key}:done") is not None:
            return
        first = first_asked(self.engine)
        if first is None or first >= midnight(day):
            return
        attempt = self._attempt(key)
        if attempt is None:
            return
        try:
            if attempt == 0 or not self._stands(day):
                self._say(day, f"{key}:done")
            self.once.first(f"{key}:done")
            log.info("report_posted", where="weekly_report")
        except (Refused, Unavailable) as fault:  # when it may stand there after all, the next attempt looks
            code = getattr(fault, "code", None)
            log.error("report_not_posted", where="weekly_report", fault=type(fault).__name__, code=code)

    def _attempt(self, key: str) -> int | None:
        """The number of the attempt that is ours to make now, None where none is."""
        for number in range(ATTEMPTS):
            begun = self.once.when(f"{key}:{number}")
            if begun is None:
                return number if self.once.first(f"{key}:{number}") else None
            if self.now() - begun < ABANDONED:
                return None
        return None

    def _stands(self, day: date) -> bool:
        """Whether an earlier attempt's post stands in the channel."""
        mark = ("week_before", day.isoformat())
        return earlier_post(self.client, self.calls, self.channel, mark, since=midnight(day)) is not None

    def _say(self, day: date, done: str) -> None:
        report = make_report(self.engine, weeks_to(day, 1))
        chart = weeks_chart(report, "image/png")
        picture = self._picture(chart, day)
        try:
            said = self._posted(report_message(report, picture, chart.says), day)
        except Refused as refused:  # a picture that Slack is not done with, or blocks that it does not know
            if not refused.code.startswith(("invalid_blocks", "msg_")):
                raise
            said = self._posted(report_message(report, "", "").without_blocks(), day)
        self.once.first(done)  # before the page is attached: the post stands, with or without it
        self._attach(report, day, str(said["channel"]), str(said["ts"]))

    def _posted(self, message: Message, day: date) -> Any:
        metadata = {"event_type": METADATA, "event_payload": {"week_before": day.isoformat()}}
        return self.calls.once(
            lambda: self.client.chat_postMessage(
                channel=self.channel, metadata=metadata, unfurl_links=False, unfurl_media=False, **message.payload()
            ),
            uncertain=True,
        )

    def _picture(self, chart: Chart, day: date) -> str:
        """Slack's id of the chart, shown nowhere but in the post; empty where Slack takes no file."""
        name = f"questions-by-week-{day.isoformat()}.png"
        try:
            said = self.calls.once(
                lambda: self.client.files_upload_v2(
                    content=chart.body, filename=name, title=name, request_file_info=False
                )
            )
            return str((said.get("files") or [{}])[0].get("id") or "")
        except (Refused, Unavailable) as fault:
            log.warning("not_shown", where="weekly_report", fault=type(fault).__name__)
            return ""

    def _attach(self, report: Report, day: date, channel: str, thread: str) -> None:
        """The whole report as a page, under the post. Without it the post still says what matters."""
        name = f"recording-desk-week-before-{day.isoformat()}.html"
        page = report_page(report, drawn(report))
        try:
            self.calls.once(
                lambda: self.client.files_upload_v2(
                    channel=channel,
                    thread_ts=thread,
                    content=page.encode(),
                    filename=name,
                    title="The whole report, for a browser",
                    request_file_info=False,
                )
            )
        except (Refused, Unavailable) as fault:
            log.warning("not_attached", where="weekly_report", fault=type(fault).__name__)
