"""Settings of a house with a planted fault: every answer dawdles."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from mamori.site import settings

globals().update({name: value for name, value in vars(settings).items() if name.isupper()})

DAWDLES = 0.05
MIDDLEWARE = ["trials.slow.dawdling", *settings.MIDDLEWARE]


def dawdling(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Sleep before each answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        time.sleep(DAWDLES)
        return get_response(request)

    return middleware
