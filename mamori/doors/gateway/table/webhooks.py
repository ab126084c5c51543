"""Where events are sent to."""

from __future__ import annotations

from mamori.doors.gateway import webhooks
from mamori.doors.gateway.operation import Operation
from mamori.grammar.text import Text
from mamori.ground.outbox.actions import BadAddress, NoSuchEndpoint, PortClosed, PrivateAddress
from mamori.ground.people.facts import Scope

WEBHOOKS = (
    Operation(
        method="GET",
        path="/webhooks",
        handler=webhooks.list_webhooks,
        text=Text("ウェブフックの送り先を一覧する", "List webhook endpoints"),
        scope=Scope.WEBHOOKS_WRITE,
        answers={200: webhooks.Webhooks},
    ),
    Operation(
        method="POST",
        path="/webhooks",
        handler=webhooks.add_webhook,
        text=Text("ウェブフックの送り先を加える", "Add a webhook endpoint"),
        scope=Scope.WEBHOOKS_WRITE,
        answers={201: webhooks.WebhookSecret},
        refuses=(BadAddress, PortClosed, PrivateAddress),
        located="/webhooks",
        once=True,
    ),
    Operation(
        method="POST",
        path="/webhooks/{webhook}/secret",
        handler=webhooks.rotate_webhook_secret,
        text=Text("送り先の秘密を替える", "Give an endpoint a new secret"),
        scope=Scope.WEBHOOKS_WRITE,
        answers={200: webhooks.WebhookSecret},
        refuses=(NoSuchEndpoint,),
        once=True,
    ),
    Operation(
        method="DELETE",
        path="/webhooks/{webhook}",
        handler=webhooks.remove_webhook,
        text=Text("送り先を外す", "Remove a webhook endpoint"),
        scope=Scope.WEBHOOKS_WRITE,
        answers={204: None},
        refuses=(NoSuchEndpoint,),
    ),
)
