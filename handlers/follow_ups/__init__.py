""" "kendala" and "tindak lanjut": why a figure is low or high, what is done about it, and when that is done."""

from handlers.follow_ups.explaining import EXPLAIN, after_sending

__all__ = ["EXPLAIN", "after_sending"]
