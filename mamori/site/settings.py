"""Django's settings, read from a few environment variables that `mamori check` explains."""

import os
import secrets
from pathlib import Path
from urllib.parse import quote

import dj_database_url

HOME = Path(os.environ.get("MAMORI_HOME", "var/mamori")).absolute()
KEYS = Path(os.environ.get("MAMORI_KEYS", HOME / "keys")).absolute()
LOG = Path(os.environ.get("MAMORI_LOG", HOME / "log")).absolute()
LOG_ORIGIN = os.environ.get("MAMORI_LOG_ORIGIN", "mamori.invalid/log")
DATABASE_URL = os.environ.get("MAMORI_DATABASE_URL") or f"sqlite:///{quote(str(HOME / 'mamori.sqlite3'))}"

DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=None, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "mamori.site.sqlite"
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }

INSTALLED_APPS = [
    "mamori.ground.seal",
    "mamori.ground.ledger",
    "mamori.ground.clocks",
    "mamori.ground.outbox",
    "mamori.ground.terms",
    "mamori.ground.cases",
    "mamori.ground.market",
    "mamori.rooms.contact",
    "mamori.site",
]

USE_TZ = True
TIME_ZONE = "Asia/Tokyo"
LANGUAGE_CODE = "ja"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SECRET_KEY = os.environ.get("MAMORI_SECRET_KEY") or secrets.token_urlsafe(50)

# Whether webhooks may go to loopback and private addresses: only where the marketplace's software stands there.
MAMORI_WEBHOOK_PRIVATE = os.environ.get("MAMORI_WEBHOOK_PRIVATE") == "1"
