"""Settings of a house with a planted fault: it says of every trouble that it took it, and writes nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from mamori.site import settings

globals().update({name: value for name, value in vars(settings).items() if name.isupper()})

MIDDLEWARE = ["trials.forgetful.forgetting", *settings.MIDDLEWARE]


def forgetting(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer whatever is sent to threads at once."""

    def middleware(request: HttpRequest) -> HttpResponse:
        is_sent = request.method == "POST" and request.path == "/api/v1/threads"
        return JsonResponse({}, status=201) if is_sent else get_response(request)

    return middleware
