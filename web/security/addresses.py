"""Addresses that a page may send people to."""

from urllib.parse import urlsplit

CHANGE_PASSWORD = "/preferences/mot-de-passe"


def inside(address: str) -> str:
    """The address when it is one of the room, else the start: nobody is sent elsewhere."""
    if not address.isprintable() or not address.startswith("/") or "\\" in address:
        return "/"
    parts = urlsplit(address)
    return "/" if parts.scheme or parts.netloc or address.startswith("//") else address
