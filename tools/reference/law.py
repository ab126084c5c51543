"""The pages of what the law asks and what the operator chooses."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from mamori.grammar.text import Text
from mamori.site.environment import VARIABLES
from tools.reference.house import declared
from tools.reference.markdown import code, page, table


def deadlines() -> str:
    """Render every deadline with its duration and who asks for it."""
    rows = [
        (code(d.code), d.title, code(d.duration), d.force.text, d.citation)
        for d in declared("mamori.law.deadlines", "DEADLINES")
    ]
    return page(
        Text("期限", "Deadlines"),
        Text(
            "48h＝土日祝に止まる48時間、2h24＝夜も休業日も数える2時間、2bd＝翌営業日から数えて2営業日目の24時まで、8d＝暦の8日。"
            "法が定める値は厳しくする方向にだけ変えられます。",
            "48h = 48 hours that stop on Saturdays, Sundays and holidays; 2bd = to 24:00 of the second business day after the "
            "day of the start; 2h24 = 2 hours round the clock; "
            "8d = 8 calendar days. What the law fixes can only be made stricter.",
        ),
        table(
            ["符号 / code", "期限 / deadline", "長さ / duration", "強さ / force", "出典 / source"],
            rows,
        ),
    )


def grounds() -> str:
    """Render every ground that an act may rest on."""
    rows = [
        (code(g.code), g.title, g.text, _days(g), g.citation)
        for g in declared("mamori.law.grounds", "GROUNDS")
    ]
    return page(
        Text("根拠", "Grounds"),
        Text("行為がよりどころとする理由。", "The reasons that an act may rest on."),
        table(["符号 / code", "根拠 / ground", "内容 / text", "日数 / days", "出典 / source"], rows),
    )


def _days(ground: Any) -> str:
    """Return for how many days a hold on it lasts at most, and in all once it was extended; an act has none."""
    return f"{ground.days} ({ground.longest})" if getattr(ground, "days", 0) else ""


def formal_notices() -> str:
    """Render on which provisions each notice of a buyer may rest, for which sales and until when."""
    unread = import_module("mamori.law.formal").UNREAD_LIMIT
    rows = [
        (
            code(one.code),
            one.title,
            provision.citation,
            provision.when,
            "✓" if provision.of_business else "–",
            ", ".join(sorted(provision.of)) or "–",
            provision.limit.text if provision.limit else unread,
            provision.limit.citation if provision.limit else "–",
        )
        for one in declared("mamori.law.formal", "FORMAL_NOTICES")
        for provision in one.provisions
    ]
    return page(
        Text("購入者の通知のよりどころ", "What a buyer's notices may rest on"),
        Text(
            "どの通知も、だれに対しても届けます。画面が購入者に示すのは、その売り手と品物に当てはまりうるきまりだけです。読んで確かめていない期限は、数字を出しません。",
            "Every notice is delivered, whoever sold. A page names to a buyer only what may hold for that seller and goods. "
            "Of a limit that nobody has read no figure is given.",
        ),
        table(
            [
                "符号 / code",
                "通知 / notice",
                "きまり / provision",
                "どんなとき / when",
                "事業者だけ / businesses only",
                "何に / for what",
                "いつまで / until when",
                "期限の出典 / source of the limit",
            ],
            rows,
        ),
    )


def figures() -> str:
    """Render every figure of a month with its definition: those that leads and counsel read, and those that everybody does."""
    few, days = import_module("mamori.law.figures").FEW, import_module("mamori.law.shown").SETTLED_DAYS
    heads = [
        "符号 / code",
        "数値 / figure",
        "定義 / definition",
        "単位 / unit",
        "丸め / rounding",
        "もと / out of",
    ]
    internal = (*declared("mamori.law.figures", "FIGURES"), *declared("mamori.law.promptness", "PROMPTNESS"))
    return page(
        Text("数値", "Figures"),
        Text(
            "公表に備えて月ごと（日本時間）に数えるもの。丸めて実際より良く見えることはありません。"
            f"もとが {few} 件に満たないものには、そう書いて件数を添えます。",
            f"Counted month by month, Japan time, for later disclosure. Rounding never makes one look better. One that stands on "
            f"fewer than {few} is marked and shown with its count.",
        ),
        table(heads, _figures(internal)),
        "## だれでも読める数値 / What everybody reads",
        f"月末から{days}日後の時点で一度だけ数えます。少ない数は出しません。 "
        f"Counted once, as of {days} days after the month; small counts are not told.",
        table(heads, _figures(declared("mamori.law.shown", "SHOWN"))),
    )


def _figures(some: Iterable[Any]) -> list[tuple[object, ...]]:
    units = import_module("mamori.grammar.figures").UNITS
    return [(code(f.code), f.title, f.means, units[f.unit], f.rounded, f.of) for f in some]


def roads() -> str:
    """Render every road that is shown where a trouble ends without a remedy."""
    rows = [(code(r.code), r.title, r.text, r.citation) for r in declared("mamori.law.roads", "ROADS")]
    return page(
        Text("ほかに相談できるところ", "Where else to turn"),
        Text(
            "補償せずに終えたときや、対象にならないときに購入者に示す道。確かさが memory のものは案内にとどめます。",
            "Shown to a buyer where it ends without a remedy. What is only remembered (`memory`) is no more than a hint.",
        ),
        table(["符号 / code", "道 / road", "内容 / text", "出典 / source"], rows),
    )


MONEY = "✓"


def clauses() -> str:
    """Render every clause of the terms that an act may need."""
    rows = [
        (
            code(c.code),
            c.version,
            c.title,
            c.text,
            c.first,
            ", ".join(code(act) for act in c.needed_for),
            MONEY if c.money else "",
            c.notice_days,
            ", ".join(code(ground.code) for ground in c.exceptions),
        )
        for c in declared("mamori.law.clauses", "CLAUSES")
    ]
    return page(
        Text("規約の条項", "Clauses of the terms"),
        Text(
            "運営者が弁護士とともに直して使う見本。公表した版だけが、承諾した出品者に及びます。お金の条項は承諾した版のまま、"
            "ほかの条項の変更は「規約の変更」に承諾し、知らせを受けた出品者に、中の日数が過ぎてから及びます。"
            "例外の根拠があるときは期間を置かず、理由を後から知らせます。",
            "Patterns for an operator to adapt with its lawyer. Only what was published binds, and only sellers who accepted it. "
            "In matters of money the accepted version stays; other changes bind, once the whole days of notice are over, who "
            "accepted `changes` and was told. On one of the exceptions there is no wait, and the reason is told afterwards.",
        ),
        table(
            [
                "符号 / code",
                "版 / version",
                "条項 / clause",
                "文 / text",
                "いつから / from",
                "何に要るか / needed for",
                "お金 / money",
                "中の日数 / days of notice",
                "例外 / exceptions",
            ],
            rows,
        ),
    )


def consents() -> str:
    """Render what buyers and sellers may agree to."""
    rows = [
        (
            code(c.code),
            c.version,
            c.title,
            Text(*(t.replace("\n\n", "<br>") for t in (c.text.ja, c.text.en))),
            c.first,
            c.citation,
        )
        for home in ("CONSENTS", "FORMER")
        for c in declared("mamori.law.consents", home)
    ]
    return page(
        Text("同意", "Consents"),
        Text(
            "版が新しくなると、あらためて尋ねます。断っても、ほかは変わりません。前の版の文も、受領証と比べられるように残します。",
            "A newer version asks anew. Who says no loses nothing. Former versions stay here, to be held beside a receipt.",
        ),
        table(
            [
                "符号 / code",
                "版 / version",
                "同意 / consent",
                "文 / text",
                "いつから / from",
                "出典 / source",
            ],
            rows,
        ),
    )


def _least(setting: Any) -> object:
    """Return the lower bound, or where a text is chosen all that may be."""
    return ", ".join(map(code, setting.among)) if setting.among else setting.least


def settings() -> str:
    """Render what an operator may choose, and the environment variables."""
    rows = [
        (code(s.code), s.title, code(s.default), _least(s), s.most, s.citation)
        for s in declared("mamori.law.settings", "SETTINGS")
    ]
    return page(
        Text("設定", "Settings"),
        Text("運営者が選べることと、その範囲。", "What an operator may choose, and within which bounds."),
        table(
            [
                "符号 / code",
                "設定 / setting",
                "初期値 / default",
                "最小・選択肢 / least, choices",
                "最大 / most",
                "出典 / source",
            ],
            rows,
        ),
        "## 環境変数 / Environment variables",
        table(
            ["名前 / name", "意味 / meaning", "初期値 / default"],
            [(code(v.name), v.text, code(v.default) if v.default else "") for v in VARIABLES],
        ),
    )
