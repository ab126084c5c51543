"""What is looked for in a message, and what the writer is told about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mamori.grammar.text import Text

type Writer = Literal["buyer", "seller"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LureKind:
    """A class of find: its code, its title, and the sentence for a buyer and for a seller who wrote it."""

    code: str
    title: Text
    buyer: Text
    seller: Text

    def sentence(self, by: Writer) -> Text:
        """Return why it matters to the writer, and what to do instead."""
        return self.buyer if by == "buyer" else self.seller


@dataclass(frozen=True, slots=True, kw_only=True)
class Lure:
    """One find: its kind, where it stands in the text as written (code points, end excluded), what to tell the writer."""

    kind: str
    start: int
    end: int
    title: Text
    sentence: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What always passes, in any spelling: the lines that the seller registered, and the marketplace's own hosts.

    A registered URL admits the addresses below it; a host admits its subdomains, and mail addresses at it.
    """

    registered: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


KINDS = (
    LureKind(
        code="phone",
        title=Text("電話番号", "telephone number"),
        buyer=Text(
            "電話番号を書くと、取引のあとも相手に知られたままになります。番号を書かなくても、この画面で連絡できます。",
            "The other side keeps a telephone number after the deal is done. You can reach the seller here without giving yours.",
        ),
        seller=Text(
            "登録していない電話番号は、購入者が本物かどうかを確かめられません。登録した番号は、書かなくても購入者に表示されます。",
            "A buyer cannot tell whether an unregistered number is yours. Your registered number is shown already.",
        ),
    ),
    LureKind(
        code="mail",
        title=Text("メールアドレス", "mail address"),
        buyer=Text(
            "メールアドレスを書くと、にせの案内が届くことがあります。書かなくても、返事はこの画面と通知で届きます。",
            "A mail address can bring you false messages later. Answers reach you here and by notice without it.",
        ),
        seller=Text(
            "メールでのやり取りは記録に残らず、困ったときに窓口が助けられません。この画面で返事をしてください。",
            "Mail leaves no record here, and the centre cannot help when something goes wrong. Please answer here.",
        ),
    ),
    LureKind(
        code="chat_id",
        title=Text("LINEなどの連絡先", "chat account"),
        buyer=Text(
            "LINEなどに移ると、約束したことの記録が残らず、補償を受けられないことがあります。このまま、この画面で続けてください。",
            "Elsewhere nothing proves what was promised, and you may lose the right to be refunded. Please stay on this page.",
        ),
        seller=Text(
            "LINEなどへ誘うと、購入者は補償を受けられなくなるおそれがあり、規約に反することがあります。この画面で返事をしてください。",
            "Moving a buyer to another chat may cost them their protection and break the terms. Please answer here.",
        ),
    ),
    LureKind(
        code="url",
        title=Text("よそのリンク", "outside link"),
        buyer=Text(
            "よそのリンクは安全かどうか分かりません。写真や書類は、リンクではなく、この画面から添付してください。",
            "Nobody can tell whether an outside link is safe. Please attach pictures and papers here instead.",
        ),
        seller=Text(
            "よそのリンクは、にせの支払い画面に使われることがあります。説明は文章で書き、書類はこの画面から添付してください。",
            "Outside links are used for false payment pages. Please explain in words, and attach papers here.",
        ),
    ),
    LureKind(
        code="bank",
        title=Text("振込先の口座", "bank account"),
        buyer=Text(
            "口座番号は、お金をだまし取ることに使われるおそれがあります。返金は支払った方法で戻るので、口座を伝える必要はありません。",
            "An account number can be misused. Refunds come back the way you paid: you need not give an account.",
        ),
        seller=Text(
            "口座への支払いや口座番号の聞き取りは、購入者を補償の外に出してしまいます。代金も返金も、通販サイトの支払いを使ってください。",
            "An account, told or asked for, leaves the buyer without protection. Please pay and refund on the marketplace.",
        ),
    ),
    LureKind(
        code="direct_deal",
        title=Text("直接取引の誘い", "offer to deal elsewhere"),
        buyer=Text(
            "通販サイトを通さずに払うと、品物が届かなくても返金されません。この通販サイトの画面で購入してください。",
            "If you pay outside the marketplace and nothing arrives, nobody can refund you. Please buy on the marketplace.",
        ),
        seller=Text(
            "通販サイトを通さない取引に誘うと、購入者は補償を受けられず、出品を止められることがあります。通販サイトの画面で取引してください。",
            "Dealing elsewhere leaves the buyer without protection and may stop your listings. Please deal here.",
        ),
    ),
    LureKind(
        code="address",
        title=Text("住所", "postal address"),
        buyer=Text(
            "住所は、一度伝えると取り消せません。届け先は注文の画面で変えられ、必要な人だけに伝わります。",
            "An address cannot be taken back. The order's page changes where goods go, and shows it only to those who need it.",
        ),
        seller=Text(
            "登録していない住所へ返送させると、荷物の行方を確かめられません。登録した住所と返送先は、購入者に表示されています。",
            "Goods sent to an unregistered address cannot be traced. Your registered addresses are shown to the buyer.",
        ),
    ),
)
