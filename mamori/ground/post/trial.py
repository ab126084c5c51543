"""A mail that tries the way out: what the operator sends to itself to see that it arrives."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from mamori.grammar.declaration import NoticeKind
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.outbox.facts import NoticeFact, NoticeState
from mamori.ground.post.addresses import Unusable, mailbox
from mamori.ground.post.audience import Recipient
from mamori.ground.post.carrying import Answer, Parcel, carry
from mamori.ground.post.composing import compose
from mamori.ground.post.packing import Packer
from mamori.ground.post.transports import transport

TITLE = Text("メール送信の試験", "A trial of outgoing mail")
BODY = Text(
    "このメールが届けば、送信の設定は働いています。ご対応は不要です。",
    "If you read this, outgoing mail works. There is nothing to do.",
)


class MailNotSet(Refusal, code="post.mail-not-set", status=409):
    """Given when mail is to be sent and MAMORI_MAIL is not set."""

    text = Text(
        "MAMORI_MAIL がありません。`mamori check` をご覧のうえ、設定してからお試しください。",
        "MAMORI_MAIL is not set. Look at `mamori check`, set it, and try again.",
    )


class AddressUnusable(Refusal, code="post.address-unusable", status=422):
    """Given when an address that somebody typed cannot be written to."""

    text = Text(
        "この宛先には送れません（{why}）。メールアドレスを1つだけ、正しく書いてください。",
        "This address cannot be written to ({why}). Please give one mail address.",
    )


def send_trial(*, to: str, token: str, at: datetime) -> Answer:
    """Send one mail to `to` at once, past the queue, and return what the server said."""
    way = transport(settings.MAMORI_MAIL)
    if way is None:
        raise MailNotSet
    try:
        box = mailbox(to)
    except Unusable as why:
        raise AddressUnusable(why=str(why)) from None
    packer = Packer(at)
    notice = NoticeFact(
        number=0,
        to="",
        template="post.trial",
        kind=NoticeKind.TRANSACTIONAL,
        title={"ja": TITLE.ja, "en": TITLE.en},
        body={"ja": BODY.ja, "en": BODY.en},
        values={},
        about="post.trial",
        at=at,
        until=None,
        state=NoticeState.KEPT,
    )
    content = compose(
        packer.sheet(notice, Recipient(who="")),
        message_id=f"<{token}@{packer.sender.mailbox.domain}>",
        sender=packer.sender,
        to=box,
        at=at,
    )
    parcel = Parcel(
        mail=0,
        attempt=1,
        sender=packer.sender.mailbox.spec,
        to=box,
        name=f"{at:%Y%m%dT%H%M%SZ}-{token}",
        content=content,
    )
    [[(_, answer)]] = carry([parcel], way)
    return answer
