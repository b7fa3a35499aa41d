"""The `desk` command: its names, its JSON, its exit codes, and that no traceback reaches a person."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from bot.terminal import app
from knowledge.ask import Desk
from knowledge.errors import ModelMismatch, NoBuild
from tests.bot.a_session import QUESTION, a_desk, a_session, desk_command

ROOT = Path(__file__).resolve().parents[2]
ANSWER_KEYS = "status question as_at build composed_by statements citations notices took_ms".split()
PASSAGE_KEYS = "passage document edition authority section pages text score".split()
COMMANDS = ["run", "ask", "search", "ingest", "builds", "evaluate", "doctor"]


def a_batch(folder: Path, *lines: object) -> str:
    path = folder / "questions.jsonl"
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return str(path)


def a_broken_desk(fault: BaseException) -> Any:
    def raise_it() -> Desk:
        raise fault

    return raise_it


def test_every_command_of_the_design_is_there_and_says_what_it_does() -> None:
    listed = desk_command("--help").stdout

    assert [name for name in COMMANDS if f"\n  {name} " not in listed] == []
    for name in COMMANDS:
        shown = desk_command(name, "--help")
        assert (0, "") == (shown.exit_code, shown.stderr)
        assert len(shown.stdout.splitlines()) > 3


def test_ask_prints_the_answer() -> None:
    result = desk_command("ask", QUESTION)

    assert 0 == result.exit_code
    assert result.stdout.startswith("Answered as at 22 November 2026\n")
    assert "no later than 24 hours" in result.stdout


def test_ask_json_is_one_object_on_one_line_with_exactly_the_keys_scripts_depend_on() -> None:
    result = desk_command("ask", QUESTION, "--json")

    body = json.loads(result.stdout)
    assert 1 == result.stdout.count("\n")
    assert ANSWER_KEYS == list(body)
    assert ("answered", "2026-11-22") == (body["status"], body["as_at"])


@pytest.mark.parametrize("day", ["2013-04-01", "1 April 2013", "April 2013", "01/04/2013"])
def test_as_at_takes_a_date_in_any_form_people_write(day: str) -> None:
    body = json.loads(desk_command("ask", QUESTION, "--as-at", day, "--json").stdout)

    assert "2013-04-01" == body["as_at"]
    assert "72 hours" in body["citations"][0]["quote"]


@pytest.mark.parametrize("command", ["ask", "search"])
def test_as_at_with_what_is_no_date_is_wrong_use(command: str) -> None:
    result = desk_command(command, QUESTION, "--as-at", "2013-13-45")

    assert (2, "") == (result.exit_code, result.stdout)
    assert result.stderr == "'2013-13-45' is not a date; write it like 2013-04-01 or 1 April 2013.\n"


def test_search_json_is_exactly_what_scripts_depend_on() -> None:
    body = json.loads(desk_command("search", QUESTION, "-k", "2", "--json").stdout)

    assert ["as_at", "passages"] == list(body)
    assert 2 == len(body["passages"])
    assert PASSAGE_KEYS == list(body["passages"][0])
    assert [10, 11] == body["passages"][0]["pages"]


def test_search_prints_passages_best_first() -> None:
    shown = desk_command("search", QUESTION).stdout

    assert "Passages as at 22 November 2026, best first" in shown
    assert shown.index("24 hours") < shown.index("Lateness")


@pytest.mark.parametrize(("command", "keys"), [("ask", ANSWER_KEYS), ("search", ["as_at", "passages"])])
def test_a_batch_gives_one_object_a_line_in_order_with_its_id_first(
    command: str, keys: list[str], tmp_path: Path
) -> None:
    path = a_batch(
        tmp_path,
        {"id": "q1", "question": QUESTION, "kind": "ignored"},
        "",
        {"id": 2, "question": QUESTION, "as_at": "2013-05-01"},
        {"question": "how do I claim overtime"},
    )

    result = desk_command(command, "--batch", path)

    bodies = [json.loads(line) for line in result.stdout.splitlines()]
    assert 0 == result.exit_code
    assert ["q1", 2, None] == [body.get("id") for body in bodies]
    assert ["id", *keys] == list(bodies[0])
    assert keys == list(bodies[2])
    assert ["2026-11-22", "2013-05-01", "2026-11-22"] == [body["as_at"] for body in bodies]


def test_as_at_stands_in_where_a_line_of_a_batch_names_no_date(tmp_path: Path) -> None:
    path = a_batch(tmp_path, {"question": QUESTION}, {"question": QUESTION, "as_at": "2026-11-01"})

    lines = desk_command("ask", "--batch", path, "--as-at", "2013-05-01").stdout.splitlines()

    assert ["2013-05-01", "2026-11-01"] == [json.loads(line)["as_at"] for line in lines]


def test_a_batch_may_come_from_a_pipe() -> None:
    result = desk_command("ask", "--batch", "-", typed=json.dumps({"id": "x", "question": QUESTION}))

    assert "x" == json.loads(result.stdout)["id"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{not json", "it is not JSON"),
        ('["a list"]', "it is not a JSON object"),
        ('{"id": 1}', 'it has no "question"'),
        ('{"question": 7}', 'it has no "question"'),
        ('{"question": "x", "as_at": "soon"}', "'soon' is not a date"),
        ('{"question": "x", "as_at": 2013}', '"as_at" is not a date in quotation marks'),
    ],
)
def test_a_batch_with_a_bad_line_is_refused_whole_naming_the_line(line: str, why: str, tmp_path: Path) -> None:
    path = a_batch(tmp_path, {"question": QUESTION}, line)

    result = desk_command("ask", "--batch", path)

    assert (2, "") == (result.exit_code, result.stdout)
    assert result.stderr.startswith(f"questions.jsonl, line 2: {why}")
    assert result.stderr.endswith("; nothing was answered.\n")
    assert 1 == result.stderr.count("\n")


def test_a_batch_that_is_not_there_or_empty_is_wrong_use(tmp_path: Path) -> None:
    absent = desk_command("search", "--batch", str(tmp_path / "none.jsonl"))
    empty = desk_command("search", "--batch", a_batch(tmp_path, ""))

    assert [2, 2] == [absent.exit_code, empty.exit_code]
    assert "cannot be read" in absent.stderr
    assert "holds no questions" in empty.stderr


@pytest.mark.parametrize("arguments", [["ask"], ["ask", "one", "--batch", "two"], ["search"]])
def test_there_is_one_question_or_one_batch(arguments: list[str]) -> None:
    result = desk_command(*arguments)

    assert (2, "Give one question in quotes, or --batch with a file of them.\n") == (result.exit_code, result.stderr)


@pytest.mark.parametrize(
    "arguments", [["ask", "x", "--nope"], ["nope"], ["search", "x", "-k", "many"], ["ask", "a", "b"]]
)
def test_wrong_use_is_one_sentence_and_exit_code_2(arguments: list[str]) -> None:
    result = desk_command(*arguments)

    assert (2, "", 1) == (result.exit_code, result.stdout, result.stderr.count("\n"))


@pytest.mark.parametrize(
    "fault", [NoBuild("Nothing is published; run `desk ingest`."), ModelMismatch("Another model.")]
)
def test_a_fault_of_the_desk_is_its_sentence_and_exit_code_1(fault: Exception) -> None:
    result = desk_command("ask", "x", session=a_session(a_broken_desk(fault)))

    assert (1, "", f"{fault}\n") == (result.exit_code, result.stdout, result.stderr)


def test_a_fault_nobody_foresaw_is_recorded_without_the_askers_words_and_told_by_its_reference(tmp_path: Path) -> None:
    session = a_session(a_broken_desk(ValueError("Canary 07700 900123")), home=tmp_path)

    result = desk_command("ask", "about Canary", session=session)

    recorded = (tmp_path / "logs" / "faults.log").read_text()
    reference = recorded.split()[0]
    assert 1 == result.exit_code
    assert reference in result.stderr
    assert "Traceback" not in result.stderr
    assert "ValueError" in recorded
    assert "a_session.py" in recorded
    assert "Canary" not in recorded + result.stderr


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (KeyboardInterrupt(), "Stopped."),
        (OSError(28, "No space left on device"), "The disk is full"),
        (PermissionError(13, "Permission denied", "var/builds"), "var/builds may not be written or read"),
        (RecursionError(), "Something went wrong inside the desk"),
    ],
)
def test_whatever_happens_is_one_sentence_and_exit_code_1(fault: BaseException, says: str, tmp_path: Path) -> None:
    result = desk_command("ask", "x", session=a_session(a_broken_desk(fault), home=tmp_path))

    assert 1 == result.exit_code
    assert result.stderr.startswith(says)
    assert 1 == result.stderr.count("\n")


class Fragile:
    """A desk that breaks on one question."""

    def ask(self, text: str, **more: Any) -> Any:
        if "break" in text:
            raise ZeroDivisionError
        return a_desk().ask(text, **more)


def test_a_batch_gives_a_line_for_each_question_also_when_the_desk_breaks_on_one(tmp_path: Path) -> None:
    path = a_batch(tmp_path, {"id": 1, "question": "break on Canary"}, {"id": 2, "question": QUESTION})

    result = desk_command("ask", "--batch", path, session=a_session(Fragile, home=tmp_path))  # type: ignore[arg-type]

    bodies = [json.loads(line) for line in result.stdout.splitlines()]
    assert ["failed", "answered"] == [body["status"] for body in bodies]
    assert (1, True) == (result.exit_code, "1 of 2 questions" in result.stderr)
    assert "Canary" not in result.stdout


def test_chatter_of_libraries_stays_off_standard_output() -> None:
    def noisy() -> Desk:
        print("Loading weights: 100%")
        return a_desk()

    result = desk_command("ask", QUESTION, "--json", session=a_session(noisy))

    assert ANSWER_KEYS == list(json.loads(result.stdout))
    assert "Loading weights" in result.stderr


def test_questions_from_a_pipe_are_answered_in_order_without_prompts() -> None:
    result = desk_command("run", typed=f"{QUESTION}\n\n1\nas at April 2013\n{QUESTION}\nquit\nnever asked\n")

    assert 0 == result.exit_code
    places = [result.stdout.index(part) for part in ("> when must", "\u00abA crime must", "until you type", "72 hours")]
    assert sorted(places) == places
    assert "Question:" not in result.stdout
    assert "never asked" not in result.stdout


@pytest.mark.parametrize("typed", ["", "\n  \n"])
def test_with_no_input_at_all_three_sample_questions_are_answered(typed: str) -> None:
    result = desk_command("run", typed=typed)

    assert 0 == result.exit_code
    assert 3 == result.stdout.count("\n> ")
    assert 3 == result.stdout.count(" as at 22 November 2026")


def test_a_fault_on_one_line_of_a_pipe_is_told_and_the_next_is_answered(tmp_path: Path) -> None:
    session = a_session(Fragile, home=tmp_path)  # type: ignore[arg-type]

    result = desk_command("run", session=session, typed=f"break\n{QUESTION}\n")

    assert 1 == result.exit_code
    assert "24 hours" in result.stdout
    assert "ZeroDivisionError" in result.stderr


def test_run_says_that_nothing_is_published_before_loading_anything() -> None:
    def nothing(_: Settings) -> Any:
        raise NoBuild("Nothing is published.")

    session = replace(a_session(a_broken_desk(AssertionError("the model was loaded"))), published=nothing)

    result = desk_command("run", session=session)

    assert (1, "Nothing is published.\n") == (result.exit_code, result.stderr)


def test_half_of_a_pair_of_slack_tokens_says_which_is_missing_and_where_to_get_it() -> None:
    result = desk_command("run", session=a_session(slack_bot_token="xoxb-canary"))

    assert 2 == result.exit_code
    assert result.stderr.startswith("SLACK_APP_TOKEN is missing: create one")
    assert "canary" not in result.stderr


def test_doctor_names_what_is_there(tmp_path: Path) -> None:
    result = desk_command("doctor", session=a_session(home=tmp_path))

    assert 0 == result.exit_code
    for what in ("Python", "Data directory", "Embedding model", "Guidance", "Slack", "Chat model", "Today"):
        assert f" {what} " in result.stdout
    assert "2 in force today" in result.stdout.replace("\n                          ", " ")


def test_doctor_fails_when_something_is_missing_and_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    session = a_session(home=tmp_path / "home", model=tmp_path, slack_app_token="xapp-canary")

    result = desk_command("doctor", session=session)

    assert 1 == result.exit_code
    missing = [line.removeprefix("missing").strip() for line in result.stdout.splitlines() if line[:7] == "missing"]
    assert [" ".join(line.split()[:2]) for line in missing] == [
        "Data directory",
        "Embedding model",
        "Audit trail",
        "Slack SLACK_BOT_TOKEN",
    ]
    assert "SLACK_BOT_TOKEN" in result.stdout
    assert "canary" not in result.stdout


def as_a_process(*arguments: str, cwd: Path, **more: Any) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), **more.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "bot.terminal", *arguments],
        cwd=cwd, env=env, capture_output=True, text=True, timeout=60, **more,
    )  # fmt: skip


def test_as_a_process_help_is_quick_and_loads_no_engine(tmp_path: Path) -> None:
    engines = "{'torch', 'chromadb', 'sentence_transformers', 'slack_bolt', 'pypdfium2'}"
    loaded = f"import sys, bot.terminal; print(*{engines} & set(sys.modules))"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}

    result = subprocess.run([sys.executable, "-c", loaded], env=env, capture_output=True, text=True, timeout=60)

    assert ("\n", "") == (result.stdout, result.stderr)


def test_as_a_process_wrong_settings_are_named_all_at_once_without_a_traceback(tmp_path: Path) -> None:
    env = {"DESK_TODAY": "yesterday", "DESK_ANSWER_WORKERS": "0", "SLACK_BOT_TOKEN": "xoxb-canary"}

    result = as_a_process("doctor", cwd=tmp_path, env=env)

    assert (2, "", 1) == (result.returncode, result.stdout, result.stderr.count("\n"))
    assert "DESK_TODAY" in result.stderr
    assert "DESK_ANSWER_WORKERS" in result.stderr
    assert "canary" not in result.stderr


def test_as_a_process_the_version_is_told(tmp_path: Path) -> None:
    assert as_a_process("--version", cwd=tmp_path).stdout.startswith("desk")


def test_as_a_process_a_closed_pipe_ends_it_quietly(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    env = {**os.environ, "PYTHONPATH": str(ROOT)}

    ended = subprocess.run(
        [sys.executable, "-m", "bot.terminal", "doctor"],
        cwd=tmp_path, env=env, stdout=write, stderr=subprocess.PIPE, text=True, timeout=60,
    )  # fmt: skip
    os.close(write)

    assert (1, "") == (ended.returncode, ended.stderr)


def test_the_command_line_is_the_one_the_project_installs() -> None:
    assert app.info.name == "desk"
