"""The bank of recalls is whole: what it counts, what each label refers to, and that it comes out the same again."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import Counter

import pytest

from trials.recalls.listings import COUNT, HERE, Row, labels, listings, notices, planted, recalled
from trials.recalls.spelling import SPELLINGS, half_width, squeezed

SMALL = 5_000


def digest(rows: list[Row]) -> str:
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def strays(named: dict[str, dict[str, set[str]]], rows: list[Row]) -> set[str]:
    """Return the refs of labels that no listing has."""
    refs = {ref for found in named.values() for kind in found.values() for ref in kind}
    return refs - {row["ref"] for row in rows}


def test_the_notices_are_as_many_and_of_such_kinds_as_the_readme_says() -> None:
    kinds = Counter((notice["by"], notice["id"][0]) for notice in notices())
    roles = Counter(one.role in ("true", "relisted") and one.role for one in planted())

    assert {by: (kinds[by, "p"], kinds[by, "w"]) for by, _ in kinds} == {
        "brand_model": (40, 25),
        "model": (3, 13),
        "gtin": (2, 10),
        "name": (27, 12),
        "vague": (13, 20),
    }
    assert roles == {"true": 258, "relisted": 396, False: 637}
    assert len({notice["id"] for notice in notices()}) == 165
    assert all(
        notice["specific"] == (notice["by"] != "vague") == bool(notice["items"]) for notice in notices()
    )


def test_each_half_has_half_of_each_kind() -> None:
    for kind, whole in Counter((one["id"][0], one["by"]) for one in notices()).items():
        here = sum((one["id"][0], one["by"]) == kind for one in notices("a"))
        assert abs(2 * here - whole) <= 1
    assert {one["id"] for one in notices("a")}.isdisjoint(one["id"] for one in notices("b"))


def test_each_specific_notice_has_true_and_relisted_listings_and_a_vague_one_none() -> None:
    named = labels()

    for notice in notices():
        sizes = {role: len(refs) for role, refs in named[notice["id"]].items()}
        if notice["specific"]:
            assert 1 <= sizes["true"] <= 3 == sizes["relisted"]
        else:
            assert sizes == {"true": 0, "relisted": 0}


def test_every_label_refers_to_a_listing_and_no_ref_comes_twice() -> None:
    rows = list(listings())

    assert len({row["ref"] for row in rows}) == len(rows) == COUNT
    assert strays(labels(), rows) == set()
    assert strays({"w001": {"true": {"L00000"}}}, rows) == {"L00000"}


def test_no_listing_is_both_meant_and_not_meant() -> None:
    roles: dict[str, set[bool]] = {}
    for one in planted():
        roles.setdefault(squeezed(one.listing["name"]), set()).add(one.role in ("true", "relisted"))

    assert [name for name, both in roles.items() if len(both) > 1] == []
    assert [
        one for one in planted() if one.role == "other_model" and squeezed(one.listing["model"]) in recalled()
    ] == []


def test_the_mall_comes_out_the_same_in_another_process_and_otherwise_for_another_seed() -> None:
    code = f"import json; from trials.recalls.listings import listings; print(json.dumps([*listings(7, {SMALL})]))"
    again = subprocess.run([sys.executable, "-c", code], cwd=HERE.parents[1], check=True, capture_output=True)

    assert digest(json.loads(again.stdout)) == digest([*listings(7, SMALL)]) != digest([*listings(8, SMALL)])


@pytest.mark.parametrize("which", ["published", "written"])
def test_every_bar_code_has_its_check_digit(which: str) -> None:
    lines = (HERE / f"{which}.jsonl").read_text("utf-8").splitlines()
    codes = [code for line in lines for code in json.loads(line)["gtin"]]

    assert codes
    assert all(len(code) == 13 and checks(code) for code in codes)
    assert not checks("4599991000016")


def checks(code: str) -> bool:
    return sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(code)) % 10 == 0


def test_spellings_are_what_they_are_called() -> None:
    assert half_width("ハンディファン ABC") == "ﾊﾝﾃﾞｨﾌｧﾝ ABC"
    assert SPELLINGS["spaced"]("KS-500H") == "K S 5 0 0 H"
    assert SPELLINGS["zero_o"]("KS-500H") == "KS-5OOH"
    assert SPELLINGS["swapped_kana"]("もこもこパコちゃん") == "モコモコパコチャン"
