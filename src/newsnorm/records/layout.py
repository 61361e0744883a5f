"""Define the kinds of text: a page, an article, a text alone, or something that is not an article."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

LayoutKind: TypeAlias = Literal[
    "page",
    "article",
    "titled",
    "text",
    "index",
    "consent",
    "bot-check",
    "not-found",
    "stub",
    "login",
    "empty",
    "unknown",
]
NO_ARTICLE: frozenset[LayoutKind] = frozenset(("index", "consent", "bot-check", "not-found", "stub", "login", "empty"))
"""The kinds that don't contain a whole report."""


@attrs.frozen
class Layout:
    """
    The kind of a text, judged from its lines and from what was found in them.

    >>> import newsnorm
    >>> newsnorm.parse("Page not found\\nThe page you are looking for may have been moved.").layout.kind
    'not-found'
    >>> newsnorm.parse("It rained in Ulm on Monday.").layout.is_article
    True
    """

    kind: LayoutKind
    """
    With a report: ``page`` (links and labels stand around it), ``article`` (a byline or a date, and little else), ``titled`` (a
    headline), ``text`` (nothing but its own lines). Without a whole report: ``index`` (headlines and teasers), ``consent``,
    ``bot-check``, ``not-found``, ``stub`` (a subscription wall cuts it), ``login`` (a form of a page of HTML), ``empty``.
    ``unknown`` if the article was saved by a version that did not record it.
    """
    why: str = ""
    """What decided, in words."""

    @property
    def is_article(self) -> bool:
        """Whether the text may contain a whole report; true for ``unknown``."""
        return self.kind not in NO_ARTICLE


UNKNOWN_LAYOUT = Layout("unknown")
"""The layout of articles that were saved without one."""
