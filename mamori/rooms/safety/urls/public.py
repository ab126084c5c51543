"""The addresses for everybody: a page to use once, of which only who was sent one knows."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.safety.requests import public

app_name = "safety_public"

urlpatterns: list[URLPattern | URLResolver] = [
    path("requests/sent/", public.sent, name="sent"),
    path("requests/<str:secret>/", public.send, name="send"),
]
