"""The table as people edit it: what does not hold together is refused with a sentence that says where."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.cancellation import load_table as loading
from knowledge.cancellation.form import LONGEST_LABEL, Begun, Criterion, Decider, Kind, Pressure, ReliedOn, Told
from knowledge.cancellation.load_table import LONGEST_ANCHOR, load_table
from knowledge.cancellation.menus import asked, offered
from knowledge.errors import DeskError

Edit = Callable[[str, str, str], None]


@pytest.fixture
def edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edit:
    """Replace words in one file of a copy of the table, which is loaded from then on."""
    folder = tmp_path / "table"
    folder.mkdir()
    for file in Path(loading.__file__).parent.glob("*.toml"):
        shutil.copy(file, folder)
    monkeypatch.setattr(loading, "_FOLDER", folder)

    def replace(name: str, old: str, new: str) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


def test_the_table_holds_together_and_covers_every_criterion() -> None:
    table = load_table()

    assert {"crime-recording-rules", "rules-digest"} == {document.document for document in table.documents}
    assert all(len(anchor.begins.split()) <= LONGEST_ANCHOR for one in table.documents for anchor in one.anchors)
    assert 15 < len(table.lines)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("lines-grounds.toml", 'rests_on = ["c5"]', 'rests_on = ["c6"]', "c6"),
        ("lines-grounds.toml", 'criterion = ["C1"]', 'criterion = ["C9"]', "c1-place"),
        ("lines-grounds.toml", '"@may-be-avi"', '"@may-be"', "c2-kind"),
        ("lines-victim.toml", "told = [", "tolled = [", "tolled"),
        ("lines-deciding.toml", '  verdict = "MET"\n  says = "The rules held', '  when = { told = ["not-yet"] }\n'
         '  verdict = "MET"\n  says = "The rules held', "c1-decider does not end"),
        ("lines-rape.toml", 'missing = ["The registrar\'s oversight, on the record"]', "", "n100-oversight is not met"),
        ("passages-rules-digest.toml", "sha256 = ", "digest = ", "nobody has reviewed"),
        ("passages-rules-digest.toml", 'begins = "', 'begins = "one two three four five six seven ', "more than 7"),
        ("relied-on.toml", 'rests_on = ["unwilling-victim"]', 'rests_on = ["willing-victim"]', "relied-on.toml"),
    ],
)  # fmt: skip
def test_a_table_that_does_not_hold_together_is_refused(edit: Edit, file: str, old: str, new: str, says: str) -> None:
    edit(file, old, new)

    with pytest.raises(DeskError, match=says):
        load_table.__wrapped__()


def test_every_label_fits_an_option_of_a_menu_and_none_stands_twice() -> None:
    for choices in (Criterion, Kind, ReliedOn, Decider, Told, Pressure, Begun):
        labels = [choice.label for choice in choices]
        assert len(labels) == len(set(labels))
        assert all(0 < len(label) <= LONGEST_LABEL for label in labels)


def test_everything_that_may_be_relied_on_is_offered_somewhere() -> None:
    assert set(ReliedOn) == {one for criterion in Criterion for one in offered(criterion)}


@pytest.mark.parametrize("criterion", Criterion)
def test_whether_an_investigation_has_begun_is_asked_for_rape_alone(criterion: Criterion) -> None:
    assert not any(one == "begun" for one in asked(criterion, Kind.OTHER))
    assert (criterion in (Criterion.C2, Criterion.C4)) == any(one == "begun" for one in asked(criterion, Kind.RAPE))
