"""What Slack takes, and what the desk keeps to, which is less.

Slack refuses a message whose blocks hold about 13,200 characters together (bolt-js#2509; the documentation does not
say so), more than 50 blocks, or a text object over 3,000. The desk stays well under, because a phone is small.
"""

from __future__ import annotations

CHARACTERS = 10_000
BLOCKS = 40
TEXT_OBJECT = 2_900
FALLBACK = 2_500
"""Of the top-level text: what a notification and a screen reader say."""
QUOTE = 2_000
"""A longer quotation is not cut: it is offered behind its button."""
NOTICE = 900
"""What a near ruling takes, its question and answer at their longest (`knowledge.answer_from_ruling`)."""
BUTTONS = 5
MODAL_TITLE = 24
MODAL_CHARACTERS = 20_000
