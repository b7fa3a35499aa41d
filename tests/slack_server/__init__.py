"""A loopback Slack: Web API and Socket Mode over real sockets, with Slack's limits, and misbehaviour on demand.

The bot is run as a process against `SlackServer.api_url`. `README.md` has the examples.
"""

from .envelopes import Delivery, Envelope
from .faults import (
    Closed,
    EndlessBody,
    Fault,
    Hang,
    HtmlBody,
    Meanwhile,
    RateLimited,
    Redirect,
    Reset,
    ServerError,
    SlackError,
    Slow,
    UnknownMethod,
    Well,
)
from .payloads import escaped
from .records import Call
from .server import SlackServer
from .signing import HttpAnswer, sign, signed_request
from .state import Channel, File, Message, User, View
from .visible_text import mentions, visible_text

__all__ = [
    "Call",
    "Channel",
    "Closed",
    "Delivery",
    "EndlessBody",
    "Envelope",
    "Fault",
    "File",
    "Hang",
    "HtmlBody",
    "HttpAnswer",
    "Meanwhile",
    "Message",
    "RateLimited",
    "Redirect",
    "Reset",
    "ServerError",
    "SlackError",
    "SlackServer",
    "Slow",
    "UnknownMethod",
    "User",
    "View",
    "Well",
    "escaped",
    "mentions",
    "sign",
    "signed_request",
    "visible_text",
]
