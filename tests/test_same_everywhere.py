"""The same captures give the same result, byte for byte, wherever they are compared."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

PROBE = """
import sys
import revtrack
from revtrack import codec, diff, notices, report
from revtrack.notices.lexicon import choose
from revtrack.sources import Files
history = revtrack.track(Files("examples/story"))
sys.stdout.buffer.write(codec.dumps(history).encode() + report.html(history).encode())
old = ["The mayor opened the bridge.", "It cost 3m.", "A report on the harbour is due."]
new = [old[2], "The mayor has opened the new bridge.", "It cost 5m."]
one = diff.align(old, new)
words = [diff.text(old[i], new[j]) for i, j in sorted(one.pairs)]
found = notices.find("Update: This story was corrected; it is in Bath, not York.")
other = notices.find("Rettelse: I en tidligere versjon sto det at broen er stengt.")
shared = ["en was to och denne at un non ikke", "et du uma para no que saken und le"]
shared.append("denne with att in une os was var har")  # as common in several languages each
guessed = [choose(None, text) for text in shared]
sys.stdout.buffer.write(repr((one.moves, one.groups, words, found, other, guessed)).encode())
"""
PLACES = [
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "4294967295", "TZ": "America/St_Johns", "PYTHONOPTIMIZE": "1"},
]


def test_a_result_does_not_depend_on_the_machine(root: Path) -> None:
    """Hash seed, time zone and locale leave JSON, report, alignment and notices as they are."""
    digests = set()
    for place in PLACES:
        done = subprocess.run(
            [sys.executable, "-c", PROBE],
            cwd=root,
            env={**os.environ, **place},
            capture_output=True,
            check=True,
        )
        assert len(done.stdout) > 10_000
        digests.add(hashlib.sha256(done.stdout).hexdigest())
    assert len(digests) == 1
