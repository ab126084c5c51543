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
STATIC_ROOT = HOME / "static"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

USE_TZ = True
TIME_ZONE = "Asia/Tokyo"
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SECRET_KEY = os.environ.get("MAMORI_SECRET_KEY") or secrets.token_urlsafe(50)

# Whether webhooks may go to loopback and private addresses: only where the marketplace's software stands there.
MAMORI_WEBHOOK_PRIVATE = os.environ.get("MAMORI_WEBHOOK_PRIVATE") == "1"
