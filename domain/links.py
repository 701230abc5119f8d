"""Links as evidence (tautan): read from what was typed, shown with their host, never fetched.

A link may change after it was sent, and its host may be written so that it looks like another one; so a host with
letters beyond ASCII is shown in punycode.
"""

import ipaddress
import re
from urllib.parse import urlsplit

LONGEST = 500
"""Characters of a link that is kept."""
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_CLOSING = ".,;:!?)]}>\"'"
"""Signs that end a sentence rather than a link."""
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_SECURE, _PLAIN = "https", "http"


class BadLink(ValueError):
    """What begins like a link is none that can be kept."""


def find_links(text: str) -> tuple[str, ...]:
    """Whatever in a text begins with http:// or https://, in its order, without the signs of the sentence around it."""
    return tuple(dict.fromkeys(found.rstrip(_CLOSING) for found in _LINK.findall(text)))


def without_links(text: str) -> str:
    """The words around the links of a text, on one line."""
    return " ".join(_LINK.sub(" ", text).split())


def host_of(link: str) -> str:
    """The host of a link in ASCII, as it is shown (`drive.google.com`), with its port where it has one.

    Raises BadLink for one that is too long, has no proper host, holds a name and password or signs that are not shown.
    """
    if len(link) > LONGEST or not link.isprintable() or "\\" in link:
        raise BadLink("too long, or with signs that are not shown")
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError as refused:
        raise BadLink("not well-formed") from refused
    if parts.scheme not in (_SECURE, _PLAIN) or "@" in parts.netloc or not parts.hostname:
        raise BadLink("no plain web address")
    host = _ascii(parts.hostname)
    return host if port is None else f"{host}:{port}"


def _ascii(host: str) -> str:
    try:
        plain = host.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError as refused:
        raise BadLink("no host") from refused
    labels = plain.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels) or not (_is_name(labels) or _is_address(plain)):
        raise BadLink("no host")
    return plain


def _is_name(labels: list[str]) -> bool:
    """Whether it is a name of the net: of two parts at least, the last of which is no number."""
    return len(labels) > 1 and not labels[-1].isdigit() and len(".".join(labels)) <= 253


def _is_address(host: str) -> bool:
    try:
        return bool(ipaddress.IPv4Address(host))
    except ValueError:
        return False
