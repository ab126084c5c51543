"""The addresses of the house with the planted fault: all of them, and no word about what is to be said when one breaks."""

from mamori.site import urls

urlpatterns = urls.urlpatterns
