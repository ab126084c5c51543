"""What holds a text is found, whatever its spelling, on both engines alike; and a dump shows none of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings, strategies as st

from mamori.ground.cases import actions, facts, searching
from mamori.ground.cases.facts import Hit, SearchTooShort
from mamori.ground.cases.models import Case, Entry
from mamori.ground.seal import actions as sealing
from mamori.japan.folding import folded, words

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
LETTERS = "山田髙高橋商店カかなーｶ-0１2ａAb 。配送々"


def open_case(about: str, title: str = "商品が届かない", called: str = "", order: str = "O-1") -> int:
    return actions.open(
        kind="contact.trouble",
        about=about,
        title=title,
        buyer_ref="B-1",
        seller_ref="S-1",
        order_ref=order,
        at=MONDAY,
        subject="seller:S-1" if called else "",
        called=called,
    )


def found(text: str) -> list[str]:
    return [hit.case.about for hit in facts.search(text).hits]


@pytest.mark.parametrize(
    "text",
    ["髙橋商店", "高橋", "商店", "たかはし", "ﾀｶﾊｼ", "O-2026-00123", "o-202600123", "届か", "商店 届かない"],
)
def test_a_case_is_found_by_shop_topic_and_references_in_any_spelling(text: str) -> None:
    open_case("t:1", called="高橋商店 タカハシ", order="O-2026-00123")
    open_case("t:2", title="返金について", called="山田屋", order="O-2026-99")

    assert found(text) == ["t:1"]


@pytest.mark.parametrize("text", ["ア-1234", "ア－１２３", "型番ア", "-1234", "45A", "ア-12345A品"])
def test_letters_and_digits_are_found_wherever_they_touch_other_words(text: str) -> None:
    open_case("t:1", called="型番ア-12345A品")

    assert found(text) == ["t:1"]


def test_the_newest_comes_first_and_pages_lead_back_to_the_oldest() -> None:
    for number in range(45):
        open_case(f"t:{number}")

    pages: list[list[str]] = []
    before = None
    while True:
        page = facts.search("商品", before=before)
        pages.append([hit.case.about for hit in page.hits])
        before = page.before
        if before is None:
            break

    assert [len(page) for page in pages] == [20, 20, 5]
    assert [about for page in pages for about in page] == [f"t:{number}" for number in reversed(range(45))]


def test_pairs_that_stand_in_another_order_are_pointed_at_and_then_left_out() -> None:
    open_case("t:1", called="京都都京")

    assert searching.newest_with(searching.tokens_of("c", "都京都"), before=2**62, limit=9) != []
    assert found("都京都") == []


@pytest.mark.parametrize("text", ["", "店", " 。 ", "a b"])
def test_one_character_alone_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(SearchTooShort):
        facts.search(text)


def test_one_character_beside_a_word_narrows_the_search() -> None:
    open_case("t:1", called="山田屋 P")
    open_case("t:2", called="山田屋 Q")

    assert found("山田屋 ｑ") == ["t:2"]


def test_words_are_found_only_in_their_own_scope_and_only_where_the_reader_may_open_them() -> None:
    open_case("t:1")
    texts = {"m:1": "異臭がします", "m:2": "異臭はもうしません"}
    for key, text in texts.items():
        actions.enter_words(about="t:1", key=key, subject="buyer:B-1", text=text)
    actions.enter_words(about="t:1", key="m:1", subject="buyer:B-1", text=texts["m:1"])

    def read(hits: Sequence[Hit]) -> list[str | None]:
        return [None if hit.key == "m:2" else texts[hit.key] for hit in hits]

    assert found("異臭") == []
    assert [hit.key for hit in facts.search("異臭", scope=facts.WORDS, read=read).hits] == ["m:1"]
    actions.withdraw_words(keys=["m:1"])
    assert facts.search("異臭", scope=facts.WORDS, read=read).hits == ()


def test_what_was_erased_is_found_no_more_while_its_case_stays_findable() -> None:
    open_case("t:1", called="高橋商店")
    actions.enter_words(about="t:1", key="m:1", subject="seller:S-1", text="すみません")

    sealing.shred(subject="seller:S-1", at=MONDAY)
    gone = found("高橋")
    forgotten = actions.forget(subject="seller:S-1", limit=100)

    assert gone == []
    assert forgotten == 2
    assert found("高橋") == []
    assert found("届かない") == ["t:1"]
    assert not Entry.objects.filter(subject="seller:S-1").exists()


def test_a_search_that_only_finds_what_it_may_not_open_gives_up_in_time() -> None:
    open_case("t:1")
    for number in range(searching.LOOKED_AT + 1):
        actions.enter_words(about="t:1", key=f"m:{number}", subject="buyer:B-1", text="異臭")

    page = facts.search("異臭", scope=facts.WORDS, read=lambda hits: [None] * len(hits))

    assert (page.hits, page.gave_up) == ((), True)
    assert page.before is not None


@pytest.mark.parametrize("probed", [0, 2_000])
def test_both_roads_on_postgresql_lead_to_the_same(probed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "PROBED", probed)
    monkeypatch.setattr(searching, "WALKED", 5)
    for number in range(12):
        open_case(f"t:{number}", called="山田屋" if number % 3 == 0 else "")

    assert found("山田") == ["t:9", "t:6", "t:3", "t:0"]


def dump() -> Iterator[str]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("cases_tokens", "cases_entry")):
                cursor.execute(f'SELECT * FROM "{table}"')
                for row in cursor.fetchall():
                    yield repr([bytes(value) if isinstance(value, memoryview) else value for value in row])


def test_a_dump_of_the_index_shows_neither_words_nor_names() -> None:
    open_case("t:1", called="高橋商店")
    actions.enter_words(about="t:1", key="m:1", subject="buyer:B-1", text="ichigoの異臭")

    text = "".join(dump())

    for word in ("高橋", "商店", "異臭", "ichigo", "届カ", "イ臭"):
        forms = (word, word.encode().hex(), repr(word.encode())[2:-1], word.encode("utf-16-le").hex())
        assert [form for form in forms if form in text] == []
    assert text.count("m:1") == 1


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text(alphabet=LETTERS, min_size=1, max_size=18), min_size=1, max_size=6),
    query=st.text(alphabet=LETTERS, min_size=2, max_size=7),
    cut=st.tuples(st.integers(0, 5), st.integers(0, 12), st.integers(2, 9)),
)
def test_every_true_substring_is_found_and_nothing_else(
    texts: list[str], query: str, cut: tuple[int, int, int]
) -> None:
    Entry.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_tokens")
    Case.objects.all().delete()
    for number, text in enumerate(texts):
        open_case(f"t:{number}", called=text)
    which, start, length = cut
    part = texts[which % len(texts)][start : start + length]

    for wanted in (query, part):
        if not any(len(word) > 1 for word in words(wanted)):
            continue
        whole = [f"商品が届かない {text} O-1 S-1 B-1" for text in texts]
        naive = [n for n, text in enumerate(whole) if all(w in folded(text) for w in words(wanted))]

        assert found(wanted) == [f"t:{number}" for number in reversed(naive)]
