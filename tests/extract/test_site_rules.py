"""Site rules: selectors as data, loaded from a file, applied to the pages of their hosts and days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest

import revtrack
from revtrack import codec
from revtrack.errors import SiteRulesError
from revtrack.extract import SiteRule, SiteRules, TrafilaturaBody, explain, extract
from revtrack.model import Article, NoticeKind
from revtrack.remarks import RemarkKind

from .pages import PARAGRAPHS, STORY, page

URL = "https://www.paper.example/bridge"
HOSTS = ("paper.example",)
POLL = "Would you walk over the ice if the ferry stopped for a week this winter?"
NOTE = "Readers told us that the bridge swings to the north, and it does."
FACTS = "The bridge in figures: built in 1911, 84 metres long, opened 40 times a day."
BODY = (
    f"{STORY}<div class='ice'><p>{POLL}</p></div>"
    f"<aside class='facts'><p>{FACTS}</p></aside><div class='amend'><p>{NOTE}</p></div>"
)


def _read(rule: SiteRule, body: str = BODY, *, captured_at: datetime | None = None) -> Article:
    return extract(page(body), url=URL, captured_at=captured_at, site_rules=SiteRules((rule,)))


def test_what_a_rule_drops_is_left_out_and_what_it_keeps_is_in() -> None:
    """`drop` takes an element out of the article, `keep` puts one in that would be left out."""
    without = extract(page(BODY), url=URL)
    assert POLL in without.text
    assert FACTS not in without.text
    article = _read(SiteRule(hosts=HOSTS, drop=(".ice",), keep=("aside.facts",)))
    assert POLL not in article.text
    assert FACTS in article.text
    assert article.text.startswith("\n\n".join(PARAGRAPHS))


def test_a_container_is_taken_whatever_else_the_page_holds() -> None:
    """`container` says where the text stands; several are taken one after the other."""
    long = f"<section class='other'>{STORY * 3}</section>"
    body = f"<div class='real'><p>{POLL}</p></div>{long}<div class='real'><p>{NOTE}</p></div>"
    article = _read(SiteRule(hosts=HOSTS, container=("div.real",)), body)
    assert article.text == f"{POLL}\n\n{NOTE}"


def test_containers_come_in_page_order_and_one_in_another_once() -> None:
    """Neither the order of the selectors nor an element in an element doubles the text."""
    body = (
        f"<div class='b'><p>{NOTE}</p><div class='b'><p>{POLL}</p></div></div><p>{FACTS}</p>"
        f"<div class='a'><p>{PARAGRAPHS[0]}</p></div>"
    )
    article = _read(SiteRule(hosts=HOSTS, container=(".a", ".b", ".b p")), body)
    assert [block.text for block in article.blocks] == [NOTE, POLL, PARAGRAPHS[0]]


def test_a_container_that_is_not_there_is_remarked() -> None:
    """Where the container is missing the text is found as ever, and the article says so."""
    article = _read(SiteRule(hosts=HOSTS, container=("div.gone",)))
    assert article.text == extract(page(BODY), url=URL).text
    assert [remark.kind for remark in article.remarks] == [RemarkKind.RULE_WITHOUT_MATCH]


def test_a_headline_that_is_not_there_is_remarked() -> None:
    """Every article has a headline: where the rule's is missing, the article says so."""
    article = _read(SiteRule(hosts=HOSTS, headline="h2.kicker"))
    assert article.headline == extract(page(BODY), url=URL).headline
    assert [remark.kind for remark in article.remarks] == [RemarkKind.RULE_WITHOUT_MATCH]


def test_a_meta_element_is_read_by_its_content() -> None:
    """Selectors in the head of the page say as much as those in its body."""
    head = "<meta name='kicker' content='The long  wait'><meta name='writer' content='Ann Ote'>"
    rule = SiteRule(hosts=HOSTS, headline="meta[name=kicker]", byline="meta[name=writer]")
    article = extract(page(BODY, head=head), url=URL, site_rules=SiteRules((rule,)))
    assert (article.headline, article.byline) == ("The long wait", "Ann Ote")
    assert article.text == extract(page(BODY), url=URL).text


def test_headline_byline_and_time_are_read_where_the_rule_says() -> None:
    """The rule's selectors say what they are, as CSS or as XPath, of elements or attributes."""
    body = (
        "<h2 class='kicker'>The long wait for a bridge</h2><i>Ann Ote</i><i>Bo Ry</i>"
        f"<time datetime='2024-03-05T08:00:00+01:00'>Tuesday</time>{STORY}"
    )
    article = _read(
        SiteRule(hosts=HOSTS, headline=("h2.kicker",), byline=("//i/text()",), published=("time",)),
        body,
    )
    assert article.headline == "The long wait for a bridge"
    assert article.headlines[0].text == article.headline
    assert article.headline not in article.text
    assert article.byline == "Ann Ote, Bo Ry"
    assert article.published_at == datetime.fromisoformat("2024-03-05T08:00:00+01:00")


def test_what_the_site_calls_a_notice_is_one() -> None:
    """An element that `notices` selects is a notice, even where its words do not say so."""
    assert extract(page(BODY), url=URL).notices == ()
    (notice,) = _read(SiteRule(hosts=HOSTS, notices=(".amend",))).notices
    assert (notice.kind, notice.text) == (NoticeKind.EDITORS_NOTE, NOTE)
    article = _read(SiteRule(hosts=HOSTS, notices=(".amend",)))
    assert notice.span is not None
    assert notice.span.of(article.text) == NOTE


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        (f"<nav><p class='amend'>{NOTE}</p></nav>", [NOTE]),
        (f"<p>It swings. <em class='amend'>{NOTE}</em></p>", [NOTE]),
        (f"<div class='amend'><h4>A note</h4><p>{NOTE}</p></div>", [f"A note\n\n{NOTE}"]),
        (f"<p class='amend'>{NOTE}</p><p>{POLL}</p><p class='amend'>{NOTE}</p>", [NOTE, NOTE]),
        (f"<figure><img src='/a.png'><figcaption class='amend'>{NOTE}</figcaption></figure>", [NOTE]),
        ("<div class='amend'>Advertisement</div>", ["Advertisement"]),
        (f"<div class='amend old'><p>{NOTE}</p></div>", []),
    ],
    ids=["menu", "line", "heading", "twice", "caption", "label", "dropped"],
)
def test_notices_are_found_wherever_they_stand(markup: str, texts: list[str]) -> None:
    """Each element is a notice of its own, with its place in the text; a dropped one is none."""
    article = _read(SiteRule(hosts=HOSTS, notices=".amend", drop=".old"), STORY + markup)
    spans = [notice.span.of(article.text) for notice in article.notices if notice.span]
    assert spans == [notice.text for notice in article.notices] == texts


def test_an_element_that_is_kept_and_a_notice_is_a_notice() -> None:
    """To keep a notice says nothing against its being one."""
    article = _read(SiteRule(hosts=HOSTS, notices=".amend", keep=".amend"))
    assert [notice.text for notice in article.notices] == [NOTE]


def test_a_notice_that_says_what_it_is_keeps_its_kind() -> None:
    """The rule adds no second notice where the words were understood."""
    body = f"{STORY}<div class='amend'><p>Correction: The bridge is 84 metres long, not 48.</p></div>"
    (notice,) = _read(SiteRule(hosts=HOSTS, notices=(".amend",)), body).notices
    assert (notice.kind, notice.said) == (NoticeKind.CORRECTION, "48")


@pytest.mark.parametrize(
    ("day", "dropped"), [(1, False), (2, True), (3, True), (4, True), (5, False)], ids=str
)
def test_a_rule_holds_in_its_days_both_included(day: int, dropped: bool) -> None:
    """The time of the capture decides, never the clock."""
    rule = SiteRule(
        hosts=HOSTS,
        drop=(".ice",),
        valid_from=date(2024, 3, 2),
        valid_until=date(2024, 3, 4),
    )
    article = _read(rule, captured_at=datetime(2024, 3, day, 23, 59, tzinfo=UTC))
    assert (POLL not in article.text) is dropped
    assert article.remarks == ()


def test_a_capture_without_a_time_gets_the_rule_and_a_remark() -> None:
    """Without a time the first rule of the host applies, and the article and revision say so."""
    rule = SiteRule(hosts=HOSTS, drop=(".ice",), valid_until=date(2001, 1, 1))
    article = _read(rule)
    assert POLL not in article.text
    assert [remark.kind for remark in article.remarks] == [RemarkKind.UNDATED_RULES]
    revision = revtrack.compare(article, article)
    assert [remark.kind for remark in revision.remarks] == [RemarkKind.UNDATED_RULES]
    assert codec.loads(codec.dumps(article), Article) == article
    assert _read(SiteRule(hosts=HOSTS)).remarks == ()


@pytest.mark.parametrize(
    ("named", "url", "applies"),
    [
        ("paper.example", "https://paper.example/x", True),
        ("paper.example", "https://m.paper.example/x", True),
        ("paper.example", "https://newspaper.example/x", False),
        ("paper.example", "https://PAPER.example:8443/x", True),
        ("paper.example", "https://paper.example./x", True),
        ("Paper.Example.", "https://paper.example/x", True),
        ("paper.example", "https://reader@paper.example/x", True),
        ("zürichsee.example", "https://xn--zrichsee-65a.example/x", True),
        ("xn--zrichsee-65a.example", "https://m.zürichsee.example/x", True),
        ("127.0.0.1", "http://127.1/x", True),
        ("[::1]", "http://[0:0::1]:8080/x", True),
        ("paper.example", "http://[broken", False),
        ("paper.example", "/x", False),
        ("paper.example", "", False),
    ],
)
def test_a_rule_is_for_its_hosts_and_those_below_them(named: str, url: str, applies: bool) -> None:
    """Hosts are read as browsers do; one that only ends in the same letters is another site."""
    rules = SiteRules((SiteRule(hosts=(named,), drop=(".ice",)),))
    article = extract(page(BODY), url=url, site_rules=rules)
    assert (POLL not in article.text) is applies


@pytest.mark.parametrize("near_first", [True, False])
def test_the_rule_for_the_nearest_host_counts(near_first: bool) -> None:
    """A table for a host goes before one for the host above it, wherever it stands in the file."""
    wide = SiteRule(hosts="paper.example", drop=".ice")
    near = SiteRule(hosts="live.paper.example", drop=".facts", keep=".ice")
    rules = SiteRules((near, wide) if near_first else (wide, near))
    assert rules.for_host("m.live.paper.example") == (near, wide)
    assert rules.for_host("paper.example") == (wide,)
    assert POLL in extract(page(BODY), url="https://live.paper.example/x", site_rules=rules).text
    assert POLL not in extract(page(BODY), url="https://paper.example/x", site_rules=rules).text


def test_of_two_rules_for_a_host_the_first_one_counts() -> None:
    """The order of the file decides between rules whose days both hold."""
    first, second = SiteRule(hosts=HOSTS, drop=".ice"), SiteRule(hosts=HOSTS, drop=".facts")
    rules = SiteRules((first, second))
    assert POLL not in extract(page(BODY), url=URL, site_rules=rules).text


def test_the_canonical_address_finds_the_rule_where_no_other_is_known() -> None:
    """A page from a file is known by what it says of itself."""
    html = page(BODY, head="<link rel='canonical' href='https://paper.example/x'>")
    rules = SiteRules((SiteRule(hosts=HOSTS, drop=(".ice",)),))
    assert POLL not in extract(html, site_rules=rules).text
    assert extract(page(BODY), site_rules=rules) == extract(page(BODY))


def test_articles_of_different_rules_are_not_alike() -> None:
    """The digest of a host's rules is in the version of the extractor: a comparison says so."""
    one, other = SiteRule(hosts=HOSTS, drop=(".ice",)), SiteRule(hosts=HOSTS, drop=(".snow",))
    assert _read(one).extractor == _read(one).extractor
    assert _read(one).extractor != _read(other).extractor
    revision = revtrack.compare(_read(one), _read(other))
    assert RemarkKind.DIFFERENT_EXTRACTORS in [remark.kind for remark in revision.remarks]
    elsewhere = SiteRule(hosts=("other.example",), drop=("p",))
    rules = SiteRules((elsewhere, one))
    assert extract(page(BODY), url=URL, site_rules=rules).extractor == _read(one).extractor


def test_the_digest_is_of_what_the_rules_say() -> None:
    """Another host beside it changes nothing; a selector, a day and an order do."""
    rule = SiteRule(hosts="paper.example", drop=("p", "i"), valid_until=date(2024, 5, 1))
    digest = SiteRules((rule,)).digest("www.paper.example")
    assert digest == "69c41d6a7642"  # as every version has to write it: it stands on stored articles
    others = ("paper.example", "other.example")
    assert SiteRules((attrs.evolve(rule, hosts=others),)).digest("paper.example") == digest
    for changed in (
        attrs.evolve(rule, drop=("i", "p")),
        attrs.evolve(rule, drop=(), keep=("p", "i")),
        attrs.evolve(rule, valid_until=date(2024, 5, 2)),
    ):
        assert SiteRules((changed,)).digest("paper.example") != digest


def test_rules_hold_in_compare_histories_and_for_other_extractors() -> None:
    """The options of a comparison carry the rules; trafilatura is given the page as they leave it."""
    rules = SiteRules((SiteRule(hosts=HOSTS, drop=(".ice",), container=("article",)),))
    html = page(BODY, head=f"<link rel='canonical' href='{URL}'>").encode()
    revision = revtrack.compare(html, html, options=revtrack.CompareOptions(site_rules=rules))
    assert POLL not in revision.new.text
    other = extract(html, body=TrafilaturaBody(), site_rules=rules)
    assert PARAGRAPHS[0] in other.text
    assert POLL not in other.text
    assert POLL in extract(html, body=TrafilaturaBody()).text


def test_explaining_names_the_rule_that_decided() -> None:
    """Each text that a rule kept or dropped shows its key and selector."""
    rule = SiteRule(hosts=HOSTS, drop=(".ice",), keep=("aside.facts",))
    decisions = explain(page(BODY), url=URL, site_rules=SiteRules((rule,)))
    rules = {one.text: one.rule for one in decisions}
    assert rules[POLL] == "site rule drop: .ice"
    assert rules[FACTS] == "kept: site rule keep: aside.facts"
    assert rules[PARAGRAPHS[0]] == "kept"
    decisions = explain(
        page(BODY), url=URL, site_rules=SiteRules((SiteRule(hosts=HOSTS, container=".ice"),))
    )
    assert {one.text: one.rule for one in decisions}[FACTS] == 'furniture: <aside class="facts">'
    assert {one.text: one.rule for one in decisions}[NOTE] == "outside site rule container: .ice"


GOOD = """
[[site]]
hosts = ["paper.example", "old-paper.example"]
valid_from = 2022-03-01
valid_until = 2024-06-30
container = "div.story"
drop = ["div.poll", "//aside[@data-kind='game']"]
"""


def test_a_file_of_rules_is_read(tmp_path: Path) -> None:
    """A key takes one text or a list; rules go to JSON and come back."""
    path = tmp_path / "rules.toml"
    path.write_text(GOOD, encoding="utf-8")
    rules = SiteRules.load(path)
    (rule,) = rules.rules
    assert rule.container == ("div.story",)
    assert rule.drop == ("div.poll", "//aside[@data-kind='game']")
    assert rule.valid_from == date(2022, 3, 1)
    assert codec.loads(codec.dumps(rules), SiteRules) == rules


@pytest.mark.parametrize(
    ("written", "key", "complaint"),
    [
        ("[[site]\n", "", "is not TOML"),
        ("[[sites]]\nhosts = ['x.example']\n", "sites", r"\[\[site\]\]"),
        ("[[site]]\ndrop = ['p']\n", "site 1.hosts", "hosts: it is missing"),
        ("[[site]]\nhosts = []\n", "site 1.hosts", "at least one host"),
        ("[[site]]\nhosts = ['https://x.example/']\n", "site 1.hosts", "without https"),
        ("[[site]]\nhosts = 'x.example'\ndorp = 'p'\n", "site 1.dorp", "the keys are hosts"),
        ("[[site]]\nhosts = 'x.example'\ndrop = 'p['\n", "site 1.drop", "no CSS selector"),
        ("[[site]]\nhosts = 'x.example'\ndrop = '//p['\n", "site 1.drop", "no XPath"),
        ("[[site]]\nhosts = 'x.example'\ndrop = '(1 + 1)'\n", "site 1.drop", "gives a float"),
        ("[[site]]\nhosts = 'x.example'\nkeep = 3\n", "site 1.keep", "one text in quotes"),
        ("[[site]]\nhosts = 'x.example:80'\n", "site 1.hosts", "without its port"),
        ("[[site]]\nhosts = '*.x.example'\n", "site 1.hosts", "write 'x.example'"),
        ("[[site]]\nhosts = 'x example'\n", "site 1.hosts", "is no host"),
        ("[[site]]\nhosts = 'x.example'\ndrop = 'p::text'\n", "site 1.drop", "Pseudo-elements"),
        ("[[site]]\nhosts = 'x.example'\ndrop = 'p[a()]'\n", "site 1.drop", "XPath begins with"),
        ("[[site]]\nhosts = 'x.example'\ndrop = '//p[a()]'\n", "site 1.drop", "no XPath"),
        ("[[site]]\nhosts = 'x.example'\nkeep = '//p/@class'\n", "site 1.keep", "no elements: name"),
        (f"[[site]]\nhosts = 'x.example'\ndrop = '{'p ' * 5_000}'\n", "site 1.drop", "p …' is no CSS"),
        ("[site]\nhosts = 'x.example'\n", "site", r"\[\[site\]\]"),
        ("", "site", r"\[\[site\]\]"),
        (f"a = {'[' * 100_000}", "", "is not TOML"),
        (
            "[[site]]\nhosts = 'x.example'\nvalid_from = '2024'\n",
            "site 1.valid_from",
            "a day without quotes",
        ),
        (
            "[[site]]\nhosts = 'x.example'\nvalid_from = 2024-02-01\nvalid_until = 2024-01-01\n",
            "site 1.valid_until",
            "lies before",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_its_key(
    tmp_path: Path, written: str, key: str, complaint: str
) -> None:
    """The error names the file and the key, and says what to write instead."""
    path = tmp_path / "rules.toml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(SiteRulesError, match=complaint) as caught:
        SiteRules.load(path)
    assert (caught.value.path, caught.value.key) == (str(path), key)
    assert str(path) in str(caught.value)


def test_a_new_design_stands_above_the_old_one(tmp_path: Path) -> None:
    """Two tables for one host are no mistake where each has days of its own."""
    path = tmp_path / "rules.toml"
    path.write_text(
        "[[site]]\nhosts = 'x.example'\nvalid_from = 2024-01-01\ncontainer = '.new'\n"
        "[[site]]\nhosts = 'x.example'\nvalid_until = 2023-12-31\ncontainer = '.old'\n",
        encoding="utf-8-sig",
    )
    assert [rule.container for rule in SiteRules.load(path).rules] == [(".new",), (".old",)]


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    """The error says how the file is to be saved."""
    path = tmp_path / "rules.toml"
    path.write_text(GOOD, encoding="utf-16")
    with pytest.raises(SiteRulesError, match="save it again as UTF-8"):
        SiteRules.load(path)


def test_a_selector_that_only_a_page_shows_to_be_wrong_is_an_error_of_rules() -> None:
    """An expression that no sample could try names itself when it meets a page."""
    rules = SiteRules((SiteRule(hosts=HOSTS, drop="//table[no-such-function(.)]"),))
    assert extract(page(BODY), url=URL, site_rules=rules).text
    with pytest.raises(SiteRulesError, match="cannot be applied") as caught:
        extract(page(f"{BODY}<table><tr><td>{POLL}</table>"), url=URL, site_rules=rules)
    assert caught.value.key == "//table[no-such-function(.)]"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"drop": 3}, TypeError),
        ({"drop": ("p", 3)}, TypeError),
        ({"hosts": 3}, TypeError),
        ({"hosts": ()}, ValueError),
        ({"valid_from": "2024-01-01"}, TypeError),
        ({"valid_until": datetime(2024, 1, 1, tzinfo=UTC)}, TypeError),
        ({"headline": "h1["}, ValueError),
    ],
    ids=str,
)
def test_a_wrong_rule_is_refused_at_once(wrong: dict[str, Any], error: type[Exception]) -> None:
    """What is wrong with a rule that a program makes is said by its field."""
    with pytest.raises(error, match=next(iter(wrong))):
        SiteRule(**({"hosts": "paper.example"} | wrong))


def test_a_time_without_a_zone_is_refused() -> None:
    """The day of a capture depends on its zone, and no machine may guess it."""
    for read in (extract, explain):
        with pytest.raises(ValueError, match="time zone"):
            read(page(BODY), url=URL, captured_at=datetime(2024, 3, 1))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """What cannot be read is an error of the same kind."""
    with pytest.raises(SiteRulesError, match="cannot be read: no such file"):
        SiteRules.load(tmp_path / "none.toml")
