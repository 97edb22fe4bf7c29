"""LaTeX: the values of BibTeX as the text that they stand for, as far as it can be told what that is."""

import re
import unicodedata
from html import unescape

from ..text.line import one_line

_MARKS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_SIGNS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ",
    "NG": "Ŋ", "S": "§", "P": "¶", "pounds": "£", "euro": "€", "copyright": "©", "dots": "…", "ldots": "…",
    "textendash": "–", "textemdash": "—", "textquotesingle": "'", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "textasciitilde": "~", "textbackslash": "\\",
    "textregistered": "®", "texttrademark": "™", "textellipsis": "…", "textdegree": "°", "texteuro": "€",
    "slash": "/", "newline": " ", "quad": " ", "LaTeX": "LaTeX", "TeX": "TeX",
}  # fmt: skip
_STYLES = "emph|text(?:it|bf|sc|rm|tt|sf|sl|up|normal|md)|mkbib(?:emph|bold)|mbox|url|path|nolinkurl|uppercase"
_SWITCHES = "it|em|bf|sc|rm|tt|sf|sl|itshape|bfseries|scshape|upshape|normalfont|relax|protect|nobreak"
_LATEX = re.compile(
    r"""\\?(?P<entity>&(?:\#\d{1,7}|\#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"""
    r"""|\\(?P<mark>[`'^~=."]|[uHvdckbr](?![A-Za-z]))[ ]?(?:\{\\?(?P<inner>[^\W\d_])\}|\\?(?P<letter>[^\W\d_]))"""
    rf"""|\\(?P<sign>{"|".join(sorted(_SIGNS, key=len, reverse=True))})(?![A-Za-z])(?:\{{\}}|[ ])?"""
    rf"""|\\(?:(?:{_STYLES})(?=[ ]?\{{)|(?:{_SWITCHES})(?![A-Za-z])[ ]?)"""
    r"""|\\(?P<escaped>[&%$#_{}])|\\(?P<space>[\\, ;~])|\\[-/!@]"""
    r"""|(?P<wrong>\\[A-Za-z]+|\\.|\\$|\$[^$\n]{0,200}[\\^_][^$\n]{0,200}\$"""
    r"""|</?(?:i|em|b|strong|sub|sup|span|br|p|a|u|sc|small|cite)\b[^<>]{0,200}>)"""
    r"""|(?P<dash>-{2,3})|(?P<open>``)|(?P<close>'')|(?P<tie>(?<=\S)~(?=\S))|[{}]"""
)


def plain(value: str) -> str:
    """Return a value of BibTeX as text on one line: letters for their commands, signs for what is escaped.

    Braces and styles are left out.  Raises `ValueError` with a sentence for the author where a command, a formula or
    HTML may say something that would be lost.
    """
    value = unicodedata.normalize("NFC", _LATEX.sub(_plain, value))
    return one_line(" ".join(value.split()))


def _plain(match: re.Match[str]) -> str:
    kind, found = match.lastgroup, match[0]
    if match["entity"]:
        return unescape(match["entity"])
    if match["mark"]:
        return (match["inner"] or match["letter"]) + _MARKS[match["mark"]]
    if match["sign"]:
        return _SIGNS[match["sign"]]
    if kind == "wrong":
        what = "HTML" if found.startswith("<") else "LaTeX"
        raise ValueError(
            f"'{found}' is {what}, which is not read: write the letters, signs or words that it stands for"
        )
    if kind == "dash":
        return "–" if len(found) == 2 else "—"
    return {"escaped": match["escaped"], "space": " ", "tie": " ", "open": "“", "close": "”"}.get(kind or "") or ""
