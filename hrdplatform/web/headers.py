"""The headers that every answer carries, by door: content security policy and its companions.

Sources: CSP Level 3, Permissions Policy (W3C), OWASP ASVS 5.0 chapter 3. The referrer policy is `same-origin` since
`no-referrer` makes Chromium send `Origin: null`, which Django's CSRF check refuses.
"""

from __future__ import annotations

from collections.abc import Mapping

from hrdplatform.web.doors import Door

_POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_AID: Mapping[str, str] = {**_POLICY, "img-src": "'self' blob:"}  # pictures that were opened on the device
_OFFICE: Mapping[str, str] = {
    **_POLICY,
    "style-src": "'self' 'unsafe-inline'",  # Draft.js writes style attributes while one types
    "img-src": "'self' data: blob:",  # previews of pictures chosen for upload
    "frame-src": "'self'",  # the page preview beside the editor
    "frame-ancestors": "'self'",
}
FILE = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""The policy of a file that somebody uploaded: opened by itself it runs nothing, loads nothing and is of no origin."""
FILM = f"{FILE} allow-same-origin; media-src 'self'"
"""The same for a video: browsers play it in a page of their own making, which loads it again from its origin."""
_DENIED = [
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "usb",
    "xr-spatial-tracking",
]


def _directives(policy: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


POLICIES: Mapping[Door, str] = {
    Door.PUBLIC: _directives(_POLICY),
    Door.AID: _directives(_AID),
    Door.OFFICE: _directives(_OFFICE),
}
PERMISSIONS = ", ".join(f"{name}=()" for name in _DENIED)


def fixed(door: Door, *, framed: bool) -> dict[str, str]:
    """Headers of every answer of a door; `framed` is true for office pages that the office itself may frame."""
    return {
        "Content-Security-Policy": POLICIES[door if door != Door.OFFICE or framed else Door.PUBLIC],
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN" if door == Door.OFFICE and framed else "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS,
        "Referrer-Policy": "same-origin",
    }


def confidential(door: Door, path: str) -> bool:
    """Whether an address belongs to people's accounts, the office, the desk or the aid door."""
    return door != Door.PUBLIC or path.startswith(("/account/", "/office/", "/desk/"))


CONFIDENTIAL = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow, noarchive"}
"""Headers of confidential pages; `ETag` and `Last-Modified` are taken off besides."""
