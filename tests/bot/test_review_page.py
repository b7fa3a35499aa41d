"""The review page is whole in itself, and nothing a document says can do anything in it."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

from bot.rendering.review_page import ReviewDocument, ReviewPicture, review_page
from knowledge.model import Build, Edition, Passage, PassageKind
from tests.builders import a_passage, an_edition

NASTY = '<script>alert("x")</script>'
PICTURE = ReviewPicture(1, "image/png", b"\x89PNG not really", 900, 1200)


class Seen(HTMLParser):
    """Tags with their attributes, and the text of each tag of interest."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def a_build(*editions: Edition, warnings: tuple[str, ...] = ()) -> Build:
    return Build("20261123-000000-abc", "now", "tests", 1, editions, changes={"warnings": list(warnings)})


def page_of(*passages: Passage, pictures: tuple[ReviewPicture, ...] = (), **over: object) -> str:
    edition = passages[0].edition
    boxes = {passage.id: [(1, 0.1, 0.2, 0.5, 0.25)] for passage in passages}
    build = a_build(edition, warnings=over.pop("warnings", ()))  # type: ignore[arg-type]
    return review_page(build, [ReviewDocument(edition, passages, 1, pictures, boxes, **over)])  # type: ignore[arg-type]


def traits(page: str) -> list[str | None]:
    return [link["data-traits"] for link in Seen(page).all("a") if "data-traits" in link]


def test_no_document_can_put_a_script_into_the_page() -> None:
    edition = an_edition(title=f"Rules {NASTY}", file='x".pdf', label=NASTY)
    passage = a_passage(
        f"A crime {NASTY} must be recorded.",
        edition=edition,
        path=(f"Chapter {NASTY}", f'Topic "{NASTY}'),
        printed=(NASTY,),
        reviewed=NASTY,
    )
    page = page_of(passage, pictures=(PICTURE,), warnings=(f'x".pdf: page 1 {NASTY}', f"question bank {NASTY}"))

    seen = Seen(page)
    assert 1 == len(seen.all("script"))
    assert "alert(" not in re.sub(r"&lt;script&gt;alert\(&#34;x&#34;\)&lt;/script&gt;", "", page)
    assert not [name for _, attributes in seen.tags for name in attributes if name.startswith("on")]


def test_characters_that_hide_or_turn_words_are_dropped() -> None:
    page = page_of(a_passage("Never \u202ecancel\u202c it.\x07", path=("A\u2066B",)))

    assert not re.search("[\u202a-\u202e\u2066-\u2069\x07]", page)


def test_the_page_needs_nothing_from_outside_and_may_fetch_nothing() -> None:
    page = page_of(a_passage(pages=(1,)), pictures=(PICTURE,))
    seen = Seen(page)

    assert all(str(picture["src"]).startswith("data:image/png;base64,") for picture in seen.all("img"))
    assert all(str(link["href"]).startswith("#") for link in seen.all("a"))
    assert not seen.all("link") + seen.all("iframe") + [s for s in seen.all("script") if "src" in s]
    policy = str(next(m["content"] for m in seen.all("meta") if m.get("http-equiv") == "Content-Security-Policy"))
    assert policy.startswith("default-src 'none'; img-src data:;")
    for tag in ("style", "script"):
        inline = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert inline is not None
        digest = base64.b64encode(hashlib.sha256(inline[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_each_page_is_embedded_once_and_described() -> None:
    passages = [a_passage(f"Rule {n} must be kept by all.", ordinal=n, pages=(1,)) for n in (1, 2, 3)]
    seen = Seen(page_of(*passages, pictures=(PICTURE,)))

    (picture,) = seen.all("img")
    assert "Page 1 of Invented Recording Rules" in str(picture["alt"])
    assert ["1,0.1,0.2,0.5,0.25"] * 3 == [article["data-boxes"] for article in seen.all("article")]
    assert {"header", "nav", "main", "aside"} <= {tag for tag, _ in seen.tags}


def test_a_passage_says_where_it_stands_what_it_is_and_how_surely_it_was_read() -> None:
    passage = a_passage(
        "Five words of a picture.", kind=PassageKind.PICTURE, confidence=0.98, pages=(47,), printed=("45",)
    )
    text = " ".join(Seen(page_of(passage)).text.split())

    assert "page 47 of the file, printed 45" in text
    assert "from a picture, 5 words, read with 98% confidence" in text
    assert "by nobody yet" in text


def test_passages_can_be_told_apart_by_what_may_be_wrong_with_them() -> None:
    edition = an_edition(file="rules.pdf")
    long = "A crime must be recorded within twenty four hours of the report by whoever took it."
    kinds = [
        a_passage(long, ordinal=1, edition=edition, pages=(1,)),
        a_passage("Two crimes.", ordinal=2, edition=edition, pages=(2,)),
        a_passage("Code: C1", ordinal=3, edition=edition, pages=(2,), kind=PassageKind.TABLE_ROW),
        a_passage(long, ordinal=4, edition=edition, pages=(11,), kind=PassageKind.PICTURE),
    ]
    page = page_of(
        *kinds,
        pictures=(PICTURE,),
        shares={kinds[0].id: 0.4},
        warnings=("rules.pdf: page 11 has a picture, read by OCR",),
    )

    assert ["lost", "short", "tables", "warnings pictures"] == traits(page)
    assert "only 40% of its words were found there" in page


def test_twins_are_a_step_away() -> None:
    one, two = a_passage(ordinal=1, pages=(3,)), a_passage(ordinal=2, pages=(60,), twins=("rules@2026-27/0001", "gone"))

    assert 'href="#p-0-0"' in page_of(one, two).partition("Also printed")[2]


def test_a_document_whose_file_was_not_kept_says_what_to_do() -> None:
    assert "ingest it again" in page_of(a_passage(), note="Its file was not kept; ingest it again to see its pages.")
