"""What stands below every picture, given by whoever asks for it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Footer:
    """The origin of a picture, in words.

    `period` is the period as people say it ("Maret 2022"), `made` the local time with its zone
    ("29 Maret 2022 10.42 WITA"), `snapshot` the number of the snapshot whose figures are drawn.
    """

    period: str
    made: str
    snapshot: int
