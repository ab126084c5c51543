"""Whether a method still verified anybody on the day of a check that is told."""

from __future__ import annotations

from mamori.grammar.businesstime import day_text
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market.sellerlines import VerificationLine
from mamori.japan.calendar import JAPAN
from mamori.law.identification import METHODS


class MethodOver(Refusal, code="method-over", status=422):
    """Given when a seller is told to be verified by a method on a day on which it verifies nobody any more."""

    text = Text(
        "「{method}」で確かめたものとして受け取れるのは、確かめた日が{last}までのものだけです。その後は、ICチップや公的個人認証など、"
        "ほかの方法で確かめてください。",
        "“{method}” is taken for a verification up to {last} only. For later days please verify by another method, such as the "
        "chip of a document or its signature certificate.",
    )


def method_over(line: VerificationLine) -> MethodOver | None:
    """Return why the method that a seller is told to be verified by cannot be taken for that day; None where it can."""
    if line.verified_by is None or line.verified_at is None:
        return None
    method = METHODS[line.verified_by]
    if method.last is None or not method.is_over(line.verified_at.astimezone(JAPAN).date()):
        return None
    return MethodOver(method=method.text, last=day_text(method.last))
