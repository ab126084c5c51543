"""A mail server on the loopback that does what a test tells it, readers with addresses, and notices to send."""
# ruff: noqa: N802 – the server calls its handlers by the commands' names

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django.fixtures import Settings

from mamori.grammar.actor import Actor, Role
from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text
from mamori.ground.market import actions as market
from mamori.ground.market.lines import BuyerLine
from mamori.ground.outbox import actions as outbox, notices
from mamori.ground.post import actions as post
from tests.laid import laid
from tests.ports import free_port
from tests.shops import put_shop

NOON = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
LEAD = Actor(by="lead:1", role=Role.LEAD, at=NOON, via="test")
MACHINE = Actor(by="machine:test", role=Role.MACHINE, at=NOON, via="test")

ANSWERED = Template(
    code="test.answered",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("出品者から回答が届きました", "The seller has answered"),
    body=Text(
        "受付番号 {number}：回答をご覧になり、解決したかどうかをお知らせください。",
        "Case {number}: please read the answer and tell us whether it solves the matter.",
    ),
)
CODE = Template(
    code="people.code",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("確認コード", "Your code"),
    body=Text(
        "確認コードは {code} です。10分以内に入力してください。",
        "Your code is {code}. Please enter it within 10 minutes.",
    ),
)
AD = Template(
    code="test.ad",
    kind=NoticeKind.ADVERTISING,
    title=Text("春のセール", "Spring sale"),
    body=Text("受付番号 {number} セールのご案内です。", "Case {number}: our sale has begun."),
)


@dataclass
class MailServer:
    """A server: keeps what it took, and answers a command as `answers` says, by command and recipient."""

    port: int = 0
    taken: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    drop_in_data: int = 0
    connections: int = 0
    slow: float = 0.0

    @property
    def url(self) -> str:
        """Return what MAMORI_MAIL would be."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def messages(self) -> list[EmailMessage]:
        """Return what was taken, parsed."""
        parser = BytesParser(_class=EmailMessage, policy=policy.default)
        return [parser.parsebytes(content) for _, _, content in self.taken]

    def say(self, command: str, *answers: str) -> None:
        """Answer the next uses of a command so; afterwards all is well again."""
        self.answers.setdefault(command, []).extend(answers)

    def _next(self, command: str) -> str | None:
        waiting = self.answers.get(command)
        return waiting.pop(0) if waiting else None

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, host: str, said: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = host
        return said

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self._next("MAIL") or "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._next("RCPT")
        if answer is None or answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.slow:
            await asyncio.sleep(self.slow)
        answer = self._next("DATA")
        if answer is None or answer.startswith("drop-after"):
            content = envelope.content
            self.taken.append(
                (
                    envelope.mail_from or "",
                    list(envelope.rcpt_tos),
                    content if isinstance(content, bytes) else b"",
                )
            )
        if answer is not None and answer.startswith("drop"):
            transport: Any = server.transport
            transport.abort()
        return answer or "250 2.0.0 Ok: queued as 4711"


@pytest.fixture
def server() -> Iterator[MailServer]:
    """Run a mail server on the loopback."""
    kept = MailServer()
    kept.port = free_port()
    control = Controller(kept, hostname="127.0.0.1", port=kept.port, enable_SMTPUTF8=False, ready_timeout=60)
    control.start()
    kept.connections = 0  # the controller itself looked whether the server answers
    yield kept
    control.stop()


@pytest.fixture
def mail(server: MailServer, settings: Settings) -> MailServer:
    """Set the house up to send by that server."""
    settings.MAMORI_MAIL = server.url
    settings.MAMORI_MAIL_FROM = "ご相談の窓口 <centre@market.example>"
    settings.ORIGIN = "https://help.market.example"
    return server


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Set the house up to write mail into a folder."""
    settings.MAMORI_MAIL = f"folder://{tmp_path / 'mail'}"
    settings.MAMORI_MAIL_FROM = "ご相談の窓口 <centre@market.example>"
    return tmp_path / "mail"


@pytest.fixture(autouse=True)
def taking() -> Iterator[None]:
    """Let the post take notices, as the wiring table does, and show it a page for each matter."""
    former, pages = notices._carrier, notices._page_of
    notices.use(
        post.take,
        page_of=lambda to, about: f"/threads/{about.rpartition(':')[2]}/" if ":" in about else "",
    )
    yield
    notices.use(former, page_of=pages)


@laid
def readers(db: None) -> None:
    """Put buyers and a seller into the market: with an address, with paper only, with nothing."""
    market.put_buyer(MACHINE, BuyerLine(ref="B-1", name="伊藤 修", mail="buyer-1@example.jp"))
    market.put_buyer(
        MACHINE, BuyerLine(ref="B-2", name="濵田 徹", address="〒371-0000 群馬県前橋市架空町1-26-22")
    )
    market.put_buyer(MACHINE, BuyerLine(ref="B-3", name="佐々木 恵"))
    put_shop(MACHINE, ref="S-1", name="こもれび電器", mail="shop@example.jp")


def tell(
    to: str = "buyer:B-1", *, template: Template = ANSWERED, about: str = "contact.thread:1", **values: Any
) -> int:
    """Write a notice."""
    return outbox.notify_numbered(
        to=to, template=template, values={"number": "12345678", **values}, about=about, at=NOON
    )
