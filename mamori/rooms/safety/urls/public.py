"""The addresses for everybody: a page to use once, of which only who was sent one knows."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.safety.sending import views

app_name = "safety_public"

urlpatterns: list[URLPattern | URLResolver] = [
    path("requests/sent/", views.sent, name="sent"),
    path("requests/<str:secret>/", views.send, name="send"),
]
