"""Settings: read from what is passed in, wrong ones all named at once, secrets never shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.settings import Settings, Surface, load_settings
from knowledge.errors import SettingsInvalid

ROOT = Path(__file__).resolve().parents[2]
VARIABLES = [
    str(choice)
    for field in Settings.model_fields.values()
    for choice in field.validation_alias.choices  # type: ignore[union-attr]
    if str(choice).isupper()
]


def test_with_nothing_set_the_desk_answers_in_the_terminal_from_its_own_model() -> None:
    settings = load_settings({}, None)

    assert (Path("var"), None, Surface.TERMINAL) == (settings.home, settings.model, settings.surface)


def test_every_wrong_setting_is_named_at_once_and_no_value_is_repeated() -> None:
    wrong = {
        "DESK_TODAY": "canary",
        "DESK_ANSWER_WORKERS": "canary",
        "DESK_QUEUE_LIMIT": "0",
        "DESK_HTTP_PORT": "99999",
    }

    with pytest.raises(SettingsInvalid) as fault:
        load_settings(wrong, None)

    assert [] == [name for name in wrong if name not in str(fault.value)]
    assert "canary" not in str(fault.value)
    assert "99999" not in str(fault.value)


@pytest.mark.parametrize("name", VARIABLES)
def test_a_variable_set_to_nothing_is_unset(name: str) -> None:
    assert load_settings({}, None) == load_settings({name: ""}, None)


def test_the_environment_wins_over_the_file_also_when_it_sets_nothing(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(
        "DESK_TODAY=2026-01-01\nDESK_QUEUE_LIMIT=7\nSLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\nOTHER=x\n"
    )

    settings = load_settings({"DESK_TODAY": "2026-02-02", "SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": ""}, file)

    assert (date(2026, 2, 2), 7, Surface.TERMINAL) == (settings.today, settings.queue_limit, settings.surface)


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}, Surface.SOCKET_MODE),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}, Surface.HTTP),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": "s"}, Surface.SOCKET_MODE),
    ],
)
def test_which_tokens_are_set_says_where_the_desk_answers(tokens: dict[str, str], expected: Surface) -> None:
    assert expected is load_settings(tokens, None).surface


@pytest.mark.parametrize(
    ("token", "missing"),
    [
        ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"),
        ("SLACK_APP_TOKEN", "SLACK_BOT_TOKEN"),
        ("SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN"),
    ],
)
def test_half_of_a_pair_says_what_is_missing_and_where_to_get_it(token: str, missing: str) -> None:
    with pytest.raises(SettingsInvalid, match=rf"^{missing} is missing: .* page"):
        _ = load_settings({token: "canary"}, None).surface


def test_secrets_print_as_asterisks() -> None:
    settings = load_settings(
        {"SLACK_BOT_TOKEN": "canary", "SLACK_APP_TOKEN": "canary", "SLACK_SIGNING_SECRET": "canary"}, None
    )

    assert "canary" not in repr(settings) + str(settings.model_dump())


def test_the_example_file_names_every_variable_and_no_other() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()

    assert sorted(VARIABLES) == sorted(
        line[1:].partition("=")[0] for line in lines if line.startswith("#") and "=" in line
    )


def test_the_example_file_sets_nothing_until_it_is_edited(tmp_path: Path) -> None:
    assert load_settings({}, None) == load_settings({}, ROOT / ".env.example")
