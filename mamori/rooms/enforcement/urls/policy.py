"""The addresses of the policy for leads and counsel."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.enforcement.views.policy import approval, draft, overview, rows, shortly

app_name = "enforcement_policy"

urlpatterns: list[URLPattern | URLResolver] = [
    path("policy/", overview.overview, name="overview"),
    path("policy/draft/", shortly.draft, name="draft"),
    path("policy/draft/table/", draft.table, name="table"),
    path("policy/draft/affected/", draft.affected, name="affected"),
    path("policy/draft/bands/", draft.bands, name="bands"),
    path("policy/draft/file/", draft.file, name="file"),
    path("policy/draft/table.json", draft.download, name="download"),
    path("policy/draft/rows/<slug:row>/", rows.row, name="row"),
    path("policy/draft/rows/<slug:row>/answer/", shortly.answer, name="answer"),
    path("policy/draft/rows/<slug:row>/do/", rows.do, name="do"),
    path("policy/draft/rows/<slug:row>/delete/", rows.drop, name="drop"),
    path("policy/proposal/", approval.proposal, name="proposal"),
    path("policy/proposal/send-back/", approval.send_back, name="send-back"),
    path("policy/<int:number>/", overview.version, name="version"),
    path("policy/<int:number>/discard/", overview.discard, name="discard"),
]
