"""Checks of a house that begins: who it says it is, how it looks, its mail tried, a second person, a market told of."""

from __future__ import annotations

from datetime import datetime
from itertools import permutations

from django.conf import settings

from mamori.grammar.actor import STAFF
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.market.models import Order, Seller
from mamori.ground.people import facts as people
from mamori.ground.people.facts import TRUSTED, Size
from mamori.ground.post import facts as post
from mamori.ground.terms import facts as terms
from mamori.ground.web import colours
from mamori.ground.web.models import Logo
from mamori.ground.web.signing import choices
from mamori.law.reports import OPERATOR_NAME_EN
from mamori.law.settings import (
    OPERATOR_ADDRESS,
    OPERATOR_COLOUR,
    OPERATOR_NAME,
    OPERATOR_PHONE,
    OPERATOR_SHOP,
)
from mamori.site.checks.finding import Found, Level
from mamori.site.checks.machinery import NO_SCANNER
from mamori.site.checks.operator import NO_MAIL, NO_READER

ABOUT = "site.beginning"
"""What the acts are about by which a lead tries the mail, puts a finding aside, or takes that back."""
TRIED = "site.mail_tried"
FILE = Text(
    "（サーバーの設定ファイル。手順どおりに入れたときは /etc/mamori/environment）",
    "(in the server's settings, by the guide /etc/mamori/environment)",
)
NAMES = (
    (
        OPERATOR_NAME,
        Text(
            "運営者の名前が決まっていません。ページにも、メールにも、手紙にも、だれからのものかが出ません。",
            "The operator has no name yet: pages, mails and letters do not say from whom they come.",
        ),
    ),
    (
        OPERATOR_NAME_EN,
        Text(
            "運営者の英語の名前が決まっていません。英語のページやメールには、日本語の名前が出ます。",
            "The operator has no English name yet: English pages and mails show the Japanese one.",
        ),
    ),
    (
        OPERATOR_PHONE,
        Text(
            "相談窓口の電話番号が決まっていません。電話で相談したい人が、どこにかければよいか分かりません。",
            "The customer centre has no telephone number yet: nobody knows where to call.",
        ),
    ),
    (
        OPERATOR_ADDRESS,
        Text(
            "手紙の差出人の住所が決まっていません。メールのない人への手紙に、差出人の住所が出ません。",
            "The sender's address on letters is not set: letters to those without mail show none.",
        ),
    ),
)


def named(at: datetime) -> Found:
    """See that the operator says who it is: name, English name, telephone, address."""
    lacking = [(one, text) for one, text in NAMES if not terms.setting(one, at=at)]
    for one, text in lacking:
        yield Level.LOOK, text, f"/desk/settings/{one.code}/"
    if not lacking:
        yield Level.GOOD, Text("運営者の名前と連絡先は揃っている", "the operator says who it is")


def looks(at: datetime) -> Found:
    """See that every page leads back to the shop, under its logo and in a colour on which words can be read."""
    shop, colour = (terms.setting(one, at=at) for one in (OPERATOR_SHOP, OPERATOR_COLOUR))
    at_shop, at_colour = (f"/desk/settings/{one.code}/" for one in (OPERATOR_SHOP, OPERATOR_COLOUR))
    if not shop:
        told = Text(
            "通販サイトのアドレスが決まっていません。購入者や出品者は、この窓口から通販サイトに戻れません。",
            "The shop's address is not set: buyers and sellers find no way back to the shop from these pages.",
        )
        yield Level.LOOK, told, at_shop
    elif not colours.is_shop(shop):
        told = Text(
            "通販サイトのアドレス「{shop}」は https:// から始まるアドレスではないので、リンクは出していません。",
            "“{shop}”, set as the shop's address, does not begin with https://: no link is shown.",
        )
        yield Level.LOOK, told.fill(shop=shop), at_shop
    if not Logo.objects.exists():
        told = Text(
            "ロゴがありません。どのページの上にも、名前だけが出ます。",
            "There is no logo: at the head of every page the name stands alone.",
        )
        yield Level.LOOK, told, "/desk/settings/logo/"
    if not colour:
        told = Text(
            "通販サイトの色が決まっていません。通販サイトと同じ運営者の窓口だと、見て分かりません。",
            "The shop's colour is not set: nobody sees from the pages whose they are.",
        )
        yield Level.LOOK, told, at_colour
    elif (pair := colours.on(colour)) is None:
        told = Text(
            "「{colour}」は、#0b57d0 のように # と6桁で書いた色ではないので、使っていません。",
            "“{colour}” is no colour written as # and six digits, such as #0b57d0: it is not used.",
        )
        yield Level.LOOK, told.fill(colour=colour), at_colour
    elif pair.ratio < colours.ENOUGH:
        told = Text(
            "色 {colour} の上では、白い字も黒い字も読みにくい（明るさの比 {ratio}、4.5以上が要ります）ので、使っていません。"
            "もう少し濃いか、薄い色にしてください。",
            "On {colour} neither white nor dark letters are easy to read (contrast {ratio}; 4.5 is needed), so it is not used. "
            "Please take a darker or a lighter one.",
        )
        yield Level.LOOK, told.fill(colour=colour, ratio=colours.tenths(pair.ratio)), at_colour
    else:
        told = Text(
            "通販サイトの色 {colour}：字との明るさの比は {ratio}",
            "the shop's colour {colour}: contrast {ratio}",
        )
        yield Level.GOOD, told.fill(colour=colour, ratio=colours.tenths(pair.ratio))


def mail_tried(at: datetime) -> Found:
    """See that mail is set up, reaches people, and that somebody tried it."""
    way = post.transport(settings.MAMORI_MAIL)
    if way is None:
        yield Level.LOOK, _beside(NO_MAIL)
        return
    if isinstance(way, post.Folder):
        yield Level.GOOD if settings.MAMORI_DEMO else Level.LOOK, NO_READER.fill(path=way.path)
        return
    tries = ledger.acts_about(ABOUT, kind=TRIED)
    newest = (tries[-1].content or {}).get("payload", {}) if tries else {}
    if not tries:
        told = Text(
            "メールの設定はありますが、まだ試していません。下のボタンで、自分あてに1通送ってみてください。",
            "Mail is set up and was never tried. Please send one to yourself, by the button below.",
        )
        yield Level.LOOK, told, "#mail"
    elif not newest.get("sent"):
        told = Text(
            "最後に試したメールは受け取られませんでした（{words}）。MAMORI_MAIL を確かめ、もう一度試してください。",
            "The mail that was tried last was not taken ({words}). Look at MAMORI_MAIL, and try again.",
        )
        yield Level.BROKEN, told.fill(words=newest.get("words", "–")), "#mail"
    else:
        yield Level.GOOD, Text("メールは試してある", "mail was tried")


def second(at: datetime) -> Found:
    """See that somebody else can agree to what one person alone does not decide."""
    profile = choices.profile(at)
    roles = TRUSTED if profile.size is Size.TWENTY else STAFF
    able = [f"staff:{one.number}" for one in people.accounts(at=at) if one.is_active and one.role in roles]
    is_seconded = any(
        people.is_second(one, than=other, profile=profile, at=at) for one, other in permutations(able, 2)
    )
    if not is_seconded and profile.size is not Size.ONE:
        told = Text(
            "承認できるもう一人がいません。規約の公表など、もう一人の承認がいることが進みません。"
            "サーバーで `mamori staff add` すると、その人はすぐに承認できます。ここで招いた人は、招いた人への承認はできません。",
            "Nobody else is there who can agree: what a second person must agree to, such as terms, does not go on. Whom "
            "`mamori staff add` adds on the server can agree at once; whom you add here cannot agree to what you propose.",
        )
        yield Level.LOOK, told, "/desk/people/add/"
    else:
        yield Level.GOOD, Text("承認する人がいる", "somebody can agree")


def told_of_market(at: datetime) -> Found:
    """See that the marketplace told of its sellers and orders."""
    if Seller.objects.exists() and Order.objects.exists():
        yield Level.GOOD, Text("出品者と注文が伝えられている", "sellers and orders are told of")
        return
    told = Text(
        "出品者か注文が、まだ一件も伝えられていません。"
        "通販サイトとAPIでつなぐか、CSVやExcelを取り込んでください（サーバーでは `mamori import`）。",
        "No seller or no order was told of yet. Connect the shop by the API, or bring its files (`mamori import` on the server).",
    )
    yield Level.LOOK, told, "/desk/import/"


def scanner_set(at: datetime) -> Found:
    """See that there is a scanner; whether it answers, `scanner` asks."""
    if not settings.SCANNER:
        yield Level.LOOK, _beside(NO_SCANNER)


def _beside(text: Text) -> Text:
    """Say in which file a variable stands."""
    return Text(text.ja + FILE.ja, f"{text.en} {FILE.en}")
