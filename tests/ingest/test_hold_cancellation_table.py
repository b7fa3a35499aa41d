"""At ingest the cancellation table is held against the documents: what changed is said, and its words are kept."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ingest.build import ingest
from ingest.publish import publish
from ingest.report import IngestReport
from knowledge.adapters.build_editions import read_build
from knowledge.adapters.cancellation_reviews import read_reviews, record_review, reviewed_words
from knowledge.cancellation.reviews import Review
from tests.bot.a_session import desk_command
from tests.bot.test_terminal_cancellation import published_in
from tests.fakes import FakeEmbedder
from tests.knowledge.cancellation.some_guidance import ROOT, a_later_edition, the_digest

THE_RULES = (ROOT / "guidance" / "source" / "rules-digest-2026-27.md").read_text(encoding="utf-8")
OLD, NEW = "No other crime qualifies.", "Section 20 qualifies too."
SOURCES = """
[[document]]
id = "rules-digest"
title = "Invented Digest"
publisher = "Nobody"
authority = "national_rule"
edition = "{edition}"
effective_from = {start}
file = "{file}"
"""
C5 = (
    *("--criterion", "C5", "--crime", "105A", "--relied-on", "self-defence-shown", "--deciding"),
    *("designated-decision-maker", "--independent", "yes", "--told", "in-person", "--pressure", "considered"),
)


def run(folder: Path, **editions: str) -> IngestReport:
    """Ingest editions of the digest, by the year they take effect in."""
    listed = ""
    for year, words in editions.items():
        file = f"digest-{year}.md"
        (folder / file).write_text(words, encoding="utf-8")
        listed += SOURCES.format(edition=year.strip("y"), start=f"{year.strip('y')}-04-01", file=file)
    (folder / "sources.toml").write_text(listed)
    return ingest([folder / "sources.toml"], home=folder / "var", embedder=FakeEmbedder(), by="tests")


def of_the_check(report: IngestReport) -> list[str]:
    return [warning for warning in report.warnings if warning.startswith("cancellation check:")]


def test_an_ingest_names_the_one_rule_that_a_later_edition_words_otherwise(tmp_path: Path) -> None:
    first = run(tmp_path, y2026=THE_RULES)
    second = run(tmp_path, y2026=THE_RULES, y2027=THE_RULES.replace(OLD, NEW))

    assert [] == of_the_check(first)
    (warning,) = of_the_check(second)
    assert "rules-digest:c5@" in warning
    assert "reads otherwise in 2027" in warning
    assert "`desk cancellation review`" in warning
    build = read_build(tmp_path / "var" / "builds" / str(second.build))
    assert [warning] == [one for one in build.changes["warnings"] if one.startswith("cancellation check:")]


@pytest.mark.slow
def test_the_words_that_were_reviewed_are_kept_in_the_data_directory_before_they_change(tmp_path: Path) -> None:
    run(tmp_path, y2026=THE_RULES)
    run(tmp_path, y2027=THE_RULES.replace(OLD, NEW))

    assert any(OLD in words for words in reviewed_words(tmp_path / "var").values())
    assert not any(NEW in words for words in reviewed_words(tmp_path / "var").values())


@pytest.mark.slow
def test_a_data_directory_from_before_words_were_kept_takes_them_from_its_builds(tmp_path: Path) -> None:
    run(tmp_path, y2026=THE_RULES)
    (tmp_path / "var" / "cancellation" / "words.json").unlink()
    run(tmp_path, y2027=THE_RULES.replace(OLD, NEW))

    assert any(OLD in words for words in reviewed_words(tmp_path / "var").values())


def test_a_dry_run_warns_and_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "digest.md").write_text(THE_RULES.replace(OLD, NEW), encoding="utf-8")
    (tmp_path / "sources.toml").write_text(SOURCES.format(edition="2027", start="2027-04-01", file="digest.md"))
    report = ingest(
        [tmp_path / "sources.toml"], home=tmp_path / "var", embedder=FakeEmbedder(), by="tests", dry_run=True
    )

    assert 1 == len(of_the_check(report))
    assert not (tmp_path / "var" / "cancellation" / "words.json").exists()


@pytest.mark.slow
def test_what_a_registrar_accepted_is_not_warned_of_again_and_other_words_are(tmp_path: Path) -> None:
    (warning,) = of_the_check(run(tmp_path, y2027=THE_RULES.replace(OLD, NEW)))
    found = desk_command("cancellation", "review", "--json", session=at(tmp_path))
    (row,) = json.loads(found.stdout)["rows"]
    record_review(
        tmp_path / "var", Review("rules-digest", "c5", "2027", row["sha256"], "A. Registrar", date(2027, 4, 2))
    )

    same = THE_RULES.replace(OLD, NEW).replace("bicycle", "tricycle")
    assert row["row"] in warning
    assert [] == of_the_check(run(tmp_path, y2027=same))
    assert 1 == len(of_the_check(run(tmp_path, y2027=THE_RULES.replace(OLD, "Section 18 qualifies too."))))


def at(folder: Path):
    """A session on what was published below a folder."""
    from bot import wiring
    from bot.commands.session import Session
    from bot.settings import Settings

    return Session(Settings(home=folder / "var", today=date(2027, 6, 1)), published=wiring.published)


def verdict(session) -> str:
    told = json.loads(desk_command("cancellation", *C5, "--json", session=session).stdout)
    return str(told["lines"][0]["verdict"])


def test_the_check_is_unclear_until_a_registrar_accepts_the_words_and_again_once_it_is_taken_back(
    tmp_path: Path,
) -> None:
    run(tmp_path, y2026=THE_RULES)
    later = run(tmp_path, y2026=THE_RULES, y2027=THE_RULES.replace(OLD, NEW))
    publish(tmp_path / "var", str(later.build))
    session = at(tmp_path)

    listed = desk_command("cancellation", "review", session=session).stdout
    row = next(word for word in listed.split() if word.startswith("rules-digest:c5@"))
    before = verdict(session)
    accepted = desk_command("cancellation", "review", "--accept", row, "--by", "A. Registrar", session=session)
    after = json.loads(desk_command("cancellation", *C5, "--json", session=session).stdout)
    taken = desk_command("cancellation", "review", "--take-back", row, "--by", "A. Registrar", session=session)

    assert "[-No other crime-]" in " ".join(listed.split())
    assert "{+Section 20+}" in " ".join(listed.split())
    assert "(c5-class)" in listed
    assert ("UNCLEAR", 0, "MET", 0, "UNCLEAR") == (
        before,
        accepted.exit_code,
        after["lines"][0]["verdict"],
        taken.exit_code,
        verdict(session),
    )
    assert any("A. Registrar reviewed them here on 1 June 2027" in notice for notice in after["notices"])
    acts = [json.loads(line) for line in (tmp_path / "var" / "audit" / "trail.jsonl").read_text().splitlines()]
    assert ["cancellation_rule_accepted", "cancellation_rule_taken_back"] == [one["act"] for one in acts]
    assert ("c5", "rules-digest", "A._Registrar") == tuple(
        acts[0]["details"][name] for name in ("rule", "document", "reviewer")
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--accept", "rules-digest:c5@00000000", "--by", "X"), "is no row to accept"),
        (("--accept", "rules-digest:c5@00000000"), "--by NAME"),
        (("--accept", "rules-digest:independence@gone", "--by", "X"), "no words to accept"),
        (("--take-back", "rules-digest:c5@00000000", "--by", "X"), "was not accepted here"),
    ],
)
def test_what_cannot_be_accepted_is_one_sentence(tmp_path: Path, options: tuple[str, ...], says: str) -> None:
    gone = ("Only a person independent of the investigation may decide", "Anyone may decide")
    session = published_in(tmp_path / "var", a_later_edition(the_digest(), (OLD, NEW), gone))

    said = desk_command("cancellation", "review", *options, session=session)

    assert (2, True) == (said.exit_code, says in " ".join(said.output.split()))
    assert {} == read_reviews(tmp_path / "var").standing


@pytest.mark.slow
def test_reviews_that_cannot_be_read_stop_no_ingest_and_are_named(tmp_path: Path) -> None:
    kept = tmp_path / "var" / "cancellation" / "reviews.jsonl"
    kept.parent.mkdir(parents=True)
    kept.write_text("{oh dear")

    report = run(tmp_path, y2026=THE_RULES)
    checked = desk_command("cancellation", *C5, session=at(tmp_path))

    assert report.published
    assert "reviews of the cancellation rules cannot be read" in of_the_check(report)[0]
    assert (1, True) == (checked.exit_code, "put cancellation/reviews.jsonl" in " ".join(checked.output.split()))


def test_where_nothing_changed_there_is_nothing_to_review(tmp_path: Path) -> None:
    run(tmp_path, y2026=THE_RULES)

    said = desk_command("cancellation", "review", session=at(tmp_path))

    assert (0, "Every rule behind the cancellation check reads as it was reviewed.\n") == (said.exit_code, said.stdout)
