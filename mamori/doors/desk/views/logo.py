"""The operator's logo at the desk: how it looks in light and dark, another one in its place, or none."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.actor import Role
from mamori.ground.web import logo
from mamori.ground.web.access import open_to
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.once import take_form
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import said


class LogoForm(HouseForm):
    """The picture."""

    picture = forms.FileField(
        label=said("画像", "Picture"),
        help_text=said(
            "PNG・JPEG・WebP・GIF、2MBまで。白い地の上に作り直し、撮影場所などの情報は残しません。白い字だけのロゴは見えなくなります。",
            "PNG, JPEG, WebP or GIF, up to 2 MB. It is made anew on white, and where it was taken is not kept. A logo of "
            "white letters alone would not be seen.",
        ),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
    )


@open_to(Role.LEAD)
def shown(request: Visit) -> HttpResponse:
    """Show the logo, put up another, or take it off."""
    actor = actor_of(request)

    def put(form: LogoForm) -> str:
        logo.set_logo(actor, content=form.cleaned_data["picture"].read(logo.MOST + 1))
        return f"{request.path}?done"

    def off(_: str) -> str:
        logo.take_off(actor)
        return request.path

    form, status, led = take_form(
        request,
        lambda data: LogoForm(data, None if data is None else request.FILES),
        put,
        buttons={"off": off},
        field="picture",
    )
    return led or render(
        request, "desk/logo.html", {"form": form, "done": "done" in request.GET}, status=status
    )
