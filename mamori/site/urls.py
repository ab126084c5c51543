"""Every address of the house, door by door."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("mamori.doors.gateway.urls")),
    path("desk/", include("mamori.doors.desk.urls")),
    path("seller/", include("mamori.doors.seller.urls")),
    path("", include("mamori.doors.public.urls")),
]
