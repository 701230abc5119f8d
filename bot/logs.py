"""Structured logs: one line of JSON an event, without personal data and without secrets."""

import logging
import sys

from bot.late import without
from bot.log_errors import told

with without("rich"), without("greenlet"):  # 6 MB, for errors in colours and for threads that we do not have
    import structlog

_CHATTY = ("apscheduler", "aiohttp.access", "uvicorn.access", "telegram.ext", "aiobotocore", "botocore", "s3fs")
"""Libraries of which only warnings are told; those of S3 would tell keys and signatures, too."""


def set_up_logs(level: str) -> None:
    """Send our events and the libraries' to standard error as JSON lines."""
    number = logging.getLevelNamesMapping()[level]
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(told),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(number)
    for chatty in _CHATTY:
        logging.getLogger(chatty).setLevel(max(number, logging.WARNING))
