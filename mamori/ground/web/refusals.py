"""What the pages themselves refuse, before any room is asked."""

from __future__ import annotations

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text


class NotForYou(Refusal, code="not-for-you", status=403):
    """Given when the page is for others."""

    text = Text(
        "このページは、あなたの立場では開けません。必要なときは相談窓口にお知らせください。",
        "This page is not for you. If you need it, please tell the customer centre.",
    )


class NotFound(Refusal, code="not-found", status=404):
    """Given when nothing stands at the address, or nothing that may be shown."""

    text = Text(
        "お探しのページは見つかりませんでした。アドレスをお確かめになるか、最初のページからお進みください。",
        "There is no such page. Please check the address, or begin at the first page.",
    )


class NotUnderstood(Refusal, code="not-understood", status=400):
    """Given when a request is not formed as it should be."""

    text = Text(
        "送られた内容を読み取れませんでした。前の画面に戻り、もう一度お試しください。",
        "What was sent could not be read. Please go back and try again.",
    )


class FilterUnknown(Refusal, code="filter-unknown", status=400):
    """Given when an address narrows a list by what the list does not know."""

    text = Text(
        "この一覧は、そのようには絞り込めません。一覧を開き直し、画面の欄で絞り込んでください。",
        "This list cannot be narrowed like that. Please open it anew and narrow it by the fields on the page.",
    )


class HostUnknown(Refusal, code="host-unknown", status=400):
    """Given when the request names a host that is not ours."""

    text = Text(
        "このアドレスでは開けません。運営者からお知らせしたアドレスでお開きください。",
        "This cannot be opened by this address. Please use the address that the operator gave you.",
    )


class FormExpired(Refusal, code="form-expired", status=403):
    """Given when a form does not carry the sign that it comes from a page of ours in this browser."""

    text = Text(
        "この画面を開いてから時間がたったため、送れませんでした。前の画面に戻って読み込み直し、もう一度お送りください。"
        "続くときは、ブラウザーの Cookie を使える設定にしてください。",
        "Nothing was sent, because this page had been open for too long. Please go back, reload the page and send it "
        "again. If it happens again, please allow cookies in your browser.",
    )


class MethodNotAllowed(Refusal, code="method-not-allowed", status=405):
    """Given when the page cannot be asked for in this way."""

    text = Text(
        "このアドレスは、この方法では開けません。最初のページからお進みください。",
        "This address cannot be opened in this way. Please begin at the first page.",
    )


class TooLarge(Refusal, code="too-large", status=413):
    """Given when more was sent than a page takes."""

    text = Text(
        "送られた内容が大きすぎます。文章を短くするか、ファイルを小さくして、もう一度お送りください。",
        "What was sent is too large. Please shorten the text or make the file smaller, and send it again.",
    )


class TypeNotKnown(Refusal, code="type-not-known", status=415):
    """Given when a body is of a type that nobody reads here."""

    text = Text(
        "この形式では受け付けられません。画面の記入欄からお送りください。",
        "This format cannot be taken. Please send it by the form on the page.",
    )


class TooOften(Refusal, code="too-often", status=429):
    """Given when somebody asks faster than people do."""

    text = Text(
        "短い間に何度もお送りいただいたため、いまは受け付けられません。少し待ってから、もう一度お試しください。",
        "Too much was sent in a short time. Please wait a little and try again.",
    )


BY_STATUS: dict[int, type[Refusal]] = {
    refusal.status: refusal
    for refusal in (NotUnderstood, NotForYou, NotFound, MethodNotAllowed, TooLarge, TypeNotKnown, TooOften)
}
