"""The addresses of the pages about people."""

from __future__ import annotations

from django.urls import path

from mamori.doors.desk.accounts import views

urlpatterns = [
    path("", views.people, name="people"),
    path("add/", views.add, name="people-add"),
    path("<int:number>/", views.account, name="people-account"),
    path("proposals/<int:number>/", views.proposal, name="people-proposal"),
]
