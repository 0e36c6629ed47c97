"""Activities in towns and at fairs."""

from typing import Final

from .activities import Activity

CITY: Final[dict[str, Activity]] = {
    "coffee": Activity(
        title="Coffee",
        words=(
            "coffee; ~drink coffee; ~have coffee; espresso; cappuccino; latte; ~grab coffee; ~get coffee; "
            "croissant; croissants"
        ),
        poses="drinking;sitting",
        action="drinking coffee",
        lines=(
            "{Who} [order/orders] the same as always|Two hands around a warm cup: {one} [wake/wakes] up slowly|"
            "{One} [draw/draws] a heart in the foam"
        ),
        places="cafe;kitchen;city_street;old_town;coastal_town;station;campsite;living_room",
        objects="table;cup@lead",
        links="talking>other",
        pet="lying:under the table",
        emotion="content",
    ),
    "cake_slice": Activity(
        title="A slice of cake",
        words="pastry; pastries; pie; waffles",
        poses="eating;sitting",
        action="eating cake",
        lines="Lemon or chocolate? {One} [take/takes] both|The last forkful is the best, {one} [find/finds]",
        places="cafe;restaurant;kitchen",
        objects="table;cake",
        links="sharing>other",
        pet="sitting:ever hopeful",
        shot="close_up",
    ),
    "people_watch": Activity(
        title="Window seat",
        words="",
        poses="sitting;drinking",
        action="watching people pass",
        lines="{Who} [give/gives] every passer-by a life story",
        places="cafe;city_street;old_town;station",
        objects="table;cup",
        links="talking>other",
        pet="lying:asleep at their feet",
        emotion="thoughtful",
    ),
    "write_postcards": Activity(
        title="Postcards",
        words=(
            "postcards; ~write postcards; postcard; letter; ~write a letter; letters; journal; ~write in a "
            "journal; diary"
        ),
        poses="sitting;reading",
        action="writing postcards",
        lines=(
            "Wish you were here, {one} [write/writes], and almost [mean/means] it|{One} [chew/chews] the "
            "pencil over the first line"
        ),
        places="cafe;bedroom;coastal_town;beach;living_room",
        objects="book=postcards@lead;table",
        links="looking_at>other",
        pet="lying:asleep nearby",
        emotion="thoughtful",
    ),
    "ice_cream": Activity(
        title="Ice cream",
        words=(
            "ice cream; ~eat ice cream; gelato; ~have ice cream; ~get ice cream; ice creams; ice cream cone; "
            "~eat gelato; popsicles"
        ),
        poses="eating",
        action="eating ice cream",
        lines=(
            "The ice cream melts faster than {one} can eat|Two scoops and a serious face: {one} "
            "[concentrate/concentrates]|Pistachio, lemon, trouble: {all} [compare/compares] flavours"
        ),
        places="park;beach;coastal_town;old_town;city_street;playground;harbor;lake;museum;cafe;garden",
        objects="ice_cream@lead",
        links="sharing>other",
        pet="sitting:waiting for a drop",
        at=900,
    ),
    "shop": Activity(
        title="At the stalls",
        words=(
            "~shop; shopping; ~go shopping; ~browse; souvenirs; ~buy souvenirs; ~browse the stalls; ~buy; "
            "~window shop; window shopping; ~explore the shops; stalls; groceries; ~buy groceries; ~buy "
            "vegetables; ~haggle; ~buy fish"
        ),
        poses="walking;pointing;standing",
        action="browsing the stalls",
        lines=(
            "{All} [look/looks] at everything and [buy/buys] one small thing|{One} [hold/holds] it up to the "
            "light and [ask/asks] the price|From stall to stall: {all} {at}"
        ),
        places="market;city_street;coastal_town;old_town",
        objects="other=stall",
        links="talking>other;looking_at>thing",
        pet="walking:nose at counter height",
        emotion="content",
    ),
    "taste_fruit": Activity(
        title="A taste",
        words=(
            "street food; ~try street food; ~taste fruit; ~eat street food; ~try local food; cherries; food "
            "truck; food trucks; ~try the cheese"
        ),
        poses="eating;pointing",
        action="tasting the food",
        lines=(
            "{One} [try/tries] one, then [buy/buys] a whole bag|Sweet, sour, sweet again: {one}'s face tells it all"
        ),
        places="market;city_street;old_town;farm",
        objects="bowl=fruit",
        links="sharing>other",
        pet="sitting:waiting for its share",
        emotion="surprised",
        shot="close_up",
    ),
    "buy_flowers": Activity(
        title="Flowers for the table",
        words="~buy flowers; ~choose flowers",
        poses="carrying;standing",
        action="buying flowers",
        lines="{One} [choose/chooses] the yellow ones, of course|Half hidden behind the bunch: {one}",
        places="market;city_street;garden",
        objects="flowers@lead",
        links="sharing>other",
        pet="standing:sneezing",
    ),
    "buy_bread": Activity(
        title="Warm bread",
        words="bread; ~buy bread; ~break bread",
        poses="carrying;eating",
        action="buying bread",
        lines="The loaf is still warm, and {one} [have/has] already broken off the end",
        places="market;city_street;old_town;kitchen",
        objects="bread@lead",
        links="sharing>other",
        pet="sitting:following the loaf",
        emotion="content",
    ),
    "carry_bags": Activity(
        title="Full hands",
        words="~carry bags; luggage; bags; ~carry luggage; ~check in; ~arrive at the hotel",
        poses="carrying",
        action="carrying the bags",
        lines=(
            "{One} [carry/carries] more than two hands can hold|Both arms full, {all} [head/heads] on past {feature}"
        ),
        places="market;station;farm;city_street;living_room",
        objects="suitcase=bag@lead",
        links="helping>other",
        pet="walking:leading the way",
        emotion="tired",
    ),
    "eat_snack": Activity(
        title="Something on paper plates",
        words=(
            "fish and chips; hot dogs; hot dog; crepes; churros; tacos; popcorn; cotton candy; burgers; "
            "pretzels; ~eat churros"
        ),
        poses="eating;standing;eating",
        action="eating from paper plates",
        lines=(
            "Hot, salty, gone in a minute: {all} [eat/eats] standing up|{One} [defend/defends] the chips with "
            "both elbows"
        ),
        places="coastal_town;market;harbor;city_street;playground;beach",
        objects="bowl@lead=paper plate",
        links="sharing>other",
        pet="sitting:waiting below",
    ),
    "street_music": Activity(
        title="Music in the street",
        words=(
            "street music; street musicians; buskers; live music; festival; ~listen to music; street "
            "performers; jazz; music festival; jazz band; parade; ~watch a parade; ~watch the parade"
        ),
        poses="standing;dancing;cheering",
        action="listening to the music",
        lines=(
            "The music starts and {one}'s foot follows|A song drifts over from {feature}, and {all} [stay/stays] for it"
        ),
        places="city_street;old_town;market;coastal_town;park",
        objects="guitar",
        links="dancing_with>other;looking_at>other",
        pet="sitting:head tilted",
        needs="",
    ),
    "sightsee": Activity(
        title="Seeing the sights",
        words=(
            "sightseeing; ~sightsee; ~see the sights; ~visit landmarks; landmarks; ~explore the city; ~tour; "
            "guided tour; walking tour; city break; city trip; ~explore the old town; ~explore the town; "
            "~visit; visit; eiffel tower; colosseum; fountain"
        ),
        poses="pointing;walking;photographing",
        action="seeing the sights",
        lines=(
            "{One} [point/points] up at {feature}: older than everything back home|{All} [lean/leans] back to "
            "see all of it|Around the next corner, {all} [stop/stops] at {feature}"
        ),
        places=(
            "old_town;city_street;museum;coastal_town;harbor;market;farm;park;mountain;garden;desert;lake;"
            "beach;forest;station"
        ),
        objects="camera",
        links="walking_together>other;looking_at>other",
        pet="walking:more interested in the pigeons",
        needs="",
        emotion="excited",
        shot="wide",
    ),
    "fountain_coin": Activity(
        title="A coin in the fountain",
        words="~throw a coin; coins",
        poses="throwing;sitting",
        action="throwing a coin in the fountain",
        lines="{One} [throw/throws] a coin, and the wish is a secret",
        places="old_town;park;city_street",
        links="looking_at>other",
        pet="standing:drinking from the fountain",
    ),
    "swing": Activity(
        title="Higher",
        words=(
            "swing; swings; ~swing; ~play on the swings; slide; ~slide; ~go down the slide; carousel; "
            "merry-go-round; ferris wheel; roller coaster; ~ride the carousel; ~ride the ferris wheel; seesaw; "
            "bouncy castle; bumper cars; trampoline"
        ),
        poses="sitting;cheering;standing",
        action="on the swings",
        lines=(
            "Higher, {one} [call/calls], and the chains creak|For one second at the top, {one} [weigh/weighs] "
            "nothing|{Other} [push/pushes], {one} [fly/flies]"
        ),
        places="playground;garden;park;city_street",
        links="playing_with>other;helping>other",
        pet="sitting:keeping a safe distance",
        emotion="laughing",
    ),
    "climb_frame": Activity(
        title="Top of the frame",
        words="climbing frame; monkey bars; jungle gym",
        poses="climbing;cheering;waving",
        action="climbing the frame",
        lines=(
            "{One} [wave/waves] from the top like a captain|Hand over hand, {one} [cross/crosses] without "
            "touching the ground"
        ),
        places="playground",
        links="looking_at>other",
        pet="sitting:waiting at the bottom",
        emotion="excited",
    ),
}
