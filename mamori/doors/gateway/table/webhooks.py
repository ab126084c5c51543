"""Where events are sent to."""

from __future__ import annotations

from mamori.doors.gateway import webhooks
from mamori.doors.gateway.operation import Operation
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.grammar.text import Text
from mamori.ground.declared.pages import CursorNotGood
from mamori.ground.outbox.actions import (
    BadAddress,
    NoSuchDelivery,
    NoSuchEndpoint,
    NoSuchKind,
    PortClosed,
    PrivateAddress,
)
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
        refuses=(BadAddress, PortClosed, PrivateAddress, NoSuchKind),
        located="/webhooks",
        once=True,
    ),
    Operation(
        method="PATCH",
        path="/webhooks/{webhook}",
        handler=webhooks.change_webhook,
        text=Text("送り先を変える", "Change a webhook endpoint"),
        scope=Scope.WEBHOOKS_WRITE,
        answers={200: webhooks.Webhook},
        refuses=(NoSuchEndpoint, BadAddress, PortClosed, PrivateAddress, NoSuchKind),
    ),
    Operation(
        method="POST",
        path="/webhooks/{webhook}/ping",
        handler=webhooks.ping_webhook,
        text=Text("送り先を試す", "Try a webhook endpoint"),
        scope=Scope.WEBHOOKS_WRITE,
        answers={201: webhooks.Sent},
        refuses=(NoSuchEndpoint,),
        once=True,
    ),
    Operation(
        method="GET",
        path="/webhooks/{webhook}/deliveries",
        handler=webhooks.list_deliveries,
        text=Text("送り先への配達を一覧する", "List the deliveries to a webhook endpoint"),
        scope=Scope.WEBHOOKS_WRITE,
        answers={200: webhooks.Deliveries},
        refuses=(CursorNotGood, NoSuchEndpoint),
    ),
    Operation(
        method="POST",
        path="/webhooks/{webhook}/deliveries/{message}/replay",
        handler=webhooks.replay_delivery,
        text=Text("配達をもう一度送る", "Send a delivery once more"),
        scope=Scope.WEBHOOKS_WRITE,
        answers={201: webhooks.Sent},
        refuses=(NoSuchEndpoint, NoSuchDelivery, StepNotOpen, StepNotYours),
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
