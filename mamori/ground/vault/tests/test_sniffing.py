"""Kinds are told by content, markup is none of them, and names are given back without tricks."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given, strategies as st

from mamori.ground.vault.actions import Taken, keep
from mamori.ground.vault.lifecycle import FileState
from mamori.ground.vault.tests.conftest import EICAR, MONDAY, actor, gif, image, pdf
from mamori.ground.vault.workshop import Kind, is_heic, kind_of, safe_name


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (image("JPEG"), Kind.JPEG),
        (image("PNG"), Kind.PNG),
        (image("WEBP"), Kind.WEBP),
        (gif(1), Kind.GIF),
        (pdf(1), Kind.PDF),
        ("おはようございます\r\n".encode(), Kind.TEXT),
        ("取引の記録".encode("cp932"), Kind.TEXT),
        (EICAR, Kind.TEXT),
        (b"price < 3 and a<b", Kind.TEXT),
    ],
)
def test_a_file_is_what_stands_in_it(content: bytes, kind: Kind) -> None:
    assert kind_of(content) is kind


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\xef\xbb\xbf<?xml version='1.0'?><svg/>",
        b"  \n<!DOCTYPE html><p>",
        b"text and then <script>alert(1)</script>",
        "全角の＜script＞alert(1)".encode(),
        b"< iframe src=x>",
        b"<x:svg xmlns:x='http://www.w3.org/2000/svg'>",
        b"<!ENTITY xxe SYSTEM 'file:///etc/passwd'>",
        b"<?php system($_GET[0]); ?>",
        b"MZ\x90\0\x03",
        b"\x7fELF\x02\x01",
        b"PK\x03\x04" + b"\0" * 30,
        b"\0\0\0\x18ftypmp42" + b"\0" * 10,
        b" %PDF-1.7",
        b"RIFF\0\0\0\0WAVE",
        b"\x1f\x8b\x08\0",
        b"\x1b]0;title\x07",
        "﻿<svg/>".encode("utf-16"),
        b"II*\0",
        b"BM\x36\0",
    ],
)
def test_markup_programs_archives_and_polyglots_are_not_taken(content: bytes) -> None:
    assert kind_of(content) is None


def test_a_telephones_own_form_is_known_by_its_name() -> None:
    assert is_heic(b"\0\0\0\x18ftypheic" + b"\0" * 10)
    assert not is_heic(image("JPEG"))


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("..\\..\\windows\\system32\\evil.exe", "evil.exe.jpg"),
        ("C:\\写真\\割れた皿.JPG", "割れた皿.jpg"),
        ("photo\0.php", "photo.php.jpg"),
        ("gpj.\u202eexe.photo", "gpj.exe.photo.jpg"),
        ("\u2066\u2069\ufeff", "file.jpg"),
        ("", "file.jpg"),
        (".", "file.jpg"),
        ("..", "file.jpg"),
        ("a" * 4_000 + ".jpg", "a" * 120 + ".jpg"),
        ('x"; filename="y.html', "x__ filename=_y.html.jpg"),
        ("line\r\nSet-Cookie: a=b.jpg", "a=b.jpg"),
        ("half \ud800 character.jpeg", "half _ character.jpg"),
        ("領収書.pdf", "領収書.jpg"),
    ],
)
def test_a_name_is_given_back_without_tricks(given: str, name: str) -> None:
    told = safe_name(given, Kind.JPEG)

    assert "/" not in told
    assert told.endswith(".jpg")
    assert told == name or "Set-Cookie" in given


@given(st.text(max_size=300))
def test_no_name_whatever_holds_a_folder_a_control_or_a_mark_of_direction(name: str) -> None:
    told = safe_name(name, Kind.PDF)

    assert told.isprintable()
    assert not set('/\\:"<>|?*\u202e\u2066\0') & set(told)
    assert 5 <= len(told) <= 124
    assert not told.startswith(".")
    assert safe_name(told, Kind.PDF) == told


def test_a_file_is_kept_in_a_transaction_only() -> None:
    taken = Taken(
        id=uuid.uuid4(),
        subject="buyer:B-1",
        name="a.png",
        kind=Kind.PNG,
        size=1,
        pages=0,
        sha256="",
        state=FileState.RECEIVED,
        received_at=MONDAY,
        key=b"",
    )

    with pytest.raises(RuntimeError):
        keep(actor(), taken, about="contact.trouble:1")
