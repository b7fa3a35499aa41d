"""`desk` as a process of its own, its answers coming from passages in memory: `python -m tests.bot.desk_in_memory run`.

OPENING_TAKES is how many seconds opening the desk takes, as loading a model would.
"""

from __future__ import annotations

import os
import time

from bot.terminal import app
from knowledge.ask import Desk
from tests.bot.a_session import a_desk, a_session


def slowly() -> Desk:
    time.sleep(float(os.environ.get("OPENING_TAKES", "0")))
    return a_desk()


if __name__ == "__main__":
    app(obj=a_session(slowly))
