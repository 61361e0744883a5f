"""Load everything that a run needs; a server process imports this before it forks."""

from __future__ import annotations

import newsnorm
import newsnorm.corpus.jobs.normalise

newsnorm.parse(
    "Quay to close\n\nBy María Pérez\n\nThe quay closes on Monday, the port said.\nNo comments:", url="https://example.com/a"
)
