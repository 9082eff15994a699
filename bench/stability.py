# ruff: noqa: E501 - boxes as sites write them, each in a line
"""What sites do around an article that stays as it is: the share of pages with a false change of text.

    python bench/stability.py [--pages N] [--half 0|1] [--kind NAME] [--list]

Every real page of the measuring data is compared with itself after one change of its furniture: a box
put into the text, above it or below it, taken out again, moved or reworded; paragraphs that become
divisions; other class names; the same words in another template. None is an edit.
"""

from __future__ import annotations

import argparse
import copy
import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit
from zlib import crc32

import attrs
import lxml.html
from _pairs import shared
from lxml import etree

import revtrack
from revtrack.extract.encoding import decode

# Boxes as sites put them, with a word that changes from one capture to the next; none has a name.
BOXES = {
    "newsletter with a field": "<div><h4>The morning letter</h4><p>Get the news of the {} in your inbox "
    "at seven.</p><form><input type='email'><button>Sign up</button></form></div>",
    "field without a form": "<div><p>Letters from the {} desk, once a week</p>"
    "<input type='email'><button>Send</button></div>",
    "newsletter without a field": "<div><h4>The morning letter</h4><p>Sign up for our newsletter and get "
    "the news of the {} in your inbox.</p></div>",
    "account": "<div><h3>Create an account or sign in to continue</h3><p>Read articles from the {} with "
    "one account.</p><p>Enjoy more articles per month.</p></div>",
    "account, German": "<div><p>Jetzt anmelden und weiterlesen</p><p>Mit einem kostenlosen Konto lesen "
    "Sie {} Artikel im Monat.</p></div>",
    "subscription with a price": "<div><p>All articles of the {}</p><p>€ 4,90</p><p>per month, cancel any "
    "time</p><a href='/abo'>Subscribe now</a></div>",
    "offer with a price": "<div><p>The {} lamp</p><p>$ 59.99</p><a href='/buy'>Buy now</a></div>",
    "consent, English": "<div><p>This content is provided by {}. We need your consent to load it, because "
    "it may set cookies on your device.</p><button>Accept</button></div>",
    "consent, German": "<div><p>An dieser Stelle finden Sie externen Inhalt von {}.</p><p>Ich bin damit "
    "einverstanden, dass mir externe Inhalte angezeigt werden. Personenbezogene Daten können an "
    "Drittplattformen übermittelt werden.</p></div>",
    "consent, French": "<div><p>Ce contenu de {} est bloqué car vous n'avez pas accepté les cookies. En "
    "cliquant sur accepter, vous acceptez le dépôt de cookies.</p></div>",
    "film that failed": "<section><h3>Films of the {}</h3><p>We are sorry, but this video has failed to "
    "load.</p><p>Try refreshing your browser, or tap here to see other videos.</p></section>",
    "support": "<div><p>We need your help. Please support our independent journalism with a donation "
    "for the {}.</p><a href='/donate'>Donate</a></div>",
    "app": "<div><p>Download our app and never miss the news of the {}.</p></div>",
    "follow": "<div><p>Follow us on Facebook and Telegram for the news of the {}.</p></div>",
    "teaser": "<div><h4><a href='/a/1'>The other story of the {}</a></h4></div>",
    "teasers": "<div><h3>More stories</h3>{teasers}</div>",
    "list of links": "<div><p>Read also</p><ul><li><a href='/a/1'>The story of the {}</a></li><li>"
    "<a href='/a/2'>The other story</a></li></ul></div>",
    "poll": "<div><p>What do you think of the {}?</p><form><label><input type='radio'>Good</label>"
    "<label><input type='radio'>Bad</label></form></div>",
    "counters": "<div><span>{n} shares</span> <span>{n} comments</span></div>",
    "advertisement": "<div><span>Advertisement</span><a href='https://ads.example/{n}'>The {} of the "
    "year</a></div>",
    "hidden": "<div style='display:none'><p>Printed from the {} of the paper for you alone.</p></div>",
}
TEASER = (
    "<div><h4><a href='/a/{n}'>Another story on the {}, part {n}</a></h4><p>The council of the ward put "
    "off its vote on the lamps along the quay, and will meet again in part {n}.</p></div>"
)
COMMENT = (
    "<div><b>reader{n}</b><p>I have lived on the {} for years and never saw such a thing, part {n}.</p>"
    "<span>answers ({n})</span></div>"
)
AROUND = {
    "cookie bar": "<div><p>We use cookies to make this site of the {} better. By going on you accept our "
    "use of cookies and our privacy policy.</p><button>OK</button></div>",
    "cookie bar, German": "<div><p>Wir verwenden Cookies, um unsere Seite vom {} zu verbessern. Mit der "
    "Nutzung stimmen Sie der Verwendung von Cookies zu.</p></div>",
    "teasers": "<div>{teasers}</div>",
    "comments": "<div><h3>Comments</h3>{comments}</div>",
    "most read": "<div><h3>Most read</h3><ol><li><a href='/a/1'>The {}</a></li></ol></div>",
    "imprint": "<div><p>The paper of the {} and its islands, printed since 1911 by the owners.</p></div>",
    "next article": "<article><h1>The next story of the {}</h1><p>It begins with a long sentence about the "
    "lamps along the quay, which burn all night.</p><p>It ends with another one.</p></article>",
}
WORDS = ("harbour", "mountain")


@attrs.frozen
class Page:
    """A real page as a tree, the element with most of its paragraphs' text, and these paragraphs."""

    key: str
    root: etree._Element

    def spot(self) -> tuple[etree._Element, list[etree._Element]]:
        """The parent of most text of paragraphs, and its longer paragraphs."""
        held: dict[etree._Element, int] = {}
        for one in self.root.iter("p"):
            above = one.getparent()
            held[above] = held.get(above, 0) + len(one.text_content())
        best = max(held, key=held.__getitem__)
        return best, [one for one in best.iterchildren("p") if len(one.text_content()) > 60]


Mutation = Callable[[Page, str], "Page | None"]


def _filled(box: str, word: str) -> list[etree._Element]:
    number = str(2 + len(word))
    for name, part, count in (("{teasers}", TEASER, 5), ("{comments}", COMMENT, 8)):
        box = box.replace(name, "".join(part.replace("{n}", str(n)) for n in range(count)))
    filled = box.replace("{n}", number).replace("{}", word)
    return [one for one in lxml.html.fragments_fromstring(filled) if not isinstance(one, str)]


def _in_text(box: str, share: float) -> Mutation:
    def mutation(page: Page, word: str) -> Page | None:
        twin = copy.deepcopy(page)
        _, paragraphs = twin.spot()
        if len(paragraphs) < 4:
            return None
        place = paragraphs[int(share * (len(paragraphs) - 1))]
        tail, place.tail = place.tail, None
        for one in reversed(_filled(box, word)):
            place.addnext(one)
        place.tail = tail
        return twin

    return mutation


def _around(box: str, *, first: bool) -> Mutation:
    def mutation(page: Page, word: str) -> Page | None:
        twin = copy.deepcopy(page)
        body = twin.root.find(".//body")
        if body is None:
            return None
        for number, one in enumerate(_filled(box, word)):
            body.insert(number if first else len(body), one)
        return twin

    return mutation


def _divisions(page: Page, _: str) -> Page | None:
    twin = copy.deepcopy(page)
    for one in twin.root.iter("p"):
        one.tag = "div"
    return twin


def _renamed(page: Page, _: str) -> Page | None:
    """Only what frames the text gets names of chance, as a build tool gives."""
    twin = copy.deepcopy(page)
    spot, _paragraphs = twin.spot()
    for one in (spot, *spot.iterancestors()):
        if one.tag not in ("html", "body") and one.get("class"):
            one.set("class", "css-" + f"{crc32(one.get('class').encode()):06x}")
    return twin


def _wrapped(page: Page, _: str) -> Page | None:
    twin = copy.deepcopy(page)
    spot, _paragraphs = twin.spot()
    for one in list(spot.iterchildren("p")):
        wrapper = etree.Element("div")
        one.addprevious(wrapper)
        wrapper.append(one)
        wrapper.tail, one.tail = one.tail, None
    return twin


def kinds() -> dict[str, tuple[Mutation | None, str, Mutation, str]]:
    """For each kind: how the old side is made, with which word, and how the new one is."""
    found: dict[str, tuple[Mutation | None, str, Mutation, str]] = {}
    old, new = WORDS
    for name, box in BOXES.items():
        middle, early = _in_text(box, 0.5), _in_text(box, 0.2)
        found[f"{name}: put in"] = (None, "", middle, old)
        found[f"{name}: reworded"] = (middle, old, middle, new)
        found[f"{name}: moved"] = (middle, old, early, old)
        found[f"{name}: at the end"] = (None, "", _in_text(box, 1.0), old)
    for name, box in AROUND.items():
        for place, first in (("above", True), ("below", False)):
            found[f"{name} {place}: put in"] = (None, "", _around(box, first=first), old)
    found["paragraphs are divisions"] = (None, "", _divisions, "")
    found["other class names"] = (None, "", _renamed, "")
    found["paragraphs in wrappers"] = (None, "", _wrapped, "")
    return found


def _pages(limit: int | None, half: int | None) -> Iterator[Page]:
    data: Path = shared() / "data"
    hosts = {}
    for line in (data / "more" / "pages" / "pages.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        hosts[data / "more" / "pages" / row["file"]] = urlsplit(row["url"] or "").hostname or row["id"]
    for key, row in json.loads((data / "body" / "ground-truth.json").read_text()).items():
        hosts[data / "body" / "html" / f"{key}.html.gz"] = (
            urlsplit(row.get("url") or "").hostname or key
        )
    for file, host in list(hosts.items())[:: max(1, len(hosts) // limit) if limit else 1]:
        if half is not None and crc32(host.encode()) % 2 != half:
            continue
        text = decode(gzip.decompress(file.read_bytes()))[0]
        root = lxml.html.fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
        if next(root.iter("p"), None) is not None:
            yield Page(file.name, root)


def _source(page: Page) -> bytes:
    return b"<!doctype html>" + etree.tostring(page.root, method="html", encoding="utf-8")


def _is_false(old: revtrack.Article, new: bytes) -> bool:
    try:
        found = revtrack.compare(old, revtrack.extract(new, earlier=old))
    except revtrack.RevtrackError:
        return True
    return bool(found.removed or found.added or found.edited or found.moved or found.updates)


def main() -> None:
    """Run the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=None, help="about so many pages, spread evenly")
    parser.add_argument("--half", type=int, choices=(0, 1), default=None, help="the hosts of one half")
    parser.add_argument("--kind", default="", help="only kinds whose name has these words")
    parser.add_argument("--list", action="store_true", help="name the pages of each kind")
    args = parser.parse_args()
    wanted = {name: kind for name, kind in kinds().items() if args.kind in name}
    tried = dict.fromkeys(wanted, 0)
    false: dict[str, list[str]] = {name: [] for name in wanted}
    for page in _pages(args.pages, args.half):
        try:
            base = revtrack.extract(_source(page))
        except revtrack.RevtrackError:
            continue
        for name, (before, word, after, other) in wanted.items():
            old = base
            if before is not None and (made := before(page, word)) is not None:
                try:
                    old = revtrack.extract(_source(made), earlier=base)
                except revtrack.RevtrackError:
                    continue
            new = after(page, other)
            if new is None:
                continue
            tried[name] += 1
            if _is_false(old, _source(new)):
                false[name].append(page.key)
    rows = [
        {"kind": name, "pages": tried[name], "false": round(len(false[name]) / max(1, tried[name]), 3)}
        | ({"where": false[name]} if args.list else {})
        for name in sorted(wanted, key=lambda name: -len(false[name]) / max(1, tried[name]))
    ]
    total = sum(map(len, false.values())) / max(1, sum(tried.values()))
    print(json.dumps({"false": round(total, 4), "kinds": rows}, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
