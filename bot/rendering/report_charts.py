"""The charts of the report, as SVG for the page and PNG for Slack. matplotlib is imported when one is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from bot.rendering.message import shortened
from bot.rendering.report_words import STATUS
from bot.report.figures import Report
from knowledge.model import Status

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Told apart by lightness too, so in print and by those who do not see colours: dark at the foot, light at the top.
_SHADES = {
    Status.ANSWERED: "#17324d",
    Status.NOT_COVERED: "#c2410c",
    Status.NEEDS_CLARIFYING: "#3b82b8",
    Status.DECLINED: "#8fa3b5",
    Status.FAILED: "#d9dee3",
}
_INK = "#1d2329"
_WIDTH = 4.1
"""Inches. At the size of its letters the chart is as wide as a phone's screen."""
_TOPICS = 8


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with what it shows in words."""

    media: str
    body: bytes
    says: str


def weeks_chart(report: Report, media: str = "image/svg+xml") -> Chart:
    """Questions week by week, by how they ended."""
    from matplotlib.ticker import MaxNLocator

    figure, axes = _figure(2.9)
    names = [f"{week.first.day}/{week.first.month}" for week, _ in report.weeks]
    places, foot = list(range(len(names))), [0] * len(names)
    for status, shade in _SHADES.items():
        counts = [found[status] for _, found in report.weeks]
        if any(counts):
            axes.bar(places, counts, bottom=foot, color=shade, label=STATUS[status], width=0.8, linewidth=0)
            foot = [below + count for below, count in zip(foot, counts, strict=True)]
    every = max(1, -(-len(names) // 8))
    axes.set_xticks(places[::every], names[::every], fontsize=9)
    axes.set_ylim(0, max(5, max(foot) * 1.1))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel("week beginning", fontsize=9, color=_INK)
    if any(foot):
        axes.legend(fontsize=8, frameon=False, loc="upper center", bbox_to_anchor=(0.5, 1.22), ncols=2)
    says = "Questions by week: " + "; ".join(
        f"week of {week.first.isoformat()} {sum(found.values())}, {found[Status.NOT_COVERED]} of them not covered"
        for week, found in report.weeks
    )
    return Chart(media, _drawn(figure, media), says + ".")


def topics_chart(report: Report, media: str = "image/svg+xml") -> Chart | None:
    """The topics asked about most, against the weeks before; None where nothing was cited."""
    topics = report.topics[:_TOPICS]
    if not topics:
        return None
    from matplotlib.ticker import MaxNLocator

    figure, axes = _figure(0.9 + 0.42 * len(topics))
    places = list(range(len(topics)))
    axes.barh([p - 0.2 for p in places], [c.now for _, c in topics], 0.38, color="#17324d", label="these weeks")
    axes.barh([p + 0.2 for p in places], [c.before for _, c in topics], 0.38, color="#b8c4cf", label="as many before")
    axes.set_yticks(places, [_wrapped(topic) for topic, _ in topics], fontsize=8.5)
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(fontsize=8, frameon=False, loc="lower right")
    says = "Topics asked about: " + "; ".join(f"{name} {c.now}, before {c.before}" for name, c in topics) + "."
    return Chart(media, _drawn(figure, media), says)


def _figure(height: float) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure  # without pyplot: nothing global, and no window is ever looked for

    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    axes = figure.add_subplot()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(colors=_INK, labelsize=9)
    return figure, axes


def _drawn(figure: Figure, media: str) -> bytes:
    from matplotlib import rc_context

    to = BytesIO()
    # Letters as outlines: they look the same wherever the page is read, and no font is asked for. A fixed salt and no
    # date, so that the same figures make the same file.
    with rc_context({"svg.fonttype": "path", "svg.hashsalt": "recording-desk", "font.family": "DejaVu Sans"}):
        if media == "image/svg+xml":
            figure.savefig(to, format="svg", metadata={"Date": None})
        else:
            figure.savefig(to, format="png", dpi=200, metadata={"Software": None})
    return to.getvalue()


def _wrapped(topic: str) -> str:
    words, lines = shortened(topic, 44).split(), [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) > 21:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def drawn(report: Report) -> Sequence[Chart]:
    """The charts of the page."""
    topics = topics_chart(report)
    return (weeks_chart(report), topics) if topics else (weeks_chart(report),)
