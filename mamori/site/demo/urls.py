"""The addresses by which one comes into the demo's house."""

from __future__ import annotations

from django.urls import path

from mamori.site.demo import entry

urlpatterns = [
    path("demo/<str:word>/", entry.doors, name="demo-doors"),
    path("demo/<str:word>/<str:role>/", entry.enter, name="demo-enter"),
]
