"""What a page may load and do: its Content-Security-Policy (W3C, CSP level 3), and the headers that
a host should send.
"""

from __future__ import annotations

CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'"
)
"""In each page. Nothing is loaded from elsewhere, nothing runs that stands in a page itself."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": f"{CONTENT_POLICY}; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": (
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
    ),
    "Strict-Transport-Security": "max-age=31536000",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""For every file."""

WITH_ADMIN = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
}
"""Instead of these where there is an editing page: what a page may load, each says itself."""

SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For files that a browser would run or show by itself: drawings, PDFs, office documents."""

ENCLOSED = ("svg", "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp")
UNCHANGING = "public, max-age=31536000, immutable"
"""For assets: another content has another name."""
