"""On what a measure rests, and what a decision is refused for: not there, outside its bounds, nobody heard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.measure import Concerns, Measure
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.terms import facts as terms
from mamori.law.clauses import CLAUSES
from mamori.law.grounds import EMERGENCY, MEASURE_GROUNDS
from mamori.rooms.enforcement.policy.rules.checks import COMES_BACK

# What a decision is refused for: a measure that is not there, outside its bounds, without a hearing or another person.


class MeasureUnknown(Refusal, code="measure-unknown", status=422):
    """Given when a decision names a measure that is not declared."""

    text = Text(
        "「{measure}」という措置はありません。一覧から選んでください。",
        "There is no measure “{measure}”. Please choose one from the list.",
    )


class DaysOutOfBounds(Refusal, code="days-out-of-bounds", status=422):
    """Given when a measure is to last longer or shorter than it may."""

    text = Text(
        "「{measure}」の期間は{bounds}です。{days}日にはできません。",
        "“{measure}” takes {bounds}; {days} days are not possible.",
    )


class AmountOutOfBounds(Refusal, code="amount-out-of-bounds", status=422):
    """Given when a cap is named for what is no hold of money, or one that cannot be."""

    text = Text(
        "「{measure}」に上限額 {amount}円は付けられません。上限を付けられるのは売上金の保留だけです（1円から10億円、0は全額）。",
        "“{measure}” cannot have a cap of {amount} yen. Only a hold of money has one (1 to 1,000,000,000; 0 = all of it).",
    )


class OnlyForDanger(Refusal, code="only-for-danger", status=409):
    """Given when a listing would be hidden provisionally, and nobody may come to harm."""

    text = Text(
        "暫定的に非表示にできるのは、人の身体に危険が及ぶおそれがあるときだけです。出品者の意見を聴いてから、措置を決めてください。",
        "A listing is provisionally hidden only where people may come to harm. Please hear the seller and decide on a measure.",
    )


class HiddenNoLonger(Refusal, code="hidden-no-longer", status=409):
    """Given when a provisional hiding is confirmed or lifted, and the listing is not provisionally hidden."""

    text = Text(
        "この件で暫定的に非表示にしている商品はありません。最新の状態をご確認ください。",
        "No listing is provisionally hidden in this matter. Please look at it again.",
    )


class HidingConfirmed(Refusal, code="hiding-confirmed", status=409):
    """Given when a provisional hiding is confirmed again, or lifted without the decision, after somebody confirmed it."""

    text = Text(
        "この暫定非表示は{when}に確かめ、判断が出るまで続けることにしました。表示に戻すには、措置を決めるか、措置をとらずに終えてください。",
        "At {when} this hiding was confirmed until the decision. To show the listing again, please decide on a measure, or end "
        "without one.",
    )


class HeadsShowAgain(Refusal, code="heads-show-again", status=403):
    """Given when one agent would show again what is provisionally hidden, or dangerous or forbidden goods that are away."""

    text = Text(
        "これを決めると、危険などのために見えなくした商品が表示に戻ります。決められるのは責任者か法務担当です。責任者に知らせてください。",
        "This would show a listing again, at once or in time, that is hidden or removed as dangerous or not to be sold. A lead "
        "or counsel decides that. Please tell a lead.",
    )


class EndsByDecision(Refusal, code="ends-by-decision", status=409):
    """Given when a provisional hiding would be ended or reversed as a measure is."""

    text = Text(
        "暫定非表示は措置ではなく、この件の判断で終わります。措置を決めるか、措置をとらずに終えてください。",
        "A provisional hiding is no measure and ends by the decision. Please decide on a measure, or end without one.",
    )


class OtherUnsaid(Refusal, code="other-unsaid", status=422):
    """Given when a measure is other than the policy answers, and the seller would not be told why."""

    text = Text(
        "措置の基準の答えは「{measure}」です。これと別の措置や日数にする理由を、出品者が読む言葉で書いてください。",
        "The policy answers “{measure}”. Please write why it is another measure or other days, in words for the seller.",
    )


class AmountUnsaid(Refusal, code="amount-unsaid", status=422):
    """Given when money would be held, and the seller would not be told why so much."""

    text = Text(
        "支払いを保留するときは、なぜその額が必要で、より少なくできないのかを、出品者が読む言葉で書いてください。",
        "To hold a payout, please write why so much is needed and why not less, in words for the seller.",
    )


class NothingToTouch(Refusal, code="nothing-to-touch", status=422):
    """Given when a measure touches something that the finding does not name."""

    text = Text(
        "この件は対象の商品・レビュー・分野を示していないため、「{measure}」は選べません。",
        "The finding names no listing, review or category, so “{measure}” is not possible.",
    )


class BesideTheBreach(Refusal, code="beside-the-breach", status=422):
    """Given when a measure concerns something that this kind of breach is not about."""

    text = Text(
        "「{measure}」は{what}への措置なので、「{breach}」には使えません。ほかの措置を選んでください。",
        "“{measure}” concerns {what} and does not fit “{breach}”. Please choose another measure.",
    )


class TooLight(Refusal, code="too-light", status=422):
    """Given when a measure is graver than its clause allows against such a breach."""

    text = Text(
        "規約では、「{measure}」ができるのは{when}に限られます。この件には、ほかの措置を選んでください。",
        "The terms allow “{measure}” only where {when}. Please choose another measure in this matter.",
    )


class ComesBack(Refusal, code="comes-back", status=422):
    """Given when what is dangerous or may not be sold would be on offer again once the days of a measure are over."""

    text = COMES_BACK


class EndsByCure(Refusal, code="ends-by-cure", status=422):
    """Given when what was put right would be answered by a measure that ends once it is put right."""

    text = Text(
        "この件は、直ったことを確かめてあります。「{measure}」は直れば終わる措置なので、使えません。ほかの措置を選んでください。",
        "This was seen to be put right, and “{measure}” ends by that. Please choose another measure.",
    )


class AlreadyStands(Refusal, code="already-stands", status=409):
    """Given when the same measure already touches the same thing."""

    text = Text(
        "同じ対象への「{measure}」がすでにあります（{state}）。先にそれを終えるか、別の措置を選んでください。",
        "“{measure}” already stands against the same ({state}). Please end that one first, or choose another measure.",
    )


class CureUnseen(Refusal, code="cure-unseen", status=409):
    """Given when a measure is decided on while nobody has looked at what the seller says that it put right."""

    text = Text(
        "出品者から「直した」との知らせが届いています（{when}）。先に確かめて、直ったか直っていないかを記録してから、決めてください。",
        "The seller says that it put it right ({when}). Please look first, record whether it did, and decide then.",
    )


class HearingOwed(Refusal, code="hearing-owed", status=409):
    """Given when a measure needs the seller's view first, and nothing forbids waiting."""

    text = Text(
        "「{measure}」の前に、出品者の意見を聴いてください。待たなくてよいのは、身体への危険、法令の要請、"
        "売上金の保留で責任者が認める差し迫った被害のときだけです。危険な商品は、暫定的に非表示にすればすぐに見えなくなります。",
        "Please hear the seller before “{measure}”. Only danger to people, a request under the law or, before a hold of "
        "money, a lead's word that others are about to lose more forbids waiting. A dangerous listing is provisionally hidden "
        "at once.",
    )


class DocumentUnnamed(Refusal, code="document-unnamed", status=422):
    """Given when a measure rests on the law and does not name the order or request that asks for it."""

    text = Text(
        "法令を根拠にするときは、もとになる要請や命令の文書を、日付と番号か、証拠に加えたファイルの名前で書いてください"
        "（{most}文字まで）。",
        "What rests on the law has to name the order or request behind it: its date and number, or the name of the file "
        "that you put to the evidence (at most {most} characters).",
    )


class MustWait(Refusal, code="must-wait", status=422):
    """Given when a measure is to come at once on a ground that is not listed for it, or that the record does not show."""

    text = Text(
        "「{measure}」は、{days}日前に予告してから始めます。予告しないで始められるのは、条項に挙げた次の事情が"
        "あるときだけです：{grounds}。違反の繰り返しは、同じ種類の違反による現在の違反点数の記録が必要です。",
        "“{measure}” begins {days} days after it is announced. It may begin at once only on what its clause lists: {grounds}. "
        "A repeated breach needs points for the same kind of breach that still count.",
    )


class HindranceUnsaid(Refusal, code="hindrance-unsaid", status=422):
    """Given when a measure is to come at once for a repeated breach, and nothing says how that hinders the business."""

    text = Text(
        "違反の繰り返しを理由に予告しないで始められるのは、そのため通販サイトの運営に支障が生じるおそれがあるときだけです。"
        "どんな支障かを、出品者が読む言葉で書いてください。",
        "A repeated breach lets a measure begin at once only where it is likely to hinder the business of the marketplace. "
        "Please write how, in words that the seller reads.",
    )


class ProposalOutdated(Refusal, code="proposal-outdated", status=409):
    """Given when what a proposal rests on changed before it was approved."""

    text = Text(
        "提案されたあとに変わりました：{what}。このままでは承認できません。「承認しない」で戻し、改めて決めてください。",
        "This changed since it was proposed: {what}. It cannot be approved as it is. Please send it back and decide anew.",
    )


class OtherThanTable(Refusal, code="other-than-table", status=403):
    """Given when somebody who may not decides otherwise than the policy answers."""

    text = Text(
        "措置の基準の答えは「{measure}」です。別の措置にできるのは責任者と法務担当だけです。",
        "The policy answers “{measure}”. Only a lead or counsel may decide otherwise.",
    )


class SecondPerson(Refusal, code="second-person", status=403):
    """Given when whoever proposed a measure would approve it too, or somebody who does not count beside them."""

    text = Text(
        "提案した人、その人が登録・招待した人とその逆、登録されて間もない人は承認できません。別の責任者か法務担当にお願いしてください。",
        "Whoever proposed it cannot approve it, nor whom they added or invited, nor who did so for them, nor who is new here. "
        "Please ask another lead or counsel.",
    )


class AppealTooLate(Refusal, code="appeal-too-late", status=409):
    """Given when the time to appeal is over."""

    text = Text(
        "異議を申し出られる期限（{until}）を過ぎています。新しい事情があるときは、相談窓口にお知らせください。",
        "The time to appeal was over at {until}. If something new has come up, please tell the customer centre.",
    )


class AppealOpen(Refusal, code="appeal-open", status=409):
    """Given when an appeal against the same is under review."""

    text = Text(
        "この決定への異議は、受付番号 {number} で見直しています。そちらに書き足してください。",
        "An appeal against this is under review as case {number}. Please add to that one.",
    )


class AppealDecided(Refusal, code="appeal-decided", status=409):
    """Given when the same decision was appealed against before."""

    text = Text(
        "この決定への異議には、受付番号 {number} で結論を出しています。裁判所や第三者の窓口をお使いになることもできます。",
        "An appeal against this was decided as case {number}. A court or an outside body is open to you.",
    )


class NothingToAppeal(Refusal, code="nothing-to-appeal", status=409):
    """Given when a decision was not made, or was undone."""

    text = Text(
        "この措置は今「{state}」なので、異議の対象がありません。",
        "This measure is “{state}” now, so there is nothing to appeal against.",
    )


class PartUnsaid(Refusal, code="part-unsaid", status=422):
    """Given when it is not said which part is granted, or one is named where all or nothing is."""

    text = Text(
        "一部を認めるときは、何を取り消すかを選んでください（措置か点数か、差し引いたお金なら戻す額）。",
        "Where a part is granted, please choose which: the measure or its points, or of a deduction the yen that go back.",
    )


class PartIsOver(Refusal, code="part-is-over", status=409):
    """Given when of a measure that is over, or is being taken back, the end would be granted."""

    text = Text(
        "この措置は「{state}」なので、終えるものがありません。点数を消すか、異議を認めるか、決定を変えないかを選んでください。",
        "This measure is “{state}”: there is nothing to end. Please let its points go, grant the appeal, or let it stand.",
    )


class AnotherReviewer(Refusal, code="another-reviewer", status=403):
    """Given when whoever took part in a matter would review the appeal too."""

    text = Text(
        "この件に記録・意見の求め・決定・承認・確認などでかかわった人は見直せません。別の責任者か法務担当にお願いしてください。ほかにいないときは、"
        "社外の弁護士など信頼する人を「担当者」の画面から法務担当として招いてください。",
        "Whoever took part in this matter (recorded it, asked, decided, approved, looked) cannot review it. "
        "Please ask another lead or counsel. Where there is none, please invite somebody you trust from outside, such as "
        "your lawyer, as counsel under “People”.",
    )


# On what a measure rests: the clause that bound this seller on that day, or the law itself.


class NoClause(Refusal, code="no-clause", status=409):
    """Given when no version of the measure's clause binds the seller, and no law is named."""

    text = Text(
        "この出品者には、違反に気づいたときから今まで、条項「{clause}」のどの版も効力がないため、「{measure}」は行えません。"
        "規約の公表と同意の状況を、規約の画面で確かめてください。",
        "No version of the clause “{clause}” bound this seller from when the breach was noticed until now, so “{measure}” is "
        "not possible. Please look at the page on terms: what was published, and who accepted it.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A clause with its version, or a ground of the law; of a hold of money the clause, and the ground besides."""

    clause: str = ""
    version: int = 0
    ground: str = ""

    @property
    def clause_title(self) -> Text | None:
        """Return the clause's title in the operator's words of that version, None where the law is the basis."""
        published = terms.wording(self.clause, self.version) if self.clause else None
        return published.title if published else None

    @property
    def ground_title(self) -> Text | None:
        """Return the ground's title, None where a clause is the basis."""
        return next((one.title for one in (*MEASURE_GROUNDS, EMERGENCY) if one.code == self.ground), None)

    @property
    def title(self) -> Text:
        """Return all that it rests on."""
        clause, ground = self.clause_title, self.ground_title
        if clause and ground:
            return Text(f"{clause.ja}と{ground.ja}", f"{clause.en} and {ground.en}")
        return clause or ground or NONE


def basis(measure: Measure, *, seller_ref: str, ground: str, found_at: datetime, at: datetime) -> Basis:
    """Return what the measure rests on at a moment; money is never held without the clause that the seller accepted."""
    named = ground if any(one.code == ground for one in MEASURE_GROUNDS) else ""
    if named and measure.concerns is not Concerns.MONEY:
        return Basis(ground=named)
    binding = _bearing(seller_ref, (measure.clause,), found_at=found_at, at=at).get(measure.clause)
    if binding is None:
        raise NoClause(clause=_TITLES[measure.clause], measure=measure.title)
    return Basis(clause=measure.clause, version=binding.version, ground=named)


def bound(
    measures: Iterable[Measure], *, seller_ref: str, found_at: datetime, at: datetime
) -> frozenset[str]:
    """Return the codes of those measures whose clause bears them, all looked up at once."""
    known = list(measures)
    bearing = _bearing(seller_ref, {one.clause for one in known}, found_at=found_at, at=at)
    return frozenset(one.code for one in known if one.clause in bearing)


def _bearing(
    seller_ref: str, clauses: Iterable[str], *, found_at: datetime, at: datetime
) -> dict[str, terms.Binding]:
    """Return what binds the seller now of what some version of bound it, too, when the breach was noticed.

    Nobody is held to what came later.
    """
    found_at, now = min(found_at, at), terms.bindings(seller_ref, clauses, at)
    later = [code for code, one in now.items() if one.since > found_at]
    then = terms.bindings(seller_ref, later, found_at) if later else {}
    return {code: one for code, one in now.items() if code not in later or code in then}


NONE = Text("なし", "none")
_TITLES = {clause.code: clause.title for clause in CLAUSES}
