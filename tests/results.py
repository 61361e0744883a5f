"""A finished run with articles of every kind that a report shows, hostile ones among them."""

from __future__ import annotations

import json
from pathlib import Path

from command_line import invoke

HEAD = "Quay to close\nBy María Pérez\nPublished 20 June 2024"
QUAY = "The quay closes on Monday because two of its pillars are broken, the port said in a statement on Thursday."
MARKET = "Ferries move to the north pier until the summer, and the market moves to the town hall with all of its 40 stalls."
FISH = "Fishermen fear for the season, and the council will hear them on Tuesday before it decides about the money."
COUNCIL = "Councillors from three parties have asked for another report about the pillars, which were built in 1932 by prisoners."
SCRIPT = "<script>document.title = 'taken over'</script><img src=x onerror=\"document.title='taken over'\">"
EVIL_LINE = 'Join "us" \\ now </script> #'
EVIL = f"{EVIL_LINE} \u202e"
"""A line as it was scraped, with a sign that reading leaves out."""
EVIL_RULE = 'own.removal.</script>"\\'
CLOSING = "</template></script><!-- ]]> &lt;b&gt; \u2028 \u202edesrever\u202c ' \" ` ${1+1} \\u003cscript\\u003e"

ROWS: tuple[dict[str, object], ...] = (
    {
        "id": "quay",
        "url": "https://www.example.com/2024/quay",
        "text": f"{HEAD}\n\nULM - {QUAY}\n\n{MARKET}\n\n{FISH}\n\n{COUNCIL}\nSource link\nNo comments:\n",
    },
    {
        "id": "quay copy",
        "url": "https://news.example.org/quay",
        "text": f"Port closes its quay\n\n{QUAY}\n\n{MARKET.replace('40', '30')}\n\n{FISH}\n\n{COUNCIL}\nSource link\n",
    },
    {
        "id": f"hostile {SCRIPT}",
        "url": "javascript:document.title='taken over'",
        "site": CLOSING,
        "text": f"{SCRIPT}\n\n{COUNCIL.replace('Councillors', SCRIPT)}\n\n{CLOSING}\n{EVIL}\nSource link\n",
    },
    {"id": "empty", "text": "Source link\n"},
    {"id": "no text"},
)
"""Records; the last is none."""


def write_run(folder: Path, *arguments: str) -> Path:
    """Run over the records; return the folder of the results."""
    feed, out = folder / "feed.jsonl", folder / "out"
    rule = {"id": EVIL_RULE, "kind": "line", "reason": "sharing", "phrases": [EVIL, "Join us all"], "never": [CLOSING]}
    rules = folder / "rules.toml"
    rules.write_text(
        "\n".join(["[[removal]]", *(f"{key} = {json.dumps(value)}" for key, value in rule.items())]), encoding="utf-8"
    )
    feed.write_text("".join(f"{json.dumps(row)}\n" for row in ROWS), encoding="utf-8")
    assert invoke("run", feed, "--out", out, "--catalogue", rules, *arguments).exit_code == 3
    return out
