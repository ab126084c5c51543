"""`mamori person`: a buyer or seller erased on request, as soon as another person has agreed."""

from __future__ import annotations

import click

from mamori.grammar.actor import Actor
from mamori.japan.calendar import spoken
from mamori.law.grounds import ERASURE_GROUNDS
from mamori.site.command import house_now, ready_tables
from mamori.site.command.speak import LANG, say

GROUNDS = {ground.code: ground for ground in ERASURE_GROUNDS}


@click.group(help=say("請求により、購入者・出品者の内容を消去する。", "Erase a buyer or seller on request."))
def command() -> None:
    """Hold the commands together."""
    ready_tables()


@command.command(
    help=say(
        "消去を申請する。対象は buyer:B-1 か seller:S-1。ほかの人の承認（または待ち時間）のあとに、鍵を破棄する。元に戻せない。",
        "Propose to erase buyer:B-1 or seller:S-1. The key is destroyed once another person has agreed, or time has passed; "
        "this cannot be undone.",
    )
)
@click.argument("person")
@click.option(
    "--by",
    "mail",
    required=True,
    help=say(
        "申請する人（法務担当か責任者）のメールアドレス", "mail address of who proposes it: counsel or a lead"
    ),
)
@click.option(
    "--ground", type=click.Choice(list(GROUNDS)), required=True, help=say("根拠", "on which ground")
)
@click.option(
    "--reason",
    required=True,
    help=say("理由。記録に残るので氏名などは書かない", "why; it stays in the record, so name nobody in it"),
)
def erase(person: str, mail: str, ground: str, reason: str) -> None:
    """Propose it and say when it will be done."""
    from mamori.ground.market import actions
    from mamori.ground.people import facts
    from mamori.ground.web.signing import choices

    actor = _actor(mail)
    profile = choices.profile(actor.at)
    number = actions.erase_person(
        actor, person=person, ground=GROUNDS[ground], reason=reason, profile=profile
    )
    [waiting] = [one for one in facts.open_proposals(limit=1_000) if one.number == number]
    if waiting.due_at is None:
        click.echo(
            say(
                f"申請 第{number}号：{person}。ほかの人が「担当者」のページで承認すると、消去されます。",
                f"Proposal no. {number}: {person}. It is erased once somebody else agrees on the page “People”.",
            )
        )
    else:
        until = spoken(waiting.due_at).in_(LANG)
        click.echo(
            say(
                f"申請 第{number}号：{person}。承認できる人がほかにいないため、{until}に消去されます。",
                f"Proposal no. {number}: {person}. Nobody else could agree: it is erased on {until}.",
            )
        )


@command.command(
    help=say(
        "消去した購入者・出品者の番号と日時を書き出す。控えとは別の場所に保管し、古い控えを戻すときに使う"
        "（`mamori restore --erased`）。",
        "List who was erased and when, by reference. Keep it apart from the backups, for the day when only old ones are left "
        "(`mamori restore --erased`).",
    )
)
def erased() -> None:
    """Write a line for each."""
    from mamori.site.backup import parts as erasedlist

    for one in erasedlist.erased():
        click.echo(one.line)


def _actor(mail: str) -> Actor:
    from mamori.ground.people import facts
    from mamori.ground.people.actions import NoSuchAccount

    at = house_now()
    account = facts.account_by_mail(mail, at=at)
    if account is None or not account.is_active:
        raise NoSuchAccount
    return Actor(by=account.who, role=account.role, at=at, via="command")
