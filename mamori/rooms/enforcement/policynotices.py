"""What leads, counsel and sellers are told of a change of policy."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text

PROPOSED = Template(
    code="enforcement.policy_proposed",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("措置の基準の改定に承認が必要です", "A change of policy waits for approval"),
    body=Text(
        "措置の基準（第{number}版）の改定案に、作った人とは別の責任者か法務担当の承認が必要です。「基準」のページで変わる点を確かめ、承認するか戻してください。",
        "Version {number} of the policy needs the approval of another lead or counsel. Please look at what changes on the page "
        "“Policy”, and approve it or send it back.",
    ),
)
LAPSED = Template(
    code="enforcement.policy_lapsed",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("措置の基準の改定案を下書きに戻しました", "A change of policy went back to draft"),
    body=Text(
        "措置の基準（第{number}版）の改定案は、期限までに承認されなかったため下書きに戻りました。必要なら「基準」のページでもう一度承認を求めてください。",
        "Nobody approved version {number} of the policy in time, so it is a draft again. If it is still wanted, please propose "
        "it again on the page “Policy”.",
    ),
)
BEGUN = Template(
    code="enforcement.policy_begun",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("措置の基準の新しい版が始まりました", "A new version of the policy is in force"),
    body=Text(
        "措置の基準（第{number}版）が実施されました。これからの判断はこの版によります。「基準」のページでご確認ください。",
        "Version {number} of the policy is in force: decisions rest on it from now on. Please see the page “Policy”.",
    ),
)
TOLD = Template(
    code="enforcement.policy_told",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("違反への措置の基準が変わります", "The policy on breaches will change"),
    body=Text(
        "{day}から、違反への措置の基準が新しくなります（第{number}版）。それまでは、いまの基準が続きます。変わるところ：{what}。"
        "窓口のページの下にある「違反への措置の基準」で、新しい表をお読みください。",
        "From {day} on, version {number} of the policy on breaches is in force; the present one goes on until then. "
        "What changes: {what}. Please read the new table under “How breaches are answered” at the foot of our pages.",
    ),
)
TOLD_SOON = Template(
    code="enforcement.policy_told_soon",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("違反への措置の基準がまもなく変わります", "The policy on breaches will change soon"),
    body=Text(
        "{day}から、違反への措置の基準が新しくなります（第{number}版）。ふつうの予告期間を置かない理由：{why}。"
        "変わるところ：{what}。"
        "窓口のページの下にある「違反への措置の基準」で、新しい表をお読みください。",
        "From {day} on, version {number} of the policy on breaches is in force. Why without the usual notice: {why}. "
        "What changes: {what}. Please read the new table under “How breaches are answered” at the foot of our pages.",
    ),
)
CALLED_OFF = Template(
    code="enforcement.policy_called_off",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text(
        "違反への措置の基準の変更を取りやめました", "The policy on breaches does not change after all"
    ),
    body=Text(
        "お知らせした基準の変更（第{number}版、{day}から）は取りやめました。いまの基準がそのまま続きます。"
        "窓口のページの下にある「違反への措置の基準」でご確認ください。",
        "Version {number} of the policy on breaches, announced for {day}, was given up; the present one goes on. Please see “How "
        "breaches are answered” at the foot of our pages.",
    ),
)

TEMPLATES = (PROPOSED, LAPSED, BEGUN, TOLD, TOLD_SOON, CALLED_OFF)
