"""How archives answer: frames, lists asked by query, redirects, pages of their own, saved pages."""

from __future__ import annotations

import json
import quopri
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

from revtrack import Capture, History, Snapshot, compare, track
from revtrack.errors import FetchError
from revtrack.model import Screened, ScreenReason
from revtrack.network import Answer, Client
from revtrack.sources import Files, fetch_all
from revtrack.sources.live import Live
from revtrack.sources.memento import Cdx, TimeGate, TimeMap
from revtrack.store import Store
from tests.archive.answering import answering

URL = "https://elvebladet.example/2024/bru"
NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
HTML = (("Content-Type", "text/html"),)


def _client(*answers: tuple[str, int, tuple[tuple[str, str], ...], str]) -> Client:
    """A client that gives the first answer whose mark is in the address, and 404 else."""

    def answer(url: str) -> Answer:
        fitting = [one[1:] for one in answers if one[0] in url]
        status, headers, body = fitting[0] if fitting else (404, (), "")
        return Answer(url, status, headers, body.encode(), NOON)

    return answering(answer)


def _dated(moment: datetime = NOON) -> tuple[tuple[str, str], ...]:
    return (*HTML, ("Memento-Datetime", format_datetime(moment, usegmt=True)))


@pytest.mark.parametrize("gate", ["http://arkiv.example/a/", "https://arkiv.example/web/{url}"])
@pytest.mark.parametrize("names", ["memento and map", "memento", "map"])
def test_a_gate_in_a_frame_is_a_gate(gate: str, names: str) -> None:
    """A page with a frame that names the memento, the TimeMap or both in its links is an answer."""
    place = "http://arkiv.example/a/20240301120000mp_/" + URL
    memento = f'<{place}>; rel="first memento"; datetime="Fri, 01 Mar 2024 12:00:00 GMT"'
    links = {
        "memento": f'<{URL}>; rel="original", {memento}',
        "map": f'<{URL}>; rel="original", <http://arkiv.example/a/timemap/link/{URL}>; rel="timemap"',
    }
    said = ", ".join([link for name, link in links.items() if name in names])
    client = _client(
        ("/timemap/", 200, (), f'<{URL}>; rel="original",\n{memento}'),
        ("", 200, (*HTML, ("Link", said)), "<iframe></iframe>"),
    )
    (capture,) = TimeGate(client, gate).captures(URL)
    assert (capture.url, capture.captured_at) == (URL, NOON)


def test_a_page_without_links_is_no_gate() -> None:
    """A frame that names nothing is none of an archive's answers."""
    with pytest.raises(FetchError, match="not a TimeGate"):
        list(TimeGate(_client(("", 200, HTML, "<p>Hei")), "http://arkiv.example/").captures(URL))


@pytest.mark.parametrize(
    ("asked", "below"),
    [
        ("https://arkiv.example/web/timemap/json?url={url}", "https://arkiv.example/web/"),
        ("https://arkiv.example/web/timemap/json/", "https://arkiv.example/web/"),
        ("https://arkiv.example/web/timemap?output=json&url={url}", "https://arkiv.example/web/"),
        ("https://arkiv.example/web/timemap/?url={url}&output=json", "https://arkiv.example/web/"),
        ("http://127.0.0.1:8080/aviser/timemap/cdxj/", "http://127.0.0.1:8080/aviser/"),
        ("https://arkiv.example/cdx/search/cdx?url={url}&output=json", "https://arkiv.example/web/"),
    ],
)
def test_where_an_index_replays(asked: str, below: str) -> None:
    """However a list in JSON is asked for, its captures lie below the archive's own prefix."""
    rows = [["timestamp", "original"], ["20240301120000", URL]]
    client = _client(("", 200, (), json.dumps(rows)))
    (capture,) = TimeMap(client, asked).captures(URL)
    assert capture.location == f"{below}20240301120000/{URL}"


def _lines(*lines: tuple[str, int]) -> str:
    return "\n".join([f"k 202403{when} {URL} text/html {status} - 9" for when, status in lines])


@pytest.mark.parametrize(
    ("lines", "times", "left"),
    [
        ((("01120000", 301), ("01120001", 200)), ["120001"], 1),
        ((("01120000", 200), ("01120300", 302)), ["120000"], 1),
        ((("01120000", 301), ("01120001", 404), ("01120002", 200)), ["120001", "120002"], 1),
        ((("01120000", 301), ("01150000", 200)), ["120000", "150000"], 0),
        ((("01120000", 301), ("02120000", 301)), ["120000", "120000"], 0),
        ((("01120000", 200), ("01120001", 200)), ["120000", "120001"], 0),
    ],
)
def test_a_redirect_beside_its_page_is_no_capture(
    lines: tuple[tuple[str, int], ...], times: list[str], left: int
) -> None:
    """Where the page was captured at the same look, the redirect to it is skipped; else it is there."""
    source = Cdx(_client(("/cdx", 200, (), _lines(*lines))), "https://arkiv.example/cdx")
    met = list(source.ledger(URL))
    captures = [one for one in met if isinstance(one, Capture)]
    assert [f"{one.captured_at:%H%M%S}" for one in captures] == times
    assert len(met) - len(captures) == left


def test_what_an_archive_has_not_is_asked_for_once(tmp_path: Path) -> None:
    """A capture that an archive lists and has not is kept as such, and is there at the next run."""
    client = _client(
        ("/cdx", 200, (), _lines(("01120000", 200))),
        ("", 200, _dated(datetime(2024, 3, 9, tzinfo=UTC)), "<p>En annen dag."),
    )
    source = Cdx(client, "https://arkiv.example/cdx")
    (capture,) = source.captures(URL)
    (outcome,) = fetch_all(source, [capture])
    assert isinstance(outcome, Screened)
    assert outcome.reason is ScreenReason.NO_CAPTURE
    with Store.open(tmp_path / "s.db") as store:
        assert capture not in store
        store.add(outcome)
        assert capture in store


def test_an_archive_that_dates_its_captures_speaks_for_itself_without_a_date() -> None:
    """An undated answer is the archive's own where it dates its captures; others never date theirs."""
    listed = _lines(("01120000", 200), ("02120000", 200))
    answers = (
        ("/cdx", 200, (), listed),
        ("20240301120000id_", 200, _dated(), "<p>Brua er åpen."),
        ("20240302120000id_", 200, HTML, "<p>Denne siden er ikke tilgjengelig."),
    )
    source = Cdx(_client(*answers), "https://arkiv.example/cdx")
    first, second = source.captures(URL)
    assert source.fetch(first).status == 200
    with pytest.raises(FetchError, match="and no time"):
        source.fetch(second)
    undated = Cdx(
        _client(answers[0], ("id_", 200, HTML, "<p>Brua er åpen.")), "https://arkiv.example/cdx"
    )
    assert [undated.fetch(one).status for one in undated.captures(URL)] == [200, 200]


@pytest.mark.parametrize(
    ("title", "text", "own"),
    [
        ("Internet Archive's Wayback Machine", "Sorry. This address has been excluded.", True),
        ("Wayback Machine", "Saved 12 times between March 1, 2024 and June 2, 2025.", True),
        ("Perma.cc", "This is a private record.", True),
        ("Arquivo.pt", "Esta página não se encontra preservada nesta data.", True),
        ("Webarchiv", "Diese Seite ist nur im Lesesaal der Bibliothek zu sehen.", True),
        ("Archives de l'internet", "Ce document n'est consultable que sur place.", True),
        ("Netarkivet", "Siden kan kun ses på læsesalen.", True),
        ("Wayback Machine hjelper lokalaviser", "Arkivet tar vare på gamle sider.", False),
        ("Webarchiv zeigt alte Zeitungen", "Die Bibliothek öffnet ihr Archiv.", False),
        ("Brua er åpen", "Brua over elva åpnet mandag, sier kommunen.", False),
    ],
)
def test_an_archives_own_page_is_no_version(title: str, text: str, own: bool) -> None:
    """A page with hardly any text that is titled with an archive's name is the archive's."""
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
    snapshot = Snapshot(Capture(URL, NOON), page.encode(), content_type="text/html; charset=utf-8")
    history = History.from_snapshots([snapshot])
    assert bool(history.versions) is not own
    assert [row.reason for row in history.screened] == ([ScreenReason.ERROR_PAGE] if own else [])


# ------------------------------------------------------------------------------------ saved pages

PAGE = (
    '<html lang="nn"><head><meta charset="utf-8"><title>Brua er open</title>{head}</head><body>'
    "<article><h1>Brua er open</h1><p>Brua over elva opna att måndag etter {days} dagar, seier "
    "kommunen, og bussen går som før.</p>{more}</article></body></html>"
)
SAVED = "Sun, 2 Feb 2025 11:00:00 +0100"
REPLAYED = f"https://arkiv.example/web/20240301120000/{URL}"


def _message(page: str, *, parts: bool, place: str) -> bytes:
    """The page as a browser saves it whole."""
    packed = quopri.encodestring(page.encode()).decode()
    head = f"From: <Saved by a browser>\r\nDate: {SAVED}\r\nMIME-Version: 1.0\r\n"
    part = (
        'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n'
        f"Content-Location: {place}\r\n\r\n{packed}"
    )
    if not parts:
        return f"{head}{part}".encode()
    picture = (
        "Content-Type: image/png\r\nContent-ID: <bilete@mhtml>\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Location: https://img.elvebladet.example/bru.png\r\n\r\niVBORw0KGgo=\r\n"
    )
    return (
        f'{head}Content-Type: multipart/related; type="text/html"; boundary="--sk--"\r\n\r\n'
        f"----sk--\r\n{part}\r\n----sk--\r\n{picture}----sk----\r\n"
    ).encode()


@pytest.mark.parametrize("parts", [True, False])
@pytest.mark.parametrize("name", ["lagra.mhtml", "20250202.mht"])
def test_a_saved_page_of_an_archive_is_what_it_shows(parts: bool, name: str, tmp_path: Path) -> None:
    """Its address and time are those of the capture, whenever somebody saved it from the archive."""
    page = PAGE.format(head="", days=3, more="")
    (tmp_path / name).write_bytes(_message(page, parts=parts, place=REPLAYED))
    (capture,) = Files(tmp_path).captures(URL)
    assert (capture.url, capture.captured_at) == (URL, NOON)


@pytest.mark.parametrize("parts", [True, False])
def test_a_saved_page_is_of_its_own_time(parts: bool, tmp_path: Path) -> None:
    """A page that was saved from its own site is of the day on which it was saved, and read whole."""
    page = PAGE.format(head="", days=3, more="")
    (tmp_path / "lagra.mht").write_bytes(_message(page, parts=parts, place=URL))
    history = track(Files(tmp_path))
    (version,) = history.versions
    assert version.article.headline == "Brua er open"
    assert "3 dagar" in version.article.text
    assert version.captures[0].captured_at == datetime(2025, 2, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "head",
    [
        f"<!-- saved from url=(0077){REPLAYED} -->",
        f'<link rel="canonical" href="{REPLAYED}">',
        f"<link href='{REPLAYED.replace('20240301120000', '2024.03.01-120000')}' rel='canonical'>",
    ],
)
def test_html_that_was_saved_from_an_archive(head: str, tmp_path: Path) -> None:
    """What a page says of where it was saved from dates it, above the day in its name."""
    (tmp_path / "2025-02-02.html").write_text(PAGE.format(head=head, days=3, more=""))
    (capture,) = Files(tmp_path).captures(URL)
    assert (capture.url, capture.captured_at) == (URL, NOON)


def test_a_page_that_cites_an_archive_is_of_its_own_time(tmp_path: Path) -> None:
    """A link to an archived copy dates nothing."""
    more = f'<p>Sjå òg <a href="{REPLAYED}">den gamle sida</a>.</p>'
    (tmp_path / "2025-02-02.html").write_text(PAGE.format(head="", days=3, more=more))
    (capture,) = Files(tmp_path).captures(URL)
    assert capture.captured_at == datetime(2025, 2, 2, tzinfo=UTC)


def test_pictures_in_a_saved_page_have_their_addresses(tmp_path: Path) -> None:
    """A picture that the file holds under a name of its own is the one that the page showed."""
    figure = '<figure><img src="{}" alt="Brua"><figcaption>Brua i februar.</figcaption></figure>'
    served = PAGE.format(head="", days=3, more=figure.format("https://img.elvebladet.example/bru.png"))
    saved = PAGE.format(head="", days=3, more=figure.format("cid:bilete@mhtml"))
    (tmp_path / "lagra.mhtml").write_bytes(_message(saved, parts=True, place=URL))
    source = Files(tmp_path)
    snapshot = source.fetch(next(source.captures(URL)))
    assert compare(Snapshot(Capture(URL, NOON), served.encode()), snapshot).changes == ()


def test_a_saved_page_that_is_cut_off_is_a_beginning(tmp_path: Path) -> None:
    """What is missing at the end of a file was not removed by anybody."""
    parts = [f"<p>Avsnitt {n} fortel om arbeidet på brua og om trafikken.</p>" for n in range(9)]
    more = "".join(parts)
    page = PAGE.format(head="", days=3, more=more)
    (tmp_path / "2024-03-01.mhtml").write_bytes(_message(page, parts=True, place=URL))
    (tmp_path / "2024-03-02.mhtml").write_bytes(_message(page, parts=True, place=URL)[:1_300])
    history = track(Files(tmp_path), URL)
    assert all(not revision.removed for revision in history.revisions)


def test_a_live_page_of_an_archive_is_of_its_capture() -> None:
    """Asking for the address of a replay gives a capture of what is replayed, of its time."""
    client = _client(("", 200, _dated(), PAGE.format(head="", days=3, more="")))
    source = Live(client)
    snapshot = source.fetch(next(source.captures(REPLAYED)))
    assert (snapshot.url, snapshot.captured_at) == (URL, NOON)


# ------------------------------------------------------------------------------------------- links


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("/vakt;jsessionid=A1", "/vakt;jsessionid=B2", True),
        ("/vakt?PHPSESSID=a1&side=2", "/vakt?side=2&PHPSESSID=b2", True),
        ("/(S(abc))/vakt", "/(S(def))/vakt", True),
        ("stab/vakt", "https://elvebladet.example/2024/stab/vakt", True),
        ("./stab/../stab/vakt", "stab/vakt", True),
        ("/b%C3%A5t", "/båt", True),
        ("/%7Evakt", "/~vakt", True),
        ("//elvebladet.example/vakt", "/vakt", True),
        ("/vakt;versjon=1", "/vakt;versjon=2", False),
        ("stab/vakt", "/stab/vakt", False),
        ("/vakt?side=1", "/vakt?side=2", False),
        ("/vakt", "https://havn.example/vakt", False),
    ],
)
def test_the_same_link_written_otherwise(old: str, new: str, same: bool) -> None:
    """Where a link leads decides, not how it is written; another place is a change."""
    sides = [
        Snapshot(
            Capture(URL, NOON),
            PAGE.format(
                head="", days=3, more=f'<p>Les meir hos <a href="{link}">vakta</a> ved elva i dag.</p>'
            ).encode(),
            content_type="text/html; charset=utf-8",
        )
        for link in (old, new)
    ]
    assert (compare(*sides).links == ()) is same


def test_a_base_counts(tmp_path: Path) -> None:
    """Links lead on from the base that a page states."""
    base = '<base href="https://elvebladet.example/nytt/">'
    more = '<p>Les meir hos <a href="{}">vakta</a> ved elva i dag.</p>'
    old = PAGE.format(head=base, days=3, more=more.format("vakt"))
    new = PAGE.format(head="", days=3, more=more.format("/nytt/vakt"))
    sides = [Snapshot(Capture(URL, NOON), page.encode()) for page in (old, new)]
    assert compare(*sides).changes == ()
