"""What the operator has set up: who signs in, what sellers agreed to, how long things are kept, how mail goes out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from django.conf import settings

from mamori.grammar.businesstime import day_text, span_words
from mamori.grammar.declaration import Clause
from mamori.grammar.text import Text
from mamori.ground.market.models import Seller
from mamori.ground.people import facts
from mamori.ground.people.facts import TRUSTED, GroupsUnreadable, Size
from mamori.ground.post import facts as post
from mamori.ground.post.carrying import Unreachable, carrier_of
from mamori.ground.terms import facts as terms
from mamori.ground.terms.models import ClauseAcceptance
from mamori.ground.web.signing import choices
from mamori.ground.web.signing.company.provider import BACK, WELL_KNOWN, CompanyAway, Discovered, discovered
from mamori.japan.calendar import JAPAN
from mamori.law.clauses import CLAUSES
from mamori.law.display import DISPLAY_HINDERS
from mamori.law.retention import RETENTIONS
from mamori.law.screening import LIST_GOOD_FOR
from mamori.law.settings import SCANNING, TELECOM_NUMBER
from mamori.rooms.display import facts as display
from mamori.rooms.safety import facts as safety
from mamori.site.checks.finding import Found, Level
from mamori.site.retaining import days_of

SOON = timedelta(days=14)
AT_HOME = {"localhost", "127.0.0.1", "::1"}


def origin(at: datetime) -> Found:
    """Passkeys and secure cookies need https, except on one's own machine."""
    place = urlsplit(settings.ORIGIN)
    if place.scheme == "https" or (place.hostname or "").lower() in AT_HOME:
        yield Level.GOOD, Text("開くアドレス {origin}", "opened at {origin}").fill(origin=settings.ORIGIN)
        return
    told = Text(
        "{origin} は https ではないので、パスキーは使えず、クッキーは盗み見られます。MAMORI_ORIGIN を https:// にしてください。",
        "{origin} is not https: passkeys do not work and cookies can be read on the way. Set MAMORI_ORIGIN to https://…",
    )
    yield Level.BROKEN, told.fill(origin=settings.ORIGIN)


def staff(at: datetime) -> Found:
    """Somebody must be able to tend accounts; who works alone needs a reader outside."""
    able = [one for one in facts.accounts(at=at) if one.is_active and one.role in TRUSTED]
    profile = choices.profile(at)
    if not able:
        yield (
            Level.LOOK,
            Text(
                "責任者がまだいません。`mamori staff add メールアドレス --name 名前 --role lead` で登録してください。",
                "There is no lead yet. Add one with `mamori staff add ADDRESS --name NAME --role lead`.",
            ),
        )
    if profile.size is Size.ONE and not profile.reader:
        yield (
            Level.LOOK,
            Text(
                "一人で運営する設定ですが、外部の読み手がいません。"
                "`mamori set people.outside_reader メールアドレス` で決めてください。",
                "One person runs the centre and nobody outside reads along. Set `mamori set people.outside_reader ADDRESS`.",
            ),
        )


def keys(at: datetime) -> Found:
    """Name keys that end soon and have no successor."""
    newest = {key.name: key for key in reversed(facts.every_key())}
    for key in newest.values():
        if key.holds(at) and key.expires_at is not None and key.expires_at - at < SOON:
            told = Text(
                "鍵 {name} は {at} に切れます。`mamori key rotate {name}` で次の鍵を作ってください。",
                "The key {name} ends at {at}. Make the next with `mamori key rotate {name}`.",
            )
            yield Level.LOOK, told.fill(name=key.name, at=key.expires_at.isoformat(timespec="minutes"))


# Checks of the company's sign-in: whether its provider answers as it must, and who comes in without it.


SKEW = timedelta(seconds=60)
"""So far a token may be dated ahead or be over before it is refused."""


def company(at: datetime) -> Found:
    """Ask the provider what a sign-in would ask it."""
    if not settings.COMPANY_ISSUER and not settings.COMPANY_CLIENT:
        return
    if not choices.is_company_used():
        told = Text(
            "会社のサインインの設定が足りません。MAMORI_COMPANY_ISSUER と MAMORI_COMPANY_CLIENT の両方を決めてください。",
            "The company's sign-in is half set up. Set both MAMORI_COMPANY_ISSUER and MAMORI_COMPANY_CLIENT.",
        )
        yield Level.BROKEN, told
        return
    if not settings.COMPANY_SECRET:
        told = Text(
            "会社のクライアントの合言葉がありません。MAMORI_COMPANY_SECRET_FILE を決めてください。",
            "There is no client secret for the company's sign-in. Set MAMORI_COMPANY_SECRET_FILE.",
        )
        yield Level.BROKEN, told
    try:
        found = discovered(at=at, anew=True)
    except CompanyAway as away:
        told = Text(
            "会社のサインインを使えません（{why}）。MAMORI_COMPANY_ISSUER と {address} の issuer が一字も違わないこと、"
            "このサーバーから https で届くことを確かめてください。",
            "The company's sign-in cannot be used ({why}). See that MAMORI_COMPANY_ISSUER is to the letter the issuer that "
            "stands in {address}, and that this server reaches it by https.",
        )
        address = settings.COMPANY_ISSUER.rstrip("/") + WELL_KNOWN
        yield Level.BROKEN, told.fill(why=away.values["why"], address=address)
    else:
        told = Text(
            "会社のサインインが応える：{issuer}（戻り先 {back}）",
            "the company's sign-in answers: {issuer} (it sends people back to {back})",
        )
        yield Level.GOOD, told.fill(issuer=settings.COMPANY_ISSUER, back=f"{settings.ORIGIN}{BACK}")
        yield from _clock(found, at)
        yield from _able(found, at)
    yield from _choices(at)


def _clock(found: Discovered, at: datetime) -> Iterator[tuple[Level, Text]]:
    try:
        told_at = parsedate_to_datetime(found.date).astimezone(UTC)
    except (ValueError, TypeError):
        return  # it tells no time
    apart = abs(told_at - at)
    if apart > SKEW:
        told = Text(
            "会社のサーバーとこのサーバーの時計が{n}秒違います。1分より違うと、サインインは断られます。時計を合わせてください。",
            "The clocks of the company's server and this one are {n} seconds apart. Beyond a minute sign-ins are refused: please "
            "set them right.",
        )
        yield Level.BROKEN, told.fill(n=int(apart.total_seconds()))


def _able(found: Discovered, at: datetime) -> Iterator[tuple[Level, Text]]:
    methods = found.config.get("code_challenge_methods_supported")
    if isinstance(methods, list) and "S256" not in methods:
        told = Text(
            "会社のサーバーは、使う確かめ方（PKCE の S256）を受け付けないと言っています。",
            "The company's server says that it does not take the proof key that is used (PKCE, S256).",
        )
        yield Level.LOOK, told
    if found.config.get("backchannel_logout_supported") is not True:
        told = Text(
            "会社のサーバーは、サインアウトを知らせないと言っています。会社で止められた人は、最長{n}時間ここに残れます"
            "（people.company_stay）。急ぐときは `mamori staff suspend` で止めてください。",
            "The company's server does not say that it tells of sign-outs: whoever is disabled there may remain here for up to "
            "{n} hours (people.company_stay). Where it is urgent, `mamori staff suspend` stops somebody at once.",
        )
        try:
            holds = choices.company_rules(at).holds
        except GroupsUnreadable:
            return  # said below
        yield Level.LOOK, told.fill(n=int(holds.total_seconds() // 3600))


def _choices(at: datetime) -> Iterator[tuple[Level, Text]]:
    try:
        choices.company_rules(at)
    except GroupsUnreadable as unreadable:
        told = Text(
            "people.company_roles の「{part}」を読めません。`グループ=役割; グループ=役割` の形で、役割は agent・lead・counsel・"
            "reader のどれかにしてください。それまで、会社からはだれも入れません。",
            "“{part}” in people.company_roles cannot be read. Write `group=role; group=role`, with agent, lead, counsel or "
            "reader. Until then nobody comes in by the company.",
        )
        yield Level.BROKEN, told.fill(part=str(unreadable))
    able = [one for one in facts.accounts(at=at) if one.is_active and one.role in TRUSTED]
    if able and all(one.by_company for one in able):
        told = Text(
            "責任者・法務担当の全員が会社のサインインに頼っています。会社のサーバーが止まったときのために、"
            "つながない責任者を一人、`mamori staff add` で登録してください。",
            "Every lead and counsel depends on the company's sign-in. For the day on which it is away, add one lead who is not "
            "connected with it: `mamori staff add`.",
        )
        yield Level.LOOK, told


# Checks of what the operator chose: clauses that are needed and do not bind, and switches that are off.


SHOWN = 1_000
UNPUBLISHED = Text(
    "「{title}」は有効ですが、その条項を公表していないため、どの出品者にも及びません。"
    "担当者の画面の「規約」で公表してください。",
    "“{title}” is switched on, but its clause was never published and binds nobody. Publish it at the desk under “Terms”.",
)
WITHOUT = Text(
    "規約に同意していない出品者がいます：{counted}。同意のない出品者には及ばず、それによる措置はとれません。"
    "出品者の最初のページには、同意を待っていると出ています。",
    "Sellers have not accepted the terms: {counted}. They do not bind those sellers, and no measure can be taken on them. "
    "The first page of each says that the terms wait.",
)
WITHOUT_ONE = Text("{n}人（{titles}）", "{n} sellers ({titles})")
MOST_NAMED = 3
NOT_TAKEN = Text(
    "条項を公表していないため、次の措置はとれません：{titles}。使うときは、担当者の画面の「規約」で見本の文を確かめ、直して、"
    "公表してください。",
    "No measure is taken on clauses that were never published: {titles}. To use them, read the patterns at the desk under "
    "“Terms”, adapt them, and publish them.",
)

OFF = Text("オフ：{title}（`mamori set {code} on`）", "off: {title} (`mamori set {code} on`)")
NOT_CHOSEN = Text(
    "まだ決めていない：{title}。担当者の画面の「設定」か `mamori set {code} on` で決めてください。",
    "Not decided yet: {title}. Please decide at the desk under “Settings”, or with `mamori set {code} on`.",
)


FROM = Text(
    "最初に知らせた出品者の予告の期間は{day}に終わるので、その日から押せます。",
    "The notice to the shops that were told first ends on {day}: it may be pressed from then on.",
)
NOBODY_TOLD = Text(
    "表示を求めるとまだだれにも知らせていません。知らせて予告の期間が過ぎたら押せます。",
    "No shop was told yet that a display will be asked for; it may be pressed once the notice to them is over.",
)
TO_PUBLISH = "/desk/terms/patterns/"


def clauses(at: datetime) -> Found:
    """Name what is needed and was never published, and count the sellers without a clause that is in force."""
    published: dict[str, list[int]] = {}
    for version in terms.versions():
        published.setdefault(version.clause, []).append(version.version)
    unused: list[Text] = []
    counted: dict[int, list[Text]] = {}
    for clause in CLAUSES:
        if clause.code in published:
            if without := _without(clause, published[clause.code], at):
                counted.setdefault(without, []).append(clause.title)
            else:
                told = Text(
                    "条項「{title}」は全員が承諾済み", "every seller has accepted the clause “{title}”"
                )
                yield Level.GOOD, told.fill(title=clause.title)
        elif terms.is_switched_on(clause, at=at):
            yield Level.LOOK, UNPUBLISHED.fill(title=clause.title), TO_PUBLISH
        else:
            unused.append(clause.title)
    if counted:
        told = Text.listed(WITHOUT_ONE.fill(n=f"{n:,}", titles=_named(some)) for n, some in counted.items())
        yield Level.LOOK, WITHOUT.fill(counted=told), "/desk/terms/", "not-accepted"
    if unused:
        yield Level.LOOK, NOT_TAKEN.fill(titles=Text.listed(unused)), TO_PUBLISH


def switches(at: datetime) -> Found:
    """Name what is off of that on which the law's duties rest, and what of it nobody chose yet."""
    off, from_ = terms.off(at), display.hinders_from(at)
    pressed = FROM.fill(day=day_text(from_.astimezone(JAPAN).date())) if from_ else NOBODY_TOLD
    for one, is_chosen in off.items():
        told = (OFF if is_chosen else NOT_CHOSEN).fill(title=one.title, code=one.code)
        if one is DISPLAY_HINDERS:
            told = Text(told.ja + pressed.ja, f"{told.en} {pressed.en}")
        yield Level.LOOK, told, f"/desk/settings/{one.code}/"
    if not off:
        yield (
            Level.GOOD,
            Text("表示と連絡先についての設定は、すべてオン", "all that displays and contacts rest on is on"),
        )


def _named(titles: list[Text]) -> Text:
    named, more = Text.listed(titles[:MOST_NAMED]), len(titles) - MOST_NAMED
    return Text(f"{named.ja}など{len(titles)}条項", f"{named.en} and {more} more") if more > 0 else named


def _without(clause: Clause, versions: list[int], at: datetime) -> int:
    """Return how many sellers never accepted a version of a clause that was published, counted to `SHOWN`."""
    accepted = ClauseAcceptance.objects.filter(
        clause=clause.code, version__in=versions, accepted_at__lte=at
    ).values("seller_ref")
    return Seller.objects.exclude(pk__in=accepted)[:SHOWN].count()


FOR_EVER = Text(
    "「{title}」は、自動では破棄されません。既定は{days}日です。必要なくなったものは消すよう努めることとされています。"
    "既定にするには `mamori set retention.{code} {days}`。残すべき件は、先に `mamori hold` で消去を止めてください。",
    "“{title}” are kept for ever; the default is {days} days, and the law asks to erase what is not needed. `mamori set "
    "retention.{code} {days}` takes the default up. Put what has to stay under a hold first (`mamori hold`).",
)
FOR_DAYS = Text("「{title}」は{days}日で破棄される", "“{title}” go after {days} days")


def kept_for_ever(at: datetime) -> Found:
    """Name what no timer ever destroys, though it might."""
    for rule in RETENTIONS:
        if rule.least > 0:
            continue
        days = days_of(rule, at=at)
        if days:
            yield Level.GOOD, FOR_DAYS.fill(title=rule.title, days=days)
        else:
            yield Level.LOOK, FOR_EVER.fill(title=rule.title, code=rule.code, days=rule.days)


# Checks of the post: mail set up and reachable, nothing given up unseen, letters printed.


NO_MAIL = Text(
    "メールの設定がありません。お知らせはウェブフックだけで届き、コードでのサインインはできません。"
    "MAMORI_MAIL を決めてください。",
    "Mail is not set up: notices go by webhook only, and nobody can sign in by code. Set MAMORI_MAIL.",
)
NO_READER = Text(
    "メールはだれにも届かず、フォルダー {path} に読める形で置かれます。",
    "Mail reaches nobody: it is laid, readable, into the folder {path}.",
)


def mail_way(at: datetime) -> Found:
    """See that mail is set up, comes from somebody, and that the server answers."""
    way = post.transport(settings.MAMORI_MAIL)
    if way is None:
        yield Level.LOOK, NO_MAIL
        return
    post.sender(settings.MAMORI_MAIL_FROM)
    if isinstance(way, post.Folder):
        level = Level.GOOD if settings.MAMORI_DEMO else Level.LOOK
        yield level, NO_READER.fill(path=way.path)
        return
    carrier = carrier_of(way)
    try:
        carrier.open()
    except Unreachable as error:
        told = Text(
            "メールサーバー {way} を使えません（{error}）。",
            "The mail server {way} cannot be used ({error}).",
        )
        yield Level.BROKEN, told.fill(way=way.spoken, error=error)
    else:
        yield (
            Level.GOOD,
            Text("メールサーバーに届く：{way}", "the mail server answers: {way}").fill(way=way.spoken),
        )
    finally:
        carrier.close()


def mail_waiting(at: datetime) -> Found:
    """Name the mail that a person should look at, and mail that nobody sends."""
    stuck = post.stuck(100)
    for mail in stuck[:5]:
        told = Text(
            "届けられないメール {number}（{to}、{about}）：{error}。`mamori post` で送り直すか、手紙にできます。",
            "Mail {number} was given up ({to}, {about}): {error}. `mamori post` sends it again or makes it a letter.",
        )
        yield Level.BROKEN, told.fill(number=mail.number, to=mail.to, about=mail.about, error=mail.error)
    if len(stuck) > 5:
        yield Level.BROKEN, Text("ほかに{n}通", "and {n} more").fill(n=len(stuck) - 5)
    late = post.overdue(at)
    if late:
        told = Text(
            "送られないままのメールが{n}通あります。`mamori work` とメールサーバーを確かめてください。",
            "{n} mails should have been sent long ago. Look at `mamori work` and the mail server.",
        )
        yield Level.BROKEN, told.fill(n=late)
    away = post.relay()
    is_away = away.since is not None and at - away.since > post.OVERDUE
    if away.since is not None and is_away:
        told = Text(
            "メールサーバーが {at} から使えません（{error}）。設定とサーバーを確かめてください。",
            "The mail server could not be used since {at} ({error}). Look at the settings and the server.",
        )
        yield (
            Level.BROKEN,
            told.fill(at=away.since.isoformat(timespec="seconds"), error=away.error),
        )
    if not stuck and not late and not is_away:
        yield Level.GOOD, Text("止まっているメールはない", "no mail is stuck")


def letters(at: datetime) -> Found:
    """Count the letters that wait."""
    count = post.count_letters()
    if count:
        told = Text(
            "出していない手紙が{n}通あります。`mamori post letters --out フォルダー` で印刷してください。",
            "{n} letters wait. Print them with `mamori post letters --out FOLDER`.",
        )
        yield Level.LOOK, told.fill(n=count)
    if not count:
        yield Level.GOOD, Text("出していない手紙はない", "no letter waits")


def notification(at: datetime) -> Found:
    """Ask for the number of the notification as a telecommunications business; without it nothing stops."""
    number = terms.setting(TELECOM_NUMBER, at=at)
    if number:
        told = Text("電気通信事業の届出番号：{number}", "notified as a telecommunications business: {number}")
        yield Level.GOOD, told.fill(number=number)
        return
    told = Text(
        "購入者と出品者のやり取りを取り次ぐには、電気通信事業の届出が要るとされています。"
        "済んでいれば `mamori set {code} 番号` で控え、まだなら総務省の窓口に確かめてください。",
        "To relay messages between buyers and sellers is held to need a notification as a telecommunications business. "
        "If it is done, note it with `mamori set {code} NUMBER`; if not, please ask the Ministry of Internal Affairs.",
    )
    yield Level.LOOK, told.fill(code=TELECOM_NUMBER.code), f"/desk/settings/{TELECOM_NUMBER.code}/"


def scanning(at: datetime) -> Found:
    """Say in which mode a machine looks at what parties write."""
    chosen = SCANNING.words[SCANNING.among.index(terms.setting(SCANNING, at=at))]
    told = Text(
        "やり取りの連絡先や誘いを機械で確かめる：{chosen}", "a machine looks at what parties write: {chosen}"
    )
    yield Level.GOOD, told.fill(chosen=chosen)


NAMES_OLD = Text(
    "名前の一覧「{title}」は{day}のもので、{span}より前です。新しい一覧を取り込んでください（`mamori screening import`）。",
    "The list of names “{title}” is of {day}, more than {span} ago. Please take in a newer one (`mamori screening import`).",
)
NAMES_GOOD = Text("名前の一覧「{title}」は{day}のもの", "the list of names “{title}” is of {day}")
NO_NAMES = Text(
    "名前の一覧がまだ一つもありません。公表された一覧を取り込んでください（`mamori screening import`）。",
    "No list of names was taken in yet. Please take in those that are published (`mamori screening import`).",
)


def name_lists(at: datetime) -> Found:
    """Say which lists of makers and sellers are too old to tell anything, and where none was ever taken in."""
    lists, today = safety.lists_as_of(), at.astimezone(JAPAN).date()
    for number, title, day in lists:
        if day is not None:
            is_old = (today - day).days > LIST_GOOD_FOR.count
            told = (NAMES_OLD if is_old else NAMES_GOOD).fill(
                title=title, day=day_text(day), span=span_words(LIST_GOOD_FOR)
            )
            yield Level.LOOK if is_old else Level.GOOD, told, f"/desk/screening/{number}/", f"names-{number}"
    if lists and not any(day for _, _, day in lists):
        yield Level.LOOK, NO_NAMES, "/desk/screening/"
