"""The reasons why two addresses that are written differently name one article."""

from __future__ import annotations

from enum import Enum

__all__ = ["Reason"]


class Reason(Enum):
    """What differs between two addresses of one article; the order is that of an address."""

    SCHEME = "scheme"
    USERINFO = "user information"
    HOST = "host written otherwise"
    PORT = "default port"
    WWW = "www"
    MOBILE = "mobile variant"
    AMP = "AMP variant"
    PATH = "path written otherwise"
    INDEX = "index page"
    TRAILING_SLASH = "trailing slash"
    TRACKERS = "tracking parameters"
    QUERY_ORDER = "order of parameters"
    QUERY = "query written otherwise"
    FRAGMENT = "fragment"
    REL_CANONICAL = "rel=canonical"
