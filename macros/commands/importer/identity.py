"""Identity: whether a text is the document that a record describes, by title, date and participants."""

import re
from collections.abc import Iterator
from functools import cache

from babel import Locale

from ...model.date import Date
from ...model.front import DeclarationFront
from ...text.words import fold
from .extraction import Extracted

_LANGUAGES = "en de fr es it pt nl da sv nb fi pl cs sk sl hr hu ro lt lv et el ru uk bg tr id".split()
_ERAS = ((2018, "令和"), (1988, "平成"), (1925, "昭和"))
_SMALL_WORDS = frozenset(
    "a an and at by for from in of on or the to with der die das und le la les de des du et el y".split()
)
_SOME_DATE = re.compile(
    r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}\.? (?:de )?[^\W\d_]{3,12}\.? (?:de )?[12]\d{3}\b"
    r"|\b[^\W\d_]{3,9}\.? \d{1,2}, [12]\d{3}\b"
    r"|\b\d{1,2}[./]\d{1,2}[./][12]\d{3}\b|(?:\d{4}|(?:令和|平成|昭和)[\d元]+)年\d{1,2}月\d{1,2}日"
)
_SHOWN = 3  # dates that a message names


def disagreements(extracted: Extracted, front: DeclarationFront, address: str = "") -> dict[str, str]:
    """Say in what a text differs from the document that is asked for: `title`, `date`, `participants`, `language`.

    The language is that which the record says of the text at this address, or of any of its official texts.
    """
    everything = fold(f"{extracted.title} {extracted.everything}").lower()
    found = {}
    words = [word for word in re.findall(r"\w{2,}", fold(front.title).lower()) if word not in _SMALL_WORDS]
    missing = [word for word in words if word not in everything]
    if len(missing) > len(words) // 3:
        found["title"] = f"its title “{front.title}” does not stand on it, which calls itself “{extracted.title}”"
    if not written(front.date).search(everything):
        dates = list(dict.fromkeys(match[0] for match in _SOME_DATE.finditer(extracted.everything)))[:_SHOWN]
        found["date"] = f"the date {front.date} does not stand on it" + (f" ({', '.join(dates)} do)" if dates else "")
    names = [fold(person.name).lower().split()[-1] for person in front.participants]
    absent = [person.name for person, name in zip(front.participants, names, strict=True) if name not in everything]
    if names and len(absent) > len(names) / 2:
        found["participants"] = f"it does not name {', '.join(absent)}"
    here = [official.language for official in front.official if official.url == address]
    declared = here or [*filter(None, (front.language,)), *(official.language for official in front.official)]
    if extracted.languages and declared and not {code[:2] for code in declared} & {*extracted.languages}:
        said = " or ".join(dict.fromkeys(declared))
        found["language"] = f"its words are in '{extracted.languages[0]}', and the record says '{said}'"
    return found


@cache
def _months(month: int) -> str:
    """Return a pattern of a month's names, folded and in lower case."""
    return "|".join(sorted({re.escape(name) for name in _names(month)}, key=len, reverse=True))


def _names(month: int) -> Iterator[str]:
    for language in _LANGUAGES:
        months = Locale(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                if name := fold(str(months[context][width][month])).lower().rstrip("."):
                    yield name


def written(date: Date) -> re.Pattern[str]:
    """Return a pattern of the ways in which pages write a date, folded and in lower case."""
    if not date.month:
        return re.compile(rf"\b{date.year}\b|{_era(date.year)}年")
    between = r"(?:\.|,|\s|\bde\b|\bof\b|\bdel\b|st\b|nd\b|rd\b|th\b|er\b|º|ª|\bday\b){1,8}"
    month, day = f"(?:{_months(date.month)})", rf"0?{date.day}" if date.day else r"\d{1,2}"
    optional = "" if date.day else "?"
    numbers = (
        rf"|\b{day}[./-]\s?0?{date.month}[./-]\s?{date.year}\b|\b0?{date.month}/{day}/{date.year}\b" if date.day else ""
    )
    return re.compile(
        rf"\b{date.iso}\b|(?:{date.year}|{_era(date.year)})年\s?{date.month}月(?:\s?{day}日){optional}"
        rf"|(?<!\d)(?:{day}{between}){optional}\b{month}\b{between}{date.year}\b"
        rf"|\b{month}\b\.?\s(?:{day}(?:st|nd|rd|th)?,?\s){optional}{date.year}\b{numbers}"
    )


def _era(year: int) -> str:
    return (
        "|".join(
            rf"{name}\s?(?:{year - first}{'|元' if year - first == 1 else ''})" for first, name in _ERAS if year > first
        )
        or "(?!)"
    )
