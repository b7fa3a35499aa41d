"""Which crime a form is about, read from a class or an offence code and from nothing else."""

from __future__ import annotations

import pytest

from knowledge.cancellation.crime import Crime, offence_given, read_crime
from knowledge.errors import WrongUse
from tests.knowledge.cancellation.scenarios import a_form

LIST = {
    "008/01": frozenset({"8N", "8S", "8T"}),
    "008/06": frozenset({"8N", "8S", "8T"}),
    "008/52": frozenset({"8N"}),
    "008/73": frozenset({"104", "105A"}),
    "105/02": frozenset({"105A"}),
    "019/07": frozenset({"19D", "19J"}),
    "004/01": frozenset({"4/1"}),
    "028/03": frozenset({"28I", "28M"}),
}


@pytest.mark.parametrize(
    ("offence", "crime"),
    [
        ("8N s47", Crime.ASSAULT_8N_S47),
        ("8n S.47", Crime.ASSAULT_8N_S47),
        ("class 8N, section 47", Crime.ASSAULT_8N_S47),
        ("8N ABH", Crime.ASSAULT_8N_S47),
        ("8N 8/6", Crime.ASSAULT_8N_S47),
        ("8N 008/06 s47", Crime.ASSAULT_8N_S47),
        ("8N s20", Crime.OTHER),
        ("8N s47 008/01", Crime.OTHER),
        ("8N GBH", Crime.OTHER),
        ("8N NFS", Crime.OTHER),
        ("8N", Crime.ASSAULT_8N),
        ("s47", Crime.CLASS_NOT_SAID),
        ("ABH", Crime.CLASS_NOT_SAID),
        ("s20", Crime.OTHER),
        ("008/06", Crime.CLASS_NOT_SAID),
        ("008/73", Crime.CLASS_NOT_SAID),
        ("105/02", Crime.ASSAULT_105A),
        ("105A", Crime.ASSAULT_105A),
        ("105B", Crime.OTHER),
        ("105", Crime.ASSAULT_105),
        ("104", Crime.ASSAULT_104),
        ("8S s47", Crime.OTHER),
        ("19C", Crime.RAPE),
        ("019/07", Crime.RAPE),
        ("attempted rape", Crime.RAPE),
        ("1", Crime.HOMICIDE),
        ("4/1", Crime.HOMICIDE),
        ("murder", Crime.HOMICIDE),
        ("attempted murder", Crime.NEAR_HOMICIDE),
        ("2", Crime.NEAR_HOMICIDE),
        ("N100", Crime.REPORTED_RAPE),
        ("N100/1", Crime.REPORTED_RAPE),
        ("FGM", Crime.FGM),
        ("008/52", Crime.FGM),
        ("49A", Crime.MAKING_OFF),
        ("MOWP", Crime.MAKING_OFF),
        ("106", Crime.SLAVERY),
        ("86", Crime.IMAGES),
        ("34B", Crime.OTHER),
        ("028/03", Crime.OTHER),
        ("NFIB 50", Crime.OTHER),
    ],
)
def test_the_crime_is_read_as_the_offence_list_writes_it(offence: str, crime: Crime) -> None:
    assert crime is read_crime(a_form("C5", offence), LIST)


def test_a_code_alone_names_no_class_without_an_offence_list() -> None:
    assert Crime.CLASS_NOT_SAID is read_crime(a_form("C5", "105/02"), {})
    assert Crime.RAPE is read_crime(a_form("C5", "019/08"), {})


def test_the_kind_chosen_needs_no_class() -> None:
    assert [Crime.RAPE, Crime.HOMICIDE] == [read_crime(a_form("C2", one), {}) for one in ("rape", "homicide")]


@pytest.mark.parametrize(
    "words",
    ["she said he hit her", "8N s47 Jane Smith", "07700 900123", "34B 46", "105AB", "HO code of", "s47; drop", "£5"],
)
def test_words_of_a_report_are_refused_and_not_repeated(words: str) -> None:
    with pytest.raises(WrongUse) as refused:
        offence_given(words)

    assert words not in str(refused.value)
    assert "class or offence code" in str(refused.value)
