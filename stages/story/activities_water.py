"""Activities at the sea, at lakes and at the campfire."""

from typing import Final

from .activities import Activity

WATER: Final[dict[str, Activity]] = {
    "swim": Activity(
        title="Into the water",
        words=(
            "~swim; swim; ~splash; ~jump into the water; ~jump into the lake; ~bathe; ~splash around; "
            "~snorkel; ~dive; swimming lesson"
        ),
        poses="swimming;jumping;swimming",
        action="swimming",
        lines=(
            "The first step is cold, then {all} [are/is] in|{One} [dive/dives] under and [come/comes] up "
            "laughing|{All} [swim/swims] out as far as {feature}, nearly|Splash: {one} [win/wins] this round"
        ),
        places="beach;lake",
        links="playing_with>other;playing_with>pet",
        pet="swimming:paddling along",
        needs="",
        emotion="laughing",
        wear="swim",
    ),
    "wade": Activity(
        title="Toes in the sea",
        words="~wade; ~dip their toes; ~walk barefoot; barefoot",
        poses="walking;jumping",
        action="wading in the shallow water",
        lines=(
            "{All} [test/tests] the water with bare feet|Up to the knees and no further, {one} "
            "[decide/decides]|The wave is faster than {one}"
        ),
        places="beach;lake",
        links="holding_hands>other;playing_with>pet",
        pet="running:splashing in the shallows",
        needs="",
        emotion="laughing",
        wear="barefoot",
    ),
    "sandcastle": Activity(
        title="The sandcastle",
        words="sandcastle; sandcastles; ~build a sandcastle; ~build sandcastles; sand castle; sand castles",
        poses="kneeling;crouching",
        action="building a sandcastle",
        lines=(
            "Towers, a moat and one flag: {all} [build/builds] a castle|{One} [pat/pats] the last tower into "
            "shape|The tide may come, {who} [are/is] ready"
        ),
        places="beach;playground;lake",
        objects="sandcastle",
        links="helping>other;playing_with>thing",
        pet="lying:digging the moat",
        wear="barefoot",
    ),
    "sand_play": Activity(
        title="In the sandpit",
        words="~play in the sand; ~dig",
        poses="kneeling;playing",
        action="playing in the sand",
        lines=(
            "{One} [dig/digs] all the way to the other side of the world|Buckets of sand, and {all} "
            "[know/knows] what they are for"
        ),
        places="playground;beach",
        objects="toy",
        links="playing_with>other",
        pet="lying:digging too",
    ),
    "sunbathe": Activity(
        title="Doing nothing",
        words="~sunbathe; sunbathing; ~lie in the sun; beach umbrella; ~tan",
        poses="lying;sitting",
        action="lying in the sun",
        lines=(
            "{Who} [do/does] nothing at all, and [do/does] it well|In the shade of the umbrella, {one} "
            "[finish/finishes] the chapter"
        ),
        places="beach;lake;garden",
        objects="beach_umbrella;book",
        links="talking>other",
        pet="lying:snoring in the shade",
        emotion="content",
        wear="swim",
        at=780,
    ),
    "beach_walk": Activity(
        title="Along the water",
        words="",
        poses="walking",
        action="walking along the water",
        lines=(
            "{All} [walk/walks] where the sand is firm and wet|A line of footprints, and {all} at the end of "
            "it|{All} [follow/follows] the tide line towards {feature}"
        ),
        places="beach;lake",
        links="holding_hands>partner;walking_together>other;walking_together>pet",
        pet="running:running through the foam",
        needs="",
        emotion="content",
        wear="barefoot",
        shot="wide",
    ),
    "collect_shells": Activity(
        title="Shells",
        words=(
            "~collect shells; ~look for shells; ~collect seashells; seashells; shells; tide pools; tidepools; "
            "~gather shells; ~explore tide pools; beachcombing"
        ),
        poses="crouching;kneeling",
        action="collecting shells",
        lines=(
            "{One} [find/finds] a shell with a perfect spiral|Every pocket is full, yet {one} [pick/picks] up one more"
        ),
        places="beach;coastal_town;harbor",
        objects="other=shells",
        links="looking_at>thing",
        pet="standing:sniffing at a crab",
        emotion="surprised",
        wear="barefoot",
        shot="close_up",
    ),
    "surf": Activity(
        title="The first wave",
        words="~surf; surfing; surf lesson; surfboard; surfboards; surf",
        poses="standing;cheering;carrying",
        action="surfing",
        lines=(
            "{One} [paddle/paddles], [stand/stands] up and [stay/stays] up|{Who} [carry/carries] the board "
            "past {feature} for one more wave"
        ),
        places="beach",
        objects="surfboard@lead",
        links="riding>thing;helping>other",
        pet="standing:barking at the waves",
        emotion="excited",
        wear="swim",
    ),
    "ball_game": Activity(
        title="The game",
        words=(
            "volleyball; soccer; football; ~play soccer; ~play football; ~play volleyball; basketball; ~play "
            "basketball; baseball; ~play ball; ~kick a ball; soccer game; football match; soccer match; "
            "tennis; ~play tennis; match; ~play catch; football game; cricket; ~play cricket; rugby; tournament"
        ),
        poses="running;jumping;throwing",
        action="playing ball",
        lines=(
            "The ball is in the air and {all} [have/has] eyes for nothing else|{One} [get/gets] there first, "
            "by a hand's breadth|{One} [shoot/shoots], and it looks good"
        ),
        places="park;beach;meadow;playground;garden;city_street",
        objects="ball",
        links="throwing_to>other;throwing_to>pet",
        pet="running:chasing the ball",
        emotion="excited",
        wear="sport",
    ),
    "watch_sunset": Activity(
        title="Sunset",
        words=(
            "~watch the sunset; ~watch a sunset; ~enjoy the sunset; ~catch the sunset; ~see the sunset; sunset watching"
        ),
        poses="sitting;standing",
        action="watching the sunset",
        lines=(
            "The sun goes down behind {feature}, and {all} [stay/stays] to the last of it|Nobody says a word "
            "while the sky turns, not even {one}|{All} [watch/watches] the light go"
        ),
        places="beach;coastal_town;mountain;desert;harbor;lake;meadow;park;city_street;road;garden;campsite",
        links="hugging>partner;looking_at>other;petting>pet",
        pet="sitting:leaning close",
        needs="",
        emotion="content",
        at=1200,
        shot="wide",
    ),
    "watch_sunrise": Activity(
        title="Sunrise",
        words="~watch the sunrise; ~watch a sunrise; ~catch the sunrise; ~see the sunrise",
        poses="sitting;standing",
        action="watching the sunrise",
        lines=(
            "{All} [are/is] up before the birds, and it is worth it|The first light touches {feature}, then "
            "{one}'s face"
        ),
        places="mountain;beach;lake;desert;meadow;harbor;city_street;campsite",
        links="hugging>partner;looking_at>other",
        pet="sitting:blinking at the light",
        needs="",
        emotion="content",
        at=345,
        shot="wide",
    ),
    "boat_trip": Activity(
        title="Out on the water",
        words=(
            "boat; boats; sailboat; ~sail; sailing; boat trip; boat ride; ferry ride; ~take the ferry; whale "
            "watching; ~take a boat; gondola; gondola ride; cruise; yacht; sailing trip; boat tour"
        ),
        poses="sitting;pointing;standing",
        action="riding a boat",
        lines=(
            "The boat leans, the land shrinks, and {all} [hold/holds] on to the rail|Spray in the face: {one} "
            "[laugh/laughs] out loud|{One} [take/takes] the wheel, just for a minute"
        ),
        places="harbor;lake;beach;coastal_town",
        objects="boat",
        links="riding>thing",
        pet="sitting:nose in the wind",
        emotion="excited",
        shot="wide",
    ),
    "watch_boats": Activity(
        title="Watching the boats",
        words="~watch the boats; ~watch boats; ~watch the ships; fishing boats; ~watch the fishing boats",
        poses="sitting;pointing",
        action="watching the boats",
        lines=(
            "{All} [watch/watches] the boats come in past {feature}|{One} [read/reads] the boat names out loud "
            "and [pick/picks] a favourite"
        ),
        places="harbor;coastal_town;beach;lake",
        objects="boat",
        links="talking>other;looking_at>other",
        pet="sitting:watching the gulls",
        needs="",
        emotion="content",
        shot="wide",
    ),
    "fish": Activity(
        title="A line in the water",
        words="~fish; fishing; fishing trip; fishing rod; ~go fishing; ~catch a fish",
        poses="sitting;standing",
        action="fishing",
        lines=(
            "{Who} [wait/waits] for a bite, in no hurry|Something pulls, and {one} [pull/pulls] back|The fish "
            "are safe, the day is perfect: {all} {at}"
        ),
        places="lake;harbor;beach;forest",
        objects="fishing_rod@lead",
        links="helping>other;talking>other",
        pet="lying:watching the float",
        emotion="content",
    ),
    "skip_stones": Activity(
        title="Four, five, six",
        words="~skip stones; ~throw stones; ~skip rocks",
        poses="throwing;cheering",
        action="skipping stones",
        lines="Four, five, six: {one} [count/counts] the jumps|The flattest stone of the day leaves {one}'s hand",
        places="lake;beach;forest",
        links="helping>other;looking_at>other",
        pet="standing:ready to dive after it",
        emotion="excited",
    ),
    "jetty_rest": Activity(
        title="Feet over the edge",
        words="",
        poses="sitting;lying",
        action="sitting on the jetty",
        lines=(
            "{All} [sit/sits] at the end of the jetty, feet over the water|{One} [lie/lies] back on the warm boards"
        ),
        places="lake;harbor",
        links="talking>other;petting>pet",
        pet="lying:asleep on the boards",
        emotion="content",
        shot="wide",
    ),
    "feed_ducks": Activity(
        title="The ducks",
        words="~feed the ducks; ~feed ducks; ducks pond; duck pond",
        poses="crouching;standing",
        action="feeding the ducks",
        lines="Word gets around fast among ducks, {one} [find/finds]|{One} [crouch/crouches] at the edge, surrounded",
        places="park;lake;farm;garden",
        objects="bread@lead",
        links="looking_at>other",
        pet="sitting:watching the ducks",
    ),
    "campfire": Activity(
        title="Around the fire",
        words=(
            "campfire; camp fire; bonfire; fire pit; firepit; ~light a fire; ~sit around the fire; ~build a "
            "fire; campfire evening; ~gather around the fire"
        ),
        poses="sitting;sitting;kneeling",
        action="sitting by the campfire",
        lines=(
            "The fire crackles and {all} [move/moves] a little closer|Sparks climb past {feature}, and {all} "
            "[watch/watches] them go|Faces glow: {all} by the fire|One more log, {all} [decide/decides], and "
            "then another"
        ),
        places="campsite;beach;forest;lake;garden;mountain;desert;snowfield;meadow;farm",
        objects="campfire;cup@lead=mug of cocoa",
        links="hugging>partner;talking>other;sharing>other;petting>pet",
        pet="lying:curled up by the fire",
        needs="",
        emotion="content",
        wear="evening",
        at=1230,
    ),
    "marshmallows": Activity(
        title="Marshmallows",
        words="marshmallow; marshmallows; ~roast marshmallows; ~toast marshmallows; s'mores; smores; ~make s'mores",
        poses="sitting;eating",
        action="roasting marshmallows",
        lines=(
            "Golden, not black: {one} [turn/turns] the stick with great care|Sticky fingers all around: {all} "
            "[share/shares] the marshmallows"
        ),
        places="campsite;beach;forest;garden;lake",
        objects="campfire;stick@lead",
        links="sharing>other",
        pet="sitting:staring at a marshmallow",
        emotion="laughing",
        wear="evening",
        at=1245,
    ),
    "tell_stories": Activity(
        title="Stories in the dark",
        words="~tell stories; ghost stories; ~tell ghost stories; ~share stories; ~swap stories",
        poses="sitting;pointing",
        action="telling a story",
        lines="{One} [tell/tells] the one about the bear again|The story gets quieter, and {all} [lean/leans] in",
        places="campsite;living_room;bedroom;beach;forest;garden;cafe",
        links="talking>other",
        pet="lying:listening",
        emotion="surprised",
        at=1260,
    ),
    "stargaze": Activity(
        title="Stars",
        words=(
            "~stargaze; stargazing; stars; ~watch the stars; ~look at the stars; ~count stars; milky way; "
            "northern lights; ~count the stars; meteor shower; starry sky; under the stars; shooting stars"
        ),
        poses="lying;pointing;standing",
        action="looking at the stars",
        lines=(
            "{One} [find/finds] the Great Bear, or something like it|{All} [look/looks] up and [forget/forgets] "
            "the cold|So many stars that {all} [stop/stops] counting"
        ),
        places="campsite;desert;beach;mountain;meadow;garden;lake;snowfield;forest;farm",
        objects="telescope",
        links="hugging>partner;looking_at>other;petting>pet",
        pet="lying:warm and asleep",
        needs="",
        emotion="thoughtful",
        wear="evening",
        at=1350,
        shot="wide",
    ),
    "pitch_tent": Activity(
        title="The tent",
        words=(
            "tent; tents; ~pitch the tent; ~pitch a tent; ~set up the tent; ~set up camp; ~camp; camping; "
            "camping trip; ~set up tents; ~put up the tent; ~go camping; glamping"
        ),
        poses="kneeling;crouching;standing",
        action="setting up the tent",
        lines=(
            "Pole here, peg there: {all} [put/puts] up the tent|{One} [hold/holds] a pole and [wonder/wonders] "
            "where it goes|The tent stands, after a fashion, beside {feature}"
        ),
        places="campsite;forest;meadow;lake;beach;mountain;garden;desert",
        objects="tent;backpack",
        links="helping>other",
        pet="lying:already inside the tent",
        at=1020,
    ),
    "cook_outdoors": Activity(
        title="Supper outdoors",
        words="barbecue; bbq; ~barbecue; ~grill; cookout; ~cook over the fire; ~cook outdoors",
        poses="cooking;sitting;standing",
        action="cooking outdoors",
        lines=(
            "{One} [stir/stirs], and the smell brings everybody to the table|Beans, bread and smoke: supper is "
            "nearly ready for {all}"
        ),
        places="campsite;garden;beach;park;lake;road",
        objects="bowl@lead;table",
        links="sharing>other;talking>other",
        pet="sitting:guarding the cook",
        at=1110,
    ),
}
