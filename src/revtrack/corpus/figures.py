"""Statistics as people read them: lines of text, and one self-contained HTML page."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from html import escape

from revtrack.corpus.summary import Estimate, OutletStatistics
from revtrack.report.neutral import spelt_out

__all__ = ["page", "table"]

_STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 76rem; padding: 1rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid; padding: .3rem .6rem; text-align: end; vertical-align: top; }
th:first-child, td:last-child { text-align: start; }
"""

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{digest}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Corpus statistics</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>Corpus statistics</h1>
<p>In parentheses: the 95 % interval, from a bootstrap over articles. The states of disclosure are
shares of the substantive changes; <em>undisclosed</em> means that no notice in the captures explains
the change.</p>
<div class="scroll" role="region" aria-label="Statistics by outlet" tabindex="0">
<table>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>
</main>
</body>
</html>
"""


def table(found: Sequence[OutletStatistics]) -> str:
    """The statistics as lines of text, a paragraph for each outlet."""
    return "\n\n".join(
        ["\n".join([f"{name + ':':<22} {value}" for name, value in _figures(one)]) for one in found]
    )


def page(found: Sequence[OutletStatistics]) -> str:
    """The statistics as an HTML page that runs no script, loads nothing and links nowhere."""
    figures = [_figures(one) for one in found]
    names = [name for name, _ in figures[0]] if figures else []
    rows = []
    for (_, outlet), *others in figures:
        cells = "".join([f"<td>{escape(value)}</td>" for _, value in others])
        rows.append(f'<tr><th scope="row">{escape(outlet)}</th>{cells}</tr>')
    return _PAGE.format(
        digest=base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode("ascii"),
        style=_STYLE,
        heads="".join([f'<th scope="col">{escape(name)}</th>' for name in names]),
        rows="\n".join(rows),
    )


def _figures(one: OutletStatistics) -> list[tuple[str, str]]:
    """Each figure by its name, as text with its interval."""
    return [
        ("outlet", spelt_out(one.outlet)),
        ("articles", f"{one.articles:,}"),
        ("revisions", f"{one.revisions:,}"),
        ("versions per article", _figure(one.versions, "{:.2f}")),
        ("median", _figure(one.versions_median, "{:.0f}")),
        ("headline changed", _figure(one.headline, "{:.1%}")),
        ("substantive changes", f"{one.substantive:,}"),
        *[(state, _figure(share, "{:.1%}")) for state, share in one.states.items()],
        ("late by (median)", _figure(one.delay, "{:.1f} h")),
        ("natures", ", ".join([f"{name} {count:,}" for name, count in one.natures.items()])),
    ]


def _figure(estimate: Estimate, form: str) -> str:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "–"
    value, low, high = [form.format(one) for one in (estimate.value, estimate.low, estimate.high)]
    return f"{value} ({low} to {high})"
