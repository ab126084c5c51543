"""What the gateway itself refuses, before any room is asked."""

from __future__ import annotations

from collections.abc import Sequence

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.records import Fault
from mamori.ground.people.facts import Flaw

SHOWN = 20
"""How many faults of one record are told at once."""


class KeyNeeded(Refusal, code="key-needed", status=401):
    """Given when no API key comes along."""

    text = Text(
        "APIキーがありません。`Authorization: Bearer …` に入れて送ってください。",
        "There is no API key. Please send it as `Authorization: Bearer …`.",
    )


class KeyNotGood(Refusal, code="key-not-good", status=401):
    """Given when the API key is unknown, withdrawn or has run out; the three look alike."""

    text = Text(
        "このAPIキーは使えません。`mamori key list` で確かめ、必要なら新しいキーを作ってください。",
        "This API key is not good. Look with `mamori key list`, and make a new one if need be.",
    )


class ScopeMissing(Refusal, code="scope-missing", status=403):
    """Given when the API key is good, but not for this."""

    text = Text(
        "このAPIキーには「{scope}」の範囲がありません。その範囲を持つキーで送ってください。",
        "This API key lacks the scope “{scope}”. Please use a key that has it.",
    )


class PartyNeeded(Refusal, code="party-needed", status=403):
    """Given when words would be written or read with an API key alone."""

    text = Text(
        "これはAPIキーだけではできません。当事者のトークンを `Mamori-Party` に入れて送ってください。",
        "An API key alone is not enough. Please send the party's own token as `Mamori-Party`.",
    )


class PartyNotGood(Refusal, code="party-not-good", status=401):
    """Given when the party's token is forged, has run out, or names nobody that we know; `errors` says which part is wrong."""

    text = Text(
        "当事者のトークンが使えません。リンク用の鍵で署名し直し、期限(exp)を確かめてください。",
        "The party's token is not good. Please sign a new one with the link key, and look at its end (exp).",
    )

    def __init__(self, flaw: Flaw) -> None:
        super().__init__()
        self.flaw = flaw


class PartyNotAsked(Refusal, code="party-not-asked", status=403):
    """Given when the party's token is good, but this is for another role."""

    text = Text(
        "ほかの立場のトークンが必要です（届いたトークン：{role}）。できる立場のトークンで送ってください。",
        "The token of another role is needed (this one: {role}). Please send the token of whom it is for.",
    )


class NoSuchPath(Refusal, code="no-such-path", status=404):
    """Given when nothing lies at the address."""

    text = Text(
        "このアドレスには何もありません。/api/v1/openapi.json をご覧ください。",
        "Nothing lies at this address. Please see /api/v1/openapi.json.",
    )


class MethodNotKnown(Refusal, code="method-not-known", status=405):
    """Given when the address does not take the method."""

    text = Text(
        "このアドレスは {method} を受けません。受けるのは {allowed} です。",
        "This address does not take {method}. It takes {allowed}.",
    )


class TypeNotTaken(Refusal, code="type-not-taken", status=415):
    """Given when the body's content type is another one."""

    text = Text(
        "本文は {type} で送ってください(UTF-8)。",
        "Please send the body as {type} (UTF-8).",
    )


class LengthNeeded(Refusal, code="length-needed", status=411):
    """Given when a body comes without saying how long it is."""

    text = Text(
        "Content-Length を付けて送ってください。",
        "Please send a Content-Length.",
    )


class BodyTooLarge(Refusal, code="body-too-large", status=413):
    """Given when a body is larger than is read."""

    text = Text(
        "本文が大きすぎます({most} バイトまで)。分けて送ってください。",
        "The body is too large (at most {most} bytes). Please send it in parts.",
    )


class TooManyLines(Refusal, code="too-many-lines", status=413):
    """Given when a telling holds more lines than are taken at once."""

    text = Text(
        "1回に送れるのは {most} 行までです。この行から先は読んでいません。続きを次の依頼で送ってください。",
        "At most {most} lines are taken at once. From this line on nothing was read: please send the rest next.",
    )


class BodyNotJson(Refusal, code="body-not-json", status=400):
    """Given when the body is no JSON object, or stops in the middle."""

    text = Text(
        "本文が JSON のオブジェクトとして読めません。{{ }} で囲み、UTF-8 で書いてください。",
        "The body is not a JSON object. Please write it within {{ }}, in UTF-8.",
    )


class FieldsWrong(Refusal, code="fields-wrong", status=422):
    """Given when fields are missing, wrong or unknown; `errors` names each."""

    text = Text(
        "正しくない項目があります。{first}(ほか {more} 件)",
        "Some fields are wrong. {first} (and {more} more)",
    )

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(first=faults[0].sentence, more=len(faults) - 1)
        self.faults = tuple(faults[:SHOWN])
        if len(faults) == 1:
            self.sentence = faults[0].sentence


class IdempotencyKeyNeeded(Refusal, code="idempotency-key-needed", status=400):
    """Given when something would be made without a key, and a repeated request would make it twice."""

    text = Text(
        "`Idempotency-Key` を付けてください(空白のない英数字と記号、255文字まで)。二重に受け付けないためです。",
        "Please send an `Idempotency-Key` (up to 255 ASCII letters, digits and signs), so that nothing is done twice.",
    )


class IdempotencyKeyTaken(Refusal, code="idempotency-key-taken", status=422):
    """Given when the key came before with something else."""

    text = Text(
        "この `Idempotency-Key` は、別の内容で使われています。新しいキーを付けてください。",
        "This `Idempotency-Key` was used with another request. Please send a new key.",
    )


class IdempotencyKeyBusy(Refusal, code="idempotency-key-busy", status=409):
    """Given when the same request is being worked on at this moment."""

    text = Text(
        "同じ依頼を処理しています。少し待って、もう一度お試しください。",
        "The same request is being worked on. Please try again in a moment.",
    )
