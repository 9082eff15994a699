"""Encodings: what the bytes of a page mean."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import pytest

from revtrack.extract import extract
from revtrack.extract.encoding import declared_charset, encoding_of
from revtrack.model import Capture, Snapshot

from .pages import page

RUSSIAN = (
    "<p>Городской совет решил в понедельник закрыть старый мост на зиму, сообщили чиновники.</p>" * 3
)
JAPANESE = "<p>市議会は月曜日、古い旋回橋を冬の間閉鎖することを決めたと、当局者が述べた。</p>" * 3
KOREAN = "<p>시의회는 월요일 낡은 다리를 겨울 동안 폐쇄하기로 결정했다고 관계자들이 말했다.</p>" * 3
CHINESE = "<p>市议会星期一决定在冬季关闭旧的平旋桥，官员们说，渡轮将运送乘客直到四月。</p>" * 3
FRENCH = (
    "<p>Le conseil a décidé lundi de fermer le pont pour l'hiver, a-t-on appris à la mairie.</p>" * 3
)


@pytest.mark.parametrize(
    ("body", "declared", "real"),
    [
        (RUSSIAN, "windows-1251", "cp1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (JAPANESE, "shift_jis", "cp932"),
        (JAPANESE, "euc-jp", "euc_jp"),
        (JAPANESE, "iso-2022-jp", "iso2022_jp"),
        (KOREAN, "euc-kr", "cp949"),
        (CHINESE, "gb2312", "gb18030"),
        (FRENCH, "iso-8859-1", "cp1252"),
        (RUSSIAN, "iso-8859-1", "utf-8"),
        (FRENCH, "shift_jis", "utf-8"),
        (RUSSIAN, "iso-8859-1", "cp1251"),
    ],
)
def test_declared_rightly_or_wrongly(body: str, declared: str, real: str) -> None:
    """The bytes decide; a true declaration is believed, a false one is found out."""
    html = page(body, head=f"<script charset='utf-7'></script><meta charset='{declared}'>")
    assert body[3:30] in extract(html.encode(real)).text


def test_an_undeclared_legacy_page_is_detected() -> None:
    """Without any declaration the detector speaks."""
    assert RUSSIAN[3:30] in extract(page(RUSSIAN).encode("cp1251")).text


@pytest.mark.parametrize("missing", [(), ("chardetng_py",), ("chardetng_py", "chardet")])
def test_a_detector_that_is_not_installed(
    missing: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a detector an undeclared page is read as windows-1252, and a declared one as ever."""
    here = [name for name in ("chardetng_py", "chardet") if find_spec(name) and name not in missing]
    for name in missing:
        monkeypatch.setitem(sys.modules, name, None)
    undeclared = extract(page(RUSSIAN).encode("cp1251")).encoding
    assert undeclared == ("cp1251" if here else "cp1252")
    declared = page(RUSSIAN, head="<meta charset=windows-1251>").encode("cp1251")
    assert RUSSIAN[3:30] in extract(declared).text


def test_the_header_speaks_where_the_page_does_not() -> None:
    """The HTTP header's charset is used when the page names none."""
    snapshot = Snapshot(Capture(None, None), page(FRENCH).encode("cp1252"), "text/html; charset=latin1")
    article = extract(snapshot)
    assert article.encoding == "cp1252"
    assert "décidé" in article.text


def test_one_stray_byte_does_not_flip_a_page() -> None:
    """A byte that is no UTF-8 in a page that is costs one character."""
    html = page(RUSSIAN, head="<meta charset='windows-1251'>").encode() + b"\xff"
    assert encoding_of(html) == "utf-8"


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_believed(name: str) -> None:
    """A byte order mark names the encoding and is no text."""
    assert extract(page(FRENCH).encode(name)).blocks == extract(page(FRENCH)).blocks


@pytest.mark.parametrize("label", ["hex", "rot13", "x-no-such", "utf-16"])
def test_labels_that_are_no_charset(label: str) -> None:
    """Codecs that are no charset are refused, and UTF-16 in a meta element means UTF-8."""
    expected = "utf-8" if label == "utf-16" else None
    assert declared_charset(f"<meta charset='{label}'>".encode()) == expected


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("body", [RUSSIAN, JAPANESE, FRENCH])
def test_utf_16_without_a_mark_is_known_by_its_first_tag(name: str, body: str) -> None:
    """A page in UTF-16 that has no byte order mark shows itself by the zeros in its first tag."""
    article = extract(page(body).encode(name))
    assert article.encoding == name
    assert article.blocks[0].text in body


@pytest.mark.parametrize(
    ("language", "text", "real"),
    [
        (
            "pl",
            "Rada miasta Zalesie przyjęła budżet na przyszły rok, a środki na drogi wzrosną.",
            "cp1250",
        ),
        (
            "tr",
            "Yeşilköprü belediye meclisi gelecek yılın bütçesini kabul etti, halk görüşünü bildirdi.",
            "cp1254",
        ),
        (
            "lt",
            "Šviesupio miesto taryba patvirtino kitų metų biudžetą, o kelių lėšos nesikeis, sakė merė.",
            "cp1257",
        ),
        (
            "hu",
            "A városi tanács elfogadta a jövő évi költségvetést, az utakra szánt összeg nőni fog.",
            "cp1250",
        ),
    ],
)
def test_a_language_that_latin_1_has_no_letters_for_refutes_it(
    language: str, text: str, real: str
) -> None:
    """A page that states its language and declares a charset without its letters is not believed."""
    html = f"<html lang={language}><meta charset=iso-8859-1><h1>Bridge</h1>" + f"<p>{text}</p>" * 3
    assert text in extract(html.encode(real)).text


def test_latin_1_is_believed_of_a_language_that_it_has_letters_for() -> None:
    """A page in German that declares Latin-1 and is in it is read so."""
    html = (
        "<html lang=de><meta charset=iso-8859-1><h1>Brücke</h1>"
        + "<p>Die Brücke über die Ähre ist für den ganzen Winter gesperrt.</p>" * 3
    )
    assert extract(html.encode("cp1252")).encoding == "cp1252"


def test_utf_8_that_was_encoded_twice() -> None:
    """UTF-8 taken for Latin-1 and encoded again reads as it was written, and right letters stay."""
    text = "The harbour’s ferries – “old” and new – carry 300 people a day at 4\u00a0€, at Zoë’s pier."
    body = "<p>" + text.encode().decode("latin-1") + "</p>"
    found = extract(page(body * 3 + "<p>Côte à côte, the “old” piers.</p>").encode()).text
    assert text.replace("\u00a0", " ") in found.replace("\u00a0", " ")
    assert "Côte à côte, the “old” piers." in found
