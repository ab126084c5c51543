"""The story of the demo, act by act, and the matters that are open when its house is."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.grammar.helppage import HelpFor
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases
from mamori.ground.market import facts as market
from mamori.ground.people import actions as people
from mamori.japan.calendar import spoken
from mamori.law.complaints import ComplaintReason, ReportedWhat
from mamori.law.counselling import ConsentGiven, ConsentLasts, ConsentTo
from mamori.law.grounds import BUYER_CONSENT
from mamori.law.help import HelpfulWord
from mamori.law.inquiries import HeldKind, InquiryKind
from mamori.law.lessons import MINORS
from mamori.law.news import NewsTopic
from mamori.law.outreach import Audience, CampaignCode
from mamori.rooms.complaints.counselling import actions as counselling
from mamori.rooms.complaints.queries import secret_of
from mamori.rooms.complaints.reports.actions import reporting
from mamori.rooms.complaints.rules import ConsultationInput, ReportInput
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.actions.calls import OUTCOMES, Outcome
from mamori.rooms.contact.centre.rules import Readers
from mamori.rooms.contact.rules.reasons import DeductBecause
from mamori.rooms.contact.topics import Harm, Topic
from mamori.rooms.disclosure import tasks
from mamori.rooms.disclosure.actions import deciding as actions
from mamori.rooms.disclosure.editions import actions as editions_actions, queries as editions
from mamori.rooms.disclosure.handbook.rules import digest as digest_of
from mamori.rooms.disclosure.inquiries import actions as inquiries
from mamori.rooms.disclosure.inquiries.rules import InquiryPaper
from mamori.rooms.disclosure.measures import actions as measures, queries as jomc
from mamori.rooms.disclosure.measures.rules import JomcFound
from mamori.rooms.enforcement.appeals import actions as appeals
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.measures.actions import deciding
from mamori.rooms.enforcement.measures.actions.deciding import Wish
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.policy.records import judge
from mamori.rooms.outreach import actions as outreach_actions, queries
from mamori.rooms.outreach.announcements import actions as announcements
from mamori.rooms.outreach.campaigns import actions as campaigns
from mamori.rooms.outreach.queries import news
from mamori.rooms.outreach.rules import GroundedClaim
from mamori.rooms.payouts import actions as payouts
from mamori.rooms.payouts.accounts import actions as accounts, details
from mamori.site.demo import centre, dangers, guests, meetings, sellers
from mamori.site.demo.centre import another
from mamori.site.demo.course import NOW, Course, half, moment
from mamori.site.demo.guests import AGENT, BUYER, COUNSEL, DELEGATE, LEAD, LISTING, ORDERS, SELLER, SELLERS
from mamori.site.demo.sellers import PREPARING, asks, found, weigh_business

# What is open just now: whoever comes in by one of the doors finds work of its own, played by the verbs some hours ago.


TROUBLES = (
    (5, "O-000989", Topic.NOT_ARRIVED, "三日前に届くはずの品がまだ届きません。", True),
    (3, "O-001003", Topic.BROKEN, "箱を開けたら、ふたが割れていました。", True),
    (2, "O-000763", Topic.NOT_AS_DESCRIBED, "写真と色が違います。返品できますか。", False),
)
FIRST_ASKED, NEW_ASKED = "O-000630", "O-001190"
"""Orders whose buyers ask who the seller is: one request waits for its second person, one for somebody who begins."""
HIDDEN, TO_DECIDE, SMOKES = "L-0062", "L-0004", "L-0003"


def _by(who: str, role: Role, *, ago: float) -> Actor:
    return Actor(by=who, role=role, at=NOW - timedelta(hours=ago), via="demo")


buyer, seller = partial(_by, f"buyer:{BUYER}", Role.BUYER), partial(_by, f"seller:{SELLER}", Role.SELLER)
agent, lead = partial(_by, AGENT, Role.AGENT), partial(_by, LEAD, Role.LEAD)
counsel, machine = partial(_by, COUNSEL, Role.COUNSEL), partial(_by, "machine:demo", Role.MACHINE)


def before() -> None:
    """Let a measure begin, another finding wait for its decision, and a request for its second person."""
    hidden, _ = (_heard(listing) for listing in (HIDDEN, TO_DECIDE))
    answer = judge(Finding.objects.get(pk=hidden), lead(ago=48).at).answer
    wish = Wish(measure=answer.measure, days=answer.days, reason="基準のとおり")
    deciding.decide(lead(ago=48), finding=hidden, wish=wish)
    first, seller_ref = _asks(FIRST_ASKED, ago=90)
    actions.begin_request(agent(ago=89), request=first)
    weigh_business(counsel(ago=88), first)
    actions.ask_view(counsel(ago=87), request=first)
    view = _by(f"seller:{seller_ref}", Role.SELLER, ago=60)
    actions.state_view(view, request=first, agrees=True, said="異議はありません。")
    actions.propose_disclosure(counsel(ago=50), request=first, reason="要件を満たす。")


def begin() -> None:
    """Let everybody leave something to the next: an appeal, money, requests, troubles, reports, words to be read."""
    appeals.appeal(
        seller(ago=20),
        measure=Measure.objects.latest("pk").pk,
        said="返品の条件は、商品の説明の下に書いてあります。",
    )
    _asks(NEW_ASKED, ago=4)
    _held()
    another(agent(ago=30))
    told = InquiryPaper(
        kind=InquiryKind.POLICE,
        by="見本警察署",
        paper="第31号",
        scope="登録の情報",
        asked=(HeldKind.REGISTERED,),
        parties=(f"seller:{SELLER}",),
    )
    inquiry = inquiries.enter_inquiry(lead(ago=7), told=told)
    inquiries.offer_inquiry(lead(ago=6), inquiry=inquiry, items=[HeldKind.REGISTERED], reason="照会の範囲。")
    opened = [
        contact.open_trouble(
            buyer(ago=ago),
            order_ref=order,
            topic=topic,
            harm=Harm.MONEY,
            said=said,
            centre_may_read=may_read,
        )
        for ago, order, topic, said, may_read in TROUBLES
    ]
    _consulted()
    smokes = ReportInput(
        what=ReportedWhat.LISTING,
        reason=ComplaintReason.DANGEROUS,
        where=SMOKES,
        words="充電していたら煙が出ました。",
    )
    anonymous = _by("anonymous", Role.ANONYMOUS, ago=1.5)
    reporting.report(anonymous, told=smokes, secret=secret_of("demo-now"), source="192.0.2.46")
    contact.request_mediation(buyer(ago=1), trouble=opened[0])
    dangers.waits(agent(ago=2))
    meetings.waits(counsel(ago=1))
    _written()


def _written() -> None:
    """Let an announcement wait for somebody who publishes it."""
    words = announcements.AnnouncementWords(
        topic=NewsTopic.TRADE,
        title="年末年始の窓口",
        title_en="The centre around the new year",
        body="年末年始も、平日と同じ時間に申し出を受け付けます。",
        body_en="Around the new year the centre takes inquiries as on business days.",
    )
    announcements.propose_announcement(
        agent(ago=0.5),
        announcement=announcements.write_announcement(agent(ago=1), announcement=0, words=words),
    )


def _heard(listing: str) -> int:
    """Find that a listing lacks its terms of return, and hear the seller on it."""
    shop = market.listing(listing)
    assert shop is not None
    finding = found(agent(ago=80), shop.seller_ref, listing)
    findings.ask_view(agent(ago=79), finding=finding)
    view = _by(f"seller:{shop.seller_ref}", Role.SELLER, ago=50)
    findings.state_view(view, finding=finding, said=PREPARING)
    return finding


def _asks(ref: str, *, ago: float) -> tuple[int, str]:
    order = market.order(ref)
    assert order is not None
    buyer_ = _by(f"buyer:{order.buyer_ref}", Role.BUYER, ago=ago)
    return asks(buyer_, ref, order.amount), order.seller_ref


def _held() -> None:
    """Let the seller's money wait, for its new account bears another name; and let somebody act for the shop."""
    given = details.Given(bank="0001", branch="001", number="1234567", holder="スズキ イチロウ")
    accounts.set_account(machine(ago=60), seller_ref=SELLER, given=given)
    payouts.authorize(machine(ago=8), asked=payouts.Asked("P-0001", SELLER, 128_000))
    people.add_delegate(seller(ago=70), name=DELEGATE, person="見本 花子", mail="hanako@shop-0002.example")


def _consulted() -> None:
    told = ConsultationInput(
        consumer="購入者",
        order=TROUBLES[1][1],
        words="届いた品のふたが割れていたとのことです。返品の条件と、お店との経過を教えてください。",
        consent=ConsentTo.WORDS,
        given=ConsentGiven.WRITTEN,
        lasts=ConsentLasts.QUARTER,
    )
    counselling.consult(_by(guests.visitor(Role.COUNSELLOR).who, Role.COUNSELLOR, ago=2), told=told)


def half_year(story: Course) -> None:
    """Play an edition: drafted by one, released by another."""
    story.teller.scene(Text("取組みと実績を公表する", "What is done is published"))
    story.now = moment("2027-02-01T09:00")
    story.jump(story.now)
    months = 0
    while tasks.count_months(story.now):
        months += 1
    counted = Text(
        f"数え終わる日を過ぎた{months}か月を数えた", f"{months} months are settled, and were counted"
    )
    story.teller.house(story.now, counted)
    said = Text("終わった半期の公表版を作る", "drafts the half-year that is over")
    number = editions_actions.draft_edition(story.lead("2027-02-01T10:05", said), half=str(half()))
    said = Text("別の人として確かめ、公表する", "looks at it, as another person, and releases it")
    editions_actions.release_edition(
        story.do("2027-02-01T15:00", COUNSEL, Role.COUNSEL, said), edition=number
    )
    for one in editions.published():
        said = Text(f"要約値 {one.digest[:16]}… を記録した", f"digest {one.digest[:16]}… was recorded")
        story.teller.house(story.now, said)
    story.jump(story.now)


def at_jomc(story: Course) -> None:
    """Play the page of JOMC: somebody sent the text there, looks at the page, and records that it says the same."""
    story.teller.scene(Text("JOMCのページ", "The page of JOMC"))
    said = Text(
        "JOMCのページを開き、いまの文と同じだと記録する",
        "opens the page of JOMC, and records that it says the same",
    )
    actor = story.lead("2027-02-02T12:00", said)
    digest = digest_of((jomc.text_now(actor.at),))
    measures.look_at_jomc(
        actor, address="https://onlinemarketplace.jp/sample/", found=JomcFound.SAME, digest=digest
    )
    story.jump(story.now)


def help_written(story: Course) -> None:
    """Play an article: begun by an agent, published by another, and said to help."""
    story.teller.scene(Text("ヘルプ", "The help"))
    words = announcements.AnnouncementWords(
        topic=HelpFor.BUYERS,
        title=MINORS.title.ja,
        title_en=MINORS.title.en,
        body=MINORS.body.ja,
        body_en=MINORS.body.en,
    )
    said = Text(
        "消費者教育の文から、記事を書き始める", "begins an article from a text for consumers' education"
    )
    actor = story.agent("2026-12-17T10:45", said)
    number = announcements.write_announcement(actor, announcement=0, words=words)
    announcements.propose_announcement(actor, announcement=number)
    said = Text("書いた人とは別の責任者が読み、公開する", "who did not write it reads it and publishes it")
    announcements.publish_announcement(story.lead("2026-12-17T10:50", said), announcement=number)
    reader = Actor(by="anonymous", role=Role.ANONYMOUS, at=story.now, via="demo")
    outreach_actions.say_helpful(
        reader, of=outreach_actions.HelpVersion(f"{queries.ARTICLES}{number}", "1"), said=HelpfulWord.YES
    )


def sellers_told(story: Course) -> int:
    """Play a campaign: counted before it goes out, told once to each business, and one seller's word on it.

    Return how many were told.
    """
    story.teller.scene(Text("出品者への一斉案内", "Sellers are told"))
    story.now = moment("2026-12-16T09:00")
    called = story.call_businesses(story.now, SELLERS.values())
    what = Text(
        f"通販サイト：{called}者を事業者と伝える", f"the marketplace calls {called} sellers businesses"
    )
    story.teller.person(story.now, what)
    said = Text("「情報の開示請求」の案内を下書きする", "drafts what sellers are told of such requests")
    actor = story.lead("2026-12-16T10:00", said)
    number = campaigns.draft_campaign(actor, code=CampaignCode.ARTICLE5, audience=Audience.ALL)
    story.jump(story.now)
    actor = story.lead("2026-12-16T11:00", Text("届く人と文面を確かめて始める", "looks at it and starts"))
    campaigns.start_campaign(actor, campaign=number, reason="施行後の周知のため。")
    story.jump(story.now)
    told = queries.figures(queries.campaign(number)).told
    story.teller.house(story.now, Text(f"事業者{told}者に知らせた", f"{told} businesses were told"))
    for one in queries.told_to(SELLERS["solved"]):
        said = Text("読んで、表示を確かめたと知らせる", "says that it read it and checked its display")
        campaigns.acknowledge(story.seller("2026-12-17T10:00", "solved", said), told=one.row.pk)
    story.jump(story.now)
    return told


def everybody_told(story: Course, told: int) -> None:
    """Play an announcement: written by an agent, its number grounded, published by a lead, and read."""
    story.teller.scene(Text("ニュース", "Everybody is told"))
    words = announcements.AnnouncementWords(
        topic=NewsTopic.TRADE,
        title="出品者に、表示の見直しをお願いしました",
        title_en="We asked sellers to look through what they display",
        body=f"登録の情報が開示されうることを事業者の出品者{told}社に知らせ、法律による表示の見直しをお願いしました。",
        body_en="Sellers that are businesses were asked to look through what the law has them display.",
    )
    actor = story.agent("2026-12-17T10:10", Text("ニュースを書く", "writes an announcement"))
    number = announcements.write_announcement(actor, announcement=0, words=words)
    counted = GroundedClaim(
        said=f"{told}社", means="案内を届けた事業者の数", on=story.now.date(), evidence="一斉案内の記録"
    )
    actor = story.agent(
        "2026-12-17T10:20", Text("数の根拠を書き、公開を提案する", "grounds its number and proposes it")
    )
    announcements.ground_claim(actor, announcement=number, claim=counted)
    announcements.propose_announcement(actor, announcement=number)
    said = Text("書いた人とは別の責任者が読み、公開する", "who did not write it reads it and publishes it")
    announcements.publish_announcement(story.lead("2026-12-17T10:40", said), announcement=number)
    [shown] = news(limit=1)
    story.teller.house(story.now, Text(f"「{shown.title.ja}」を公開した", f"“{shown.title.en}” is published"))


# The main job, scene by scene: what people do is called here; what the house does is read from its own events.


STEPS = 113


class Story(Course):
    """Every scene, in the order of its time."""

    def abouts(self) -> list[str]:
        """Name the matters that the story was about, as the record knows them."""
        recoveries = (facts.recovery_of(trouble) for trouble in self.troubles)
        return (
            [f"contact.trouble:{trouble}" for trouble in self.troubles]
            + [f"contact.recovery:{recovery.id}" for recovery in recoveries if recovery is not None]
            + [f"enforcement.finding:{finding}" for finding in self.findings]
            + [f"display.display:{SELLERS['solved']}"]
            + [f"disclosure.request:{request}" for request in self.requests]
        )

    def play(self) -> None:
        """Play all scenes in the order of time."""
        for scene in (self.question, self.solved, self.unsolved, self.silent, self.refund, self.recovery):
            scene()
            self.jump(self.now)
        sellers.put_right(self)
        sellers.appealed(self)
        sellers.shown(self)
        sellers.asked(self)
        everybody_told(self, sellers_told(self))
        help_written(self)
        meetings.an_agency_met(self)
        centre.anybody_reports(self)
        centre.anybody_calls(self)
        centre.a_counsellor_asks(self)
        centre.seen_and_changed(self)
        half_year(self)
        at_jomc(self)
        meetings.what_came_of_it(self)
        dangers.an_authority_asks(self)
        centre.compared(self)

    def question(self) -> None:
        """Play a question before purchase: an answer clock of its own, nothing else."""
        self.teller.scene(Text("購入前の質問", "A question before purchase"))
        said = Text(
            "「このケトルは二百ボルトでも使えますか」と尋ねる", "asks whether the kettle takes 200 volts"
        )
        thread = contact.ask_question(
            self.buyer("2026-11-16T10:00", "question", said),
            listing_ref=LISTING,
            topic=Topic.GOODS,
            said=said.ja,
        )
        said = Text("「国内専用、百ボルトです」と答える", "answers: 100 volts, Japan only")
        contact.answer(self.seller("2026-11-16T15:00", "question", said), thread=thread, said=said.ja)
        done = Text("分かったので終える", "has understood, and closes")
        contact.close_thread(self.buyer("2026-11-16T15:30", "question", done), thread=thread)

    def solved(self) -> None:
        """Play a trouble that the seller answers and solves."""
        self.teller.scene(Text("困りごと：回答があり、解決した", "A trouble, answered and solved"))
        said = Text("「届いた品が動きません」と書く", "writes that the goods do not work")
        actor = self.buyer("2026-11-17T09:00", "solved", said)
        trouble = self._open(actor, ORDERS["solved"], Topic.BROKEN, Harm.MONEY, said.ja, may_read=False)
        self._answer(
            "2026-11-17T14:00",
            "solved",
            trouble,
            Text("交換品を送ると答える", "answers: a new one is on its way"),
        )
        done = Text("交換品が届き、解決したと伝える", "the new one came: solved")
        contact.solve(self.buyer("2026-11-18T18:00", "solved", done), trouble=trouble)

    def unsolved(self) -> None:
        """Play a trouble that is answered but not solved: an answer never stops the second clock."""
        self.teller.scene(
            Text("困りごと：回答はあったが、解決していない", "A trouble, answered but not solved")
        )
        said = Text(
            "「色が説明と違います」と書き、必要なら窓口が読んでよいと答える",
            "wrong colour; lets the centre read if it must help",
        )
        actor = self.buyer("2026-11-18T19:00", "unsolved", said)
        trouble = self._open(
            actor, ORDERS["unsolved"], Topic.NOT_AS_DESCRIBED, Harm.MONEY, said.ja, may_read=True
        )
        self._answer(
            "2026-11-19T09:00",
            "unsolved",
            trouble,
            Text("「仕様です」と答える", "answers: it is meant to be so"),
        )
        said = Text("「解決していません」と伝える", "says that this does not solve it")
        contact.say_unsolved(self.buyer("2026-11-19T10:00", "unsolved", said), trouble=trouble, said=said.ja)
        asked = Text("窓口の仲介を求める", "asks the centre to mediate")
        contact.request_mediation(self.buyer("2026-11-19T10:30", "unsolved", asked), trouble=trouble)
        actor = self.agent(
            "2026-11-19T11:00",
            Text(
                "仲介を担当し、同意に基づいて本文を読む（記録される）",
                "takes it on and reads, on the consent (recorded)",
            ),
        )
        self._take(actor, trouble)
        known = facts.trouble(trouble)
        assert known is not None
        read = contact.look(actor, thread=known.thread, ground=BUYER_CONSENT)
        self.teller.note([Text(f"{len(read)}通を読んだ", f"{len(read)} messages read")])
        self._write(actor, known.thread)
        self.jump(moment("2026-11-19T22:00"))
        self._call("2026-11-20T08:30", Outcome.PROMISED, Hours(4))
        self._answer(
            "2026-11-20T09:40",
            "unsolved",
            trouble,
            Text("返品送料を負担し、全額を返すと答える", "offers the return at no cost"),
        )
        done = Text("納得し、解決したと伝える", "agrees: solved")
        contact.solve(self.buyer("2026-11-20T15:00", "unsolved", done), trouble=trouble)

    def _write(self, actor: Actor, thread: int) -> None:
        """Let the agent write to both, and the buyer answer the centre alone."""
        said = Text(
            "双方に「解決の案を考えます」と書き、購入者は窓口だけに答える",
            "writes to both that a solution will follow; the buyer answers the centre alone",
        )
        contact.write_as_centre(
            actor, thread=thread, readers=Readers.BOTH, said="双方のお話をもとに、解決の案を考えます。"
        )
        buyer = self.buyer("2026-11-19T13:00", "unsolved", said)
        contact.write_to_centre(buyer, thread=thread, said="返品の送料が心配です。")
        answer = self.agent("2026-11-19T14:00", Text("購入者だけに返事をする", "answers the buyer alone"))
        contact.write_as_centre(
            answer, thread=thread, readers=Readers.BUYER, said="送料のことも、出品者に確かめます。"
        )

    def _take(self, actor: Actor, trouble: int) -> None:
        """Take the case: the mediation goes with it."""
        cases.take(actor, about=f"contact.trouble:{trouble}")
        machine = Actor(by="machine:cases", role=Role.MACHINE, at=actor.at, via="demo")
        contact.follow_case(machine, trouble=trouble, to=actor.by)

    def silent(self) -> None:
        """Play a trouble with a seller who never answers, over days that do not count."""
        self.teller.scene(
            Text(
                "困りごと：出品者から回答がない（数えない日をまたぐ）",
                "A trouble, unanswered, over days that do not count",
            )
        )
        said = Text(
            "「商品が届きません」と書き、必要なら窓口が読んでよいと答える",
            "the goods did not arrive; lets the centre read",
        )
        actor = self.buyer("2026-11-20T18:00", "silent", said)
        trouble = self._open(actor, ORDERS["silent"], Topic.NOT_ARRIVED, Harm.MONEY, said.ja, may_read=True)
        self.jump(moment("2026-11-24T14:00"))
        self._call("2026-11-24T15:00", Outcome.VOICEMAIL, None)
        self.jump(moment("2026-11-24T18:00"))
        actor = self.agent(
            "2026-11-24T18:20",
            Text("自動で始まった仲介を担当する", "takes on the mediation that opened by itself"),
        )
        self._take(actor, trouble)
        self._call("2026-11-24T18:30", Outcome.NO_ANSWER, None)
        self.now = moment("2026-11-25T18:00")

    def refund(self) -> None:
        """Play the refund in the seller's place: decided by a person, done when the marketplace confirms."""
        self.teller.scene(Text("出品者に代わって返金する", "A refund in the seller's place"))
        trouble = self.troubles[-1]
        order = market.order(ORDERS["silent"])
        assert order is not None
        amount = Text(f"{order.amount:,}円の返金を決める", f"grants a refund of {order.amount:,} yen")
        actor = self.agent("2026-11-25T18:30", amount)
        contact.grant_remedy(actor, trouble=trouble, amount=order.amount, reason="回答も発送もない")
        self.jump(moment("2026-11-25T18:31"))
        self.told_by_market("2026-11-25T19:00")

    def recovery(self) -> None:
        """Play the recovery: apart from the remedy, after a hearing, on the clause that this seller accepted."""
        self.teller.scene(
            Text("出品者への請求（意見を聴いてから）", "The recovery from the seller, after a hearing")
        )
        recovery = facts.recovery_of(self.troubles[-1])
        assert recovery is not None
        clause = Text(
            f"条項「{recovery.clause}」第{recovery.clause_version}版、上限{recovery.most:,}円",
            f"clause “{recovery.clause}”, version {recovery.clause_version}, at most {recovery.most:,} yen",
        )
        self.teller.note([clause])
        said = Text(
            "「入院していて見られなかった。返金に異議はない」と述べる",
            "states: was in hospital, does not object",
        )
        contact.state_view(
            self.seller("2026-11-27T10:00", "silent", said), recovery=recovery.id, said=said.ja
        )
        actor = self.lead(
            "2026-11-27T16:00", Text("意見を読み、売上金からの差し引きを決める", "decides on the deduction")
        )
        contact.claim(
            actor,
            recovery=recovery.id,
            amount=recovery.most,
            because=DeductBecause.NO_ANSWER,
            reason="意見を聴いた。異議なし。",
        )
        self.jump(moment("2026-11-27T16:01"))
        self.told_by_market("2026-11-30T10:00")

    def _open(
        self, actor: Actor, order_ref: str, topic: Topic, harm: Harm, said: str, *, may_read: bool
    ) -> int:
        trouble = contact.open_trouble(
            actor, order_ref=order_ref, topic=topic, harm=harm, said=said, centre_may_read=may_read
        )
        self.troubles.append(trouble)
        known = facts.trouble(trouble)
        assert known is not None
        answer, solution = spoken(known.answer_due_at), spoken(known.resolution_due_at)
        self.teller.note(
            [
                Text(f"受付番号 {known.case}", f"case {known.case}"),
                Text(f"回答の期限 {answer.ja}", f"answer due {answer.en}"),
                Text(f"解決の期限 {solution.ja}", f"solution due {solution.en}"),
            ]
        )
        return trouble

    def _answer(self, when: str, scene: str, trouble: int, said: Text) -> None:
        known = facts.trouble(trouble)
        assert known is not None
        contact.answer(self.seller(when, scene, said), thread=known.thread, said=said.ja)

    def _call(self, when: str, outcome: Outcome, within: Hours | None) -> None:
        text = OUTCOMES[outcome]
        actor = self.agent(
            when, Text(f"架電リストの順に電話する：{text.ja}", f"rings the next on the call list: {text.en}")
        )
        contact.record_call(actor, call=facts.call_list()[0].id, outcome=outcome, promised_within=within)
