"""Which scripts, styles and pictures a browser may take: the settings read it, so it knows no more of Django than the words."""

from __future__ import annotations

from django.utils.csp import CSP

POLICY = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": [CSP.NONE],
}
"""Scripts and styles come from our own files only; nothing is written into a page, and nobody frames one."""
