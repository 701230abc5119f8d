"""Readers written in Rust give up on some damaged files by a panic, which is no Exception: nothing else catches it."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

_PANIC = "PanicException"
"""The name of its class, which pyo3 lets nobody import."""


@contextmanager
def panic_as(refusal: Callable[[], Exception]) -> Generator[None]:
    """Raise `refusal` instead of a panic."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise refusal() from error
