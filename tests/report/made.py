"""Revisions and histories made by hand, so that the report is tested apart from the comparison."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import attrs

from revtrack.changes.kinds import (
    Change,
    Direction,
    HeadlineChanged,
    LinkChanged,
    MediaChanged,
    MetadataChanged,
    MetadataField,
    Nature,
    NoticeAdded,
    NoticeRemoved,
    Prominence,
    TextAdded,
    TextEdited,
    TextMoved,
    TextRemoved,
    UpdateAdded,
)
from revtrack.changes.revision import Revision
from revtrack.diff.ops import Delete, Equal, Insert, Move, Replace, TextOp
from revtrack.history import History
from revtrack.model import (
    Article,
    Attested,
    Block,
    BlockKind,
    Capture,
    HeadlineSource,
    Interval,
    Notice,
    NoticeKind,
    NoticeTarget,
    Screened,
    ScreenReason,
    Span,
    Version,
)
from revtrack.remarks import Remark, RemarkKind

__all__ = [
    "HOSTILE",
    "Part",
    "every_change",
    "history_of",
    "hostile_history",
    "revision_of",
    "story",
    "tiled",
]

Part = tuple[str, str]
"""What happened to a stretch (``=`` kept, ``-`` deleted, ``+`` inserted) and its words."""

START = datetime(2024, 3, 4, 7, 40, tzinfo=UTC)

HOSTILE = (
    "<script>alert(1)</script></style><!-- {{ 7*7 }} {% raw %} & &amp; \x1b[31mred\x1b]0;title\x07 "
    "\u202egnp.exe\u202c \u2066isolated \ud800 \x00\x08 ](javascript:alert(1)) [x](https://e.example) "
    f"www.evil.example `` | # * _ ~~ {'long' * 60} <a href='javascript:alert(1)' onclick=x>click</a>"
)


def tiled(parts: Sequence[Part]) -> tuple[str, str, tuple[TextOp, ...]]:
    """The old text, the new text and the operations that *parts* spell out."""
    old, new = "", ""
    ops: list[TextOp] = []
    for fate, words in parts:
        gone, come = words if fate != "+" else "", words if fate != "-" else ""
        old_span = Span(len(old), len(old) + len(gone))
        new_span = Span(len(new), len(new) + len(come))
        if fate == "=":
            ops.append(Equal(old_span, new_span))
        elif fate == "-":
            ops.append(Delete(old_span, new_span, words))
        else:
            ops.append(Insert(old_span, new_span, words))
        old, new = old + gone, new + come
    return old, new, tuple(ops)


def blocks_of(text: str, kinds: Sequence[BlockKind] = ()) -> tuple[Block, ...]:
    """The blocks of a text: paragraphs, unless *kinds* says otherwise for the first ones."""
    names = [*kinds, *[BlockKind.PARAGRAPH] * (text.count("\n\n") + 1)]
    return tuple([Block(kind, words) for kind, words in zip(names, text.split("\n\n"), strict=False)])


def revision_of(
    *parts: Part, moves: Sequence[tuple[int, int]] = (), kinds: Sequence[BlockKind] = ()
) -> Revision:
    """A revision whose texts and operations *parts* spell out; *moves* pair parts by number."""
    old, new, ops = tiled(parts)
    return Revision(
        old=Article(headline="Old headline", blocks=blocks_of(old, kinds), language="en"),
        new=Article(headline="New headline", blocks=blocks_of(new, kinds), language="en"),
        ops=ops,
        moves=tuple([Move(ops[gone].old, ops[come].new) for gone, come in moves]),
    )


# ---------------------------------------------------------------------------------------------
# one story

_UPDATE = (
    "Update: the original headline read “Crews close cranes”. It was the authority; I've corrected it."
)
_CORRECTION = Notice(
    kind=NoticeKind.CORRECTION,
    target=NoticeTarget.HEADLINE,
    text=_UPDATE,
    label="Update",
    said="Crews close cranes",
    says="Authority closes cranes",
)
_FIRST = "Crews close cranes in Larnby"
_SECOND = "Authority closes cranes in Larnby"
_LEDE = "The harbour of Larnby lost three of its five cranes on Monday."
_WARNING = "An engineer had warned of the cracks in April."
_QUIET = "\n\n".join([f"Quiet paragraph number {number} of the story." for number in range(1, 8)])


def _article(text: str, headline: str, **more: object) -> Article:
    return attrs.evolve(
        Article(
            headline=headline,
            blocks=blocks_of(text),
            language="en",
            url="https://ledger.example/cranes",
        ),
        **more,  # type: ignore[arg-type] # fields by name, for tests only
    )


def _edit(change: type[Change], **fields: object) -> Change:
    defaults: dict[str, object] = {
        "old": None,
        "new": None,
        "rule": "by-hand",
        "nature": Nature.CONTENT,
        "substantive": True,
    }
    return change(**{**defaults, **fields})  # type: ignore[arg-type] # fields by name, for tests only


def _step(
    parts: Sequence[Part], headlines: tuple[str, str], moves: Sequence[tuple[int, int]] = ()
) -> Revision:
    bare = revision_of(*parts, moves=moves)
    return attrs.evolve(
        bare,
        old=_article(bare.old.text, headlines[0]),
        new=_article(bare.new.text, headlines[1]),
    )


def history_of(*revisions: Revision, screened: Sequence[Screened] = ()) -> History:
    """A history of *revisions*, a day apart, every version seen twice."""
    articles = [revisions[0].old, *[revision.new for revision in revisions]] if revisions else []
    versions = []
    for number, article in enumerate(articles):
        seen = START + timedelta(days=number)
        captures = [
            Capture(article.url, at, "file", None, f"somewhere/else/{at:%Y%m%dT%H%M%SZ}.html")
            for at in (seen, seen + timedelta(hours=5))
        ]
        versions.append(Version(number + 1, article, tuple(captures)))
    bounded = [
        attrs.evolve(revision, interval=Interval(old.last_seen, new.first_seen))
        for revision, old, new in zip(revisions, versions, versions[1:], strict=False)
    ]
    return History(tuple(versions), tuple(bounded), tuple(screened))


def story() -> History:
    """A headline corrected with an update; a paragraph removed and a number changed; a move."""
    headline_ops = tiled([("-", "Crews close"), ("+", "Authority closes"), ("=", " cranes in Larnby")])[
        2
    ]
    first = _step(
        [
            ("=", f"{_LEDE}\n\n{_WARNING}\n\n{_QUIET}\n\nRepairs cost 12 crowns."),
            ("+", f"\n\n{_UPDATE}"),
        ],
        (_FIRST, _SECOND),
    )
    added = Span(len(first.new.text) - len(_UPDATE), len(first.new.text))
    notice = attrs.evolve(_CORRECTION, span=added)
    first = attrs.evolve(
        first,
        changes=(
            _edit(
                HeadlineChanged,
                old=_FIRST,
                new=_SECOND,
                ops=headline_ops,
                source=HeadlineSource.H1,
                nature=Nature.NAME,
                disclosed_by=(notice,),
            ),
            _edit(UpdateAdded, new=_UPDATE, notice=notice, nature=Nature.NOTICE, new_spans=(added,)),
        ),
    )
    second = _step(
        [
            ("=", f"{_LEDE}\n\n"),
            ("-", f"{_WARNING}\n\n"),
            ("=", f"{_QUIET}\n\nRepairs cost "),
            ("-", "12"),
            ("+", "21"),
            ("=", f" crowns.\n\n{_UPDATE}"),
        ],
        (_SECOND, _SECOND),
    )
    gone = Span(len(_LEDE) + 2, len(_LEDE) + 2 + len(_WARNING))
    at = second.old.text.index("Repairs"), second.new.text.index("Repairs")
    old_cost, new_cost = "Repairs cost 12 crowns.", "Repairs cost 21 crowns."
    second = attrs.evolve(
        second,
        changes=(
            _edit(TextRemoved, old=_WARNING, old_spans=(gone,)),
            _edit(
                TextEdited,
                old=old_cost,
                new=new_cost,
                nature=Nature.NUMBER,
                ops=tiled([("=", "Repairs cost "), ("-", "12"), ("+", "21"), ("=", " crowns.")])[2],
                old_spans=(Span(at[0], at[0] + len(old_cost)),),
                new_spans=(Span(at[1], at[1] + len(new_cost)),),
            ),
        ),
    )
    third = _step(
        [
            ("-", f"{_LEDE}\n\n"),
            ("=", f"{_QUIET}\n\n"),
            ("+", f"{_LEDE}\n\n"),
            ("=", f"{new_cost}\n\n{_UPDATE}"),
        ],
        (_SECOND, _SECOND),
        moves=[(0, 2)],
    )
    third = attrs.evolve(
        third,
        new=attrs.evolve(
            third.new,
            attested=(Attested(NoticeTarget.HEADLINE, "Crews close the cranes", _SECOND, notice),),
        ),
        changes=(
            _edit(
                TextMoved,
                old=_LEDE,
                new=_LEDE,
                nature=Nature.ORDER,
                substantive=False,
                old_spans=(Span(0, len(_LEDE)),),
                new_spans=(Span(len(_QUIET) + 2, len(_QUIET) + 2 + len(_LEDE)),),
                direction=Direction.DOWN,
                prominence=Prominence.SAME,
            ),
        ),
    )
    lost = Capture(None, START + timedelta(days=1, hours=9), "file", None, "somewhere/else/wall.html")
    return history_of(
        first, second, third, screened=[Screened(lost, ScreenReason.NO_ARTICLE, "a login wall")]
    )


def every_change() -> tuple[Change, ...]:
    """One change of every kind."""
    notice = _CORRECTION
    return (
        _edit(HeadlineChanged, old="a", new="b", source=HeadlineSource.H1),
        _edit(UpdateAdded, new="c", notice=notice),
        _edit(NoticeAdded, new="d", notice=notice),
        _edit(NoticeRemoved, old="e", notice=notice),
        _edit(TextAdded, new="f", new_spans=(Span(0, 1),)),
        _edit(TextRemoved, old="g", old_spans=(Span(0, 1),)),
        _edit(TextEdited, old="h", new="i", nature=Nature.NEGATION),
        _edit(
            TextMoved,
            old="j",
            new="j",
            substantive=False,
            direction=Direction.UP,
            prominence=Prominence.INTO_LEAD,
        ),
        _edit(MetadataChanged, old="k", new="l", field=MetadataField.BYLINE),
        _edit(LinkChanged, old="https://m.example/", new="https://n.example/", text="m"),
        _edit(MediaChanged, old="o.png"),
    )


def hostile_history() -> History:
    """A history whose every text tries to break out of the report."""
    parts: list[Part] = [
        ("=", HOSTILE),
        ("-", HOSTILE),
        ("+", f"\n\n{HOSTILE}"),
        ("=", f"\n\n{HOSTILE}"),
    ]
    bare = revision_of(*parts)
    spans = {"old_spans": (Span(0, 20),), "new_spans": (Span(0, 20),)}
    notice = attrs.evolve(_CORRECTION, text=HOSTILE, label=HOSTILE)
    changes = [
        attrs.evolve(
            change,
            old=change.old and HOSTILE,
            new=change.new and f"{HOSTILE} new",
            rule=HOSTILE,
            disclosed_by=(notice,),
            **spans,  # type: ignore[arg-type] # fields by name, for tests only
        )
        for change in every_change()
    ]
    changes = [attrs.evolve(c, text=HOSTILE) if isinstance(c, LinkChanged) else c for c in changes]
    attested = Attested(NoticeTarget.HEADLINE, f"{HOSTILE} attested", HOSTILE, notice)
    made = attrs.evolve(
        bare,
        old=attrs.evolve(bare.old, headline=HOSTILE, language=HOSTILE, url="javascript:alert(1)"),
        new=attrs.evolve(
            bare.new, headline=f"{HOSTILE} 2", language='en" onload="x', attested=(attested,)
        ),
        changes=tuple(changes),
        remarks=(Remark(RemarkKind.TECHNICAL, HOSTILE),),
    )
    wall = Screened(Capture(HOSTILE, None, HOSTILE, None, HOSTILE), ScreenReason.EMPTY, HOSTILE)
    return history_of(made, screened=[wall])


def replaced(old: str, new: str) -> tuple[TextOp, ...]:
    """One operation that replaces all of *old* by *new*."""
    return (Replace(Span(0, len(old)), Span(0, len(new)), old, new),)
