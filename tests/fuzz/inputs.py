"""Inputs for the fuzzer: made by a grammar, then broken where their structure is, from a seed."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from random import Random

__all__ = ["broken", "feed", "index", "mail", "name", "page", "url", "warc"]

WORDS = [
    "lock",
    "boats",
    "four",
    "five",
    "4",
    "5",
    "1,200",
    "12",
    "%",
    "keepers",
    "Tarn",
    "Monday",
    "3",
    "March",
    "said",
    "not",
    "never",
    "about",
    "“quoted”",
    "Ms.",
    "Lund",
    "€5",
    "million",
    "17:30",
    "council",
    "reopened",
    "closed",
    "weir",
    "Zürich",
    "水門",
    "ворота",
    "نهر",
]
NOTICES = (
    "Correction: an earlier version said four boats passed; it was five.",
    "Update, 5 March: The council has answered.",
    "Editor’s note: This article was changed after publication.",
    "Rettelse: Det var fem båter, ikke fire.",
    "訂正：「4隻」は「5隻」の誤りでした。",
)
NESTED = (
    "p",
    "div",
    "section",
    "blockquote",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "h2",
    "figure",
    "aside",
    "pre",
)
ODD = (
    "\0",
    "\u202e",
    "\ufffd",
    "\U0001f6a4",
    "&amp;",
    "&#x110000;",
    "<",
    "]]>",
    "<!--",
    "\u00ad",
    "\u2028",
)


def _sentence(random: Random) -> str:
    return " ".join(random.choices(WORDS, k=random.randint(1, 14))).capitalize() + random.choice(".?!…")


def _element(random: Random, depth: int) -> str:
    tag = random.choice(NESTED)
    inside = (
        "".join([_element(random, depth - 1) for _ in range(random.randint(1, 3))])
        if depth and random.random() < 0.5
        else " ".join([_sentence(random) for _ in range(random.randint(1, 4))])
    )
    if random.random() < 0.1:
        inside = random.choice(NOTICES)
    if random.random() < 0.1:
        inside += random.choice(ODD) * random.choice((1, 1, 50))
    end = "" if random.random() < 0.08 else f"</{tag}>"
    return f'<{tag} class="{random.choice(("", "correction", "nav", "body"))}">{inside}{end}'


def page(random: Random) -> bytes:
    """A page of an article."""
    parts = [_element(random, 3) for _ in range(random.randint(2, 12))]
    head = f"<title>{_sentence(random)}</title>"
    return (
        f"<html><head>{head}</head><body><article><h1>{_sentence(random)}</h1>{''.join(parts)}".encode(
            random.choice(("utf-8", "utf-8", "utf-16", "cp1252")), "replace"
        )
    )


def broken(random: Random, whole: bytes) -> bytes:
    """*whole* with a few pieces dropped, doubled, moved, cut off or overwritten, at its own borders."""
    borders = [at for at, byte in enumerate(whole) if byte in b"<>\r\n:;=& "] or [0]
    for _ in range(random.choice((0, 1, 1, 2, 5))):
        start = random.choice(borders) % (len(whole) + 1)
        stop = min(len(whole), start + random.choice((1, 2, 8, 64, 512)))
        piece = whole[start:stop]
        whole = random.choice(
            (
                whole[:start] + whole[stop:],
                whole[:stop] + piece * random.choice((1, 1, 200)) + whole[stop:],
                whole[:start],
                whole[stop:] + piece,
                whole[:start] + random.randbytes(len(piece)) + whole[stop:],
                whole[:start] + piece.swapcase() + whole[stop:],
            )
        )[:400_000]
    return whole


def warc(random: Random) -> bytes:
    """A file of records, plain or in members of gzip."""
    records = []
    for number in range(random.randint(1, 4)):
        body = page(random)[:2_000]
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
        kind = random.choice(("response", "request", "revisit", "resource"))
        head = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\n"
            f"WARC-Target-URI: https://paper.example/{number % 2}\r\n"
            f"WARC-Date: 2024-03-0{number + 1}T08:00:00Z\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        record = head.encode() + block + b"\r\n\r\n"
        records.append(gzip.compress(record, 1) if random.random() < 0.5 else record)
    return b"".join(records)


def mail(random: Random) -> bytes:
    """A page that a browser saved, in parts."""
    edge = random.choice(("b", "b" * 70))
    part = b"Content-Type: text/html\r\nContent-Location: https://paper.example/a\r\n\r\n" + page(
        random
    )
    return (
        (
            f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="{edge}"\r\n'
            f"Date: Mon, 4 Mar 2024 08:00:00 GMT\r\n\r\n--{edge}\r\n"
        ).encode()
        + f"\r\n--{edge}\r\n".encode().join([part] * random.randint(1, 3))
        + f"\r\n--{edge}--".encode()
    )


def source(random: Random) -> bytes:
    """The source of a page in one of the forms that site generators read, its head included."""
    title, author = _sentence(random), random.choice(("Ada Bru", "“Bru”", ""))
    head = random.choice(
        (
            f"---\ntitle: {title}\nauthor: {author}\ndate: 2024-03-03\n---\n",
            f'+++\ntitle = "{title}"\ndate = 2024-03-03T07:30:00Z\n[a]\nb = ["{author}"]\n+++\n',
            f'{{\n"title": "{title}",\n"author": ["{author}"]\n}}\n\n',
            f"Title: {title}\nDate: 2024-03-03\n\n",
            f"{title}\n{'=' * len(title)}\n\n:date: 2024-03-03\n:author: {author}\n\n",
            f"= {title}\n:author: {author}\n\n",
            f"#+TITLE: {title}\n#+DATE: <2024-03-03>\n\n",
            "",
        )
    )
    marks = (
        "",
        "# ",
        "> ",
        "- ",
        "1. ",
        "    ",
        "```\n",
        "* ",
        ".. note:: ",
        "|a|b|\n|-|-|\n|",
        "[x](y) ",
    )
    lines = [random.choice(marks) + _sentence(random) for _ in range(random.randint(1, 12))]
    return (head + "\n\n".join([*lines, random.choice(NOTICES)])).encode()


def rules(random: Random) -> bytes:
    """A file of site rules."""
    selectors = (
        "article",
        ".correction",
        "//p[1]",
        "./div",
        "p:not(.nav)",
        "h1 + p",
        "(//p)[2]",
        "time@x",
    )
    keys = ("keep", "drop", "text", "headline", "byline", "notices", "published", "unknown")
    lines = [
        f'{random.choice(keys)} = ["{random.choice(selectors)}"]' for _ in range(random.randint(0, 4))
    ]
    return "\n".join(['[[site]]\nhosts = ["paper.example"]', *lines]).encode()


def feed(random: Random) -> bytes:
    """A feed or a sitemap."""
    links = [url(random).replace("&", "&amp;") for _ in range(random.randint(0, 5))]
    forms: tuple[Callable[[str], str], ...] = (
        lambda link: f"<item><title>{_sentence(random)}</title><link>{link}</link></item>",
        lambda link: f"<url><loc>{link}</loc><lastmod>2024-03-04</lastmod></url>",
    )
    which = random.randrange(2)
    inside = "".join(map(forms[which], links))
    return (
        f'<rss version="2.0"><channel>{inside}</channel></rss>',
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</urlset>',
    )[which].encode()


def index(random: Random) -> bytes:
    """Lines of an archive's index, or a map of its captures."""
    memento = '</20240304080000/https://paper.example/a>; rel="memento"; datetime="{}",'
    row = (
        "example,paper)/a 20240304080000 https://paper.example/a text/html 200 3CURHR 100",
        'example,paper)/a 20240304080000 {"url": "https://paper.example/a", "status": "200"}',
        '<https://paper.example/a>; rel="original",',
        memento.format("Mon, 04 Mar 2024 08:00:00 GMT"),
        '[["urlkey","timestamp","original"],["x","20240304080000","https://paper.example/a"]]',
    )
    return "\n".join(random.choices(row, k=random.randint(1, 6))).encode()


def url(random: Random) -> str:
    """An address, more or less."""
    hosts = ("paper.example", "m.paper.example", "[::1]", "0x7f.1", "bücher.example", "xn--a", "")
    host = random.choice(hosts)
    path = "/".join(random.choices(("a", "..", "%41", "amp", "index.html", "%zz", "ü", "{x}", ""), k=4))
    query = "&".join(random.choices(("utm_source=x", "b=2", "a=1", "", "%", "b"), k=3))
    scheme = random.choice(("http://", "HTTPS:\\\\", "//", "https:", "ftp://"))
    return f"{scheme}{host}{random.choice(('', ':80', ':99999'))}/{path}?{query}#x"


def name(random: Random) -> str:
    """The name of a file with a time in it, more or less."""
    parts = (
        "2024",
        "03",
        "04",
        "-",
        "T",
        "12",
        "30",
        "Z",
        " at ",
        "PM",
        "+02",
        ".",
        "_",
        "99",
        "story",
    )
    return "".join(random.choices(parts, k=random.randint(1, 12)))
