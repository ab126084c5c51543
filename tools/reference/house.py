"""Loads the whole house, so that everything that declares itself has done so."""

from __future__ import annotations

import os
import pkgutil
import sys
from importlib import import_module, util
from typing import Any


def load() -> None:
    """Set Django up and import every module but tests and migrations."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mamori.site.settings")
    import django

    django.setup()
    import mamori

    for module in pkgutil.walk_packages(mamori.__path__, "mamori."):
        if not {"tests", "migrations", "asgi", "wsgi"} & set(module.name.split(".")):
            import_module(module.name)


def ours(cls: type[Any]) -> bool:
    """Say whether a declaration belongs to the house and not to one of its tests."""
    return cls.__module__.startswith("mamori.") and "tests" not in cls.__module__.split(".")


def declared(module: str, name: str) -> tuple[Any, ...]:
    """Return a module's tuple of declarations; nothing while the module is not built."""
    try:
        found = util.find_spec(module)
    except ModuleNotFoundError:
        return ()
    return tuple(getattr(import_module(module), name, ())) if found else ()


def home_of(value: object) -> str:
    """Return the module that defines a value: of those that name it, the deepest."""
    homes = [
        name
        for name, module in list(sys.modules.items())
        if name.startswith("mamori.")
        and ".tests" not in name
        and any(v is value for v in vars(module).values())
    ]
    return max(homes, key=lambda name: (".lifecycle" in name, name.count("."), name))
