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


MAYOR = "The mayor opened the new swimming hall on Saturday after two years of work, and the first children swam for free."
HEAT = "The hall is heated with water from the works nearby, which saves much of the energy, an engineer said on Saturday."
CLUB = "Swimmers praised the light, and a club that had trained elsewhere comes back in the autumn with its 90 members."
SNOW = "Snow fell on the hills above the town, and the road to the pass is closed until the weekend, the police said."
PLOUGH = "Ploughs will work through the night, and buses go as far as the bridge below the bend, where a shuttle waits."

RELATED: tuple[dict[str, object], ...] = tuple(
    {"id": name, "url": "https://www.example.com/", "text": "\n\n".join([title, *paragraphs])}
    for name, title, *paragraphs in (
        ("quay", "Quay to close", QUAY, MARKET, FISH, COUNCIL),
        ("quay copy", "Port closes its quay", QUAY, MARKET.replace("40", "30"), FISH, COUNCIL),
        ("pool", "Swimming hall opens", MAYOR, HEAT, CLUB),
        ("pool copy", "New hall for swimmers", MAYOR, HEAT, f"{CLUB} They will swim on Sunday, too."),
        ("roundup", "The week in brief", QUAY, MARKET, FISH, COUNCIL, MAYOR, HEAT, CLUB),
        ("snow", "Pass closed by snow", SNOW, QUAY, FISH, PLOUGH),
    )
)
"""Two reports with a copy each; a round-up that prints both, so that bridges lead to it; and a report that overlaps with them."""


def write_related(folder: Path) -> Path:
    """Run over the related records; return the folder of the results."""
    feed, out = folder / "feed.jsonl", folder / "out"
    feed.write_text("".join(f"{json.dumps(row)}\n" for row in RELATED), encoding="utf-8")
    assert invoke("run", feed, "--out", out).exit_code == 0
    return out


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
