"""The addresses of pages that stand in every door."""

from __future__ import annotations

from django.urls import path

from mamori.ground.web import logo, operator, views as components

urlpatterns = [
    path("operator.css", operator.operator_css),
    path("operator.jpg", logo.shown),
    path("language/", components.language),
    path("theme/", components.theme),
    path("problems/<str:code>", components.problem_type),
    path("desk/components", components.components),
]
