"""The addresses of what everybody is told of measures, and a half-year of which one edition is published and one drafted."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.japan.calendar import HalfYear
from mamori.law.shown import SHOWN
from mamori.rooms.disclosure.editions import actions as editions
from mamori.rooms.disclosure.measures import actions as measures
from mamori.rooms.disclosure.models import Edition, MonthFigure, PracticeAnswer
from tests.permissions import kpi
from tests.permissions.lines import EVERYBODY, HEADS, Line

OF_EDITION, OF_DRAFT = {"half": "<half>", "number": "1"}, {"number": "<edition>"}
_EDITION = "/measures/editions/<str:half>/<int:number>/"
MEASURES = (
    *kpi.KPI,
    Line("/measures/", EVERYBODY, opens=True),
    Line("/measures/<str:name>", EVERYBODY, values={"name": "figures.json"}, opens=True),
    Line(_EDITION, EVERYBODY, values=OF_EDITION, opens=True),
    Line(f"{_EDITION}<str:name>", EVERYBODY, values=OF_EDITION | {"name": "report.ja.pdf"}, opens=True),
    Line(
        "/measures/reports/<int:year>/report.<str:lang>.pdf",
        EVERYBODY,
        values={"year": "<year>", "lang": "en"},
        opens=True,
    ),
    *(Line(f"/desk/editions/{page}", HEADS, opens=True) for page in ("", "guideline/")),
    Line("/desk/editions/<slug:slug>/", HEADS, values={"slug": "P10"}, opens=True),
    Line("/desk/editions/answers/<int:number>/", HEADS, values={"number": "<answer>"}, opens=True),
    Line("/desk/editions/answers/<int:number>/publish/", HEADS, step_up=True, values={"number": "<answer>"}),
    Line(
        "/desk/editions/answers/<int:number>/<slug:slug>/",
        HEADS,
        values={"number": "<answer>", "slug": "drop"},
        opens=True,
    ),
    Line("/desk/editions/<int:number>/", HEADS, values=OF_DRAFT, opens=True),
    Line("/desk/editions/<int:number>/release/", HEADS, step_up=True, values=OF_DRAFT),
    Line("/desk/editions/<int:number>/<slug:slug>/", HEADS, values=OF_DRAFT | {"slug": "drop"}, opens=True),
)


def published(at: datetime) -> None:
    """Publish an edition of a half-year long over, draft its correction, and propose an answer."""
    half = HalfYear(at.year - 2, 2)
    MonthFigure.objects.bulk_create(
        MonthFigure(month=month.since.date(), code=one.code, version=1, counted_at=at)
        for month in half.months
        for one in SHOWN
    )
    lead = Actor(by="lead:99", role=Role.LEAD, at=at, via="test")
    counsel = Actor(by="counsel:98", role=Role.COUNSEL, at=at, via="test")
    first = editions.draft_edition(lead, half=str(half))
    editions.release_edition(counsel, edition=first)
    editions.draft_edition(lead, half=str(half), reason="取組みの文を直した。")
    measures.propose_answer(
        lead,
        practice="",
        title_ja="研修",
        title_en="Training",
        words_ja="担当者に研修をしています。",
        words_en="Staff are trained.",
        since_on=half.since.date(),
        shown="研修の記録",
    )


def places() -> dict[str, str]:
    """Return what fills the places of these addresses: the half-year, its draft, and the answer."""
    draft = Edition.objects.get(state="drafted")
    answer = str(PracticeAnswer.objects.get().pk)
    return {
        "half": draft.half,
        "edition": str(draft.pk),
        "answer": answer,
        "year": draft.half[:4],
    }
