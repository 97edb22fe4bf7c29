"""Languages: their codes (BCP 47), which browsers and readers for the ear go by."""

import re

_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def code_of(text: str) -> str:
    """Return the code of a language; raises `ValueError` with a sentence for the author, as for `English`."""
    if not _CODE.fullmatch(text):
        raise ValueError(f"'{text}' is no code of a language: write its code, as `en` for English, or `zh-Hant`")
    return text
