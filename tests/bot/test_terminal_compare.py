"""`desk builds compare` on two real builds: in words, as JSON and as a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.commands.session import Session
from bot.settings import Settings
from ingest.publish import build_ids
from tests.bot.a_session import desk_command
from tests.bot.some_builds import TEXT, an_ingesting_session, some_guidance
from tests.builders import TODAY

POLICY = TEXT.replace("Rules", "Policy").replace("When to record", "Late records")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two builds; between them the limit changed and a document vanished."""
    folder = tmp_path_factory.mktemp("compare")
    guidance = some_guidance(folder / "guidance")
    listed = (guidance / "sources.toml").read_text()
    (guidance / "policy.md").write_text(POLICY)
    (guidance / "sources.toml").write_text(listed + listed.replace("rules", "policy"))
    session = an_ingesting_session(folder / "home")
    desk_command("ingest", "--sources", str(guidance / "sources.toml"), session=session)
    (guidance / "rules.md").write_text(TEXT.replace("24", "48"))
    (guidance / "sources.toml").write_text(listed)
    desk_command("ingest", "--sources", str(guidance / "sources.toml"), session=session)
    return folder / "home"


@pytest.fixture
def session(home: Path) -> Session:
    return Session(Settings(home=home, today=TODAY))


@pytest.fixture
def two(home: Path) -> list[str]:
    return build_ids(home)


def test_the_editions_come_first_then_the_rules_and_last_what_needs_a_yes(session: Session, two: list[str]) -> None:
    result = desk_command("builds", "compare", *two, session=session)

    assert 0 == result.exit_code
    assert result.stdout.startswith("changed    rules@2026-27\nwithdrawn  policy@2026-27\nunchanged  0\n")
    says = " ".join(result.stdout.split())
    assert "A crime must be recorded within [-24-] {+48+} hours of the report." in says
    assert "Mind: figure 24, now 48" in says
    assert "- T (policy) is in the build before and not in this one." in says
    assert says.endswith("half or fewer are left.")


def test_the_json_keeps_its_keys_and_gains_the_rules(session: Session, two: list[str]) -> None:
    body = json.loads(desk_command("builds", "compare", *two, "--json", session=session).stdout)

    assert ["a", "b", "editions", "edition_changes", "passages", "changes", "concerns"] == list(body)
    assert two == [body["a"], body["b"]]
    assert ["added", "changed", "withdrawn", "unchanged"] == list(body["editions"])
    assert [("rules@2026-27", "changed"), ("policy@2026-27", "removed")] == [
        (one["edition"], one["change"]) for one in body["edition_changes"]
    ]
    assert {"same": 0, "changed": 1, "added": 0, "removed": 1, "moved": 0} == body["passages"]
    changed, removed = body["changes"]
    assert ("changed", True, None) == (changed["kind"], changed["weighty"], removed["after"])
    assert [{"said": "gone", "text": " 24", "mark": "figure"}, {"said": "new", "text": " 48", "mark": "figure"}] == [
        piece for piece in changed["words"] if piece["said"] != "same"
    ]
    assert "rules@2026-27/0001" == changed["before"]["passage"]
    assert 2 == len(body["concerns"])


def test_the_page_is_written_whole_and_named(session: Session, two: list[str], tmp_path: Path) -> None:
    page = tmp_path / "comparison.html"

    result = desk_command("builds", "compare", *two, "--html", str(page), session=session)
    body = json.loads(desk_command("builds", "compare", *two, "--html", str(page), "--json", session=session).stdout)

    assert "open it in a browser" in result.stdout
    assert (str(page), page.stat().st_size) == (body["html"], body["bytes"])
    assert [page] == list(tmp_path.iterdir())
    assert '<ins class="figure">48</ins>' in page.read_text()


def test_a_page_that_cannot_be_written_is_one_sentence(session: Session, two: list[str], tmp_path: Path) -> None:
    result = desk_command("builds", "compare", *two, "--html", str(tmp_path / "no" / "c.html"), session=session)

    assert (1, "", 1) == (result.exit_code, result.stdout, result.stderr.count("\n"))


def test_a_build_whose_passages_are_damaged_says_so(session: Session, two: list[str], home: Path) -> None:
    damaged = home / "builds" / two[0] / "passages.jsonl"
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:-20])

    result = desk_command("builds", "compare", *two, session=session)

    damaged.write_bytes(whole)
    assert (1, "") == (result.exit_code, result.stdout)
    assert "desk builds verify" in result.stderr
