"""What the figures for Prometheus tell of a request."""

from __future__ import annotations

import re

from django.test import Client


def test_a_method_is_labelled_as_get_post_or_other(db: None) -> None:
    client = Client()
    for method in ("GET", "POST", "HEAD", "PUT", "OPTIONS", "BREW", "METHOD-1", "METHOD-2"):
        client.generic(method, "/health/live")

    told = client.get("/metrics").content.decode()

    labels = re.findall(r'mamori_request(?:s|_seconds)\w*\{.*?method="([^"]*)"', told)
    assert set(labels) == {"GET", "POST", "other"}
