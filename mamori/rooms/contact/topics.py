"""What a thread may be about, how grave it is, and how far it has come: the words that urging is chosen by."""

from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.text import Text


class Topic(StrEnum):
    """What the buyer writes about."""

    GOODS = "goods"
    SHIPPING = "shipping"
    RETURNS = "returns"
    NOT_ARRIVED = "not_arrived"
    NOT_AS_DESCRIBED = "not_as_described"
    BROKEN = "broken"
    UNSAFE = "unsafe"
    REFUND_UNPAID = "refund_unpaid"
    OTHER = "other"


class Harm(StrEnum):
    """How grave it is, as the buyer tells it."""

    INCONVENIENCE = "inconvenience"
    MONEY = "money"
    DANGER = "danger"


HARMS = {
    Harm.INCONVENIENCE: Text("不便", "inconvenience"),
    Harm.MONEY: Text("お金の損失", "loss of money"),
    Harm.DANGER: Text("けが・火災などの危険", "danger of injury or fire"),
}


def is_lower(harm: Harm, than: Harm) -> bool:
    """Say whether one harm is less grave than the other."""
    graver = tuple(Harm)
    return graver.index(harm) < graver.index(than)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A topic as declared: its words, whether it is asked before or after a purchase, and what usually goes with it.

    A topic after a purchase is a trouble, with two clocks.  `harm` is chosen already on the page that asks for it.
    """

    text: Text
    before: bool = False
    after: bool = False
    harm: Harm = Harm.INCONVENIENCE


SUBJECTS = {
    Topic.GOODS: Subject(text=Text("商品について", "about the goods"), before=True),
    Topic.SHIPPING: Subject(text=Text("配送について", "about shipping"), before=True),
    Topic.NOT_ARRIVED: Subject(
        text=Text("商品が届かない", "goods did not arrive"), after=True, harm=Harm.MONEY
    ),
    Topic.NOT_AS_DESCRIBED: Subject(text=Text("説明と違う", "not as described"), after=True, harm=Harm.MONEY),
    Topic.BROKEN: Subject(
        text=Text("壊れている・動かない", "broken or does not work"), after=True, harm=Harm.MONEY
    ),
    Topic.UNSAFE: Subject(text=Text("危険を感じる", "seems dangerous"), after=True, harm=Harm.DANGER),
    Topic.REFUND_UNPAID: Subject(
        text=Text("返金されない", "a refund is not paid"), after=True, harm=Harm.MONEY
    ),
    Topic.RETURNS: Subject(text=Text("返品・交換について", "about returns"), before=True, after=True),
    Topic.OTHER: Subject(text=Text("その他", "something else"), before=True, after=True),
}
"""The one table of topics: questions, help in writing, urging and the case index read it."""

TOPICS = {topic: subject.text for topic, subject in SUBJECTS.items()}


class Progress(StrEnum):
    """How far the seller has come with it; money that came back is no answer, whoever sent it."""

    UNANSWERED = "unanswered"
    MISSED = "missed"
    ANSWERED = "answered"
    PAID_BACK = "paid_back"
    UNSOLVED = "unsolved"


PROGRESS = {
    Progress.UNANSWERED: Text("まだ回答がない", "not yet answered"),
    Progress.MISSED: Text("回答の期限を過ぎた", "the answer is overdue"),
    Progress.ANSWERED: Text("回答した", "answered"),
    Progress.PAID_BACK: Text("返金された", "the money came back"),
    Progress.UNSOLVED: Text("回答したが解決していない", "answered, not solved"),
}
