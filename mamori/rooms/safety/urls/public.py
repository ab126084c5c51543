"""The addresses for everybody: how goods are used safely, and a page to use once, of which only who was sent one knows."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.safety.guidance import views as guidance
from mamori.rooms.safety.sending import views

app_name = "safety_public"

urlpatterns: list[URLPattern | URLResolver] = [
    path("safe-use/", guidance.safe_use, name="safe-use"),
    *guidance.TOLD_PAGES.urls(),
    path("requests/sent/", views.sent, name="sent"),
    path("requests/<str:secret>/", views.send, name="send"),
]
