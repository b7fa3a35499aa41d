"""`python -m tests.slack_server --port N`: a Slack to try the bot against by hand.

Prints the environment the bot needs, then everything it does. Each line typed is said to the bot in a direct message,
`@...` mentions it in #enquiries, and `/recording ...` gives the command. Stops at the end of input.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time

from . import Message, SlackServer, visible_text

OFFICER, ENQUIRIES = "U0OFFICER", "C0ENQUIRIES"


def main() -> None:
    """Serve until the input ends, or for `--seconds`."""
    parser = argparse.ArgumentParser(description="A loopback Slack, to try the bot against by hand.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=3_600, help="stop by then in any case")
    options = parser.parse_args()
    with SlackServer(port=options.port) as slack:
        for name, value in slack.environment().items():
            print(f"{name}={value}")
        told = slack.workspace.on_change

        def on_change(what: str, message: Message) -> None:
            told(what, message)
            show(what, message)

        slack.workspace.on_change = on_change
        threading.Thread(target=listen, args=(slack,), daemon=True).start()
        end = time.monotonic() + options.seconds
        while time.monotonic() < end and not finished.wait(0.2):
            pass


finished = threading.Event()


def listen(slack: SlackServer) -> None:
    """Act out what is typed."""
    for line in sys.stdin:
        text = line.strip()
        if text.startswith("/"):
            command, _, rest = text.partition(" ")
            slack.slash(command, rest, OFFICER, slack.dm(OFFICER))
        elif text.startswith("@"):
            slack.mention(OFFICER, ENQUIRIES, text[1:].strip())
        elif text:
            slack.say(OFFICER, slack.dm(OFFICER), text)
    finished.set()


def show(what: str, message: Message) -> None:
    """Print what a person would now see."""
    where = f"{message.channel}{' (only ' + message.only_for + ')' if message.only_for else ''}"
    print(f"--- {what} in {where}, {message.ts}\n{visible_text(message)}", flush=True)


if __name__ == "__main__":
    main()
