"""Captures and histories in forms that other programs read: JSON lines, WARC, a git repository."""

from revtrack.exchange.jsonlines import read_lines, write_lines
from revtrack.exchange.repository import Committed, commits, write_repository
from revtrack.exchange.webarchive import write_records

__all__ = ["Committed", "commits", "read_lines", "write_lines", "write_records", "write_repository"]
