"""The operator's logo: put up by a lead, made anew without what it carried, seen by anybody, and nowhere once it is off."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image, PngImagePlugin

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import facts as acts
from mamori.ground.vault.workshop import is_bare_jpeg
from mamori.ground.web import logo, operator
from mamori.ground.web.models import Logo
from tests.reading import words

pytestmark = pytest.mark.django_db
PAGE, PICTURE = "/desk/settings/logo/", "/operator.jpg"


def png(colour: str = "#c00000", size: tuple[int, int] = (900, 300)) -> bytes:
    out, told = io.BytesIO(), PngImagePlugin.PngInfo()
    told.add_text("Author", "山田 花子, 35.68N")
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    image.paste(colour, (0, 0, size[0] // 2, size[1]))
    image.save(out, "PNG", pnginfo=told)
    return out.getvalue()


def send(client: Client, content: bytes, name: str = "logo.png") -> HttpResponse:
    return client.post(PAGE, {"picture": SimpleUploadedFile(name, content)})


def head(path: str = "/", lang: str = "ja") -> str:
    operator.forget()
    shown = words(Client().get(path, headers={"accept-language": lang}))
    return shown.partition("<header")[2].partition("</header>")[0]


def test_without_a_logo_the_name_stands_alone(enter: Enter) -> None:
    assert "<img" not in head()
    assert Client().get(PICTURE).status_code == 404
    assert "ロゴを外す" not in enter(Role.LEAD).get(PAGE).content.decode()


def test_a_lead_puts_it_up_and_every_page_for_the_public_shows_it_without_sign_in(enter: Enter) -> None:
    lead = enter(Role.LEAD)

    assert send(lead, png()).status_code == 302

    for path in ("/", "/guide/", "/in/", "/measures/", "/no-such-page/"):
        for lang, alt in (("ja", "ロゴ"), ("en", "Logo")):
            assert re.search(
                rf'<img class="logo" src="/operator\.jpg\?[0-9a-f]{{16}}" alt="{alt}">', head(path, lang)
            )
    assert "<img" not in lead.get("/desk/").content.decode()
    address = re.findall(r'src="(/operator\.jpg\?[0-9a-f]+)"', head())[0]
    for client in (Client(), enter(), enter(Role.BUYER, "buyer:B-1")):
        picture = client.get(address)
        assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
        assert picture["Cache-Control"] == "private, max-age=86400"
    assert Client().get(f"{PICTURE}?old")["Cache-Control"] == "no-store"


def test_it_is_made_anew_small_on_white_and_of_nothing_that_it_carried(enter: Enter) -> None:
    send(enter(Role.LEAD), png(size=(2_000, 500)))

    picture = Client().get(PICTURE).content
    seen = Image.open(io.BytesIO(picture))

    assert is_bare_jpeg(picture)
    assert "花子".encode() not in picture
    assert (seen.format, seen.size) == ("JPEG", (512, 128))
    left, right = (seen.convert("RGB").getpixel((across, 64)) for across in (100, 400))
    assert right == (255, 255, 255)
    assert left[0] > 180 > 20 > left[1]  # type: ignore[index]


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 415),
        (b"%PDF-1.7 ", 415),
        (b"plain words", 415),
        (b"", 422),
        (png()[:200], 422),
        (b"\x89PNG\r\n\x1a\n" + bytes(logo.MOST), 413),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused_and_nothing_is_shown(
    enter: Enter, content: bytes, status: int
) -> None:
    lead = enter(Role.LEAD)
    send(lead, png())
    before = Client().get(PICTURE).content

    refused = send(lead, content, "logo.svg")

    assert refused.status_code == status
    assert 'role="alert"' in refused.content.decode()
    assert Client().get(PICTURE).content == before
    assert len(acts.acts_about(logo.ABOUT)) == 1


def test_another_takes_its_place_it_is_taken_off_and_who_did_so_is_in_the_record(enter: Enter) -> None:
    lead = enter(Role.LEAD)
    for colour in ("#c00000", "#c00000", "#00c000"):
        assert send(lead, png(colour)).status_code == 302
    [green] = Logo.objects.all()
    shown = lead.get(f"{PAGE}?done").content.decode()
    lead.post(PAGE, {"off": "off"})
    lead.post(PAGE, {"off": "off"})

    told = [(act.content or {})["payload"] for act in acts.acts_about(logo.ABOUT)]
    assert [one["digest"] for one in told] == [told[0]["digest"], green.digest, ""]
    assert [one["before"] for one in told] == ["", told[0]["digest"], green.digest]
    assert {(act.content or {})["role"] for act in acts.acts_about(logo.ABOUT)} == {"lead"}
    assert shown.count(f"/operator.jpg?{green.digest}") == 2
    assert "<img" not in head()
    assert Client().get(PICTURE).status_code == 404


def test_nobody_but_a_lead_changes_it(enter: Enter) -> None:
    for client in (enter(Role.COUNSEL), enter(Role.AGENT), enter(Role.SELLER, "seller:S-1"), enter()):
        assert send(client, png()).status_code != 200
        client.post(PAGE, {"off": "off"})
    counsel = Actor(by="counsel:2", role=Role.COUNSEL, at=datetime.now(UTC), via="test")

    with pytest.raises(logo.LogoNotYours):
        logo.set_logo(counsel, content=png())
    with pytest.raises(logo.LogoNotYours):
        logo.take_off(counsel)
    assert not Logo.objects.exists()
