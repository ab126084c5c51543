"""What a thread may be about, how grave it is, and how far it has come: the words that urging is chosen by."""

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


TOPICS = {
    Topic.GOODS: Text("商品について", "about the goods"),
    Topic.SHIPPING: Text("配送について", "about shipping"),
    Topic.RETURNS: Text("返品・交換について", "about returns"),
    Topic.NOT_ARRIVED: Text("商品が届かない", "goods did not arrive"),
    Topic.NOT_AS_DESCRIBED: Text("説明と違う", "not as described"),
    Topic.BROKEN: Text("壊れている・動かない", "broken or does not work"),
    Topic.UNSAFE: Text("危険を感じる", "seems dangerous"),
    Topic.REFUND_UNPAID: Text("返金されない", "a refund is not paid"),
    Topic.OTHER: Text("その他", "something else"),
}


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


class Progress(StrEnum):
    """How far the seller has come with it."""

    UNANSWERED = "unanswered"
    MISSED = "missed"
    ANSWERED = "answered"
    UNSOLVED = "unsolved"


PROGRESS = {
    Progress.UNANSWERED: Text("まだ回答がない", "not yet answered"),
    Progress.MISSED: Text("回答の期限を過ぎた", "the answer is overdue"),
    Progress.ANSWERED: Text("回答した", "answered"),
    Progress.UNSOLVED: Text("回答したが解決していない", "answered, not solved"),
}
