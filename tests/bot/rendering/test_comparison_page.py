"""The page of a comparison is whole in itself, shows every change, and nothing a document says can act in it."""

from __future__ import annotations

import base64
import hashlib
import re

from bot.rendering.comparison_page import comparison_page
from tests.bot.some_comparisons import LIMIT, a_comparison
from tests.bot.test_review_page import Seen

NASTY = '<script>alert("x")</script>'
WHITE = re.compile(r"\s+")


def page_of(concerns: tuple[str, ...] = (), **over: str) -> str:
    return comparison_page(a_comparison(**over), concerns)


def visible(page: str) -> str:
    """The words of the page's main part, a space where a tag stands."""
    main = re.search(r"<main[^>]*>(.*)</main>", page, re.DOTALL)
    return WHITE.sub(" ", Seen(main[1].replace("<", " <") if main else "").text)


def test_each_wording_stands_whole_on_its_side() -> None:
    page = page_of()

    assert LIMIT in visible(page)
    assert LIMIT.replace("24", "48") in visible(page)
    assert '<del class="figure">24</del>' in page
    assert '<ins class="figure">48</ins>' in page


def test_every_kind_of_change_is_there_once() -> None:
    seen = Seen(page_of())

    traits = [attributes["data-traits"] for attributes in seen.all("article")]
    assert ["added", "changed mind", "removed", "removed"] == sorted(str(one) for one in traits)
    links = [str(link["href"])[1:] for link in seen.all("a") if str(link["href"]).startswith("#c-")]
    assert links == [attributes["id"] for attributes in seen.all("article")]
    assert "1 passage from Records to After the decision" in visible(page_of())
    assert "1 passage stands on another page" in visible(page_of())


def test_words_of_duty_are_marked() -> None:
    page = page_of(limit=LIMIT.replace("must be", "should NOT be"))

    assert '<del class="duty">must</del>' in page
    assert '<ins class="duty">should NOT</ins>' in page
    assert "must, now should NOT" in visible(page)


def test_what_became_of_each_edition_is_said() -> None:
    says = visible(page_of())

    assert "Last day in force: none, now 31 March 2027." in says
    assert "New; compared with 2026/27 (in force 1 April 2026 to 31 March 2027), which is still held" in says
    assert "Policy of Nowhere, 2026/27 In force from 1 April 2026. No longer held. 1 passage, gone with the" in says


def test_what_needs_a_yes_heads_the_page() -> None:
    page = page_of(concerns=("Two editions are in force.",))

    assert visible(page).strip().startswith("Somebody has to say yes to this before it is published Two editions")
    assert "Somebody has to say yes" not in page_of()


def test_no_document_can_put_a_script_into_the_page() -> None:
    page = page_of((f"Vanished {NASTY}",), title=f"Rules {NASTY}", section=NASTY, added=NASTY, limit=LIMIT + NASTY)

    seen = Seen(page)
    assert 1 == len(seen.all("script"))
    assert "<script>alert" not in page
    assert not [name for _, attributes in seen.tags for name in attributes if name.startswith("on")]


def test_characters_that_hide_or_turn_words_are_dropped() -> None:
    page = page_of(limit=LIMIT.replace("24", "\u202e48\u202c\x07"), section="A\u2066B")

    assert not re.search("[\u202a-\u202e\u2066-\u2069\x07]", page)


def test_the_page_needs_nothing_from_outside_and_may_fetch_nothing() -> None:
    page = page_of()
    seen = Seen(page)

    assert not [a for _, a in seen.tags if "src" in a or (a.get("href") or "#")[0] != "#"]
    (policy,) = [m["content"] for m in seen.all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert str(policy).startswith("default-src 'none';")
    for tag in ("style", "script"):
        inline = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert inline is not None
        digest = base64.b64encode(hashlib.sha256(inline[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in str(policy)
    assert "url(" not in page
    assert "@import" not in page
