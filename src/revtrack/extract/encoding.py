"""Which characters the bytes of a page mean: strict UTF-8 first, then what the page claims.

The order is byte order mark, strict UTF-8, UTF-8 with a few stray bytes, the page's own ``<meta>``,
the HTTP header, a detector: a page may declare a legacy charset and be UTF-8 all the same. Labels mean
what the WHATWG Encoding Standard says they mean (``iso-8859-1`` is windows-1252 …).
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

__all__ = ["begins_as_utf8", "declared_charset", "decode", "decoded", "encoding_of", "is_marked"]

# Labels whose meaning on the web differs from Python's codec of that name (WHATWG Encoding Standard).
_MEANT = """
cp1252: ascii us-ascii latin1 latin-1 l1 iso-8859-1 iso8859-1 iso_8859-1
cp1254: iso-8859-9 iso8859-9 latin5
cp874: iso-8859-11 tis-620 windows-874
gb18030: gb2312 gb_2312-80 gbk x-gbk
cp949: euc-kr ks_c_5601-1987 ksc5601 windows-949
cp932: shift_jis shift-jis sjis x-sjis windows-31j
big5hkscs: big5
euc_jp: x-euc-jp
mac_cyrillic: x-mac-cyrillic
mac_roman: macintosh
utf-8: utf-16 utf-16le utf-16be unicode
"""
# The last line: a page whose bytes could be read as ASCII far enough to find this label is not UTF-16.
_WEB_LABELS = {
    label: codec
    for codec, labels in [line.split(": ") for line in _MEANT.strip().splitlines()]
    for label in labels.split()
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARK_BYTES = tuple([mark for mark, _ in _MARKS])
_MARK_STARTS = frozenset([mark[:1] for mark, _ in _MARKS])
# What a page in two bytes a character begins with where it has no mark: a tag, blown up.
_WIDE = re.compile(rb"(?s:(?P<le><\0.\0)|\0<\0.)")
# How Japanese in seven bits goes over to two bytes a character; it comes back with ESC and a bracket.
_ESCAPED = re.compile(rb"\x1b\$[@B][^\x1b]{2}")
_WESTERN = frozenset({"cp1252", "cp1254", "iso8859-15", "mac-roman", "mac_roman"})
# A detector takes the country of the page for a hint: that of the language, where its code differs.
_COUNTRIES = {
    "ar": "eg", "be": "by", "cs": "cz", "da": "dk", "el": "gr", "et": "ee", "fa": "ir", "he": "il",
    "ja": "jp", "ko": "kr", "sl": "si", "sr": "rs", "sv": "se", "uk": "ua", "vi": "vn", "zh": "cn",
}  # fmt: skip
# Languages that Latin-1 lacks letters of: a page in one of them that declares it is mistaken, and the
# detector is asked.
_NOT_IN_LATIN_1 = re.compile(
    "ar|az|be|bg|bs|cs|el|eo|fa|he|hr|hu|hy|ja|ka|kk|ko|ky|lt|lv|mk|mn|mt|pl|ro|ru|sk|sl|sr|th|tr|uk|uz"
    "|vi|yi|zh"
)

# How far into a page its own declaration is looked for, in bytes (range: 1,024 asked by the standard,
# up to the whole page; large: late declarations are found, small: less to search). Pages of the gold
# sets declare as late as 5 kB.
_PRESCAN = 65_536
# Share of high bytes that cannot be UTF-8 below which a page is UTF-8 with stray bytes (range 0 to .5;
# large: more legacy pages are read as UTF-8, small: one bad byte flips a page). Legacy text has nearly
# all of its high bytes outside valid sequences, a stray byte stands among hundreds of valid ones.
_STRAY = 0.1
# Share of high bytes among letters above which a "western" declaration is doubted and the detector is
# asked (range 0 to 1; western languages stay below .1, Cyrillic, Greek and Arabic text is above .5).
_NOT_WESTERN = 0.3
# How much of a page is its beginning, in bytes (range 2 kB to the whole page): titles and descriptions
# are in it, and letters enough to know a western text.
_BEGINNING = 16_384
# How much of a page the detector sees, in bytes: more costs time and changes no answer.
_DETECT = 100_000

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_META = re.compile(
    rb"<meta\b[^>]{0,1000}?\bcharset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:+-]{2,40})", re.IGNORECASE
)
_XML = re.compile(
    rb"\A\s{0,99}<\?xml\b[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}[\"']([\w.:+-]{2,40})", re.IGNORECASE
)
_LANGUAGE = re.compile(
    rb"<html\b[^>]{0,1000}?\slang\s{0,9}=\s{0,9}[\"']?([a-z]{2})(?![a-z])", re.IGNORECASE
)
_HEADER = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:+-]{2,40})", re.IGNORECASE)
# It begins with one set of bytes: what is not in it is passed over ten times as fast as before
# alternatives.
_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xf4](?:(?<=[\xc2-\xdf])[\x80-\xbf]"
    rb"|(?<=[\xe0-\xef])[\x80-\xbf]{2}|(?<=[\xf0-\xf4])[\x80-\xbf]{3})"
)
_TAG = re.compile(rb"<[^<>]*>")
_HIGH = bytes(range(0x80, 0x100))
_LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def decode(page: bytes, *, content_type: str | None = None) -> tuple[str, str]:
    """The characters of *page*, and the name of the encoding that they were read with.

    *content_type* is the HTTP header's value, where there is one. Bytes that mean nothing in the
    encoding become U+FFFD: a page is never refused for its encoding.
    """
    encoding = encoding_of(page, content_type=content_type)
    return decoded(page, encoding), encoding


def decoded(page: bytes, encoding: str) -> str:
    """The characters of *page* in this encoding, without a byte order mark."""
    marks = [mark for mark, name in _MARKS if name == encoding]
    return page.removeprefix(*marks or (b"",)).decode(encoding, "replace")


def is_marked(page: bytes) -> bool:
    """Whether a byte order mark or an escape sequence may say how to read the bytes, UTF-8 or not."""
    return is_wide(page) or page.startswith(_MARK_BYTES) or (page.isascii() and b"\x1b" in page)


def is_wide(page: bytes) -> bool:
    """Whether the page is in UTF-16: it has its mark, or begins with a tag in two bytes a character."""
    return page.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _WIDE.match(page) is not None


def begins_as_utf8(page: bytes) -> bool:
    """Whether the page begins in UTF-8: most pages in a legacy encoding show themselves there."""
    try:
        codecs.utf_8_decode(page[:_BEGINNING], "strict", False)  # a character may be cut at the end
    except UnicodeDecodeError:
        return False
    return True


def encoding_of(page: bytes, *, content_type: str | None = None) -> str:
    """The name of the encoding that the bytes of *page* are in (a name that Python's codecs know)."""
    if page[:1] in _MARK_STARTS:
        for mark, name in _MARKS:
            if page.startswith(mark):
                return name
    if (wide := _WIDE.match(page)) is not None:
        return "utf-16-le" if wide["le"] else "utf-16-be"
    if page.isascii():
        # Japanese in seven bits is valid UTF-8 too: only its escapes tell.
        return "iso2022_jp" if _ESCAPED.search(page) is not None else "utf-8"
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(page, content_type)
    return "utf-8"


def declared_charset(page: bytes) -> str | None:
    """The codec that the page's own ``<meta>`` or XML declaration names, where Python knows it."""
    head = page[:_PRESCAN]
    end = head.rfind(b"-->") + 3  # behind it no comment ends, and looking for that took quadratic time
    head = _COMMENT.sub(b"", head[:end]) + head[end:]
    for pattern in (_XML, _META):
        for label in pattern.findall(head):
            if (name := _codec(label.decode("ascii", "replace"))) is not None:
                return name
    return None


def _codec(label: str) -> str | None:
    """The codec that the web means by *label*, or None where there is none."""
    label = label.strip().lower()
    label = _WEB_LABELS.get(label, label)
    try:
        b" ".decode(label, "replace")  # a LookupError too for codecs that are no charset, such as hex
    except (LookupError, ValueError):
        return None
    return codecs.lookup(label).name


def _legacy(page: bytes, content_type: str | None) -> str:
    """The encoding of bytes that are not strict UTF-8."""
    if _mostly_utf8(page):
        return "utf-8"
    header = _HEADER.search(content_type or "")
    for name in (declared_charset(page), _codec(header.group(1)) if header else None):
        if name is not None and name != "utf-8" and _fits(page, name):
            return name
    return _detected(page)


def _mostly_utf8(page: bytes) -> bool:
    """Whether nearly every high byte belongs to a valid sequence: UTF-8 with stray bytes."""
    high = len(page) - len(page.translate(None, _HIGH))
    valid = sum(map(len, _UTF8_SEQUENCE.findall(page)))
    return high - valid <= _STRAY * high


def _fits(page: bytes, name: str) -> bool:
    """Whether the bytes can be what the page claims: decodable, and in a script that it could be."""
    text = page.decode(name, "replace")
    high = len(page) - len(page.translate(None, _HIGH))
    if text.count("\ufffd") > _STRAY * high:
        return False
    if name not in _WESTERN:
        return True
    if name == "cp1252" and _NOT_IN_LATIN_1.fullmatch(_language_of(page)):
        return False
    # where even the first letters outweigh all high bytes, the rest of the page need not be looked at
    first = _letters(_TAG.sub(b" ", page[: page.rfind(b"<", 0, _BEGINNING) + 1]))
    if high <= _NOT_WESTERN * (high + first):
        return True
    shown = _TAG.sub(b" ", page)
    high = len(shown) - len(shown.translate(None, _HIGH))
    return high <= _NOT_WESTERN * (high + _letters(shown))


def _language_of(page: bytes) -> str:
    """The language that the page states, in two letters."""
    stated = _LANGUAGE.search(page, 0, _PRESCAN)
    return stated[1].decode().lower() if stated else ""


def _letters(text: bytes) -> int:
    return len(text) - len(text.translate(None, _LETTERS))


def _detected(page: bytes) -> str:
    """What the detector says of the text without its tags; Windows-1252 where it is at a loss."""
    label = _guessed(_TAG.sub(b" ", page[:_DETECT]), _language_of(page))
    name = _codec(label) if label else None
    return name if name is not None and name != "utf-8" else "cp1252"


def _guessed(text: bytes, language: str) -> str | None:
    """The label of the encoding that a detector finds, by the first one that is installed.

    Of 120 undeclared pages (19 languages, 30 encodings, one line and six) chardetng, the detector of a
    browser, reads all, chardet 7 too in 15 times the time, charset-normalizer 106, none at all 16.
    """
    with suppress(ModuleNotFoundError):
        from chardetng_py import EncodingDetector  # noqa: PLC0415 - few pages need it

        detector = EncodingDetector()
        detector.feed(text, last=True)
        country = _COUNTRIES.get(language, language).encode()
        return detector.guess(tld=country or None, allow_utf8=False)
    with suppress(ModuleNotFoundError):
        import chardet  # noqa: PLC0415 - costs 30 ms to import

        return chardet.detect(text)["encoding"]
    return None
