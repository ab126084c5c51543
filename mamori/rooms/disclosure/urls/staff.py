"""The addresses for staff."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.disclosure import views as staff
from mamori.rooms.disclosure.editions import views as editions
from mamori.rooms.disclosure.handbook import views as handbook
from mamori.rooms.disclosure.inquiries import views as inquiries
from mamori.rooms.disclosure.measures import views as answers

app_name = "disclosure_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    path("inquiries/", inquiries.listed, name="inquiries"),
    path("inquiries/enter/", inquiries.enter, name="inquiry-enter"),
    path("inquiries/table/", inquiries.table, name="inquiry-table"),
    path("inquiries/<int:number>/", inquiries.one, name="inquiry"),
    path("inquiries/<int:number>/agree/", inquiries.agree, name="inquiry-agree"),
    path("inquiries/<int:number>/<slug:slug>/", inquiries.duty, name="inquiry-duty"),
    path("kpi/", answers.sheet, name="kpi"),
    path("kpi/table.csv", answers.sheet_table, name="kpi-table"),
    path("editions/", editions.listed, name="editions"),
    path("editions/draft/", editions.draft, name="edition-draft"),
    path("editions/guideline/", answers.listed, name="guideline"),
    path("editions/guideline/<slug:code>/", answers.propose, name="answer-propose"),
    path("editions/answers/<int:number>/", answers.one, name="answer"),
    path("editions/answers/<int:number>/publish/", answers.publish, name="answer-publish"),
    path("editions/answers/<int:number>/<slug:slug>/", answers.duty, name="answer-duty"),
    path("editions/jomc/", answers.page, name="jomc"),
    path("editions/<int:number>/", editions.one, name="edition"),
    path("editions/<int:number>/export.jsonl", editions.export, name="edition-export"),
    path("editions/<int:number>/release/", editions.release, name="edition-release"),
    path("editions/<int:number>/<slug:slug>/", editions.duty, name="edition-duty"),
    path("reading/", handbook.listed, name="handbook"),
    path("reading/handbook.pdf", handbook.paper, name="handbook-paper"),
    path("reading/<slug:code>/", handbook.one, name="handbook-one"),
    path("reading/<slug:code>/read/", handbook.read, name="handbook-read"),
    path("reading/<slug:code>/words/", handbook.add, name="handbook-words"),
    path("reading/<slug:code>/readers/", handbook.readers, name="handbook-readers"),
    path("disclosure/", staff.requests_listed, name="listed"),
    path("disclosure/enter/", staff.enter, name="enter"),
    path("cases/<str:number>/disclosure/decision.pdf", staff.paper_of_case, name="paper"),
    path("cases/<str:number>/disclosure/agree/", staff.agree, name="agree"),
    path("cases/<str:number>/disclosure/<slug:slug>/", staff.duty, name="duty"),
]
