"""SlackServer: Slack on 127.0.0.1, in a thread of its own, for tests that talk to it over real sockets."""

from __future__ import annotations

import asyncio
import threading
from types import TracebackType

from aiohttp import web

from .fault_script import FaultScript
from .furnishing import Furnishing
from .http_addresses import HttpAddresses
from .misbehaving import Misbehaving
from .outbox import Outbox
from .people import People
from .records import Records
from .socket_mode import SocketMode
from .submissions import Submissions
from .watching import Watching
from .web_api import WebApi
from .workspace import Workspace


class SlackServer(People, Submissions, Furnishing, Watching, Misbehaving):
    """A workspace, the Web API, Socket Mode, and the people who use them.

    ::

        with SlackServer() as slack:
            bot = subprocess.Popen([...], env={**os.environ, **slack.environment()})
            slack.wait_connected()
            asked = slack.say("U0OFFICER", "D0OFFICER", "do i still crime it").wait_acked()
            answer = slack.wait_for(lambda: slack.messages("D0OFFICER", thread_ts=asked.ts), timeout=5)[0]
            assert "crime" in slack.visible_text(answer)
    """

    def __init__(self, *, echo: bool = False, port: int = 0) -> None:
        self.bot_token, self.app_token = "xoxb-1-desk", "xapp-1-desk"
        self.signing_secret = "loopback-signing-secret"
        self.records, self.faults, self.workspace = Records(), FaultScript(), Workspace()
        self.web_api = WebApi(self.workspace, self.records, self.faults)
        self.addresses = HttpAddresses(self.workspace, self.records, self.faults)
        self.socket_mode = SocketMode(self.workspace, self.records)
        self.outbox = Outbox(self.records, self.socket_mode)
        self.web_api.tokens = self.addresses.tokens = {self.bot_token: "", self.app_token: ""}
        self.subscriptions = {"app_mention", "message.im", "app_home_opened"}
        self.echo, self.problems = echo, []
        self.workspace.on_change = self._echo
        self._port = port
        self._started = threading.Event()
        self._stop: asyncio.Event | None = None
        self._failure: BaseException | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> SlackServer:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> SlackServer:
        """Bind, and serve until `stop`."""
        self._thread = threading.Thread(target=self._run, name="slack-server", daemon=True)
        self._thread.start()
        if not self._started.wait(10) or self._failure is not None:
            raise RuntimeError("The loopback Slack did not start.") from self._failure
        return self

    def stop(self) -> None:
        """Close everything. Bounded: the thread is a daemon and is given five seconds."""
        loop, stop = self.outbox.loop, self._stop
        if loop is not None and stop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(stop.set)
        if self._thread is not None:
            self._thread.join(5)

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL, or WebClient(base_url=...), should be."""
        return f"{self.workspace.base_url}/api/"

    def environment(self) -> dict[str, str]:
        """What a bot's process needs to find this Slack."""
        return {"SLACK_API_URL": self.api_url, "SLACK_BOT_TOKEN": self.bot_token, "SLACK_APP_TOKEN": self.app_token}

    def deliver_over_http(self, url: str, signing_secret: str | None = None) -> None:
        """From now on people's acts reach the bot as signed requests to this URL."""
        self.outbox.http = (url, signing_secret or self.signing_secret)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as failure:  # kept, and raised by start() in the test's own thread
            self._failure = failure
            self._started.set()

    async def _serve(self) -> None:
        self.outbox.loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        app = web.Application(client_max_size=1 << 28)
        app.router.add_route("*", "/api/{method}", self.web_api.handle)
        app.router.add_get("/link", self.socket_mode.handle)
        app.router.add_routes(self.addresses.routes())
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2, handler_cancellation=True)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self._port)
        await site.start()
        port = runner.addresses[0][1]
        self.workspace.base_url = f"http://127.0.0.1:{port}"
        watcher = asyncio.create_task(self.socket_mode.watch())
        self._started.set()
        await self._stop.wait()
        watcher.cancel()
        await self.socket_mode.close_all()
        await runner.cleanup()
