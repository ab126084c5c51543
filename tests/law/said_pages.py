"""`python -m tests.law.said_pages` prints, as JSON by its name, every page that says what is declared: as a house shows it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime

os.environ["DJANGO_SETTINGS_MODULE"] = "mamori.site.settings"
AT = datetime(2027, 1, 12, 3, tzinfo=UTC)
TAG = re.compile(r"<[^>]*>")


def pages() -> Iterator[tuple[str, str]]:
    """Yield the pages of the reference, the help, what is public of the Act, the handbook, the sentences of letters, a form."""
    from tools.reference import house

    house.load()
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from mamori.doors.desk.forms import HoldForm
    from mamori.law.help import HELP_PAGES
    from mamori.rooms.disclosure.handbook.queries import every_procedure
    from mamori.rooms.disclosure.rules.elements import WhyFound
    from tools.reference import asked, law, personal, words

    call_command("migrate", verbosity=0)
    addresses = ["/measures/", "/disclosure/", "/disclosure/sellers/", "/disclosure/road/"]
    addresses += [reverse("outreach_public:help-page", args=(one.slug,)) for one in HELP_PAGES]
    for lang in ("ja", "en"):
        for address in addresses:
            page = Client(headers={"accept-language": lang, "host": "localhost"}).get(address, secure=True)
            assert page.status_code == 200, (address, page.status_code)
            yield f"{address} {lang}", TAG.sub("", page.content.decode())
    for one in every_procedure(AT):
        yield f"handbook {one.code}", "\n".join(f"{line.ja}\n{line.en}" for line in one.lines)
    renders = (law.clauses, law.deadlines, law.figures, law.grounds, law.roads, law.settings, asked.practices)
    yield from (
        (f"docs/reference/{one.__name__}", one()) for one in (*renders, personal.retention, words.notices)
    )
    yield "letter", "\n".join(f"{why.text.ja}\n{why.text.en}" for why in WhyFound)
    yield "/desk/holds/", str(HoldForm.base_fields["days"].help_text)


if __name__ == "__main__":
    print(json.dumps(dict(pages()), ensure_ascii=False))
