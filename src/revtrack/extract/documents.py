"""Lines that lead to a document or a set of data: content, though they are nothing but a link.

Who watches official sites wants to know when the data under a text are gone. Such a line is told by the
form of the file that its address names, or by words for a set of data.
"""

from __future__ import annotations

import re

from revtrack.model import Block

__all__ = ["leads_to_document"]

# The longest line that is read for its words, in characters (range 40 to 150): labels are short.
_LONGEST = 80
_FILE = re.compile(r"\.(?:pdf|csv|tsv|xlsx?|ods|docx?|odt|pptx?|odp|zip|geojson|kml|shp)$")
# How lines end that advertise a file; documents are named without it.
_EXCLAIMED = ("!", "！")
_ADDRESS = re.compile(r"[^?#]{0,2000}")
# Words for a set of data, one line a language; what is missing costs a line, never an article.
_DATA = re.compile(
    r"""
    \bdata\s?-?sets?\b                                       # en, nl
    | \bdaten(?:satz|sätze|sammlung)                         # de
    | \bjeux?\sde\sdonnées\b                                 # fr
    | \bconjuntos?\sde\sda[td]os\b                           # es, pt
    | \b(?:insiem[ei]|set)\sdi\sdati\b                       # it
    | \bgegevens(?:set|bestand)                              # nl
    | \bdata(?:mängd|sæt|sett)                               # sv, da, no
    | \btietoaineist                                         # fi
    | \bzbi(?:ór|ory)\sdanych                                # pl
    | \badat(?:készlet|halmaz)                               # hu
    | \bnabor\sdanych | \bdatov[áé]\ssad                     # cs
    | \bнабор(?:ы)?\sданных                                  # ru
    | データセット | 数据集 | 資料集 | 데이터\s?(?:셋|세트) | مجموعة\s(?:ال)?بيانات
    """,
    re.VERBOSE,
)


def leads_to_document(block: Block) -> bool:
    """Whether a link of *block* leads to a document or a set of data, as it says."""
    if not block.links or block.text.endswith(_EXCLAIMED):
        return False
    if len(block.text) <= _LONGEST and _DATA.search(block.text.casefold()):
        return True
    return any(_is_file(link.href) for link in block.links)


def _is_file(href: str) -> bool:
    address = _ADDRESS.match(href.lower())
    return address is not None and _FILE.search(address[0]) is not None
