"""Every address of the house, door by door."""

from django.urls import include, path

from mamori.doors.desk.views import queue
from mamori.site import firstday, health, metrics

handler400 = "mamori.ground.web.views.not_understood"
handler403 = "mamori.ground.web.views.forbidden"
handler404 = "mamori.ground.web.views.not_found"
handler500 = "mamori.site.faults.fault"

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.is_ready, name="health-ready"),
    path("metrics", metrics.show, name="metrics"),
    path("api/v1/", include("mamori.doors.gateway.urls")),
    path("", include("mamori.site.firstday")),
    path("desk/", include("mamori.doors.desk.urls")),
    path("seller/", include("mamori.doors.seller.urls")),
    path("", include("mamori.ground.web.signing.urls")),
    path("", include("mamori.ground.web.urls")),
    path("", include("mamori.site.letterbox")),
    path("", include("mamori.site.demo.entry")),
    path("", include("mamori.site.sandbox.endpoints")),
    path("", include("mamori.site.sandbox.pages")),
    path("", include("mamori.doors.public.urls")),
]

# Pages are joined here and not at the start of every command: only who asks for an address loads them.
queue.use_missing(firstday.is_any_open)
