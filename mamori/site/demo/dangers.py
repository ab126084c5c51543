"""A scene of dangerous goods: an authority's request, from the call back to the answer; another waits in the open house."""

from __future__ import annotations

from mamori.grammar.actor import Actor, Role
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN
from mamori.law.requests import RequestBasis
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.measures.actions import deciding, hiding
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.safety.agencies import actions as agencies
from mamori.rooms.safety.hits import actions as hits
from mamori.rooms.safety.hits.rules import HitWay
from mamori.rooms.safety.models import Agency, AuthorityRequest
from mamori.rooms.safety.requests import actions as requests
from mamori.rooms.safety.requests.matter import PaperSaid
from mamori.rooms.safety.requests.rules import RequestChannel
from mamori.site.demo.course import Course
from mamori.site.demo.guests import COUNSEL
from mamori.site.demo.sellers import decide

AGENCY = agencies.AgencyTold(
    name="見本製品安全局",
    office="製品安全課",
    phone="03-0000-0110",
    mail="safety@agency.example",
    page="https://agency.example/contact",
)
CALLED = "登録された番号に電話し、担当官の文書と確かめた。"
LISTED = "L-0014\nL-9999\n赤いおもちゃすべて\n"
WAITING = "L-0003\nL-0028\n赤いおもちゃすべて\n"
"""What an officer pastes: our numbers, one that was never here, and words that tell nothing."""


def an_authority_asks(story: Course) -> None:
    """Play a request under the pledge: entered, called back, held against the listings, acted on and answered within two days."""
    story.teller.scene(Text("行政機関の要請", "An authority asks"))
    said = Text("機関の公式ページから窓口を書き入れる", "enters the office from the agency's own page")
    agency = agencies.enter_agency(story.agent("2027-02-03T10:00", said), told=AGENCY)
    said = Text("別の人として、同じページで確かめる", "confirms it there, as another person")
    lead = story.lead("2027-02-03T10:10", said)
    agencies.confirm_agency(lead, agency=agency, reason="公式ページの「お問い合わせ」で確かめた。")
    said = Text(
        "出品を止めてほしいというメールを、一覧とともに記録する",
        "enters a mail that asks for listings to be taken down, with its list",
    )
    number = _enter(story.agent("2027-02-03T11:00", said), agency, "第7号", LISTED)
    said = Text(
        "登録された番号に折り返し、送り主を確かめる", "calls the registered number back: it is theirs"
    )
    requests.verify_request(story.agent("2027-02-03T11:20", said), request=number, reason=CALLED)
    said = Text(
        "一覧を出品と照らし合わせ、対象を確かめる",
        "holds the list against the listings, and says which are meant",
    )
    actor = story.agent("2027-02-03T13:00", said)
    lines = hits.list_goods(actor, request=number)
    hits.judge_sure(actor, request=number)
    hits.rule_out_rest(actor, request=number)
    hits.confirm_hits(actor, request=number)
    story.teller.note([Text(f"一覧は{lines}行", f"{lines} lines")])
    said = Text(
        "要請の範囲内で、対象を暫定的に非表示にする", "hides what is meant provisionally, within the request"
    )
    hits.act_on(story.agent("2027-02-03T13:30", said), request=number, way=HitWay.WITHIN)
    story.told_by_market("2027-02-03T14:00")
    [hit] = AuthorityRequest.objects.get(pk=number).hits.filter(finding__isnull=False)
    finding = hit.finding or 0
    said = Text("暫定の非表示を確かめ、決めるまで続ける", "confirms the hiding until it is decided")
    hiding.confirm_hiding(
        story.lead("2027-02-03T14:10", said), finding=finding, reason="同じ型番と確かめた。"
    )
    said = Text("手紙と、届いた列のままの表で回答する", "answers with a letter and the sender's own table")
    actor = story.agent("2027-02-04T10:00", said)
    requests.answer_request(actor, request=number, reason="確かめた宛先にメールで送った。")
    requests.close_request(actor, request=number, reason="回答を受け取ったとの返事があった。")
    story.jump(story.now)
    _decided(story, finding)


def _decided(story: Course, finding: int) -> None:
    shop = Finding.objects.get(pk=finding).seller_ref
    said = Text("「仕入れ先に確かめます」と意見を述べる", "gives its view: asks where it was bought")
    actor = story.do("2027-02-04T11:00", f"seller:{shop}", Role.SELLER, said)
    findings.state_view(actor, finding=finding, said="仕入れ先に確かめます。")
    measure = decide(story, finding, "2027-02-04T15:00")
    said = Text("別の人として読み、承認する", "reads it, as another person, and approves it")
    deciding.approve(story.do("2027-02-04T15:30", COUNSEL, Role.COUNSEL, said), measure=measure)
    story.told_by_market("2027-02-04T16:00")


def waits(agent: Actor) -> None:
    """Leave a request that was called back and held against the listings: somebody has to say what it means."""
    number = _enter(agent, Agency.objects.get().pk, "第12号", WAITING)
    requests.verify_request(agent, request=number, reason=CALLED)
    hits.list_goods(agent, request=number)


def _enter(actor: Actor, agency: int, paper: str, listed: str) -> int:
    said = PaperSaid(
        by=AGENCY.name, officer="担当官", paper=paper, words="一覧の商品の出品を止めてください。"
    )
    told = requests.RequestTold(
        basis=RequestBasis.PLEDGE,
        channel=RequestChannel.MAIL,
        said=said,
        received_on=actor.at.astimezone(JAPAN).date(),
        agency=agency,
    )
    return requests.enter_request(actor, told=told, listed=listed)
