"""MAMORI_MAIL is read as it is written, or refused in a sentence that repeats no password."""

from __future__ import annotations

from pathlib import Path

import pytest

from mamori.ground.post.transports import (
    BadMailUrl,
    Folder,
    Mailbox,
    NoSender,
    Server,
    Tls,
    sender,
    transport,
)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", None),
        ("folder:///var/mail%20box", Folder(path=Path("/var/mail box"))),
        ("smtp://mail.example", Server(host="mail.example", port=25, tls=Tls.STARTTLS)),
        (
            "smtp://hana:p%40ss%2F@mail.example",
            Server(host="mail.example", port=587, tls=Tls.STARTTLS, user="hana", password="p@ss/"),
        ),
        ("smtps://mail.example", Server(host="mail.example", port=465, tls=Tls.IMPLICIT)),
        ("smtp://127.0.0.1:2525", Server(host="127.0.0.1", port=2525, tls=Tls.NONE)),
        ("smtp://[::1]:2525", Server(host="::1", port=2525, tls=Tls.NONE)),
        ("smtp://mail.example:25?tls=none", Server(host="mail.example", port=25, tls=Tls.NONE)),
        (
            "smtp://mail.example?tls=starttls&ca=/etc/ca.pem",
            Server(host="mail.example", port=25, tls=Tls.STARTTLS, ca="/etc/ca.pem"),
        ),
    ],
)
def test_the_way_of_mail_is_read(url: str, expected: Server | Folder | None) -> None:
    assert transport(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://mail.example?tls=perhaps",
        "smtp://mail.example?tsl=none",
        "smtps://mail.example?tls=none",
        "smtp://mail.example?tls=implicit",
        "smtp://hana:secretword@mail.example?tls=none",
        "smtp://hana:secretword/x@mail.example",
        "smtp://mail.example:0x19",
        "folder://relative/place",
        "folder:///",
    ],
)
def test_what_cannot_be_read_is_refused_without_repeating_a_password(url: str) -> None:
    with pytest.raises(BadMailUrl) as refused:
        transport(url)

    assert "secretword" not in refused.value.sentence.ja + refused.value.sentence.en


def test_a_server_does_not_show_its_password() -> None:
    way = transport("smtp://hana:secretword@mail.example")

    assert isinstance(way, Server)
    assert "secretword" not in repr(way) + way.spoken


@pytest.mark.parametrize("written", ["", "nobody", "a@b", "a@example.jp\nBcc: x@y.jp", "centre <>"])
def test_a_sender_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(NoSender):
        sender(written)


def test_a_sender_has_its_own_name_or_the_operators() -> None:
    assert sender("窓口 <c@m.example>", "通販サイト").name == "窓口"
    named = sender("c@m.example", "通販サイト")
    assert (named.name, named.mailbox) == ("通販サイト", Mailbox("c", "m.example"))
