"""Countries, regions and famous sights: names that say where, and never who."""

from typing import Final

from .lexicon_places import split_list

LANDS: Final = (
    "japan; italy; spain; france; germany; austria; switzerland; portugal; greece; turkey; croatia; slovenia; poland; "
    "czechia; hungary; romania; bulgaria; serbia; albania; montenegro; ireland; scotland; england; wales; britain; "
    "great britain; the united kingdom; united kingdom; the uk; iceland; norway; sweden; finland; denmark; estonia; "
    "latvia; lithuania; belgium; the netherlands; netherlands; holland; luxembourg; ukraine; russia; georgia; armenia; "
    "china; india; nepal; sri lanka; thailand; vietnam; cambodia; laos; indonesia; malaysia; the philippines; "
    "philippines; south korea; korea; taiwan; mongolia; israel; jordan; lebanon; iran; egypt; morocco; tunisia; "
    "algeria; kenya; tanzania; ethiopia; ghana; nigeria; senegal; south africa; namibia; botswana; zimbabwe; rwanda; "
    "uganda; madagascar; mauritius; mexico; guatemala; costa rica; panama; cuba; jamaica; colombia; ecuador; peru; "
    "bolivia; chile; argentina; uruguay; paraguay; brazil; canada; alaska; hawaii; california; oregon; washington; "
    "nevada; utah; arizona; new mexico; colorado; wyoming; montana; idaho; texas; florida; georgia; louisiana; "
    "tennessee; kentucky; virginia; north carolina; south carolina; carolina; new england; maine; vermont; "
    "massachusetts; connecticut; pennsylvania; ohio; michigan; wisconsin; minnesota; iowa; kansas; nebraska; oklahoma; "
    "missouri; north dakota; south dakota; dakota; quebec; ontario; british columbia; alberta; nova scotia; australia; "
    "new zealand; tasmania; queensland; fiji; samoa; tahiti; bali; java; sumatra; borneo; sicily; sardinia; corsica; "
    "crete; malta; cyprus; mallorca; majorca; ibiza; tenerife; madeira; the azores; azores; the canary islands; "
    "santorini; mykonos; tuscany; umbria; provence; brittany; normandy; bavaria; tyrol; andalusia; catalonia; galicia; "
    "the algarve; algarve; lapland; patagonia; the pacific northwest; pacific northwest; the black forest; "
    "black forest; the scottish highlands; scottish highlands; the lake district; lake district; cornwall; yorkshire; "
    "transylvania; kerala; rajasthan; goa; punjab; hokkaido; okinawa; the caribbean; caribbean; the mediterranean; "
    "mediterranean; scandinavia; europe; asia; africa; south america; the amalfi coast; amalfi coast; oaxaca; yucatan; "
    "zanzibar; seychelles; the maldives; maldives"
)
AMBIGUOUS_LANDS: Final = frozenset(
    split_list(
        "georgia; jordan; virginia; carolina; dakota; israel; kenya; florence; sydney; austin; paris; havana; "
        "savannah; brooklyn; vienna; siena; madeira; java; chad; india"
    )
)
LANDMARKS: Final[dict[str, str]] = {
    "old_town": "eiffel tower; louvre; the louvre; notre dame; colosseum; the colosseum; trevi fountain; acropolis; "
    "parthenon; alhambra; sagrada familia; big ben; tower of london; taj mahal; angkor wat; machu picchu; petra; "
    "great wall of china; great wall; forbidden city; hagia sophia; chichen itza; charles bridge; brandenburg gate; "
    "leaning tower of pisa; stonehenge; the vatican; vatican; neuschwanstein",
    "city_street": "times square; central station; statue of liberty; empire state building; golden gate bridge; "
    "brooklyn bridge; shibuya crossing; hollywood boulevard; las vegas; the strip; piccadilly circus",
    "park": "ueno park; yoyogi park; retiro park; stanley park; phoenix park; englischer garten; english garden; "
    "central park; hyde park; tiergarten; golden gate park; yellowstone; yosemite; serengeti; kruger",
    "mountain": "grand canyon; mount fuji; mount everest; kilimanjaro; matterhorn; mont blanc; table mountain; "
    "monument valley; bryce canyon; zion; "
    "mauna kea; vesuvius; mount vesuvius; etna; mount etna; mount rainier; mount kenya; ben nevis; snowdon; "
    "the eiger; eiger; "
    "annapurna; everest; denali; mount olympus; half dome; el capitan; arthur's seat; sugarloaf; the dolomites; "
    "the andes; "
    "the himalayas; the rockies; the cairngorms; the pyrenees; pyrenees; the carpathians; the tatras; "
    "cinque terre hills",
    "lake": "bosphorus; the bosphorus; hudson; the hudson; loire; the loire; tiber; arno; ganges; mekong; yangtze; "
    "volga; "
    "elbe; vltava; douro; lake geneva; lake bled; lake michigan; lake constance; lake titicaca; lake victoria; "
    "lake superior; "
    "lake baikal; the seine; the thames; the danube; the rhine; blue lagoon; niagara falls; victoria falls; "
    "iguazu falls; seine; thames; danube; the nile; nile; rhine; amazon; "
    "mississippi; lake como; lake garda; lake tahoe; loch ness",
    "beach": "copacabana; bondi beach; waikiki; great barrier reef",
    "playground": "disneyland; disney world; legoland",
    "desert": "death valley; wadi rum; atacama; namib",
}
