"""What was taken down is read back to who said it: nothing counts before every letter of it was confirmed."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseRedirect

from mamori.ground.web.once import form_key, new_token, once
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.contact import words
from mamori.rooms.contact.actions.callers import NotReadBack
from mamori.rooms.contact.views.staff.private import private

OURS = frozenset({"csrfmiddlewaretoken", "token", "text", "step", "read_back"})
"""What the pages fill in themselves; what the agent took down is carried from the one to the other."""


def read_back(
    request: Visit,
    page: str,
    shown: dict[str, object],
    *,
    text: Callable[[], str],
    take: Callable[[str], str],
) -> HttpResponse:
    """Show the exact text to be read back, or take down what was confirmed as it stands.

    `take` gets the SHA-256 of the text that was confirmed, "" where none was, and returns where it leads.
    """
    refused = None
    if request.POST.get("step") == "send":
        confirmed = request.POST.get("text", "") if request.POST.get("read_back") else ""
        try:
            return HttpResponseRedirect(once(hand_of(request), form_key(request), lambda: take(confirmed)))
        except NotReadBack as why:
            refused = why
    said = text()
    fields = [(name, one) for name, all_ in request.POST.lists() if name not in OURS for one in all_]
    fields += [("token", request.POST.get("token") or new_token()), ("text", words.digest(said))]
    shown |= {"text": said, "refusal": refused, "fields": fields}
    return private(request, page, shown, refused.status if refused else 200)
