"""The house as a WSGI application, for the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mamori.site.settings")

application = get_wsgi_application()

from mamori.ground.web.signing.limiting import settle_each_second  # noqa: E402  # needs Django to be set up

settle_each_second()
