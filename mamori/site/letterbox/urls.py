"""The addresses of the inbox and of the way out of advertising."""

from __future__ import annotations

from django.urls import path

from mamori.site.letterbox import views

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<str:name>/", views.message, name="inbox-message"),
    path("inbox/<str:name>/html", views.as_html, name="inbox-html"),
    path("stop/<str:token>/", views.stop, name="stop-ads"),
]
