"""Every address of the house with who may enter: read from what the views declare, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import PathView

from mamori.ground.matters.decision import Decision
from mamori.ground.people.facts import Access
from mamori.ground.web.access import access_of, methods_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One address: its pattern, its name, the methods an endpoint answers (empty for a page), who may enter.

    `takes` are the methods that a page takes; none where it answers each itself.  `decides` is what is decided there.
    """

    path: str
    name: str
    methods: tuple[str, ...]
    access: Access | None
    takes: tuple[str, ...] = ()
    decides: tuple[Decision[Any], ...] = ()


def routes() -> tuple[Route, ...]:
    """Return every address in the order of the table; `access` is None where a view forgot to say."""
    return tuple(_walk(get_resolver().url_patterns, "/", ""))


def _walk(patterns: list[Any], prefix: str, space: str) -> Iterator[Route]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            name = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, path, name)
        elif isinstance(pattern, URLPattern):
            name = space + (pattern.name or "")
            view = getattr(pattern.callback, "path_view", None)
            if isinstance(view, PathView):
                for operation in view.operations:
                    access = access_of(operation.view_func)
                    yield Route(path=path, name=name, methods=tuple(operation.methods), access=access)
            else:
                access, takes = access_of(pattern.callback), methods_of(pattern.callback)
                decides = getattr(pattern.callback, "decisions", ())
                yield Route(path=path, name=name, methods=(), access=access, takes=takes, decides=decides)
