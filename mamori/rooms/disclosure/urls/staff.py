"""The addresses for staff."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.disclosure import views as requests
from mamori.rooms.disclosure.editions import views as editions
from mamori.rooms.disclosure.handbook import views as handbook
from mamori.rooms.disclosure.inquiries import views as inquiries
from mamori.rooms.disclosure.measures import views as answers

app_name = "disclosure_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    *inquiries.VIEW.urls(),
    path("kpi/", answers.sheet, name="kpi"),
    path("editions/guideline/", answers.listed, name="guideline"),
    *answers.VIEW.urls(),
    *editions.VIEW.urls(),
    path("editions/<slug:slug>/", editions.write, name="write"),
    path("reading/", handbook.listed, name="handbook"),
    path("reading/<slug:code>/", handbook.one, name="handbook-one"),
    path("reading/<slug:code>/<slug:slug>/", handbook.duty, name="handbook-duty"),
    path("cases/<str:number>/disclosure/paper/", requests.paper_of_case, name="paper"),
    *requests.VIEW_OF_STAFF.urls(),
]
