"""The weekly report as a post in the registrar's channel: short, with the chart; the page is attached. Pure."""

from __future__ import annotations

from slack_sdk.models.blocks import Block, ImageBlock
from slack_sdk.models.blocks.basic_components import SlackFile

from bot.rendering import limits
from bot.rendering.escape import inert
from bot.rendering.message import Message, rich, section, shortened, small, text
from bot.rendering.report_words import count, enquiries, headline, rule_words
from bot.report.figures import Report

_GROUPS, _LONGEST = 5, 200


def report_message(report: Report, chart: str, chart_says: str) -> Message:
    """The post. `chart` is Slack's id of its picture, empty where there is none; `chart_says` the same in words."""
    words = f"{headline(report)} {enquiries(report)}"
    paragraphs = [section(text("What the desk was asked, and could not answer", bold=True)), section(text(words))]
    if report.not_covered:
        paragraphs.append(section(text("Not covered, what was asked most first", bold=True)))
    for group in report.not_covered[:_GROUPS]:
        times = f" ({count(len(group.questions), 'time')})" if len(group.questions) > 1 else ""
        paragraphs.append(section(text(f"\u2022 {shortened(inert(group.questions[0]), _LONGEST)}{times}")))
    if report.out_of_date:
        rule, edition, _, flagged = report.out_of_date[0]
        says = f"{shortened(inert(rule_words(rule)), _LONGEST)}, {inert(edition)} ({count(flagged, 'time')})"
        paragraphs.append(section(text("Flagged as out of date: ", bold=True), text(says)))
    blocks: list[Block] = [rich(*paragraphs)]
    if chart and report.total.now:
        alternative = shortened(inert(chart_says), limits.TEXT_OBJECT)
        blocks.append(ImageBlock(alt_text=alternative[:2000], slack_file=SlackFile(id=chart)))
    blocks.append(small("Nobody is named, and personal details were replaced before anything was kept."))
    return Message(words, tuple(blocks))
