"""Days from one to another: Ramadan, a leave, a duty trip."""

from dataclasses import dataclass
from datetime import date

from domain.refusals import BadSetting, Between


@dataclass(frozen=True)
class DaySpan:
    """The local days from `first` to `last`, both counted. Raises BadSetting where it ends before it begins."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise BadSetting(
                f"days that begin on {self.first} cannot end on {self.last}",
                field="last",
                given=self.last,
                allowed=Between(self.first, date.max),
            )

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last
