"""Two pages of a Django as `startproject` makes it: one that reads a row of our database, and one that does nothing at all."""

from django.conf import global_settings, settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from mamori.site import settings as ours

SAID = b'{"ok": true}'
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    MIDDLEWARE=MIDDLEWARE,
    INSTALLED_APPS=[f"django.contrib.{name}" for name in ("auth", "contenttypes", "sessions", "messages")],
    DATABASES=ours.DATABASES,
    USE_TZ=global_settings.USE_TZ,
    SECRET_KEY="bare",  # noqa: S106  # of a house of nobody
)
application = get_wsgi_application()


class Seller(models.Model):
    """A seller as far as the page shows it."""

    ref = models.CharField(max_length=64, primary_key=True)
    state = models.CharField(max_length=16)

    class Meta:
        """It lies where ours does."""

        app_label = "bare"
        managed = False
        db_table = "market_seller"


def page(request: HttpRequest, ref: str) -> HttpResponse:
    """Answer from one row, found by its key."""
    del request
    row = Seller._default_manager.get(pk=ref)
    return JsonResponse({"seller_ref": row.ref, "state": row.state})


def nothing(request: HttpRequest) -> HttpResponse:
    """Answer."""
    del request
    return HttpResponse(SAID, content_type="application/json")


urlpatterns = [path("bare/<str:ref>", page), path("nothing", nothing)]
