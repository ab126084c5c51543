"""Django's settings, read from a few environment variables that `mamori check` explains."""

import gc
import os
import secrets
from pathlib import Path
from urllib.parse import quote, urlsplit

import dj_database_url

from mamori.ground.web.headers import POLICY
from mamori.site import environment, logs, signing
from mamori.site.environment import secret

gc.set_threshold(20_000)
"""Objects made before the collector looks at the young ones: a page makes some thousands that die by themselves, a start makes
340,000 that stay."""

HOME = environment.home()
KEYS = Path(os.environ.get("MAMORI_KEYS", HOME / "keys")).absolute()
LOG = Path(os.environ.get("MAMORI_LOG", HOME / "log")).absolute()
LOG_ORIGIN = os.environ.get("MAMORI_LOG_ORIGIN", "mamori.invalid/log")
KEY_PROFILE = environment.key_profile()
KEY_SOCKET = environment.key_socket()
KMS_COMMAND = os.environ.get("MAMORI_KMS_COMMAND", "")
KMS_SECONDS = float(os.environ.get("MAMORI_KMS_SECONDS", "10"))
FILES = Path(os.environ.get("MAMORI_FILES", HOME / "files")).absolute()
SCANNER = os.environ.get("MAMORI_SCANNER", "")
DATABASE_URL = (
    secret("MAMORI_DATABASE_URL", "MAMORI_DATABASE_URL_FILE")
    or f"sqlite:///{quote(str(HOME / 'mamori.sqlite3'))}"
)

DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=None, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "mamori.site.sqlite"
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        # Destroyed keys, sealed words and tokens are overwritten in the file, whoever deletes them.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA secure_delete=ON;",
    }
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["ENGINE"] = "mamori.site.postgres"
    # A server that vanished is noticed within seconds, and then pages say 503 instead of hanging.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 3,
        "keepalives_idle": 10,
        "keepalives_interval": 3,
        "keepalives_count": 3,
        # What a connection asks again and again is parsed once.  A pooler that passes connections from one transaction to
        # the next may forget that: behind one, the URL ends in ?server_side_binding=false.
        "server_side_binding": True,
        "prepare_threshold": 2,
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
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "mamori.ground.web.signing.apps.DevicesConfig",
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
    "mamori.rooms.payouts",
    "mamori.rooms.enforcement",
    "mamori.rooms.display",
    "mamori.rooms.outreach",
    "mamori.rooms.complaints",
    "mamori.rooms.safety",
    "mamori.rooms.insight",
    "mamori.rooms.identity",
    "mamori.rooms.disclosure",
    "mamori.doors.public",
    "mamori.doors.seller",
    "mamori.doors.desk",
    "mamori.doors.gateway",
    "mamori.site",
]

MIDDLEWARE = [
    "mamori.site.metrics.watched",
    "mamori.ground.web.middleware.received",
    "mamori.ground.web.headers.headers",
    "mamori.site.moved.moved",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mamori.ground.web.signing.here.staying",
    "mamori.ground.web.middleware.Guard",
    "mamori.ground.web.signing.limiting.Limiting",
    "mamori.ground.web.middleware.remembering",
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
                "mamori.ground.web.operator.page_context",
            ],
        },
    }
]
SECURE_CSP = POLICY
CSRF_FAILURE_VIEW = "mamori.ground.web.views.form_expired"
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

PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_ADAPTER = "mamori.ground.web.signing.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # ours hold instead: people.limits, the same for every process
ACCOUNT_FORMS = {
    "login": "mamori.ground.web.signing.forms.LoginForm",
    "reauthenticate": "mamori.ground.web.signing.forms.PasswordAgainForm",
}
MFA_ADAPTER = "mamori.ground.web.signing.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1  # a watch may differ by half a minute; a code still works once
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "mamori.ground.web.signing.forms.AppCodeForm",
    "reauthenticate": "mamori.ground.web.signing.forms.AppCodeAgainForm",
    "login_webauthn": "mamori.ground.web.signing.forms.PasskeyForm",
    "reauthenticate_webauthn": "mamori.ground.web.signing.forms.PasskeyAgainForm",
}

SOCIALACCOUNT_ADAPTER = "mamori.ground.web.signing.company.provider.CompanySocialAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
# By whom the company signs its people in; without an issuer nobody is sent there.
COMPANY_ISSUER = os.environ.get("MAMORI_COMPANY_ISSUER", "").strip()
COMPANY_CLIENT = os.environ.get("MAMORI_COMPANY_CLIENT", "").strip()
COMPANY_SECRET = secret("MAMORI_COMPANY_SECRET", "MAMORI_COMPANY_SECRET_FILE")
COMPANY_SCOPE = tuple((os.environ.get("MAMORI_COMPANY_SCOPE") or "openid profile email").split())

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
IS_DEVELOPING = not IS_HTTPS and urlsplit(ORIGIN).hostname in ("localhost", "127.0.0.1", "::1")
"""Nobody but this machine reaches the house: only then may the shop's software be plain http, and stand on this machine, too."""
SESSION_ENGINE = "mamori.ground.web.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
_BESIDE = f"-{urlsplit(ORIGIN).port}" if urlsplit(ORIGIN).port not in (None, 8000) else ""
"""Cookies know no ports: houses beside each other on one machine, such as the demo's, would sign people out of one another."""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (
    ("__Host-mamori", "__Host-csrf") if IS_HTTPS else (f"mamori{_BESIDE}", f"csrf{_BESIDE}")
)
SESSION_COOKIE_AGE = 72 * 3600  # the longest that a stay may be set to; how long it is, people.*_stay says
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if IS_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20  # a form without its files
FILE_UPLOAD_HANDLERS = ["mamori.ground.vault.views.InMemory"]  # never a temporary file in plain

# Whether webhooks may go to loopback and private addresses: only where the marketplace's software stands there.
MAMORI_WEBHOOK_PRIVATE = os.environ.get("MAMORI_WEBHOOK_PRIVATE") == "1"
# Ports beside 80, 443, 8080 and 8443 at which receivers stand.
MAMORI_WEBHOOK_PORTS = frozenset(
    int(port) for port in (os.environ.get("MAMORI_WEBHOOK_PORTS") or "").split(",") if port.strip()
)

# How often one key of the marketplace's software may call in a minute; 0 = as often as `people` finds good.
MAMORI_API_CALLS = int(os.environ.get("MAMORI_API_CALLS") or 0)

# Mail and letters.  A home that is marked as a demo's never writes to anybody: its mail goes into a folder.
_IS_STAGE = (HOME / ".mamori-demo").exists()
MAMORI_DEMO = _IS_STAGE or os.environ.get("MAMORI_DEMO") == "1"
MAMORI_MAIL = (
    f"folder://{quote(str(HOME / 'mail'))}" if _IS_STAGE else secret("MAMORI_MAIL", "MAMORI_MAIL_FILE")
)
MAMORI_MAIL_FROM = os.environ.get("MAMORI_MAIL_FROM") or (
    "ご相談の窓口（見本） <centre@mamori.invalid>" if MAMORI_DEMO else ""
)
MAMORI_FONTS = os.environ.get("MAMORI_FONTS", "")
MAILERS = {"default": {"BACKEND": "mamori.ground.post.carrying.Backend"}}
DEFAULT_FROM_EMAIL = MAMORI_MAIL_FROM or "centre@mamori.invalid"
