"""The rosters we ship, read as files: the facts of RULES 11, the names of RULES 12."""

import csv
import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

ROSTERS = Path(__file__).parents[2] / "config" / "rosters"
LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
COLUMNS = (
    "code,tier,address,region,reply,order,list_en,spoken_en,plate_en,sort_en,"
    "list_fr,sort_fr,list_es,sort_es,list_ru,sort_ru,list_zh,sort_zh,list_ar,sort_ar,"
    "aliases,confusable"
)
MEMBERS = {
    "AFR": "AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM CPV DJI DZA EGY ERI ETH GAB "
    "GHA GIN GMB GNB GNQ KEN LBR LBY LSO MAR MDG MLI MOZ MRT MUS MWI NAM NER NGA RWA "
    "SDN SEN SLE SOM SSD STP SWZ SYC TCD TGO TUN TZA UGA ZAF ZMB ZWE",
    "APG": "AFG ARE BGD BHR BRN BTN CHN CYP FJI FSM IDN IND IRN IRQ JOR JPN KAZ KGZ "
    "KHM KIR KOR KWT LAO LBN LKA MDV MHL MMR MNG MYS NPL NRU OMN PAK PHL PLW PNG PRK "
    "QAT SAU SGP SLB SYR THA TJK TKM TLS TON TUV UZB VNM VUT WSM YEM",
    "EEG": "ALB ARM AZE BGR BIH BLR CZE EST GEO HRV HUN LTU LVA MDA MKD MNE POL ROU "
    "RUS SRB SVK SVN UKR",
    "LAC": "ARG ATG BHS BLZ BOL BRA BRB CHL COL CRI CUB DMA DOM ECU GRD GTM GUY HND "
    "HTI JAM KNA LCA MEX NIC PAN PER PRY SLV SUR TTO URY VCT VEN",
    "WEO": "AND AUS AUT BEL CAN CHE DEU DNK ESP FIN FRA GBR GRC IRL ISL ISR ITA LIE "
    "LUX MCO MLT NLD NOR NZL PRT SMR SWE TUR USA",
}
OBSERVER_STATES = {"VAT", "PSE"}
NO_STATES = {"EU", "INTERPOL", "NTI", "UNCCT", "UNITAD", "UNOCT", "UNODA"}
TIERS = {
    *("group", "member_state", "observer_state", "organisation"),
    *("un_entity", "nhri", "ngo", "other"),
}
ADDRESSES = {
    *("representative_of", "observer_for", "observer_of", "eu_observer", "person"),
}
SCRIPTS = {
    **dict.fromkeys(("en", "fr", "es"), "LATIN"),
    "ru": "CYRILLIC",
    "zh": "CJK",
    "ar": "ARABIC",
}
# ISO 3166 leaves XAA to XZZ to its users. Some of them are taken all the same: by
# machine-readable passports, by markets (XXX), and for a territory (XKX).
TAKEN = {
    *("XBA", "XCC", "XCE", "XCO", "XCT", "XDC", "XEC", "XES", "XIM"),
    *("XKK", "XKX", "XMP", "XOM", "XPO", "XSQ", "XXX"),
}

Row = dict[str, str]


def read(name: str) -> list[Row]:
    with (ROSTERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def head(name: str) -> dict[str, Any]:
    return tomllib.loads((ROSTERS / f"{name}.toml").read_text(encoding="utf-8"))


UN = {row["code"]: row for row in read("un")}
FICTIONAL = {row["code"]: row for row in read("fictional")}
BOTH = pytest.mark.parametrize("name", ["un", "fictional"])


def rows(name: str) -> list[Row]:
    return list({"un": UN, "fictional": FICTIONAL}[name].values())


def states(roster: dict[str, Row]) -> list[Row]:
    return [r for r in roster.values() if r["tier"].endswith("_state")]


def fold(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(c for c in bare if not unicodedata.combining(c))


def aliases(row: Row) -> list[str]:
    return [a for a in row["aliases"].split("|") if a]


def found(typed: str) -> set[str]:
    """The codes of the delegations that *typed* names exactly, however accented."""
    return {
        code
        for code, row in UN.items()
        if fold(typed) in {fold(n) for n in (code, row["list_en"], *aliases(row))}
    }


# The form of the files


@BOTH
def test_the_table_is_plain_utf8_with_line_feeds_and_the_agreed_columns(
    name: str,
) -> None:
    raw = (ROSTERS / f"{name}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert raw.decode().splitlines()[0] == COLUMNS


@BOTH
def test_no_code_stands_twice(name: str) -> None:
    codes = [row["code"] for row in read(name)]
    assert sorted(codes) == sorted(set(codes))


@BOTH
def test_tiers_addresses_and_entitlements_are_words_of_the_format(name: str) -> None:
    for row in rows(name):
        assert row["tier"] in TIERS, row["code"]
        assert row["address"] in ADDRESSES, row["code"]
        assert row["reply"] in {"yes", "no"} or row["reply"].isdigit(), row["code"]
        assert row["order"] in {"yes", "no"}, row["code"]
        assert row["region"] in {"", *MEMBERS}, row["code"]


@BOTH
def test_every_cell_is_clean_text(name: str) -> None:
    for row in rows(name):
        for column, cell in row.items():
            where = f"{row['code']} {column}: {cell!r}"
            assert cell == unicodedata.normalize("NFC", cell), where
            assert cell == cell.strip(), where
            if column not in {"tier", "address"}:
                assert not re.search(r" -|- |_|\s\s|\u00a0|\u200b", cell), where


@BOTH
def test_every_language_is_written_in_its_own_script(name: str) -> None:
    for row in rows(name):
        for language, script in SCRIPTS.items():
            letters = [c for c in row[f"list_{language}"] if c.isalpha()]
            strange = [c for c in letters if not unicodedata.name(c).startswith(script)]
            assert not strange, f"{row['code']} {language}: {strange}"


@BOTH
def test_the_places_in_each_alphabet_are_the_numbers_from_one_without_a_gap(
    name: str,
) -> None:
    for language in LANGUAGES:
        places = sorted(row[f"sort_{language}"] for row in rows(name))
        assert places == [f"{n:03}" for n in range(1, len(places) + 1)], language


@BOTH
def test_no_name_or_alias_leads_to_two_delegations(name: str) -> None:
    owner: dict[str, str] = {}
    for row in rows(name):
        keys = {fold(n) for n in (row["code"], row["list_en"], *aliases(row))}
        for key in keys:
            assert owner.setdefault(key, row["code"]) == row["code"], key


@BOTH
def test_no_alias_repeats_what_its_own_row_already_says(name: str) -> None:
    for row in rows(name):
        known = [fold(n) for n in (row["code"], row["list_en"], *aliases(row))]
        assert len(known) == len(set(known)), row["code"]


@BOTH
def test_a_confusable_set_has_at_least_two_names(name: str) -> None:
    sets = [row["confusable"] for row in rows(name) if row["confusable"]]
    assert sets
    assert all(sets.count(each) >= 2 for each in sets), sets


@BOTH
def test_a_plate_carries_the_whole_name_of_a_state_and_at_most_52_characters(
    name: str,
) -> None:
    for row in rows(name):
        assert len(row["plate_en"]) <= 52, row["code"]
        assert "..." not in row["plate_en"] and "…" not in row["plate_en"]
        if row["tier"].endswith("_state"):
            assert row["plate_en"] == row["list_en"], row["code"]


@BOTH
def test_the_register_of_groups_has_english_names_and_codes_of_its_own(
    name: str,
) -> None:
    top = head(name)
    assert top["format"] == 1
    assert top["id"] == name
    taken = {
        fold(n)
        for row in rows(name)
        for n in (row["code"], row["list_en"], *aliases(row))
    }
    for group in top["groups"]:
        assert set(group) == {"code", "list", "spoken", "aliases"}, group["code"]
        assert set(group["list"]) <= set(LANGUAGES), group["code"]
        assert group["list"]["en"], group["code"]
        keys = {fold(n) for n in (group["code"], group["list"]["en"])}
        keys |= {fold(alias) for alias in group["aliases"]}
        assert not keys & taken, group["code"]
        taken |= keys


# The United Nations


@pytest.mark.parametrize("region", MEMBERS)
def test_a_regional_group_has_exactly_its_members(region: str) -> None:
    members = {r["code"] for r in UN.values() if r["region"] == region}
    assert members == set(MEMBERS[region].split())


def test_there_are_193_members_two_observer_states_and_what_the_documents_name() -> (
    None
):
    by_tier = {tier: {c for c, r in UN.items() if r["tier"] == tier} for tier in TIERS}
    assert by_tier["member_state"] == set(" ".join(MEMBERS.values()).split())
    assert len(by_tier["member_state"]) == 193
    assert by_tier["observer_state"] == OBSERVER_STATES
    assert by_tier["group"] == {"EU"}
    assert set(UN) == by_tier["member_state"] | OBSERVER_STATES | NO_STATES


def test_every_state_has_a_name_in_all_six_languages() -> None:
    for row in states(UN):
        missing = [k for k in LANGUAGES if not row[f"list_{k}"]]
        assert not missing, f"{row['code']}: {missing}"
    assert len(states(UN)) == 195


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_states_have_the_same_name(language: str) -> None:
    names = [row[f"list_{language}"] for row in states(UN)]
    assert len(names) == len(set(names))


def test_nothing_that_is_no_member_or_observer_is_found() -> None:
    for typed in (
        *("Cook Islands", "Niue", "Kosovo", "Taiwan", "Hong Kong", "Macao"),
        *("Western Sahara", "Greenland", "Puerto Rico", "Gibraltar", "Bermuda"),
        *("COK", "NIU", "TWN", "HKG", "ESH", "XKX", "TW", "HK", "EH"),
    ):
        assert not found(typed), typed


def test_the_longest_plate_is_that_of_the_united_kingdom() -> None:
    longest = max(states(UN), key=lambda row: len(row["plate_en"]))
    assert (longest["code"], len(longest["plate_en"])) == ("GBR", 52)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("BOL", "Bolivia (Plurinational State of)"),
        ("CIV", "Côte d'Ivoire"),
        ("CPV", "Cabo Verde"),
        ("CZE", "Czechia"),
        ("IRN", "Iran (Islamic Republic of)"),
        ("KOR", "Republic of Korea"),
        ("MKD", "North Macedonia"),
        ("NLD", "Netherlands (Kingdom of the)"),
        ("PRK", "Democratic People's Republic of Korea"),
        ("PSE", "State of Palestine"),
        ("SWZ", "Eswatini"),
        ("TUR", "Türkiye"),
        ("VNM", "Viet Nam"),
    ],
)
def test_states_are_listed_by_their_un_short_name(code: str, name: str) -> None:
    assert UN[code]["list_en"] == name


@pytest.mark.parametrize(
    ("code", "spoken"),
    [
        ("BHS", "the Bahamas"),
        ("BOL", "the Plurinational State of Bolivia"),
        ("CIV", "Côte d'Ivoire"),
        ("COG", "the Congo"),
        ("EU", "the European Union"),
        ("FSM", "the Federated States of Micronesia"),
        ("GMB", "the Gambia"),
        ("IRN", "the Islamic Republic of Iran"),
        ("KEN", "Kenya"),
        ("MDV", "Maldives"),
        ("NER", "the Niger"),
        ("NGA", "Nigeria"),
        ("NLD", "the Kingdom of the Netherlands"),
        ("PSE", "the State of Palestine"),
        ("SDN", "the Sudan"),
        ("SSD", "South Sudan"),
        ("UKR", "Ukraine"),
        ("USA", "the United States of America"),
        ("VAT", "the Holy See"),
        ("VNM", "Viet Nam"),
    ],
)
def test_the_chair_says_the_name_with_its_article(code: str, spoken: str) -> None:
    assert UN[code]["spoken_en"] == spoken


def test_no_name_is_spoken_with_brackets_and_none_is_strange_to_its_list_form() -> None:
    for row in UN.values():
        assert "(" not in row["spoken_en"], row["code"]
        words = set(fold(row["list_en"]).replace("(", "").replace(")", "").split())
        said = set(fold(row["spoken_en"]).split())
        assert said <= words | {"the"}, row["code"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *(("Burma", "MMR"), ("Cape Verde", "CPV"), ("Czech Republic", "CZE")),
        *(("DPRK", "PRK"), ("DRC", "COD"), ("East Timor", "TLS"), ("GB", "GBR")),
        *(("Holland", "NLD"), ("Ivory Coast", "CIV"), ("KE", "KEN"), ("ken", "KEN")),
        *(("Laos", "LAO"), ("Nauru", "NRU"), ("North Korea", "PRK"), ("POR", "PRT")),
        *(("Republic of Turkey", "TUR"), ("Russia", "RUS"), ("South Korea", "KOR")),
        *(("Swaziland", "SWZ"), ("Syria", "SYR"), ("Turkey", "TUR"), ("UK", "GBR")),
        *(("turkiye", "TUR"), ("USA", "USA"), ("Vietnam", "VNM"), ("Zaire", "COD")),
        *(("Cote d’Ivoire", "CIV"), ("Federative Republic of Brazil", "BRA")),
        *(("People's Republic of China", "CHN"), ("Swiss Confederation", "CHE")),
    ],
)
def test_former_common_and_formal_names_and_codes_are_found(
    typed: str, code: str
) -> None:
    assert found(typed) == {code}


def test_a_former_name_is_never_printed() -> None:
    printed = {
        row[column]
        for row in UN.values()
        for column in ("list_en", "spoken_en", "plate_en")
    }
    for former in (
        *("Burma", "Cape Verde", "Czech Republic", "Ivory Coast", "Swaziland"),
        *("Turkey", "Republic of Naura", "the former Yugoslav Republic of Macedonia"),
    ):
        assert former not in printed


def test_the_confusable_sets_are_those_of_the_rulebook() -> None:
    sets: dict[str, set[str]] = {}
    for row in UN.values():
        if row["confusable"]:
            sets.setdefault(row["confusable"], set()).add(row["code"])
    assert sets == {
        "austr": {"AUT", "AUS"},
        "congo": {"COG", "COD"},
        "dominica": {"DMA", "DOM"},
        "guinea": {"GIN", "GNB", "GNQ", "PNG"},
        "iran-iraq": {"IRN", "IRQ"},
        "korea": {"KOR", "PRK"},
        "niger": {"NER", "NGA"},
        "slovak": {"SVK", "SVN"},
        "sudan": {"SDN", "SSD"},
    }


def test_members_and_observer_states_may_reply_and_raise_points_of_order() -> None:
    for row in states(UN):
        assert (row["reply"], row["order"]) == ("yes", "yes"), row["code"]


def test_the_european_union_may_reply_and_no_other_organisation_may_anything() -> None:
    rights = {code: (UN[code]["reply"], UN[code]["order"]) for code in NO_STATES}
    # one reply for each item
    assert rights.pop("EU") == ("1", "no")
    assert set(rights.values()) == {("no", "no")}


def test_each_delegation_is_addressed_as_what_it_is() -> None:
    for row in UN.values():
        if row["tier"] == "member_state":
            assert row["address"] == "representative_of", row["code"]
    assert UN["VAT"]["address"] == UN["PSE"]["address"] == "observer_of"
    assert UN["EU"]["address"] == "eu_observer"
    assert UN["INTERPOL"]["address"] == "observer_for"


def test_apostrophes_are_straight_in_english_and_typographic_elsewhere() -> None:
    for row in UN.values():
        assert "’" not in row["list_en"] + row["spoken_en"] + row["plate_en"]
        for language in LANGUAGES[1:]:
            assert "'" not in row[f"list_{language}"], f"{row['code']} {language}"


@pytest.mark.parametrize(
    ("language", "run"),
    [
        ("en", "CRI CIV HRV CUB"),
        ("en", "TUN TUR TKM TUV"),
        ("en", "NRU NPL NLD NZL"),
        ("fr", "DMA EGY SLV ARE ECU"),
        ("es", "CAN TCD CZE CHL CHN"),
        ("ru", "ESP ITA YEM CPV"),
        ("zh", "ALB DZA AFG ARG"),
        ("ar", "UKR IRN IRL ITA"),  # Iran under its own name, not under "republic"
        ("ar", "PLW BHR BRA BRB"),  # the article is passed over
    ],
)
def test_each_alphabet_has_its_own_order(language: str, run: str) -> None:
    ordered = sorted(states(UN), key=lambda row: row[f"sort_{language}"])
    assert f" {run} " in f" {' '.join(row['code'] for row in ordered)} "


def test_the_register_begins_with_the_groups_of_the_rulebook_in_their_order() -> None:
    codes = [group["code"] for group in head("un")["groups"]]
    assert codes[:13] == [
        *("G77", "NON_ALIGNED", "EUMS", "AFR_GROUP", "ARAB", "GRULAC", "AOSIS"),
        *("CARICOM", "OIC", "LDC", "LLDC", "NORDIC", "MIKTA"),
    ]
    assert {"APG_GROUP", "EEG_GROUP", "WEOG", "ASEAN", "AFRICAN_UNION"} <= set(codes)


# The fictional roster


def test_the_fictional_roster_is_large_enough_to_fill_a_hall() -> None:
    members = [r for r in FICTIONAL.values() if r["tier"] == "member_state"]
    assert len(members) >= 70
    assert all(r["region"] for r in members)
    assert len(FICTIONAL) - len(members) == 5
    for region in MEMBERS:
        assert sum(r["region"] == region for r in members) >= 10, region
    assert len(head("fictional")["groups"]) == 4


def test_no_fictional_code_is_or_can_become_that_of_a_country() -> None:
    for code in FICTIONAL:
        assert re.fullmatch(r"X[A-Z]{2}", code), code
        assert code not in TAKEN
        assert code not in UN


def test_no_fictional_name_is_found_among_real_ones() -> None:
    real = {
        fold(name)
        for row in UN.values()
        for k in LANGUAGES
        for name in (row[f"list_{k}"], *aliases(row))
        if name
    }
    for row in FICTIONAL.values():
        for name in (row["list_en"], row["list_ar"], *aliases(row)):
            assert fold(name) not in real, name


def test_every_fictional_name_is_complete_in_english_and_arabic() -> None:
    for row in FICTIONAL.values():
        assert row["list_en"] and row["spoken_en"] and row["list_ar"], row["code"]
    for group in head("fictional")["groups"]:
        assert group["list"]["ar"], group["code"]


def test_fictional_names_try_the_layout() -> None:
    names = [row["list_en"] for row in FICTIONAL.values()]
    assert max(map(len, names)) > 45
    assert min(map(len, names)) <= 7
    assert sum("(" in name for name in names) >= 3
    assert any("'" in name for name in names)
    assert sum(not name.isascii() for name in names) >= 5
