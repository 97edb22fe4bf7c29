"""Encoding: the bytes of a page as text, found as browsers find it.

The order is that of the HTML standard: a byte order mark, what the server says, what the page says of itself, and a
guess.  Two things are done better: what is UTF-8 without a fault is read as UTF-8, whatever is said of it, for no
other encoding makes such bytes by chance; and where nothing is said, East Asian encodings are told from each other by
the signs that their texts have.
"""

import codecs
import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from charset_normalizer import from_bytes

_BEGINNING = 4096  # bytes in which a page names its encoding
_DECLARED = re.compile(
    rb"""<meta[^<>]*?charset\s*+=\s*+["']?\s*+([\w:.-]+)|<\?xml[^<>]*?encoding\s*+=\s*+["']([\w:.-]+)""", re.IGNORECASE
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What browsers read under these names, beside the names that Python knows.
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "gb2312": "gb18030",
    "gbk": "gb18030", "euc_kr": "cp949", "ks_c_5601-1987": "cp949", "x-euc-jp": "euc_jp", "big5": "big5hkscs",
    "iso-8859-8-i": "iso8859_8", "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8",
}  # fmt: skip
_PLAIN = rb"<p>+AGE- \u0041"
"""What every encoding of pages reads as it stands."""
# Of a page that names no encoding but its language: the table of the HTML standard.
_BY_LANGUAGE = {
    **dict.fromkeys(("be", "bg", "kk", "ky", "mk", "ru", "sr", "tg", "tt", "uk"), "cp1251"),
    **dict.fromkeys(("bs", "cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"), "cp1250"),
    **dict.fromkeys(("et", "lt", "lv"), "cp1257"),
    **dict.fromkeys(("ar", "fa", "ur"), "cp1256"),
    "el": "cp1253", "he": "cp1255", "th": "cp874", "tr": "cp1254", "vi": "cp1258",
}  # fmt: skip
_LANGUAGE = re.compile(rb"""<html[^<>]*?\blang\s*=\s*["']?([a-z]{2})""", re.IGNORECASE)
_JAPANESE_MAIL = re.compile(rb"\x1b\$[@B]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fc]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_BY_LETTERS = (("euc_jp", _KANA, 0.2), ("cp932", _KANA, 0.2), ("cp949", _HANGUL, 0.9))
# Of the signs of its script, those that a text in it has almost alone: first bytes of the common ones.
_COMMON = (("gb18030", range(0xB0, 0xD8)), ("big5hkscs", range(0xA4, 0xC7)))
_MOST_COMMON = 0.75
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[a-zA-ZÀ-ɏ]")


def decode(content: bytes, charset: str = "") -> tuple[str, str]:
    """Return a page's text, and what a contributor should know of its encoding; `charset` is what the server says."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace"), ""
    declared = _known(charset) or _known(_own(content))
    if _JAPANESE_MAIL.search(content) and declared in ("", "utf-8", "iso2022_jp"):
        return content.decode("iso2022_jp_2", "replace"), ""
    with suppress(UnicodeDecodeError):
        return content.decode("utf-8"), ""
    if declared and declared != "utf-8":
        text = _read(content, declared)
        return text, _said(text, declared)
    text = content.decode("utf-8", "replace")
    if text.count("\ufffd") * 10 < sum(sign > "\x7f" for sign in text):  # a slip in what is UTF-8 otherwise
        return text, _said(text, "utf-8")
    guessed = _guessed(content)
    text = _read(content, guessed)
    return text, f"it does not say its encoding rightly; read as {guessed}, so look at letters with accents"


def _own(content: bytes) -> str:
    found = _DECLARED.search(content[:_BEGINNING])
    return (found[1] or found[2]).decode("ascii") if found else ""


def _known(name: str) -> str:
    try:
        found = codecs.lookup(name.strip().strip("\"'")).name
    except (LookupError, ValueError):
        found = name.strip().lower()
        return _MEANT.get(found, "")
    if found in _MEANT:
        return _MEANT[found]
    try:  # Python knows names of much that is no encoding of a page, as `hex`, `rot13` and `unicode_escape`
        return found if _PLAIN.decode(found, "replace") == _PLAIN.decode("ascii") else ""
    except (LookupError, ValueError):
        return ""


def _read(content: bytes, name: str) -> str:
    if name == "cp1252":  # the five bytes that it does not use are themselves
        return (
            "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in content)
            if any(byte in content for byte in b"\x81\x8d\x8f\x90\x9d")
            else content.decode("cp1252")
        )
    return content.decode(name, "replace")


def _said(text: str, name: str) -> str:
    count = text.count("\ufffd")
    return f"{count} signs of it cannot be read as {name}, the encoding that it names, and show as �" if count else ""


def _guessed(content: bytes) -> str:
    language = _LANGUAGE.search(content[:_BEGINNING])
    by_language = _BY_LANGUAGE.get(language[1].decode().lower()) if language else None
    if by_language:
        return by_language
    for name, pattern, least in _BY_LETTERS:
        if _share(content, name, pattern.match) >= least:
            return name
    shares = [(_share(content, name, partial(_is_common, name, common)), name) for name, common in _COMMON]
    if max(shares)[0] >= _MOST_COMMON:
        return max(shares)[1]
    best = from_bytes(content).best()
    text = str(best) if best else ""
    is_latin = len(_LATIN.findall(text)) * 2 > sum(map(str.isalpha, text))
    return "cp1252" if is_latin or not best else _known(best.encoding)


def _share(content: bytes, name: str, is_common: Callable[[str], object]) -> float:
    """Return how many of the letters beyond ASCII are such as texts in an encoding have, or 0 if it is not that."""
    try:
        foreign = [sign for sign in content.decode(name) if sign > "\x7f" and sign.isalpha()]
    except UnicodeDecodeError:
        return 0.0
    return sum(bool(is_common(sign)) for sign in foreign) / len(foreign) if foreign else 0.0


def _is_common(name: str, common: range, sign: str) -> bool:
    return bool(_IDEOGRAPH.match(sign)) and sign.encode(name, "replace")[0] in common
