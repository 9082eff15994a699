"""The words that stand after an article: newsletters, accounts, comments, rights, pleas for support."""

from __future__ import annotations

import re

from revtrack.model import Block

__all__ = ["is_closing", "leads_to_terms"]

# Words about newsletters, the writer's accounts and the rights, at the end of an article: a word that
# must be there, and what must stand around it (the word alone is cheap to look for).
_CLOSING = tuple(
    (word, re.compile(pattern))
    for word, pattern in [
        ("©", r"^©"),
        ("copyright", r"^copyright\b"),
        ("all rights reserved", r"\ball rights reserved\b"),
        ("subscribe", r"\bsubscribe (?:to|for|now|today|here)\b"),
        (
            "subscribe",
            r"\bsubscribe\b.{0,80}\b(?:newsletters?|e-?mails?|channel|podcast|magazine|alerts?)\b",
        ),
        ("sign up", r"\bsign up\b.{0,80}\b(?:newsletters?|e-?mails?|podcast|magazine|alerts?)\b"),
        ("newsletter", r"\bour (?:free )?newsletters?\b"),
        ("your inbox", r"\byour inbox\b"),
        (
            "follow ",
            r"\bfollow [\w ’'.@-]{1,60} on (?:twitter|facebook|instagram|x|youtube|linkedin)\b",
        ),
        (" us on ", r"\b(?:like|join|find) us on (?:twitter|facebook|instagram|telegram|whatsapp)\b"),
        (" a tip", r"\b(?:have|got) a (?:news )?tip\b"),
        (" a story", r"\b(?:have|got) a story\b"),
        (" be reached at", r"\b(?:may|can) be reached at\b"),
        (" be contacted at", r"\b(?:may|can) be contacted at\b"),
        (" this ", r"\b(?:like|enjoy(?:ed)?) this (?:story|article|post)\b"),
        ("download", r"\bdownload (?:our|the) (?:free )?app\b"),
        ("click here", r"\bclick here (?:to|for)\b.{0,60}\b(?:subscribe|newsletter|sign|more)"),
        ("tell us", r"\btell us what you think\b"),
        ("let us know", r"\blet us know (?:what you think )?in the comments\b"),
    ]
)
_CLOSING_LONGEST = 320

# A plea for support asks the reader for money, and says that it is for journalism; the longest one, in
# characters (range 400 to 2,000).
_PLEA = (
    "support us",
    "support our",
    "please support",
    "please donate",
    "please consider",
    "become a member",
    "become a supporter",
    "make a donation",
    "unterstützen sie",
    "jetzt unterstützen",
    "jetzt spenden",
    "spenden sie",
    "soutenez",
    "faites un don",
    "apóyanos",
    "apoya nuestro",
    "haz una donación",
    "hazte soci",
    "apoie",
    "sostieni",
    "abbonati",
    "steun ons",
    "støtt oss",
    "støt os",
    "stöd oss",
    "wesprzyj",
    "támogas",
    "поддержите",
)
_PRESS = (
    "journalis",
    "independent report",
    "our reporting",
    "newsroom",
    "periodismo",
    "jornalismo",
    "giornalismo",
    "dziennikarstw",
    "újságírás",
    "журналист",
    "редакци",
    "redaktion",
)
_PLEA_LONGEST = 1_000

_TERMS = (
    *("privacy", "terms", "guidelines", "cookie", "policy", "policies"),
    *("datenschutz", "nutzungsbedingungen", "conditions"),
)


def is_closing(text: str) -> bool:
    """Whether the block is about the newsletter, the writer's accounts, comments or rights."""
    if len(text) > _PLEA_LONGEST:
        return False
    folded = text.casefold()
    if len(text) <= _CLOSING_LONGEST and any(
        word in folded and pattern.search(folded) for word, pattern in _CLOSING
    ):
        return True
    return any(word in folded for word in _PRESS) and any(word in folded for word in _PLEA)


def leads_to_terms(block: Block) -> bool:
    """Whether two or more links of the block lead to a site's terms."""
    leading = 0
    for link in block.links if len(block.links) > 1 else ():
        address = link.href.lower()
        leading += any(word in address for word in _TERMS)
    return leading > 1
