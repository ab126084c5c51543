"""Django's settings, read from a few environment variables that `mamori check` explains."""

import os
import secrets
from pathlib import Path
from urllib.parse import quote, urlsplit

import dj_database_url

from mamori.site import logs, signing

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
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # A server that vanished is noticed within seconds, and then pages say 503 instead of hanging.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 3,
        "keepalives_idle": 10,
        "keepalives_interval": 3,
        "keepalives_count": 3,
        **DATABASES["default"].get("OPTIONS", {}),
    }

INSTALLED_APPS = [
    "mamori.ground.web",  # first: its sign-in pages stand before those that allauth brings
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "mamori.ground.seal",
    "mamori.ground.ledger",
    "mamori.ground.clocks",
    "mamori.ground.outbox",
    "mamori.ground.people",
    "mamori.ground.terms",
    "mamori.ground.cases",
    "mamori.ground.vault",
    "mamori.ground.market",
    "mamori.ground.post",
    "mamori.rooms.contact",
    "mamori.doors.public",
    "mamori.doors.seller",
    "mamori.doors.desk",
    "mamori.doors.gateway",
    "mamori.site",
]

MIDDLEWARE = [
    "mamori.site.watching.watched",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mamori.ground.web.middleware.received",
    "mamori.ground.web.middleware.Guard",
]
ROOT_URLCONF = "mamori.site.urls"
WSGI_APPLICATION = "mamori.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mamori.doors.navigation.navigation",
            ],
        },
    }
]
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("MAMORI_STATIC") or HOME / "static").absolute()
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.InMemoryStorage"
    },  # files of people belong in the vault
    "staticfiles": {"BACKEND": "mamori.site.statics.Storage"},
}
WHITENOISE_USE_FINDERS = True  # what is not collected is served all the same, without the long caching

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

USE_TZ = True
TIME_ZONE = "Asia/Tokyo"
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SECRET_KEY, *SECRET_KEY_FALLBACKS = signing.known(KEYS, os.environ) or [secrets.token_urlsafe(50)]
LOGGING = logs.CONFIG

# Where people reach the house.  With https, a proxy in front ends TLS and says so; cookies then travel on https only.
ORIGIN = (os.environ.get("MAMORI_ORIGIN") or "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = [urlsplit(ORIGIN).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ORIGIN]
IS_HTTPS = ORIGIN.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20  # a form without its files

# Whether webhooks may go to loopback and private addresses: only where the marketplace's software stands there.
MAMORI_WEBHOOK_PRIVATE = os.environ.get("MAMORI_WEBHOOK_PRIVATE") == "1"
