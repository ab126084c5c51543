#!/usr/bin/env bash
# Puts our nearest peer, django-helpdesk 2.6.1, into var/rival to be measured beside us: `python -m trials pages` calls this.
#   tools/rival.sh             its environment (from PyPI, never in our lock) and a project with its documented settings
#   tools/rival.sh fill N OPEN  migrates and fills the database of RIVAL_DATABASE_URL; prints the session of a member of staff
set -euo pipefail
cd "$(dirname "$0")/.."
place=var/rival
python=$place/venv/bin/python
export UV_PYTHON_DOWNLOADS=never UV_SYSTEM_CERTS=1

if [ ! -x "$python" ] || ! "$python" -c 'import helpdesk, granian, dj_database_url' 2>/dev/null; then
  .tools/bin/uv venv -q --clear --python "$(cat .tools/python)" $place/venv
  .tools/bin/uv pip install -q --python "$python" 'django-helpdesk==2.6.1' 'granian==2.8.7' 'psycopg[binary]' dj-database-url whitenoise
fi

mkdir -p $place/project
cat >$place/project/rival_settings.py <<'PY'
"""The peer's documented settings, with what we also give ourselves: kept connections, WAL, cached templates, signed-in sessions in the database."""
import os
import dj_database_url
SECRET_KEY = "rival"
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "rival_urls"
WSGI_APPLICATION = "rival_wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.sites",
    "django.contrib.messages", "django.contrib.humanize", "django.contrib.admin", "django.contrib.staticfiles",
    "rest_framework", "helpdesk",
]
SITE_ID = 1
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware", "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware", "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware", "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.debug", "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth", "django.contrib.messages.context_processors.messages",
    ]},
}]
DATABASES = {"default": dj_database_url.parse(os.environ["RIVAL_DATABASE_URL"], conn_max_age=None, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20, "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"
LANGUAGE_CODE = "en"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
STATIC_URL = "/static/"
LOGIN_URL = "/login/"
MEDIA_ROOT = os.path.join(os.path.dirname(__file__), "media")
HELPDESK_PUBLIC_ENABLED = True
HELPDESK_VIEW_A_TICKET_PUBLIC = True
HELPDESK_SUBMIT_A_TICKET_PUBLIC = True
HELPDESK_TEAMS_MODE_ENABLED = False
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = os.environ.get("RIVAL_MAIL") or os.path.join(os.path.dirname(__file__), "mail")
PY
cat >$place/project/rival_urls.py <<'PY'
from django.contrib import admin
from django.urls import include, path
urlpatterns = [path("admin/", admin.site.urls), path("", include("helpdesk.urls", namespace="helpdesk"))]
PY
cat >$place/project/rival_wsgi.py <<'PY'
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "rival_settings"
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
PY
cat >$place/project/rival_fill.py <<'PY'
"""Fills the peer: one queue, one member of staff, tickets of which every n-th is open, each with a due date and follow-ups."""
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "rival_settings"
import django
django.setup()
from datetime import timedelta
from django.contrib.auth import get_user_model, SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone
from helpdesk.models import FollowUp, Queue, Ticket
count, open_ = int(sys.argv[1]), int(sys.argv[2])
call_command("migrate", verbosity=0, interactive=False)
staff = get_user_model().objects.create_superuser("agent", "agent@example.jp", "rival-password-1")
queue = Queue.objects.create(title="Complaints", slug="complaints", allow_public_submission=True)
now = timezone.now()
ticket = Ticket.objects.create(
    title="Goods did not arrive", queue=queue, created=now, modified=now, submitter_email="b@example.jp", status=1,
    description="The goods that were to come three days ago are not here yet. When do they come?", priority=3,
    due_date=now + timedelta(hours=48))
ENTRIES = 3  # what our case page tells besides the report: two notices and the clocks that began
for _ in range(ENTRIES):
    FollowUp.objects.create(ticket=ticket, date=now, title="Comment", comment="We have asked the seller.", public=True, user=staff)
def copy(model, instead, rows=1):
    columns = [f.column for f in model._meta.concrete_fields]
    names = ", ".join(f'"{c}"' for c in columns)
    values = ", ".join(instead.get(c, f't."{c}"') for c in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {count - 1}) "
            f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" t CROSS JOIN n WHERE t.id <= {rows}')
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)
pg = connection.vendor == "postgresql"
def later(column):
    return f"t.{column} + n.n * interval '7 seconds'" if pg else f"strftime('%Y-%m-%d %H:%M:%f', t.{column}, '+' || (n.n * 7) || ' seconds')"
every = max(1, count // open_)
with transaction.atomic():
    copy(Ticket, {"id": "t.id + n.n", "status": f"CASE WHEN n.n % {every} = 0 THEN 1 ELSE 4 END", "due_date": later("due_date"),
                  "created": later("created"), "priority": "1 + n.n % 5", "secret_key": "'k' || n.n"})
    copy(FollowUp, {"id": "t.id + n.n * %d" % ENTRIES, "ticket_id": "t.ticket_id + n.n"}, rows=ENTRIES)
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
session = SessionStore()
session.update({SESSION_KEY: str(staff.pk), BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
                HASH_SESSION_KEY: staff.get_session_auth_hash()})
session.save()
from helpdesk.query import query_to_base64
due = query_to_base64({"filtering": {"status__in": [1, 2]}, "filtering_null": {}, "sorting": "due_date", "sortreverse": False, "search_string": ""})
tickets = list(Ticket.objects.filter(status=1).order_by("id").values_list("id", flat=True)[:100])
import json
print(json.dumps({"session": session.session_key, "query": due, "tickets": tickets, "count": Ticket.objects.count(),
                  "open": Ticket.objects.filter(status=1).count()}))
PY
[ "${1:-}" = fill ] || exit 0
cd $place/project
exec ../venv/bin/python rival_fill.py "$2" "$3"
