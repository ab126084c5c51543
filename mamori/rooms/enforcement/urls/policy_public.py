"""The addresses of the policy for everybody."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.enforcement.views.policy import public

app_name = "enforcement_public"

urlpatterns: list[URLPattern | URLResolver] = [
    path("policy/", public.policy, name="policy"),
    path("policy/<int:number>/", public.version, name="version"),
    path("policy.json", public.machine, name="machine"),
]
