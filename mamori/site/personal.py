"""What the tables of the libraries keep of people: sessions and sign-in, of staff above all."""

from __future__ import annotations

from mamori.ground.declared.personal import KIND, Reach, code, digest, house, staff, table

UNUSED = code("使わない", "unused", along=False)

table("auth_permission", name=KIND, codename=KIND)
table("auth_group", name=KIND)
table("django_content_type", app_label=KIND, model=KIND)
table(
    "django_session",
    session_key=digest("訪問の鍵の要約", "digest of the key of a visit", reach=Reach.TIME),
    session_data=house(
        "訪問の中身（だれか・役割・書きかけ）",
        "what a visit remembers: who, in which role, what waits to be sent",
        reach=Reach.TIME,
    ),
)
table("account_emailaddress", email=staff("担当者のメール", "mail address of a member of staff"))
table("account_emailconfirmation", key=digest("使わない", "unused", reach=Reach.TIME))
table("mfa_authenticator", type=KIND, data=house("担当者のパスキー・符号の種", "passkeys and seeds of staff"))
table(
    "usersessions_usersession",
    ip=staff("担当者の接続元", "where a member of staff came from", reach=Reach.TIME),
    session_key=digest("訪問の鍵の要約", "digest of the key of a visit", reach=Reach.TIME),
    user_agent=staff("担当者のブラウザー", "browser of a member of staff", reach=Reach.TIME),
    data=digest(
        "会社での訪問の番号の鍵付き要約", "keyed digest of the visit at the company", reach=Reach.TIME
    ),
)
table(
    "socialaccount_socialaccount",
    provider=UNUSED,
    uid=UNUSED,
    extra_data=UNUSED,
)
table(
    "socialaccount_socialapp",
    provider=UNUSED,
    provider_id=UNUSED,
    name=UNUSED,
    client_id=UNUSED,
    secret=UNUSED,
    key=UNUSED,
    settings=UNUSED,
)
table("socialaccount_socialtoken", token=UNUSED, token_secret=UNUSED)
