"""Comparing two builds: each rule that reads otherwise, and nothing else."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest.build import ingest
from ingest.compare import compare, compare_builds
from ingest.compare_passages import match_passages
from ingest.compared import Comparison, Kind, PassageChange
from ingest.publish import build_ids
from knowledge.errors import NoBuild
from knowledge.model import Authority, Build, Edition, Passage, PassageKind
from tests.builders import a_passage, an_edition
from tests.fakes import FakeEmbedder
from tests.ingest.documents import RULES, SOURCES, write_sources

NOW = an_edition()
NEXT = an_edition(label="2027/28", effective_from=date(2027, 4, 1))
ENDED = replace(NOW, effective_to=date(2027, 3, 31))
TOPICS = ("burglary", "robbery", "fraud", "theft", "arson", "assault", "stalking", "harassment")


def texts(*texts: str, edition: Edition = NOW, path: tuple[str, ...] = ("When to record",)) -> list[Passage]:
    return [a_passage(text, ordinal=n, edition=edition, path=path, pages=(1,)) for n, text in enumerate(texts, start=1)]


def some_rules(edition: Edition = NOW, count: int = 8) -> list[Passage]:
    """Passages in sections of their own, no two much alike."""
    return [
        a_passage(
            f"A report of {topic} goes into column {n} of the {topic} register before the shift of {n} o'clock ends.",
            ordinal=n,
            edition=edition,
            path=("Rules", f"On {topic} {n}"),
            pages=(n,),
        )
        for n, topic in ((n, TOPICS[n % len(TOPICS)]) for n in range(1, count + 1))
    ]


def a_build(*editions: Edition, passages: int = 0) -> Build:
    return Build(f"b{len(editions)}", "now", "tests", passages, editions)


def compared(was: list[Passage], now: list[Passage], before: list[Edition], after: list[Edition]) -> Comparison:
    return compare(a_build(*before), was, a_build(*after), now)


def kinds(changes: list[PassageChange]) -> list[str]:
    return [str(change.kind) for change in changes]


def changes_of(was: list[Passage], now: list[Passage]) -> list[PassageChange]:
    return list(match_passages(was, now).changes)


class TestPassages:
    """One edition as it was and as it is."""

    def test_the_same_passages_show_no_change(self) -> None:
        matched = match_passages(some_rules(), some_rules())

        assert ((), 8) == (matched.changes, len(matched.same))

    def test_one_reworded_passage_is_that_one_change(self) -> None:
        now = some_rules()
        now[3] = replace(now[3], text=now[3].text.replace("before", "after"))

        (change,) = changes_of(some_rules(), now)

        assert (Kind.CHANGED, now[3].id, now[3].id) == (change.kind, change.before.id, change.after.id)  # type: ignore[union-attr]

    def test_a_passage_more_moves_every_number_and_changes_nothing_else(self) -> None:
        was = some_rules()
        more = a_passage(
            "Bicycles are counted by their frames, whoever rode them.", edition=NOW, path=("Rules", "Frames")
        )
        now = [replace(p, id=f"x/{n}", ordinal=n) for n, p in enumerate([*was[:2], more, *was[2:]])]

        (change,) = changes_of(was, now)

        assert (Kind.ADDED, more.text) == (change.kind, change.after.text if change.after else "")
        assert ["removed"] == kinds(changes_of(now, was))

    def test_what_was_removed_stands_where_it_stood(self) -> None:
        was = some_rules()
        now = [
            replace(p, text=p.text.replace("before", "after")) if n in (1, 5) else p
            for n, p in enumerate(was)
            if n != 3
        ]

        assert ["changed", "removed", "changed"] == kinds(changes_of(was, now))

    def test_the_same_words_under_another_heading_have_moved(self) -> None:
        now = some_rules()
        now[2] = replace(now[2], path=("Annex", "Elsewhere"))

        (change,) = changes_of(some_rules(), now)

        assert (Kind.MOVED, True, ()) == (change.kind, change.another_section, change.pieces)

    def test_the_same_words_on_another_page_have_moved_within_their_section(self) -> None:
        now = [replace(passage, pages=(passage.pages[0] + 1,)) for passage in some_rules()]

        changes = changes_of(some_rules(), now)

        assert [(Kind.MOVED, False)] * 8 == [(change.kind, change.another_section) for change in changes]

    def test_two_examples_that_trade_their_answers_have_changed_and_not_moved(self) -> None:
        """A short text stands in many places; matched by its words alone, a reversed rule would look untouched."""
        was = [a_passage("One crime.", ordinal=1, path=("A",)), a_passage("Two crimes.", ordinal=2, path=("B",))]
        now = [replace(was[0], text="Two crimes."), replace(was[1], text="One crime.")]

        assert {"changed"} == set(kinds(changes_of(was, now)))

    def test_white_space_and_typography_change_no_rule(self) -> None:
        was = texts('The victim\'s  "report" is\nenough.')

        assert [] == changes_of(was, texts("The victim\u2019s \u201creport\u201d is enough."))

    def test_the_title_above_every_section_may_name_another_year(self) -> None:
        was = [replace(p, path=("Rules 2026/27", *p.path)) for p in some_rules()]
        now = [replace(p, path=("Rules 2027/28", *p.path)) for p in some_rules()]

        assert [] == changes_of(was, now)

    def test_a_section_cut_elsewhere_is_no_change(self) -> None:
        sentences = [f"Sentence {n} tells of {topic}, at some length and to the end." for n, topic in enumerate(TOPICS)]
        was = texts(" ".join(sentences[:3]), " ".join(sentences[3:]))
        now = texts(" ".join(sentences[:5]), " ".join(sentences[5:]))

        matched = match_passages(was, now)

        assert ((), 2) == (matched.changes, len(matched.same))

    def test_an_edit_that_moves_the_cuts_of_its_section_is_still_one_change(self) -> None:
        sentences = [f"Sentence {n} tells of {topic}, at some length and to the end." for n, topic in enumerate(TOPICS)]
        edited = [*sentences[:1], "This sentence must be new.", *sentences[1:]]
        was = texts(" ".join(sentences[:3]), " ".join(sentences[3:6]), " ".join(sentences[6:]))
        now = texts(" ".join(edited[:3]), " ".join(edited[3:6]), " ".join(edited[6:]))

        (change,) = changes_of(was, now)

        assert (Kind.CHANGED, was[0].id, now[0].id) == (change.kind, change.before.id, change.after.id)  # type: ignore[union-attr]
        differing = "".join(piece.text for piece in change.pieces if piece.said != "same")
        assert "This sentence must be new." == differing.strip()
        assert change.weighty

    def test_a_run_in_heading_that_names_another_part_is_no_other_section(self) -> None:
        body = "Cancelled in error: the officer recorded it twice and wrote down why, as the registrar asks."
        was = texts(body, path=("Cancelling",))
        now = texts(body, path=("Cancelling", "Cancelled in error"))

        assert [] == changes_of(was, now)

    def test_a_row_is_the_row_that_its_first_cell_names(self) -> None:
        def rows(*cells: str) -> list[Passage]:
            return [replace(p, kind=PassageKind.TABLE_ROW, table="Codes") for p in texts(*cells)]

        was = rows("Code: K1; Test: transferred; Decides: anyone", "Code: K2; Test: duplicate; Decides: registrar")
        now = rows("Code: K0; Test: error; Decides: anyone", was[0].text, "Code: K2; Test: cloned; Decides: sergeant")

        changes = changes_of(was, now)

        assert [("added", "K0"), ("changed", "K2")] == [
            (str(c.kind), c.after.text[6:8]) for c in changes if c.after is not None
        ]

    def test_a_passage_with_next_to_nothing_in_common_is_another_one(self) -> None:
        was, now = texts("Count one crime for each owner of a damaged vehicle."), texts("Bees belong to no inspector.")

        assert {"removed", "added"} == set(kinds(changes_of(was, now)))


class TestEditions:
    """Which edition is compared with which."""

    def test_a_new_edition_is_compared_with_the_one_it_takes_over_from(self) -> None:
        now = some_rules(NEXT)
        now[0] = replace(now[0], text=now[0].text.replace("column 1", "column 9"))

        comparison = compared(some_rules(), now, [NOW], [NEXT])

        (pair,) = comparison.pairs
        assert (NOW, NEXT, True) == (pair.before, pair.after, pair.takes_over)
        assert ["changed"] == kinds(list(pair.matched.changes))
        assert (["rules@2027-28"], ["rules@2026-27"]) == (comparison.keys("added"), comparison.keys("withdrawn"))

    def test_an_edition_that_stays_beside_its_successor_shows_its_own_dates_changed(self) -> None:
        comparison = compared(some_rules(), some_rules(ENDED) + some_rules(NEXT), [NOW], [ENDED, NEXT])

        kept, new = comparison.pairs
        assert [("effective_to", None, date(2027, 3, 31))] == [(f.name, f.before, f.after) for f in kept.fields]
        assert (True, (), ()) == (new.takes_over, kept.matched.changes, new.matched.changes)

    def test_two_new_editions_are_compared_one_with_the_other(self) -> None:
        july = an_edition(label="July 2027", effective_from=date(2027, 7, 1))

        comparison = compared(
            some_rules(), [*some_rules(), *some_rules(july), *some_rules(NEXT)], [NOW], [NOW, july, NEXT]
        )

        assert [(NOW, NOW), (NEXT, july), (NOW, NEXT)] == [(p.before, p.after) for p in comparison.pairs]

    def test_an_older_edition_takes_over_from_none(self) -> None:
        then = an_edition(label="April 2013", effective_from=date(2013, 4, 1), effective_to=date(2014, 3, 31))

        comparison = compared(some_rules(), some_rules(then) + some_rules(), [NOW], [then, NOW])

        assert (None, then) == (comparison.pairs[0].before, comparison.pairs[0].after)
        assert ["added"] * 8 == kinds(comparison.changes())

    def test_the_same_edition_under_another_label_is_compared_with_itself(self) -> None:
        relabelled = replace(NOW, label="2026/27 v2")

        (pair,) = compared(some_rules(), some_rules(relabelled), [NOW], [relabelled]).pairs

        assert (NOW, relabelled, ()) == (pair.before, pair.after, pair.matched.changes)

    def test_a_document_that_is_gone_takes_its_passages_with_it(self) -> None:
        policy = an_edition(document="policy", authority=Authority.FORCE_POLICY)

        comparison = compared(some_rules() + some_rules(policy, 2), some_rules(), [NOW, policy], [NOW])

        assert (policy, None) == (comparison.pairs[-1].before, comparison.pairs[-1].after)
        assert {"removed": 2, "same": 8} == dict(comparison.counts())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two real builds, one paragraph edited between them."""
    folder = tmp_path_factory.mktemp("compared")
    sources = write_sources(folder, SOURCES)
    for text in (RULES, RULES.replace("no later than 24 hours", "no later than 48 hours")):
        (folder / "rules.md").write_text(text)
        ingest([sources], home=folder / "var", embedder=FakeEmbedder(), by="tests")
    return folder / "var"


def test_one_edited_paragraph_gives_exactly_that_one_change(home: Path) -> None:
    comparison = compare_builds(home, *build_ids(home))

    (change,) = comparison.changes()
    assert ["rules@2026-27"] == comparison.keys("changed")
    assert (Kind.CHANGED, True) == (change.kind, change.weighty)
    assert [("gone", "24"), ("new", "48")] == [(str(p.said), p.text.strip()) for p in change.pieces if p.said != "same"]


def test_a_build_compared_with_itself_shows_nothing(home: Path) -> None:
    name = build_ids(home)[0]

    comparison = compare_builds(home, name, name)

    assert ([], ["rules@2026-27"]) == (comparison.changes(), comparison.keys("unchanged"))


@pytest.mark.parametrize("names", [("none", None), (None, "../../etc")])
def test_a_build_that_is_not_there_is_said(home: Path, names: tuple[str | None, str | None]) -> None:
    held = build_ids(home)[0]

    with pytest.raises(NoBuild, match="desk builds list"):
        compare_builds(home, names[0] or held, names[1] or held)


def test_two_thousand_passages_are_compared_in_seconds() -> None:
    """Far under a second on an idle machine for a tenth changed; a comparison of each with each would take minutes."""
    was = some_rules(count=2000)
    now = [
        replace(p, text=p.text.replace("before", "after") if n % 10 == 0 else p.text, pages=(n + 1,))
        for n, p in enumerate(some_rules(NEXT, count=2000))
    ]
    began = time.process_time()

    comparison = compared(was, now, [NOW], [NEXT])

    assert (200, 0, 0) == tuple(comparison.counts()[word] for word in ("changed", "added", "removed"))
    assert time.process_time() - began < 10
