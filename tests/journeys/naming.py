"""Settings of a house whose pages name the templates that they were made of, in a header: so each is looked at closely once."""

from collections.abc import Callable
from threading import local

from django.http import HttpRequest, HttpResponse
from django.template import Context, Template

from mamori.site import settings

globals().update({name: value for name, value in vars(settings).items() if name.isupper()})

MIDDLEWARE = ["tests.journeys.naming.named", *settings.MIDDLEWARE]
HEADER = "made-of"
made_of = local()
render = Template._render


def _noted(template: Template, context: Context) -> str:
    made_of.names.add(str(template.name))
    return str(render(template, context))


def named(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Note each template that a page is made of, one thread a page."""
    Template._render = _noted

    def middleware(request: HttpRequest) -> HttpResponse:
        made_of.names = set()
        response = get_response(request)
        response[HEADER] = " ".join(sorted(made_of.names))
        return response

    return middleware
