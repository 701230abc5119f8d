"""The Graph API through pywa, over an httpx client of our own. Everything that needs the access token is here."""

import logging
from http import HTTPStatus

import httpx
from pywa_async.client import WhatsApp

API_URL = "https://graph.facebook.com"
API_VERSION = "26.0"
"""Of the Graph API; Meta keeps each for about two years."""
TIMEOUT = 20.0
"""Seconds without a sign of life after which a call is given up."""
CONNECTIONS = 16
"""Sockets to the server; httpx gets slower with many (design.md 8)."""

# At DEBUG pywa writes what people are told, at WARNING advice to programmers; httpx writes every address at INFO.
for _name, _level in {
    "pywa": logging.ERROR,
    "pywa_async": logging.ERROR,
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
}.items():
    logging.getLogger(_name).setLevel(_level)


class Transport:
    """One number's access to the Graph API. Close it when done."""

    def __init__(self, token: str, phone_id: str, api_url: str = API_URL, timeout: float = TIMEOUT) -> None:
        """`api_url` is the server without a path, `timeout` in seconds. Raises ValueError without token or number."""
        if not token or not phone_id:
            raise ValueError("WhatsApp needs a token and the id of a number")
        self.http = httpx.AsyncClient(
            timeout=timeout,
            limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
            event_hooks={"response": [_check_shape]},
        )
        self.whatsapp = WhatsApp(phone_id=phone_id, token=token, session=self.http, api_version=API_VERSION)
        # pywa has no parameter for it and sets its own while it is built.
        self.http.base_url = httpx.URL(f"{api_url.rstrip('/')}/v{API_VERSION}")

    async def close(self) -> None:
        """Close the connections."""
        await self.http.aclose()


async def _check_shape(response: httpx.Response) -> None:
    """Raise HTTPStatusError for an error that is not the Graph API's: pywa stumbles over one of another shape."""
    if response.is_error:
        await response.aread()
        if not _is_graph_error(response):
            response.raise_for_status()


def _is_graph_error(response: httpx.Response) -> bool:
    try:
        error = response.json()["error"]
        int(error["code"])
        return isinstance(error["message"], str)
    except (ValueError, KeyError, TypeError):
        return False


def is_passing(status: int) -> bool:
    """Whether a status says that the same call may succeed later."""
    return status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in (
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
    )
