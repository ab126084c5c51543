"""The provider of the journeys, a process of its own: it knows everybody since this morning, and asks anew when told to."""

from __future__ import annotations

import sys
from typing import Any

import flask
from oidc_provider_mock import User, _app, app

HOURS_AGO = 3 * 3_600
PEOPLE = (
    User(
        sub="hanako",
        claims={
            "email": "hanako@mihon.example",
            "name": "山田 花子",
            "groups": ["mamori-leads", "everybody"],
        },
    ),
    User(sub="jiro", claims={"email": "jiro@mihon.example", "name": "経理 次郎", "groups": ["everybody"]}),
)


class KnownSinceThisMorning(_app.AuthorizationCode):
    """A code of somebody whom nobody asked anew, unless the house wished it."""

    def __init__(self, **told: Any) -> None:
        asked_anew = flask.request.args.get("prompt") == "login"
        super().__init__(**told | {"auth_time": told["auth_time"] - (0 if asked_anew else HOURS_AGO)})


def main() -> None:
    """Serve at the port that the command line names."""
    _app.AuthorizationCode = KnownSinceThisMorning  # type: ignore[misc]
    app(require_nonce=True, user_claims=PEOPLE).run(host="localhost", port=int(sys.argv[1]), debug=False)


if __name__ == "__main__":
    main()
