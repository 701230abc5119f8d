""" "waktu": more time for a period, asked with a reason and decided by a superior with one tap (domain.md 5)."""

from handlers.more_time.asking import MORE_TIME, Draft, Step, start
from handlers.more_time.deciding import agree, decline

__all__ = ["MORE_TIME", "Draft", "Step", "agree", "decline", "start"]
