"""Start, kill and stop the bot as a process against the loopback Slack."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.slack_server import SlackServer

ROOT = Path(__file__).resolve().parents[2]
SUBSCRIPTIONS = {"app_mention", "message.im", "message.channels", "message.groups", "app_home_opened"}


class RunningBot:
    """One process. Its log is kept for reading in a failed test, and for what must not be in it."""

    def __init__(
        self, slack: SlackServer, home: Path, *, module: str = "tests.bot.bot_under_test", **environ: str
    ) -> None:
        self.slack, self.home = slack, home
        self._log = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed by stop
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        values = {**inherited, "PYTHONPATH": str(ROOT), "DESK_HOME": str(home), **slack.environment(), **environ}
        self.process = subprocess.Popen(
            [sys.executable, "-m", *module.split()],
            cwd=ROOT,
            env={name: value for name, value in values.items() if value},
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    @property
    def log(self) -> str:
        self._log.seek(0)
        return self._log.read()

    def connected(self, timeout: float = 20.0) -> RunningBot:
        """Wait for its first WebSocket."""
        before = len(self.slack.connections)

        def there() -> bool:
            assert self.process.poll() is None, f"the bot ended:\n{self.log}"
            return self.slack.num_connections > 0 and len(self.slack.connections) > before - 1

        self.slack.wait_for(there, timeout, "a Socket Mode connection")
        return self

    def kill(self) -> None:
        """As power loss would: no handler runs."""
        self.process.kill()
        self.process.wait(10)
        self.slack.wait_for(lambda: self.slack.num_connections == 0, 5, "the dead bot's connection to be gone")

    def terminate(self, timeout: float = 20.0) -> int:
        """As a supervisor stops it."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)
        self._log.close()
