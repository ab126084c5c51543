"""`mamori staff`: who may sign in to the desk: added, invited, given a role, suspended, let in again."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime

import click

from mamori.grammar.actor import Actor, Role
from mamori.japan.calendar import spoken
from mamori.site.command import ready_tables
from mamori.site.command.speak import LANG, say

ROLES = click.Choice([Role.AGENT.value, Role.LEAD.value, Role.COUNSEL.value, Role.READER.value])


@click.group(
    help=say("相談窓口の担当者を登録し、招待し、止める。", "Add, invite and suspend the centre's staff.")
)
def command() -> None:
    """Hold the commands together."""
    ready_tables()


@command.command(
    help=say(
        "担当者を登録し、一度だけ使える招待リンクを示す。",
        "Add somebody and show an invitation that works once.",
    )
)
@click.argument("email")
@click.option("--name", required=True, help=say("名前", "name"))
@click.option("--role", type=ROLES, default=Role.AGENT.value, show_default=True, help=say("役割", "role"))
@click.option(
    "--allow-app",
    is_flag=True,
    help=say("パスキーなしで、パスワードと確認アプリを認める", "allow password and app without a passkey"),
)
def add(email: str, name: str, role: str, allow_app: bool) -> None:
    """Add an account and print its invitation."""
    from mamori.ground.people import actions, facts
    from mamori.ground.web.signing import choices

    actor = _actor()
    number = actions.add_account(
        actor, email=email, name=name, role=Role(role), profile=choices.profile(actor.at)
    )
    if allow_app:
        actions.allow_totp(actor, account=number)
    account = facts.account(number, at=actor.at)
    if account is not None and account.role != role:
        click.echo(
            say(
                "この役割は、ほかの人の承認（または待ち時間）のあとに付きます。それまでは担当（agent）です。",
                "This role comes once others have agreed, or time has passed; until then the account is an agent's.",
            )
        )
    _invite(actor, number)


@command.command("list", help=say("担当者の一覧。", "List the staff."))
def list_() -> None:
    """Print who there is."""
    from mamori.ground.people import facts

    for account in facts.accounts(at=datetime.now(UTC)):
        has = account.factors
        ways = [say("会社", "company")] * account.by_company
        ways += [say("パスキー", "passkey")] * has.passkey + [say("アプリ", "app")] * has.totp
        state = say("有効", "active") if account.is_active else say("停止中", "suspended")
        shown = "+".join(ways) or say("準備前", "not set up")
        click.echo(
            f"{account.number:>4}  {account.role:<8} {state}  {account.email}  {account.name}  {shown}"
        )


@command.command(
    help=say(
        "新しい招待リンクを示す。前のリンクは使えなくなる。",
        "Show a new invitation; earlier ones no longer work.",
    )
)
@click.argument("email")
def invite(email: str) -> None:
    """Print an invitation."""
    _invite(_actor(), _number(email))


@command.command(
    help=say(
        "役割を変える。責任者と法務は、ほかの人の承認がいります。",
        "Change a role; lead and counsel need others' agreement.",
    )
)
@click.argument("email")
@click.argument("role", type=ROLES)
@click.option("--reason", default="", help=say("理由", "why"))
def role(email: str, role: str, reason: str) -> None:
    """Change a role, or propose it."""
    from mamori.ground.people import actions, facts
    from mamori.ground.web.signing import choices

    actor, number = _actor(), _number(email)
    actions.change_role(
        actor, account=number, role=Role(role), profile=choices.profile(actor.at), reason=reason
    )
    account = facts.account(number, at=actor.at)
    done = account is not None and account.role == role
    click.echo(
        say("変更しました。", "Changed.") if done else say("承認待ちです。", "It waits for agreement.")
    )


@command.command(
    help=say("止める。動いているセッションもすぐに終わる。", "Suspend; running sessions end at once.")
)
@click.argument("email")
@click.option("--reason", default="", help=say("理由", "why"))
def suspend(email: str, reason: str) -> None:
    """Suspend an account."""
    from mamori.ground.people import actions
    from mamori.ground.web.signing import choices

    actor = _actor()
    actions.suspend(actor, account=_number(email), profile=choices.profile(actor.at), reason=reason)
    click.echo(say("停止しました。", "Suspended."))


@command.command("let-in", help=say("停止を解く。", "Let a suspended account in again."))
@click.argument("email")
@click.option("--reason", default="", help=say("理由", "why"))
def let_in(email: str, reason: str) -> None:
    """Let an account in again."""
    from mamori.ground.people import actions
    from mamori.ground.web.signing import choices

    actor = _actor()
    actions.let_in_again(actor, account=_number(email), profile=choices.profile(actor.at), reason=reason)
    click.echo(say("停止を解きました。", "Let in again."))


@command.command(
    help=say(
        "サインインの手段をなくした人に、やり直しを申請する。ほかの人の承認、または待ち時間がいる。",
        "Propose that somebody who lost their means sets them up anew; others agree, or time passes.",
    )
)
@click.argument("email")
@click.option("--reason", required=True, help=say("理由", "why"))
def reset(email: str, reason: str) -> None:
    """Propose a reset."""
    from mamori.ground.people import actions
    from mamori.ground.web.signing import choices

    actor = _actor()
    actions.propose_reset(actor, account=_number(email), profile=choices.profile(actor.at), reason=reason)
    click.echo(
        say(
            "申請しました。承認されたら `mamori staff invite` で招待できます。",
            "Proposed. Once agreed, invite with `mamori staff invite`.",
        )
    )


@command.command(
    help=say(
        "会社のアカウントから外す。次は、招待かパスキーで入る。",
        "Let go of the company's account; the person then needs an invitation or a passkey.",
    )
)
@click.argument("email")
@click.option("--reason", required=True, help=say("理由", "why"))
def unlink(email: str, reason: str) -> None:
    """Let the company sign somebody in no more."""
    from mamori.ground.people import actions

    actions.unlink_company(_actor(), account=_number(email), reason=reason)
    click.echo(say("外しました。", "Done."))


def _invite(actor: Actor, number: int) -> None:
    from django.conf import settings

    from mamori.ground.people import actions

    invited = actions.invite(actor, account=number)
    click.echo(f"{settings.ORIGIN}/account/invited/{invited.token}/")
    until = spoken(invited.expires_at).in_(LANG)
    click.echo(
        say(
            f"この招待は一度だけ、{until}まで使えます。本人に、ほかの人が見ない方法で渡してください。",
            f"It works once, until {until}. Please hand it over so that nobody else sees it.",
        ),
        err=True,
    )


def _number(email: str) -> int:
    from mamori.ground.people import facts
    from mamori.ground.people.actions import NoSuchAccount

    account = facts.account_by_mail(email, at=datetime.now(UTC))
    if account is None:
        raise NoSuchAccount()
    return account.number


def _actor() -> Actor:
    return Actor(
        by=f"machine:command/{getpass.getuser()}", role=Role.MACHINE, at=datetime.now(UTC), via="command"
    )
