"""What is sealed is found by blind indexes and keyed tokens, and without the key they tell nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from mamori.ground.seal import facts, keystore
from mamori.ground.seal.keystore import Key


def test_spellings_of_one_number_have_one_index_in_a_column_and_another_in_the_next() -> None:
    given = facts.blind("people_contact.phone", "１２３-4567")

    assert given == facts.blind("people_contact.phone", "1234567")
    assert given != facts.blind("people_contact.fax", "1234567")
    assert given != facts.blind("people_contact.phone", "1234568")
    assert len(given) == 16


def test_another_house_has_other_indexes(tmp_path: Path) -> None:
    ours = facts.blind("c", "山田太郎"), facts.tokens("山田太郎")
    settings.KEYS = tmp_path / "theirs"
    keystore.make(Key.INDEX)

    theirs = facts.blind("c", "山田太郎"), facts.tokens("山田太郎")

    assert ours[0] != theirs[0]
    assert not set(ours[1]) & set(theirs[1])


def test_tokens_are_words_for_both_databases_and_show_no_letter_of_the_text() -> None:
    found = facts.tokens("商品が届きません。髙橋")

    assert all(re.fullmatch("[a-z2-7]{13}", token) for token in found)
    assert len(set(found)) == len(found) == 8
    assert set(facts.tokens("高橋")) <= set(found)
    assert set(facts.tokens("届きま")) <= set(found)
    assert not set(facts.tokens("返品")) <= set(found)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="FTS5 is SQLite's")
def test_sqlite_finds_a_text_by_the_tokens_of_a_part_of_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE VIRTUAL TABLE temp.t USING fts5(w, content='', tokenize='unicode61')")
        for number, text in enumerate(("商品が届きません", "サイズが違います"), 1):
            cursor.execute("INSERT INTO t(rowid, w) VALUES (%s, %s)", [number, " ".join(facts.tokens(text))])

        cursor.execute("SELECT rowid FROM t WHERE t MATCH %s", [" ".join(facts.tokens("届きま"))])
        found = cursor.fetchall()

    assert found == [(1,)]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="arrays are PostgreSQL's")
def test_postgresql_finds_a_text_by_the_tokens_of_a_part_of_it() -> None:
    texts = "商品が届きません", "サイズが違います"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE t (id int, w text[])")
        for number, text in enumerate(texts, 1):
            cursor.execute("INSERT INTO t VALUES (%s, %s)", [number, facts.tokens(text)])

        cursor.execute("SELECT id FROM t WHERE w @> %s", [facts.tokens("届きま")])
        found = cursor.fetchall()

    assert found == [(1,)]
