"""The cancellation check in Slack: the form's two steps, on a build that holds no rules on cancelling."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.checks import Checks
from bot.settings import Settings
from bot.store import open_store
from tests.bot.a_session import a_session, desk_command
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


def test_the_result_is_laid_out_for_the_crime_record_and_opened_again_by_its_reference(
    slack: SlackServer, bot: RunningBot
) -> None:
    slack.submit(opened(slack), {"criterion": "C3", "kind": "homicide"}).wait_acked()
    answers = {"relied_on": ["duplicate"], "decider": "supervisor", "independent": "yes"}
    slack.submit(modal(slack, "cancellation_check"), answers).wait_acked()
    result = modal(slack, "cancellation_result")
    for _ in range(2):
        slack.press(OFFICER, result, "record_check").wait_acked()
    record = modal(slack, "record")
    written = "\n".join(
        element["elements"][0]["text"]
        for block in record.blocks
        if block["type"] == "rich_text"
        for element in block["elements"]
        if element["type"] == "rich_text_preformatted"
    )

    assert f"Asked by {OFFICER} on" in written
    assert "- Relied on: It is a duplicate of a crime recorded in this force" in written
    reference = written.split("reference ", 1)[1].split()[0]
    shown = desk_command("show", reference, session=a_session(home=bot.home))
    assert (0, written + "\n") == (shown.exit_code, shown.stdout)


def test_a_press_that_names_the_check_of_another_person_gets_nothing_of_it(slack: SlackServer, bot: RunningBot) -> None:
    slack.submit(opened(slack), {"criterion": "C3", "kind": "homicide"}).wait_acked()
    answers = {"relied_on": ["duplicate"], "decider": "supervisor", "independent": "yes"}
    slack.submit(modal(slack, "cancellation_check"), answers).wait_acked()
    result = modal(slack, "cancellation_result")
    (check,) = [e["value"] for b in result.blocks if b["type"] == "actions" for e in b["elements"]]
    engine = open_store(Settings(home=bot.home).database)
    Checks(engine).take(check, "T0", "U0SOMEBODY")
    engine.dispose()
    slack.press(OFFICER, result, "record_check").wait_acked()

    said = slack.wait_for(lambda: (v := slack.modal(OFFICER)) and v is not result and v, 10, "the notice")
    assert "U0SOMEBODY" not in slack.visible_text(said)
    assert "duplicate" not in slack.visible_text(said)


def test_the_form_is_acknowledged_and_no_question_is_recorded_of_it(slack: SlackServer, bot: RunningBot) -> None:
    """Run last."""
    assert [] == slack.problems
    assert [] == [envelope.payload for envelope in slack.envelopes if envelope.acked_at is None]
    assert "question_recorded" not in bot.log
    assert [] == [str(call) for call in slack.calls if not call.ok]
