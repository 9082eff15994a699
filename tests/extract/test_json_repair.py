"""JSON as pages have it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.extract.json_repair import values

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(ANY)
def test_sound_json_is_what_it_says(value: object) -> None:
    """Nothing is mended where nothing is broken."""
    assert values(json.dumps(value)) == [value]


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ('{"a": [1, 2,], "b": {"c": 3,},}', [{"a": [1, 2], "b": {"c": 3}}]),
        ('{"a": 1,, "b": 2}', []),
        ('<!-- {"a": "b"} -->', [{"a": "b"}]),
        ('//<![CDATA[\n{"a": "b"}\n//]]>', [{"a": "b"}]),
        ('/*<![CDATA[*/{"a": "b"}/*]]>*/', [{"a": "b"}]),
        (
            '{"a": "https://b.example/", // for c\n "d": /* 4 */ 5}',
            [{"a": "https://b.example/", "d": 5}],
        ),
        ('{"a": 1}{"b": 2}', [{"a": 1}, {"b": 2}]),
        ('{"a": 1},\n{"b": 2};', [{"a": 1}, {"b": 2}]),
        ('{"a": "said "no" to it", "b": "c"}', [{"a": 'said "no" to it', "b": "c"}]),
        ("{'a': 'the \"old\" quay', 'b': [1]}", [{"a": 'the "old" quay', "b": [1]}]),
        ('{"a": "it\\\'s \\x \\u12"}', [{"a": "it's x u12"}]),
        ('{"a": "one\ntwo\tthree"}', [{"a": "one\ntwo\tthree"}]),
        ("{&quot;a&quot;: &quot;b&quot;}", [{"a": "b"}]),
        ('\ufeff{"a": 1}', [{"a": 1}]),
        ('{"a": {"b": [1, 2', [{"a": {"b": [1, 2]}}]),
        ('{"a": 1}}, "b": 2}', [{"a": 1}]),
        ("{a: 1}", []),
        ('{"a": undefined}', []),
        ("", []),
    ],
)
def test_what_is_broken_in_a_usual_way_is_mended(broken: str, meant: list[object]) -> None:
    """Comments, idle commas, forgotten escapes and quotation marks, several values, open brackets."""
    assert values(broken) == meant


@given(st.text() | st.text("{}[]\",:'/*\\ \n-<>!a1", max_size=60))
def test_no_text_is_a_crash(source: str) -> None:
    """Whatever stands there, it is read or left out."""
    assert isinstance(values(source), list)
