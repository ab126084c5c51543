"""The addresses of pages that stand in every door."""

from __future__ import annotations

from django.urls import path

from mamori.ground.web.views import components, looks, refusing

urlpatterns = [
    path("language/", looks.language),
    path("theme/", looks.theme),
    path("problems/<str:code>", refusing.problem_type),
    path("desk/components", components.components),
]
