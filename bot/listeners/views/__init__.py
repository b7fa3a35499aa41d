"""Submitted forms."""

from __future__ import annotations

from slack_bolt import App

from bot.listeners.views.enquiry_answered import enquiry_answered
from bot.listeners.views.enquiry_sent import enquiry_sent
from bot.listeners.views.feedback_sent import feedback_sent
from bot.parts import Parts
from bot.rendering import answer_enquiry_modal, feedback_modal, registrar_modal


def register(app: App, parts: Parts) -> None:
    """What was not helpful, questions to the registrar's office, and its answers."""
    app.view(feedback_modal.CALLBACK)(feedback_sent(parts))
    app.view(registrar_modal.CALLBACK)(enquiry_sent(parts))
    app.view(answer_enquiry_modal.CALLBACK)(enquiry_answered(parts))
