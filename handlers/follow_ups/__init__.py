""" "kendala" and "tindak lanjut": why a figure is low or high, what is done about it, and when that is done."""

from handlers.follow_ups import open_ones, telling, words
from handlers.follow_ups.ending import END
from handlers.follow_ups.explaining import EXPLAIN, after_sending

__all__ = ["END", "EXPLAIN", "after_sending", "open_ones", "telling", "words"]
