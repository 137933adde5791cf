"""What the making of un.csv knows beyond its source: plain tables, no code.

Regions are those of the rulebook (RULES 11), confusable sets those of RULES 12. The
spoken forms follow the English of UN meeting records. A secretariat that wants another
form edits un.csv itself; these tables matter only when the file is made anew.
"""

REGIONS = {
    "AFR": """
        AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM CPV DJI DZA EGY ERI ETH GAB GHA
        GIN GMB GNB GNQ KEN LBR LBY LSO MAR MDG MLI MOZ MRT MUS MWI NAM NER NGA RWA
        SDN SEN SLE SOM SSD STP SWZ SYC TCD TGO TUN TZA UGA ZAF ZMB ZWE
    """,
    "APG": """
        AFG ARE BGD BHR BRN BTN CHN CYP FJI FSM IDN IND IRN IRQ JOR JPN KAZ KGZ KHM
        KIR KOR KWT LAO LBN LKA MDV MHL MMR MNG MYS NPL NRU OMN PAK PHL PLW PNG PRK
        QAT SAU SGP SLB SYR THA TJK TKM TLS TON TUV UZB VNM VUT WSM YEM
    """,
    "EEG": """
        ALB ARM AZE BGR BIH BLR CZE EST GEO HRV HUN LTU LVA MDA MKD MNE POL ROU RUS
        SRB SVK SVN UKR
    """,
    "LAC": """
        ARG ATG BHS BLZ BOL BRA BRB CHL COL CRI CUB DMA DOM ECU GRD GTM GUY HND HTI
        JAM KNA LCA MEX NIC PAN PER PRY SLV SUR TTO URY VCT VEN
    """,
    "WEO": """
        AND AUS AUT BEL CAN CHE DEU DNK ESP FIN FRA GBR GRC IRL ISL ISR ITA LIE LUX
        MCO MLT NLD NOR NZL PRT SMR SWE TUR USA
    """,
}

OBSERVER_STATES = ("VAT", "PSE")

#: As the chair says it. States not listed are spoken as they are listed.
SPOKEN = {
    "ARE": "the United Arab Emirates",
    "BHS": "the Bahamas",
    "BOL": "the Plurinational State of Bolivia",
    "CAF": "the Central African Republic",
    "COD": "the Democratic Republic of the Congo",
    "COG": "the Congo",
    "COM": "the Comoros",
    "DOM": "the Dominican Republic",
    "FSM": "the Federated States of Micronesia",
    "GBR": "the United Kingdom of Great Britain and Northern Ireland",
    "GMB": "the Gambia",
    "IRN": "the Islamic Republic of Iran",
    "KOR": "the Republic of Korea",
    "LAO": "the Lao People's Democratic Republic",
    "MDA": "the Republic of Moldova",
    "MHL": "the Marshall Islands",
    "NER": "the Niger",
    "NLD": "the Kingdom of the Netherlands",
    "PHL": "the Philippines",
    "PRK": "the Democratic People's Republic of Korea",
    "PSE": "the State of Palestine",
    "RUS": "the Russian Federation",
    "SDN": "the Sudan",
    "SYR": "the Syrian Arab Republic",
    "TZA": "the United Republic of Tanzania",
    "USA": "the United States of America",
    "VAT": "the Holy See",
    "VEN": "the Bolivarian Republic of Venezuela",
}

#: Common and former names, found and never printed. Formal names and the two-letter
#: ISO code come from the source.
ALIASES = {
    "ARE": "UAE|Emirates",
    "ATG": "Antigua & Barbuda",
    "AUS": "Commonwealth of Australia",
    "BEN": "Dahomey",
    "BFA": "Upper Volta",
    "BHS": "The Bahamas",
    "BIH": "Bosnia|Bosnia & Herzegovina",
    "BLR": "Byelorussia|Byelorussian Soviet Socialist Republic",
    "BOL": "Bolivia",
    "BRN": "Brunei",
    "CAF": "CAR|Central African Empire",
    "CIV": "Ivory Coast",
    "COD": "DRC|DR Congo|Congo-Kinshasa|Congo (Kinshasa)|Zaire",
    "COG": "Congo-Brazzaville|Congo (Brazzaville)",
    "CPV": "Cape Verde",
    "CZE": "Czech Rep.",
    "DOM": "Dominican Rep.",
    "FSM": "Micronesia",
    "GBR": "UK|United Kingdom|Great Britain|Britain",
    "GMB": "The Gambia",
    "IRN": "Iran",
    "KHM": "Kampuchea|Democratic Kampuchea|Khmer Republic",
    "KNA": "Saint Christopher and Nevis|St. Kitts and Nevis|Saint Kitts & Nevis",
    "KOR": "South Korea|ROK",
    "LAO": "Laos|Lao PDR",
    "LBY": "Libyan Arab Jamahiriya|Libyan Arab Republic",
    "LCA": "St. Lucia",
    "LKA": "Ceylon",
    "MDA": "Moldova",
    "MDV": "Maldive Islands|The Maldives",
    "MKD": "The former Yugoslav Republic of Macedonia|Macedonia",
    "MMR": "Burma|Union of Myanmar",
    "MYS": "Malaya|Federation of Malaya",
    "NLD": "Netherlands|The Netherlands|Holland",
    "NRU": "Nauru|Republic of Nauru",
    "PHL": "The Philippines",
    "PRK": "North Korea|DPRK",
    "PRT": "POR",
    "PSE": "Palestine",
    "RUS": "Russia",
    "SDN": "The Sudan",
    "SLB": "The Solomon Islands",
    "STP": "São Tomé|Sao Tome & Principe",
    "SUR": "Surinam",
    "SWZ": "Swaziland|Kingdom of Swaziland",
    "SYC": "The Seychelles",
    "SYR": "Syria",
    "THA": "Siam",
    "TLS": "East Timor",
    "TTO": "Trinidad|Trinidad & Tobago",
    "TUR": "Turkey|Republic of Turkey",
    "TZA": "Tanzania|Tanganyika",
    "USA": "United States",
    "VAT": "Vatican|Vatican City|Vatican City State",
    "VCT": "St. Vincent and the Grenadines|Saint Vincent",
    "VEN": "Venezuela",
    "VNM": "Vietnam",
    "WSM": "Western Samoa",
}

#: Names of one set are never taken on the first Enter unless typed exactly.
CONFUSABLE = {
    "austr": ("AUT", "AUS"),
    "congo": ("COG", "COD"),
    "dominica": ("DMA", "DOM"),
    "guinea": ("GIN", "GNB", "GNQ", "PNG"),
    "iran-iraq": ("IRN", "IRQ"),
    "korea": ("KOR", "PRK"),
    "niger": ("NER", "NGA"),
    "slovak": ("SVK", "SVN"),
    "sudan": ("SDN", "SSD"),
}

#: The source writes "name (form - rest)" and leaves a gap for the name. A gap must not
#: reach a plate, so the gap is filled and the brackets fall, as running text has it.
ARABIC_IN_FULL = {
    "BOL": "دولة بوليفيا المتعددة القوميات",
    "FSM": "ولايات ميكرونيزيا الموحدة",
    "IRN": "جمهورية إيران الإسلامية",
    "NLD": "مملكة هولندا",
    "VEN": "جمهورية فنزويلا البوليفارية",
}

#: Not in the source. code, tier, address, reply, order, list, spoken, plate, aliases.
#: UN entities and organisations are those that the documents of config/meetings name.
OTHERS = (
    (
        *("EU", "group", "eu_observer", "1", "no"),  # one reply per item (RULES 12)
        *("European Union", "the European Union", "European Union"),
        "Delegation of the European Union",
    ),
    (
        *("INTERPOL", "organisation", "observer_for", "no", "no"),
        "International Criminal Police Organization (INTERPOL)",
        "the International Criminal Police Organization",
        "International Criminal Police Organization",
        "International Criminal Police Organization|ICPO",
    ),
    (
        *("NTI", "ngo", "representative_of", "no", "no"),
        "Nuclear Threat Initiative",
        "the Nuclear Threat Initiative",
        "Nuclear Threat Initiative",
        "",
    ),
    (
        *("UNCCT", "un_entity", "representative_of", "no", "no"),
        "United Nations Counter-Terrorism Centre",
        "the United Nations Counter-Terrorism Centre",
        "United Nations Counter-Terrorism Centre",
        "UN Counter-Terrorism Centre",
    ),
    (
        *("UNITAD", "un_entity", "representative_of", "no", "no"),
        "United Nations Investigative Team to Promote Accountability for Crimes "
        "Committed by Da'esh (UNITAD)",
        "the United Nations Investigative Team to Promote Accountability for Crimes "
        "Committed by Da'esh",
        # The whole name is longer than any State's and would not fit a plate.
        "UNITAD",
        "United Nations Investigative Team",
    ),
    (
        *("UNOCT", "un_entity", "representative_of", "no", "no"),
        "United Nations Office of Counter-Terrorism",
        "the United Nations Office of Counter-Terrorism",
        "United Nations Office of Counter-Terrorism",
        "UN Office of Counter-Terrorism|Office of Counter-Terrorism",
    ),
    (
        *("UNODA", "un_entity", "representative_of", "no", "no"),
        "United Nations Office for Disarmament Affairs",
        "the United Nations Office for Disarmament Affairs",
        "United Nations Office for Disarmament Affairs",
        "UN Office for Disarmament Affairs|Office for Disarmament Affairs",
    ),
)
