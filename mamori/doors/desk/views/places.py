"""All places of the desk with what each is for; one that was opened from here stands in the reader's menu from then on."""

from __future__ import annotations

from functools import partial

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from mamori.doors import navigation
from mamori.ground.people import actions as people
from mamori.ground.web.access import STAFF, open_to
from mamori.ground.web.once import take_form
from mamori.ground.web.problems import NotFound
from mamori.ground.web.signs import Visit


@open_to(*STAFF)
def places(request: Visit) -> HttpResponse:
    """Show every place that the reader may enter; open one, or take one that was opened out of the menu again."""
    presence = request.presence
    groups = navigation.desk(presence.role)

    def put(path: str, *, is_opened: bool) -> str:
        if presence.account is None or path not in {one.path for group in groups for one in group.places}:
            raise NotFound()
        people.put_place(presence.account, path, is_opened=is_opened)
        return path if is_opened else navigation.ALL_PLACES

    pressed = {"open": partial(put, is_opened=True), "leave": partial(put, is_opened=False)}
    _, _, led = take_form(request, Form, lambda _: navigation.ALL_PLACES, buttons=pressed, lets=(NotFound,))
    shown = [(group.text, [(one, one.stands(presence)) for one in group.places]) for group in groups]
    return led or render(request, "desk/places.html", {"shown": shown, "opened": presence.places})
