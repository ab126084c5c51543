"""The page of every address and who may enter, as the views declare it."""

from __future__ import annotations

from mamori.grammar.actor import ROLE_TEXTS, Role
from mamori.grammar.text import Text
from mamori.ground.people.facts import Access
from mamori.site.routes import Route, routes
from tools.reference.markdown import code, page, place, table

EVERYBODY = Text("だれでも", "everybody")


def routes_() -> str:
    """Render one line for each address, and for each method where an endpoint answers only some."""
    rows = [
        [code(" ".join((*route.methods, route.path))), _who(route.access), _asks(route)] for route in routes()
    ]
    return page(
        Text("だれがどこに入れるか", "Who may enter where"),
        Text(
            "アドレスごとに、入れる立場です。自分に関わる案件だけかどうかは部屋が決め、"
            "ほかの人には「ない」と同じ答えを返します。"
            f"宣言は各ビューの `@open_to`({place('mamori.ground.web.access')})。"
            "手で書いた表 `tests/permissions/table.py` と一致し、"
            "全アドレス × 全役を GET と POST で、ほかのメソッドは順に一つずつ試します。",
            "Who may enter, address by address. Whether a matter is theirs the rooms decide, and to others it does not "
            f"exist. Declared by `@open_to` at each view ({place('mamori.ground.web.access')}); held against the table in "
            "`tests/permissions/table.py`, which is written by hand, and tried for every address and role by GET, POST and "
            "in turn one other method.",
        ),
        table(["address", "who", "asks for"], rows),
    )


def _who(access: Access | None) -> object:
    if access is None:
        return ""
    if access.roles == frozenset(Role):
        return EVERYBODY
    texts = [ROLE_TEXTS[role] for role in Role if role in access.roles]
    return Text("・".join(text.ja for text in texts), ", ".join(text.en for text in texts))


def _asks(route: Route) -> object:
    if route.access is None:
        return ""
    if route.access.step_up:
        return Text("直前の本人確認", "a fresh proof")
    return code(route.access.scope) if route.access.scope else ""
