"""The addresses of this door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.doors.public import views

app_name = "public"

urlpatterns: list[URLPattern | URLResolver] = [path("", views.home, name="home")]
