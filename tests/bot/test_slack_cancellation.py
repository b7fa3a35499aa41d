"""The cancellation check in Slack: the form's two steps, on a build that holds no rules on cancelling."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bot.running_bot import SUBSCRIPTIONS, RunningBot
from tests.bot.slack_fixtures import OFFICER, ROOM, granted
from tests.slack_server import SlackServer, View


@pytest.fixture(scope="module")
def slack() -> Iterator[SlackServer]:
    with SlackServer() as server:
        server.subscriptions = SUBSCRIPTIONS
        server.grant_only(*granted())
        yield server


@pytest.fixture(scope="module")
def bot(slack: SlackServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    running = RunningBot(slack, tmp_path_factory.mktemp("desk"), DESK_LOG_LEVEL="DEBUG").connected()
    yield running
    running.stop()


def modal(slack: SlackServer, callback: str) -> View:
    def there() -> View | None:
        view = slack.modal(OFFICER)
        return view if view is not None and view.callback_id == callback else None

    found = slack.wait_for(there, 10, f"the modal {callback}")
    assert found is not None
    return found


def labels(view: View) -> list[str]:
    return [block["label"]["text"] for block in view.blocks if block["type"] == "input"]


def opened(slack: SlackServer) -> View:
    slack.slash("/cancellation", "", OFFICER, ROOM).wait_acked()
    return modal(slack, "cancellation_crime")


def test_the_second_step_asks_only_what_matters_under_the_criterion(slack: SlackServer, bot: RunningBot) -> None:
    slack.submit(opened(slack), {"criterion": "C3", "kind": "homicide"}).wait_acked()
    duplicate = labels(modal(slack, "cancellation_check"))
    slack.submit(opened(slack), {"criterion": "C2", "kind": "rape"}).wait_acked()
    rape = labels(modal(slack, "cancellation_check"))

    assert "Was the victim told beforehand?" not in duplicate
    assert "Was the victim told beforehand?" in rape
    assert "Has any substantive investigation begun?" in rape


@pytest.mark.parametrize("offence", ["", "the one with the knife, vic is Jane Placeholder"])
def test_a_crime_that_is_no_class_is_told_so_in_the_form_and_kept_nowhere(
    slack: SlackServer, bot: RunningBot, offence: str
) -> None:
    form = opened(slack)
    slack.submit(form, {"criterion": "C2", "kind": "other", "offence": offence[:40]}).wait_acked()

    assert "offence" in form.errors
    assert "Placeholder" not in bot.log
    assert "Placeholder" not in str(form.errors)


def test_where_no_rules_on_cancelling_are_held_the_result_says_so(slack: SlackServer, bot: RunningBot) -> None:
    slack.submit(opened(slack), {"criterion": "C3", "kind": "homicide"}).wait_acked()
    answers = {"relied_on": ["duplicate"], "decider": "supervisor", "independent": "yes"}
    slack.submit(modal(slack, "cancellation_check"), answers).wait_acked()

    shown = slack.visible_text(modal(slack, "cancellation_result"))
    assert "MET" not in shown
    assert "No decision and no permission" in shown


def test_the_form_is_acknowledged_and_no_question_is_recorded_of_it(slack: SlackServer, bot: RunningBot) -> None:
    """Run last."""
    assert [] == slack.problems
    assert [] == [envelope.payload for envelope in slack.envelopes if envelope.acked_at is None]
    assert "question_recorded" not in bot.log
    assert [] == [str(call) for call in slack.calls if not call.ok]
