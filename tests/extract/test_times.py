"""Times as pages state them."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.extract.times import read_time


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2024-01-08T07:00:00Z", "2024-01-08T07:00:00+00:00"),
        ("2024-01-08t07:00:00z", "2024-01-08T07:00:00+00:00"),
        ("2024-01-08T07:00:00.123456789Z", "2024-01-08T07:00:00.123456+00:00"),
        ("2024-01-08T07:00+0100", "2024-01-08T07:00:00+01:00"),
        ("2024-01-08 07:00:00 +01:00", "2024-01-08T07:00:00+01:00"),
        ("2024-01-08T7:00-05", "2024-01-08T07:00:00-05:00"),
        ("2024-01-08T07:00:00+01:00[Europe/Berlin]", "2024-01-08T07:00:00+01:00"),
        ("2024-01-08 07:00 UTC", "2024-01-08T07:00:00+00:00"),
        ("2024-01-08 07:00:00 EST", "2024-01-08T07:00:00-05:00"),
        ("2024-01-08T07:00:00", "2024-01-08T07:00:00"),
        ("2024/01/08 07:00", "2024-01-08T07:00:00"),
        ("2024-1-8", "2024-01-08T00:00:00"),
        ("20240108", "2024-01-08T00:00:00"),
        ("20240108070000", "2024-01-08T07:00:00"),
        ("202401080700", "2024-01-08T07:00:00"),
        ("20240108T070000Z", "2024-01-08T07:00:00+00:00"),
        ("1704697200", "2024-01-08T07:00:00+00:00"),
        ("1704697200000", "2024-01-08T07:00:00+00:00"),
        ("1704070512345", "2024-01-01T00:55:12+00:00"),
        ("Mon, 08 Jan 2024 07:00:00 +0100", "2024-01-08T07:00:00+01:00"),
        ("Mon, 08 Jan 2024 07:00:00 GMT", "2024-01-08T07:00:00+00:00"),
        ("Mon Jan 08 2024 07:00:00 GMT+0100 (CET)", "2024-01-08T07:00:00+01:00"),
        ("2024年1月8日 07:00", "2024-01-08T07:00:00"),
        ("2024년 1월 8일", "2024-01-08T00:00:00"),
        ("January 8, 2024", "2024-01-08T00:00:00"),
        ("Monday, January 8th, 2024 at 7:05 PM", "2024-01-08T19:05:00"),
        ("Jan. 8, 2024 12:05 a.m. ET", "2024-01-08T00:05:00"),
        ("Sept. 8, 2024", "2024-09-08T00:00:00"),
        ("8 January 2024, 19:00", "2024-01-08T19:00:00"),
        ("٢٠٢٤-٠١-٠٨", "2024-01-08T00:00:00"),
        ("08.01.2024 07:00", "2024-01-08T07:00:00"),
    ],
)
def test_every_usual_form_is_read_with_its_zone_or_none(stated: str, expected: str) -> None:
    """ISO 8601 and what passes for it, mail's form, English dates, day first with dots, numbers."""
    found = read_time(stated)
    assert found == datetime.fromisoformat(expected)
    assert found is not None
    assert found.utcoffset() == datetime.fromisoformat(expected).utcoffset()


@pytest.mark.parametrize(
    "stated",
    [
        *("", "yesterday", "2024", "2024-13-45", "2024-01-08T25:00", "05/10/2024", "12 Marzo 2024"),
        *("0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "10203040"),
        *("2024-01-08T07:00:00+99:00x", "99999999999999"),
    ],
)
def test_what_states_no_time(stated: str) -> None:
    """Clocks that were never set, days or months that there are not, and what could be two days."""
    assert read_time(stated) is None


@given(st.text(max_size=60) | st.text("0123456789-:TZ+. amp/", max_size=40))
def test_any_text_is_a_time_or_none(stated: str) -> None:
    """No statement is a crash."""
    found = read_time(stated)
    assert found is None or isinstance(found, datetime)
