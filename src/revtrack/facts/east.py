"""Facts in scripts without spaces, with numbers in digits or in East Asian numerals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache

from revtrack.facts.kinds import Clock, Fact, FactKind, date, era
from revtrack.facts.pieces import western
from revtrack.facts.units import MONEY, PERCENT, measured, symbol
from revtrack.facts.vocabulary import Words
from revtrack.model import Span

__all__ = ["dense_clocks", "dense_dates", "dense_eras", "dense_quantities", "dense_words"]

# ------------------------------------------------------------------------------------------ numerals

_KOREAN = "일이삼사오육칠팔구십백천만억조"
"""The digits and the scales of Korean, in order."""
_SCALES = (("兆", 10**12), ("조", 10**12), ("億亿억", 10**8), ("万萬만", 10**4))
_TENS = (("千천", 1000), ("百백", 100), ("十십", 10))
_DIGITS = {
    c: n
    for n, row in enumerate("〇零영 一일 二两兩이 三삼 四사 五오 六육 七칠 八팔 九구".split())  # noqa: SIM905 - shorter
    for c in row
}
_NUMERALS = "〇零一二两兩三四五六七八九十百千万萬億亿兆만억조천백십"
_SMALL = r"\d{1,2}|[二三四五]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_KOREAN_TENS = rf"[이삼사오]?십[{_KOREAN[:9]}]?"
"""Small numbers, with which days and hours are counted."""


def _number(written: str) -> Fraction | None:
    """The number in digits and East Asian numerals: *2億5000万*, *二十五*, *12만*."""
    text = western(written).replace(",", "").replace("，", "").replace(" ", "")
    return _scaled_by(text, _SCALES, lambda part: _scaled_by(part, _TENS, _plain))


def _scaled_by(
    text: str, scales: Sequence[tuple[str, int]], read: Callable[[str], Fraction | None]
) -> Fraction | None:
    """The sum of what is before each sign of a scale, so many times, and of the rest."""
    total = Fraction(0)
    for signs, scale in scales:
        place = next((n for n, c in enumerate(text) if c in signs), -1)
        if place >= 0:
            part = read(text[:place])
            if part is None:
                return None
            total += (part or Fraction(1)) * scale
            text = text[place + 1 :]
    rest = read(text)
    return None if rest is None else total + rest


def _plain(text: str) -> Fraction | None:
    digits = "".join([str(_DIGITS.get(c, c)) for c in text])
    if not digits:
        return Fraction(0)
    whole, _, part = digits.partition(".")
    part = part.replace(".", "")  # of a version, 2.1.3, the figures count
    if not (whole + part).isascii() or not (whole + part).isdigit():
        return None
    return Fraction(int(whole + part), 10 ** len(part))


def _small(written: str | None) -> int | None:
    """A small number; two months of Korean have words of their own."""
    return ({"유": 6, "시": 10}.get(written) or int(_number(written) or 0)) if written else None


# ---------------------------------------------------------------------------------- dates and times

_DATE = re.compile(
    rf"(?:(\d{{4}}) ?[年년] ?)?(?:({_SMALL}) ?[月월] ?)(?:({_SMALL}) ?[日号일])?"
    r"|(\d{4}) ?[年년]|(\d{1,2}) ?[日号일]"
    rf"|(?<!\w)([일이삼사오유칠팔구시]|십[일이])월 ([{_KOREAN[:9]}]|{_KOREAN_TENS})일"
)
_HALF_DAYS = {
    **dict.fromkeys("午前 上午 오전 早上 凌晨 清晨 朝 새벽 아침".split(), 0),  # noqa: SIM905 - shorter
    **dict.fromkeys("午後 下午 오후 晚上 傍晚 夜 夕方 저녁 밤".split(), 12),  # noqa: SIM905 - shorter
}
_KOREAN_HOURS = "한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두".split()  # noqa: SIM905 - shorter
_CLOCK = re.compile(
    rf"({'|'.join(_HALF_DAYS)})? ?"
    rf"(?:({_SMALL}|两|{_KOREAN_TENS})|(?<!\w)({'|'.join(_KOREAN_HOURS[::-1])})(?= ?시[에까부쯤경 ,.]))"
    rf" ?[時时点點시](?!間|间|間)(?: ?({_SMALL}|{_KOREAN_TENS}) ?[分분]|半| ?반)?"
)
_HOURS, _MIDDAY = 24, 12
_ERA = re.compile(
    rf"(?<!\d)(\d{{1,4}}|[一二三四五六七八九十]{{1,3}}|(?<!\w)[{_KOREAN[:10]}]{{1,3}}) ?"
    r"(?:(世[纪紀]|세기)|年代|년대)"
)


def dense_eras(text: str, _: Words) -> Iterator[Fact]:
    """Centuries and decades: *80年代*, *21世紀*."""
    for match in _ERA.finditer(text):
        yield from era(int(_number(match[1]) or 0), Span(*match.span()), century=bool(match[2]))


def dense_dates(text: str, _: Words) -> Iterator[Fact]:
    """Days in full or in part: *2025年5月6日*, *五月六日*, *오월 육일*."""
    for match in _DATE.finditer(text):
        said = [*map(_small, match.groups())]
        year, month, day = said[0] or said[3], said[1] or said[5], said[2] or said[4] or said[6]
        yield from date(year, month, day, Span(*match.span()))


def dense_clocks(text: str, _: Words) -> Iterator[Fact]:
    """Times of day: *午後4時*, *下午四点半*, *세 시*."""
    text = western(text)
    for match in _CLOCK.finditer(text):
        half, number, korean, minutes = match.groups()
        if not ((number or "").isdigit() or half or korean or minutes):
            continue  # 一点 is a little
        hour = _KOREAN_HOURS.index(korean) + 1 if korean else _small(number) or 0
        hour = hour % _MIDDAY + _HALF_DAYS[half] if half and hour <= _MIDDAY else hour
        minute = 30 if match.group().endswith(("半", "반")) else _small(minutes) or 0
        if hour <= _HOURS:
            yield Fact(FactKind.TIME, Clock(hour % _HOURS, minute), Span(*match.span()))


def dense_words(text: str, words: Words) -> Iterator[Fact]:
    """Weekdays and words such as *yesterday*, each once."""
    for word in words.date_words:
        place = text.find(word)
        if place >= 0:
            yield Fact(FactKind.DATE, words.day_of(word), Span(place, place + len(word)))


# --------------------------------------------------------------------------------------- quantities

_QUANTITY = re.compile(
    rf"[\d.,]*[\d{_NUMERALS}]"
    rf"(?:[\d.,{_NUMERALS}]| (?=\d{{1,4}}[만억천백])|(?<=[만억천]) (?=\d{{1,4}}(?!\d)))*"
)
_LATIN_UNIT = re.compile(r"[a-zA-ZµμΩ]{1,4}(?![a-zA-Z])")


def dense_quantities(text: str, words: Words, taken: bytearray) -> Iterator[Fact]:
    """The quantities of *text* where nothing is *taken*: *아홉 명*, *三成*, *2億5000万円*."""
    for number, unit, span in _count_words(text, words) if words.numbers else ():
        if not any(taken[span.start : span.stop]):
            taken[span.start : span.stop] = b"\1" * len(span)
            yield Fact(FactKind.QUANTITY, measured(number, unit), span)
    for match in _QUANTITY.finditer(text):
        start, stop = match.span()
        written = match.group().rstrip(".,")
        stop += bool(words.numbers) and text.startswith(" ", stop)  # 30억 원
        counted = next((unit for unit in words.units if text.startswith(unit, stop)), "")
        bare = not any(c.isdigit() for c in written if c.isascii() or c > "\uff00")
        bare = bare and text[start - 1 : start] not in {"第", "제"}
        value = _number(written)
        if taken[start] or (bare and len(written) < 2 and not counted) or value is None:
            continue
        latin = _LATIN_UNIT.match(text, stop)
        counted = counted or (latin[0] if latin and symbol(latin[0]) else "")
        before = text[max(0, start - 3) : start]
        unit = words.units.get(counted) or symbol(counted)
        unit = unit or (PERCENT if words.units.get(before) == PERCENT else "")  # 百分之三十
        unit = before[-1:] if before[-1:] in MONEY else unit
        end = stop + len(counted) if counted else start + len(written)
        yield Fact(FactKind.QUANTITY, measured(value, unit), Span(start, end))


def _count_words(text: str, words: Words) -> Iterator[tuple[Fraction, str, Span]]:
    """The numbers in words before what they count, each with its unit: *아홉 명*, *삼십억 원*."""
    whole, each = _counting(words)
    for match in whole.finditer(text):
        number = Fraction(sum([int(words.numbers[one]) for one in each.findall(match[1] or "")]))
        read = number if match[1] else _number(match[2])
        if read is not None:
            yield read, words.units[match[3]], Span(*match.span())


@cache
def _counting(words: Words) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds such numbers with what they count, and the words of one."""
    spelt, units = (
        "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
        for names in (words.numbers, words.units)
    )
    whole = rf"(?<!\w)(?:((?:{spelt})+)|([{_KOREAN}]{{2,}})) ?({units})"
    return re.compile(whole), re.compile(spelt)
