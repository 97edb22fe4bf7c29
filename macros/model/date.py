"""Dates: a day, a month or a year, as authors write them and as people read them."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, order=True)
class Date:
    """A day, or a month or year where the day is not known (ISO 8601: `2004-05-11`, `2004-05`, `2004`)."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        """Return the date as people write it: `11 May 2004`."""
        return " ".join(
            part for part in (str(self.day or ""), MONTHS[self.month - 1] if self.month else "", str(self.year)) if part
        )

    @property
    def iso(self) -> str:
        """The date as machines write it."""
        return f"{self.year:04}" + "".join(f"-{part:02}" for part in (self.month, self.day) if part)

    @property
    def plain(self) -> dict[str, str | int]:
        """The date as templates take it."""
        return {"iso": self.iso, "text": str(self), "year": self.year}

    @classmethod
    def read(cls, value: object) -> Date:
        """Read a date from YAML; raises `ValueError` with a sentence for the author."""
        if isinstance(value, Date):
            return value
        if isinstance(value, datetime.date):
            return cls(value.year, value.month, value.day)
        match = _DATE.fullmatch(str(value)) if isinstance(value, str | int) else None
        try:
            if match is None:
                raise ValueError
            found = cls(*(int(part) for part in match.groups() if part))
            datetime.date(found.year, found.month or 1, found.day or 1)
        except ValueError:
            meant = _meant(str(value))
            form = f"write {meant}" if meant else "write 2004-05-11, or 2004-05 where the day is not known"
            raise ValueError(f"'{value}' is no date{_excess(match)}: {form}") from None
        return found


def _excess(match: re.Match[str] | None) -> str:
    """Say which part of a date that is written rightly is too great, or too small."""
    if match is None:
        return ""
    year, month, day = (int(part or 1) for part in match.groups())
    if not 1 <= month <= 12:
        return f", since there is no month {month}"
    if year and not 1 <= day <= (most := calendar.monthrange(year, month)[1]):
        return f", since {MONTHS[month - 1]} {year} has {most} days"
    return ""


def _meant(value: str) -> str:
    """Return the date that a value says in another form than ours, if it can be nothing else; else the empty text."""
    found = re.findall(r"\d+", value)
    numbers = [int(number) for number in found if len(number) <= 4]
    if len(numbers) < len(found):
        return ""
    named = [number for number, name in enumerate(MONTHS, start=1) if re.search(rf"\b{name[:3]}", value, re.IGNORECASE)]
    if len(numbers) == 3 and numbers[0] > 31:
        year, month, day = numbers
    elif len(numbers) == 3:
        first, second, year = numbers
        month, day = (second, first) if first > 12 else (first, second) if second > 12 else (0, 0)
    elif named and len(numbers) in (1, 2):
        year, month, day = numbers[-1], named[0], numbers[0] if len(numbers) == 2 else 0
    else:
        return ""
    try:
        datetime.date(year, month, day or 1)
    except ValueError:
        return ""
    return Date(year, month, day).iso if year > 999 else ""
