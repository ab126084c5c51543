"""Settings of a house with a planted fault: of a hundred reports one is answered as though it had been taken, and is not."""

from collections.abc import Callable
from itertools import count

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from mamori.site import settings

globals().update({name: value for name, value in vars(settings).items() if name.isupper()})

EVERY = 100
MIDDLEWARE = [*settings.MIDDLEWARE, "trials.dropping.dropping"]
_sent = count(1)


def dropping(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Lead on from each hundredth report without taking it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.path == "/complaints/" and next(_sent) % EVERY == 0:
            return HttpResponseRedirect("/complaints/mine/dropped/")
        return get_response(request)

    return middleware
