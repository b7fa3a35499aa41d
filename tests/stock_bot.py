"""The baseline of `tests.bench_slack`: the bot of Bolt's own tutorial, answering in its listener and nothing more."""

from __future__ import annotations

import os

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.settings import load_settings
from bot.wiring import wire


def main() -> None:
    """Answer direct messages by `say`, one after the other in Bolt's five threads."""
    settings = load_settings(os.environ, env_file=None)
    desk = wire(settings)
    client = WebClient(token=settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url)
    app = App(client=client)

    @app.event("message")
    def answer(event: dict, say) -> None:  # type: ignore[no-untyped-def, type-arg]
        if event.get("bot_id") is None and event.get("subtype") is None:
            said = desk.ask(event["text"])
            say(
                text="\n".join(statement.text for statement in said.statements) or "Not covered.", thread_ts=event["ts"]
            )

    SocketModeHandler(app, settings.slack_app_token.get_secret_value(), web_client=client).start()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
