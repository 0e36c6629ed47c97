"""The places a story can happen in: what they are called, what lasts in them, and what people do there."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class PlaceKind:
    """One environment kind. Lists are separated by semicolons so that the tables below read like notes.

    words: what a prompt may call it. at: preposition and article before the noun. names: proper names to choose
    from when the prompt gives none. features: lasting things, all drawable. sights: clauses that open a caption.
    fillers: activities that fit here when the prompt names none. warmest: months in which it is at its best.
    """

    words: str
    at: str
    names: str
    features: str
    sights: str
    fillers: str
    months: tuple[int, ...] = (4, 5, 6, 7, 8, 9, 10)


PLACE_KINDS: Final[dict[str, PlaceKind]] = {
    "park": PlaceKind(
        "park; city park; public park; national park; lawn; dog park",
        "in the",
        "Willow Park; Riverside Park; Linden Park; Maple Hill Park; Queen's Park; Orchard Park; Foxglove Park; "
        "Heron Park; Chestnut Green; Old Mill Park",
        "old oak tree; red bandstand; round duck pond; white wooden bridge; stone fountain; row of lamp posts; "
        "two birch trees; green park bench; flower bed of tulips; tall pine tree; yellow kiosk",
        "the paths are still quiet; the grass smells freshly cut; sunlight falls between the trees; "
        "somebody is humming on a bench; the ducks are already waiting",
        "fetch; picnic; stroll; bench_rest; frisbee; kite; ice_cream; bicycle; photograph; play_tag; feed_ducks; nap",
    ),
    "garden": PlaceKind(
        "garden; backyard; back yard; yard; courtyard; botanical garden; rose garden; terrace; patio; greenhouse; "
        "allotment; orchard garden; balcony; porch; veranda; verandah; back porch; front yard; front garden; "
        "vegetable garden; community garden; japanese garden; roof garden; deck; conservatory; herb garden",
        "in the",
        "Rosemary Garden; the Walled Garden; Lavender Yard; the Old Orchard; Honeysuckle Court; the Back Garden",
        "apple tree; white picket fence; rose arch; blue garden shed; stone birdbath; row of sunflowers; "
        "wooden swing; string of lanterns; lavender hedge; small greenhouse",
        "bees are busy in the lavender; the roses are open; the grass is warm; the table stands in the shade; "
        "petals lie on the path",
        "garden_work; picnic; read; tea; stroll; play_tag; smell_flowers; bench_rest; paint",
    ),
    "playground": PlaceKind(
        "playground; playgrounds; recess; skatepark; swings; playpark; amusement park; theme park; fair; "
        "funfair; carnival; fairground; "
        "schoolyard; school yard; circus",
        "at the",
        "Rocket Playground; Sunny Corner Playground; Little Fort; Hilltop Playground; Clover Playground",
        "red slide; wooden climbing frame; blue swings; sandpit; round carousel; striped tent; tall poplar tree; "
        "yellow seesaw; green fence",
        "the swings are creaking; the slide shines in the sun; shoes are full of sand; somebody is already counting "
        "to twenty",
        "swing; climb_frame; play_tag; ball_game; ice_cream; bench_rest; sand_play; bubbles",
    ),
    "beach": PlaceKind(
        "beach; seaside; seafront; shore; seashore; coast; sea; ocean; island; sand dunes; dunes; bay; sandy "
        "beach; cove; "
        "lagoon; waterfront beach",
        "on the",
        "Shell Bay; Long Sands; Driftwood Beach; Pelican Cove; Amber Beach; Tern Point; Blue Cove; Saltmarsh Beach",
        "white lighthouse; striped beach hut; two palm trees; dark rocks; wooden pier; old rowing boat; "
        "grassy dunes; red lifeguard tower; small island",
        "the tide is going out; the sand is warm already; gulls hang in the wind; the waves come in slow and low; "
        "the horizon is a clean line",
        "wade; sandcastle; swim; sunbathe; beach_walk; ball_game; photograph; ice_cream; collect_shells; "
        "watch_sunset; kite",
        (6, 7, 8, 9),
    ),
    "harbor": PlaceKind(
        "harbor; harbour; marina; port; pier; dock; docks; quay; wharf; boardwalk; ferry; jetty; lighthouse",
        "at the",
        "Old Harbor; Anchor Quay; Kingfisher Marina; Lantern Wharf; North Pier",
        "red lighthouse; wooden jetty; row of fishing boats; stone quay wall; yellow crane; stack of crab pots; "
        "blue boathouse; iron bollards",
        "ropes knock against the masts; the fishing boats are back; the water slaps at the quay; it smells of salt "
        "and tar",
        "watch_boats; stroll; boat_trip; fish; ice_cream; photograph; bench_rest; eat_snack",
    ),
    "coastal_town": PlaceKind(
        "coastal town; seaside town; seaside village; coastal village; fishing village; beach town; harbor town; "
        "harbour town; port town; fishing town; island village; coastal city",
        "in the",
        "Gull Harbor; Port Alder; Seabright; Cannery Bay; Heather Cove; Saltwick; Merrow Bay; Port Linnet",
        "white lighthouse; row of colourful houses; steep cobbled lane; little harbor wall; blue shutters; "
        "church tower; fishing boats; seafood stall; wooden pier",
        "gulls argue on the rooftops; laundry flutters over the lane; the sea shows at the end of every street; "
        "it smells of salt and fried fish",
        "stroll; watch_boats; eat_snack; ice_cream; photograph; shop; coffee; watch_sunset; collect_shells",
        (5, 6, 7, 8, 9),
    ),
    "forest": PlaceKind(
        "forest; woods; woodland; wood; rainforest; jungle; redwoods; waterfall; grove; forest trail; treehouse",
        "in the",
        "Hazel Wood; Fern Hollow; Blackthorn Forest; Owl Wood; Mossy Hollow; Elder Grove",
        "mossy rock; fallen log; tall fir trees; little wooden bridge; clear stream; hollow oak; patch of ferns; "
        "red toadstools; narrow footpath",
        "the path is soft with needles; light falls in stripes; a woodpecker is at work; it smells of moss and rain",
        "hike; explore; gather_leaves; photograph; snack_break; climb_tree; bird_watch; cross_stream; stroll",
    ),
    "mountain": PlaceKind(
        "mountain; mountains; alps; peak; summit; hill; hills; hilltop; cliff; cliffs; canyon; volcano; highlands; "
        "mountain trail; mountain top; mountaintop; ridge; rockies; andes; himalayas; dolomites; valley; glacier; "
        "andean valley",
        "in the",
        "Eagle Ridge; Mount Larkspur; Windy Pass; Granite Peak; Silver Ridge; Three Sisters; Bluebell Heights",
        "snow-capped peak; stone cairn; wooden signpost; lone pine tree; small mountain hut; waterfall; steep cliff; "
        "winding trail; two big boulders",
        "the trail climbs out of the trees; the air is thin and bright; clouds drift below the ridge; every bend "
        "has a new view; the valley lies far below",
        "hike; viewpoint; snack_break; photograph; read_map; climb_rocks; rest_on_rock; cross_stream; summit_cheer",
        (5, 6, 7, 8, 9),
    ),
    "lake": PlaceKind(
        "lake; lakeside; lakeshore; river; riverside; riverbank; pond; swimming pool; pool; stream; creek; canal; "
        "hot spring; water park; loch; lake shore; river bank; hot springs; river bend; waterside; pond side; "
        "poolside; rapids; reservoir; fjord; wetlands; swamp; bayou; estuary",
        "at the",
        "Mirror Lake; Heron Lake; Silver Lake; Lake Juniper; Otter Pond; Lake Amsel",
        "wooden jetty; red boathouse; reed bed; small island; two weeping willows; grey boulders; moored canoe; "
        "distant hills",
        "the water lies flat as glass; dragonflies skim the reeds; rings spread where a fish jumped; mist lifts off "
        "the water",
        "canoe; swim; fish; skip_stones; picnic; jetty_rest; photograph; feed_ducks; stroll",
        (5, 6, 7, 8, 9),
    ),
    "meadow": PlaceKind(
        "meadow; field; fields; countryside; prairie; grassland; flower field; sunflower field; lavender field; "
        "pasture; savanna; savannah; vineyard; vineyards; tulip fields",
        "in the",
        "Poppy Meadow; Larkfield; Clover Hill; Skylark Meadow; Long Meadow",
        "lone oak tree; wooden fence; field of poppies; little chapel; haystack; gravel path; low stone wall; "
        "row of poplars",
        "the grass reaches to the knees; larks go up singing; the wind combs the flowers; crickets are loud",
        "stroll; kite; picnic; pick_flowers; play_tag; nap; photograph; frisbee; smell_flowers",
    ),
    "desert": PlaceKind(
        "desert; sahara; oasis; mojave; outback",
        "in the",
        "Red Rock Desert; the Painted Dunes; Cactus Flats; Amber Canyon",
        "tall cactus; red rock arch; golden sand dune; lonely joshua tree; flat-topped mesa; dry riverbed; stone cairn",
        "the sand keeps every footprint; heat shimmers over the dunes; the silence is complete; the rocks glow red",
        "desert_walk; climb_dune; photograph; viewpoint; snack_break; stargaze; read_map; watch_sunset",
        (3, 4, 10, 11),
    ),
    "snowfield": PlaceKind(
        "snowfield; snowy field; ski resort; ski slope; slopes; slope; snowy hill; winter wonderland; ice rink; "
        "skating rink; frozen lake; ski trip; snowy mountains; snowy mountain; snowy forest; arctic; snowy garden",
        "in the",
        "White Meadow; Frost Hill; Snowbell Slope; Northwind Field; Silver Birch Hill",
        "snowy fir trees; little wooden cabin; frozen pond; wooden fence; tall spruce; ski tracks; red sled shed; "
        "distant white peaks",
        "the snow creaks under every step; breath hangs in the air; everything is white and quiet; the branches "
        "are bent with snow",
        "snowman; sled; snowball; snow_walk; snow_angel; hot_drink; photograph; catch_snowflakes",
        (12, 1, 2),
    ),
    "campsite": PlaceKind(
        "campsite; camp site; campground; camp; camping ground; summer camp; rv park",
        "at the",
        "Cedar Creek Camp; Pinecone Camp; Otter Bend; Starfall Camp; Tamarack Camp; Camp Juniper",
        "ring of stones; tall pine trees; green tent; wooden log bench; wooden picnic table; distant hills; "
        "string of lanterns; old tree stump",
        "smoke curls between the pines; the tents are up; the wood is stacked; the first stars come out",
        "campfire; marshmallows; guitar; pitch_tent; stargaze; cook_outdoors; hot_drink; tell_stories; nap",
        (5, 6, 7, 8, 9),
    ),
    "road": PlaceKind(
        "road; highway; country road; coastal road; open road; route 66; mountain pass; lay-by; gas station; "
        "coast road; coastal highway",
        "on the",
        "the Old Coast Road; Route 12; the Pass Road; the Long Road West; the River Road",
        "wooden signpost; row of telegraph poles; distant mountains; lone tree; stone milestone; roadside diner; "
        "yellow road sign; long guardrail",
        "the windows are down; the road runs straight to the hills; the playlist starts again; there is nobody else "
        "for miles",
        "drive; read_map; roadside_stop; photograph; car_picnic; stretch_legs; viewpoint",
    ),
    "city_street": PlaceKind(
        "city; street; streets; downtown; avenue; town; city street; city streets; square; skyline; rooftop; "
        "roof; roof terrace; stadium; "
        "bridge; metropolis; big city; neighborhood; neighbourhood; sidewalk; main street; concert hall; chinatown; "
        "driveway; mall; concert venue; nightclub; club; arena",
        "in the",
        "Harbour Street; Lantern Street; Copper Square; Station Road; Mercer Street; Linden Avenue",
        "red tram; tall clock tower; row of street lamps; striped awning; newspaper kiosk; glass towers; "
        "pedestrian crossing; plane tree; mural of a whale",
        "the crossing lights change; the trams ring their bells; shop windows catch the sky; the street is awake",
        "stroll; coffee; photograph; shop; street_music; eat_snack; read_map; bicycle; bench_rest",
    ),
    "old_town": PlaceKind(
        "old town; old city; historic center; historic centre; historic town; cathedral; church; castle; palace; "
        "ruins; temple; monastery; mosque; medina; village; town square; plaza; piazza; alleys; alley; fortress; "
        "monument; chapel; shrine; old quarter; city walls; cobbled streets; synagogue",
        "in the",
        "Bell Square; the Old Quarter; Weavers' Lane; Saint Olaf's Square; Lion Gate; Market Cross",
        "stone archway; tall bell tower; cobbled square; round fountain; half-timbered house; ivy-covered wall; "
        "iron street lamp; stone steps; old city gate",
        "the bells ring the hour; the cobbles shine; pigeons circle the tower; every lane bends out of sight",
        "sightsee; stroll; photograph; fountain_coin; ice_cream; read_map; coffee; street_music; bench_rest",
    ),
    "market": PlaceKind(
        "market; farmers market; farmer's market; street market; flea market; bazaar; christmas market; food market; "
        "souk; fish market; night market; flower market; supermarket; shop; shops; store; grocery store; food stalls; "
        "bookstore; bookshop; craft fair",
        "at the",
        "Saturday Market; Copper Market; Saint Anne's Market; the Covered Market; Spice Row",
        "striped awnings; stack of fruit crates; flower stall; string of light bulbs; bread stall; spice baskets; "
        "old weighing scale; chalk board",
        "the stalls are piled high; somebody calls out the price of cherries; it smells of bread and basil; "
        "every awning has another colour",
        "shop; taste_fruit; buy_flowers; buy_bread; eat_snack; photograph; carry_bags; street_music",
    ),
    "farm": PlaceKind(
        "farm; farmhouse; barn; ranch; stable; stables; petting zoo; orchard; apple orchard; pumpkin patch; "
        "farmyard; zoo; "
        "safari park; dairy; henhouse; chicken coop; animal shelter",
        "on the",
        "Hill Farm; Nettle Farm; Applegate Farm; Kestrel Farm; Barley Farm",
        "red barn; wooden fence; old tractor; tall silo; row of apple trees; hay bales; white gate; little windmill; "
        "duck pond",
        "the rooster has had his say; hay dust hangs in the light; the gate squeaks; it smells of straw",
        "feed_animals; pet_animals; collect_eggs; pick_fruit; farm_walk; hay_rest; photograph; carry_bags",
    ),
    "kitchen": PlaceKind(
        "kitchen; kitchen table; bakery; cooking class; pastry kitchen",
        "in the",
        "the Kitchen; the Blue Kitchen; Grandmother's Kitchen; the Corner Kitchen",
        "blue tiled wall; wooden table; copper pans; window with herbs; round wall clock; yellow curtains; "
        "open shelf of jars; old stove",
        "flour is everywhere; the radio plays quietly; something is already in the oven; the kettle sings",
        "bake; cook; taste; breakfast; wash_up; set_table; hot_drink; talk",
        (1, 2, 3, 4, 9, 10, 11, 12),
    ),
    "living_room": PlaceKind(
        "living room; home; house; apartment; flat; cabin; cottage; lounge; fireplace; sofa; couch; log cabin; "
        "winter cabin; chalet; hut; cozy cabin; nursery; office; workshop; studio; new house; new home; "
        "new apartment; dollhouse; mountain cabin; lake house; beach house; gym; art studio; attic; grandma's house; "
        "lodge; mountain hut; houseboat; hospital; treatment room; dance studio; community hall; community center",
        "in the",
        "the Living Room; Number Nine; the Front Room; the Long Room; the Attic Room",
        "brick fireplace; green sofa; tall bookshelf; round rug; big window; floor lamp; potted palm; "
        "framed family pictures; old piano",
        "the cushions are already on the floor; the window is steamed up; the clock ticks; it is warm inside",
        "board_game; read; hot_drink; talk; play_toys; guitar; nap; look_album; dance",
        (1, 2, 3, 10, 11, 12),
    ),
    "bedroom": PlaceKind(
        "bedroom; bed; bedtime; hotel; hotel room; hospital room; dressing room; motel",
        "in the",
        "the Bedroom; the Blue Room; the Room under the Roof; Room Seven",
        "patchwork quilt; round window; bedside lamp; shelf of picture books; star curtains; wicker chair; "
        "small writing desk; paper moon",
        "the curtains let in a stripe of light; the quilt is rumpled; the house is still quiet",
        "read; wake_up; pack; nap; play_toys; talk; dress_up; pillow_fight",
        (1, 2, 3, 9, 10, 11, 12),
    ),
    "cafe": PlaceKind(
        "cafe; café; coffee shop; coffee house; coffeehouse; tea house; teahouse; tea room; ice cream parlor; "
        "pastry shop; diner; patisserie; tearoom; gelateria",
        "at the",
        "Café Marigold; the Copper Cup; Café Nocturne; the Little Owl; Café Lindt; the Blue Door",
        "striped awning; long wooden counter; chalk menu board; hanging lamps; window table; shelf of cups; "
        "tiled floor; big espresso machine",
        "the cups are warming on the machine; the window table is free; it smells of coffee and cinnamon",
        "coffee; cake_slice; talk; read; people_watch; photograph; write_postcards",
        (3, 4, 5, 9, 10, 11),
    ),
    "restaurant": PlaceKind(
        "restaurant; bistro; pizzeria; trattoria; tavern; pub; bar; wine bar; banquet hall; ballroom; rooftop bar; "
        "steakhouse; sushi bar; tapas bar; dining room; brewery; winery; izakaya",
        "at the",
        "Trattoria Luna; the Olive Branch; Bistro Paloma; the Green Lantern; Casa Verde; Saffron House",
        "checked tablecloths; row of wine bottles; brick arch; hanging lanterns; open kitchen; candle on every table; "
        "painted ceiling; potted lemon tree",
        "the table by the wall is theirs; plates go past, steaming; the candles are lit; voices hum all around",
        "dinner; toast; talk; share_plate; dessert; photograph",
        (3, 4, 5, 6, 9, 10, 11, 12),
    ),
    "classroom": PlaceKind(
        "classroom; school; kindergarten; preschool; university; college; lecture hall; campus; lab; laboratory; "
        "art class; music school; high school; elementary school; primary school; daycare; "
        "pottery class; pottery studio",
        "in the",
        "Room Four; Hazel School; the Corner Classroom; Larch Lane School; the Bright Room",
        "green chalkboard; row of small desks; world map; globe on the shelf; alphabet frieze; big windows; "
        "paper birds on strings; coat hooks",
        "the chalk squeaks; every pencil is sharp; the paper birds turn in the draught; the bell has just rung",
        "lesson; read; paint; raise_hand; build_model; snack_break; talk; show_drawing",
        (2, 3, 4, 9, 10, 11),
    ),
    "museum": PlaceKind(
        "museum; museums; gallery; art gallery; exhibition; library; aquarium; planetarium; science museum; "
        "art museum; opera; theater; theatre; natural history museum; cinema; movie theater; opera house; concert",
        "at the",
        "the City Museum; the Long Gallery; Museum of the Sea; the Lantern Museum; the Glass Gallery",
        "dinosaur skeleton; marble staircase; row of paintings; glass dome; stone lion; big blue canvas; "
        "round display case; red velvet rope",
        "footsteps echo on the marble; the big hall is cool and quiet; everything is labelled twice",
        "look_art; read_label; sketch; photograph; bench_rest; talk; point_exhibit; gift_shop",
        (1, 2, 3, 4, 10, 11, 12),
    ),
    "station": PlaceKind(
        "station; train station; airport lounge; airport; bus stop; bus station; railway station; platform; "
        "subway; metro; train; "
        "terminal; metro station; sleeper train; night train; bus; plane; airplane",
        "at the",
        "Central Station; North Station; Kingsway Station; Harbor Station",
        "big round clock; iron roof; departure board; row of luggage carts; red train; long platform; "
        "old ticket window; wooden bench",
        "the departure board rattles; the train is on time for once; announcements echo under the roof",
        "wait_train; board_train; wave_goodbye; read_map; coffee; hug; carry_bags; read",
        (3, 4, 5, 6, 7, 8, 9, 10),
    ),
}  # fmt: skip

# Nouns that must keep their own preposition: "at the zoo", "at home". Others use their kind's.
OWN_AT: Final[dict[str, str]] = {
    "home": "at", "house": "in the", "zoo": "at the", "petting zoo": "at the", "bakery": "in the",
    "cathedral": "at the",
    "church": "at the", "castle": "at the", "palace": "at the", "temple": "at the", "ruins": "among the",
    "mountain": "on the", "hill": "on the", "hilltop": "on the", "cliff": "on the", "cliffs": "on the",
    "peak": "on the", "summit": "on the", "ridge": "on the", "volcano": "on the", "mountaintop": "on the",
    "mountain top": "on the", "mountain trail": "on the", "forest trail": "on the", "canyon": "in the",
    "pool": "at the", "swimming pool": "at the", "riverbank": "on the", "pier": "on the", "boardwalk": "on the",
    "jetty": "on the", "street": "on the", "square": "on the", "bridge": "on the", "rooftop": "on the",
    "roof": "on the", "roof terrace": "on the", "seafront": "on the",
    "town square": "on the", "bed": "in", "sofa": "on the", "couch": "on the", "school": "at", "kindergarten": "at",
    "university": "at the", "college": "at", "art class": "in", "class": "in", "train": "on the", "bus": "on the",
    "sleeper train": "on the", "night train": "on the", "ferry": "on the", "coast": "on the", "sea": "by the",
    "ocean": "by the", "seaside": "at the", "shore": "on the", "bay": "in the", "cove": "in the", "dunes": "in the",
    "ski resort": "at the", "slopes": "on the", "slope": "on the", "ski slope": "on the", "ice rink": "at the",
    "frozen lake": "on the", "ski trip": "on the", "stable": "in the", "barn": "in the", "orchard": "in the",
    "downtown": "", "stadium": "at the", "chinatown": "in", "mall": "at the", "shop": "in the",
    "shops": "in the", "office": "at the",
    "fireplace": "by the", "bedtime": "at", "plane": "on the", "airplane": "on the", "waterfall": "at the",
    "ice cream parlor": "in the", "library": "in the", "apple orchard": "in the", "pumpkin patch": "in the",
    "pub": "in the", "bar": "in the", "playground": "at the", "hotel": "at the", "oasis": "at the",
    "camp": "at", "summer camp": "at", "terrace": "on the", "patio": "on the", "chapel": "at the",
    "monastery": "at the", "fair": "at the", "treehouse": "in the", "driveway": "on the", "lesson": "in the",
    "countryside": "in the", "henhouse": "in the", "chicken coop": "in the", "hospital": "at the", "gym": "at the",
    "dining room": "in the", "ballroom": "in the", "park": "in the", "lakeside": "at the", "metro": "on the",
    "subway": "on the", "grandma's house": "at", "canal": "on the", "island": "on the", "stage": "on the",
}  # fmt: skip

# Places that are drawn like their kind, but where people do other things.
NOUN_FILLERS: Final[dict[str, str]] = {
    "zoo": "see_animals;ice_cream;photograph;stroll;explore;bench_rest;eat_snack",
    "safari park": "see_animals;photograph;explore;stroll",
    "aquarium": "see_animals;look_art;photograph;talk;point_exhibit",
    "library": "read;talk;sketch;bench_rest;lesson",
    "bakery": "bake;taste;buy_bread;talk;hot_drink",
    "amusement park": "swing;fair_stall;eat_snack;ice_cream;bubbles;photograph",
    "theme park": "swing;fair_stall;eat_snack;ice_cream;bubbles;photograph",
    "fair": "swing;fair_stall;eat_snack;ice_cream;bubbles;photograph",
    "carnival": "swing;fair_stall;eat_snack;ice_cream;bubbles;photograph",
    "vineyard": "stroll;taste;pick_fruit;photograph;picnic;talk",
    "swimming pool": "swim;sunbathe;ice_cream;photograph;talk",
    "pool": "swim;sunbathe;ice_cream;photograph;talk",
    "hot spring": "swim;talk;photograph;hot_drink",
    "office": "phone_call;talk;coffee;read;photograph",
    "hospital": "talk;read;hug;photograph",
    "ice rink": "skate;hot_drink;photograph;talk",
    "skating rink": "skate;hot_drink;photograph;talk",
    "stadium": "ball_game;eat_snack;photograph;talk",
    "concert": "street_music;dance;photograph;talk",
    "cinema": "movie;eat_snack;talk;photograph",
    "treehouse": "read;climb_tree;explore;talk",
    "animal shelter": "pet_animals;adopt;talk;photograph",
}  # fmt: skip

# Real cities and lands that prompts name. A city break is set in its streets, an old city in its lanes.
CITIES: Final[dict[str, str]] = {
    "old_town": "paris; rome; venice; florence; prague; lisbon; porto; seville; granada; dubrovnik; edinburgh; bruges; "
    "krakow; vienna; salzburg; siena; istanbul; marrakesh; marrakech; fez; kyoto; cusco; havana; oaxaca; jerusalem; "
    "athens; tallinn; riga; ljubljana; heidelberg; bath; toledo; cordoba; naples; budapest; barcelona; copenhagen",
    "city_street": "london; berlin; madrid; new york; new york city; manhattan; brooklyn; chicago; san francisco; "
    "los angeles; seattle; boston; portland; toronto; montreal; vancouver; tokyo; osaka; seoul; shanghai; beijing; "
    "hong kong; singapore; bangkok; mumbai; delhi; cairo; nairobi; lagos; cape town; buenos aires; lima; bogota; "
    "mexico city; rio de janeiro; rio; nuremberg; cologne; lyon; marseille; antwerp; gothenburg; bergen; reykjavik; "
    "tel aviv; casablanca; marrakesh; accra; addis ababa; dakar; kampala; karachi; lahore; dhaka; kolkata; chennai; "
    "bangalore; kathmandu; colombo; kuala lumpur; ho chi minh city; saigon; taipei; sapporo; nagoya; fukuoka; "
    "busan; guangzhou; perth; brisbane; wellington; santiago; quito; medellin; montevideo; havana; san diego; "
    "denver; atlanta; dallas; houston; philadelphia; washington dc; detroit; minneapolis; phoenix; honolulu; "
    "glasgow; manchester; liverpool; birmingham; belfast; cork;  sydney; melbourne; auckland; dublin; amsterdam; "
    "brussels; milan; munich; hamburg; "
    "zurich; geneva; stockholm; oslo; helsinki; warsaw; dubai; hanoi; manila; jakarta; new orleans; miami; austin",
}  # fmt: skip


def split_list(text: str) -> tuple[str, ...]:
    """The items of one of this table's semicolon lists."""
    return tuple(item.strip() for item in text.split(";") if item.strip())
