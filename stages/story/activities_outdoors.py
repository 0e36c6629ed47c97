"""Activities in parks, woods and mountains."""

from typing import Final

from .activities import Activity

OUTDOORS: Final[dict[str, Activity]] = {
    "picnic": Activity(
        title="The picnic",
        words="picnic; ~picnic; picnics; ~have a picnic; picnic blanket; picnic basket",
        poses="sitting;eating;sitting;lying",
        action="sharing a picnic",
        lines=(
            "The blanket is down and {all} [share/shares] whatever the basket holds|Lunch tastes better on the "
            "grass, {all} [agree/agrees]|Sandwiches, cherries and no hurry at all: {all} {at}|{All} "
            "[settle/settles] down by {feature} and [unpack/unpacks] the basket"
        ),
        places="park;meadow;garden;lake;beach;forest;mountain;campsite;road;playground",
        objects="picnic_blanket;picnic_basket;cup",
        links="sharing>other;feeding>pet",
        pet="lying:waiting for crumbs",
        emotion="content",
        at=760,
    ),
    "stroll": Activity(
        title="A slow walk",
        words=(
            "~walk; ~stroll; ~wander; ~take a walk; ~go for a walk; ~walk around; ~walk hand in hand; walk; "
            "stroll; hand in hand; ~hold hands"
        ),
        poses="walking",
        action="walking along",
        lines=(
            "{All} [stroll/strolls] past {feature}|No map, no plan: {all} [wander/wanders] {at}|{All} "
            "[take/takes] the long way round|Step by step, {all} [leave/leaves] the hurry behind|{All} "
            "[follow/follows] the path beyond {feature}"
        ),
        places="park;old_town;coastal_town;city_street;garden;meadow;forest;lake;harbor;beach;market;mountain",
        links="holding_hands>partner;walking_together>other;walking_together>pet",
        pet="walking:trotting alongside",
        needs="",
        emotion="content",
        shot="wide",
    ),
    "bench_rest": Activity(
        title="A seat with a view",
        words="~sit on a bench; ~rest on a bench; park bench; ~people watch",
        poses="sitting",
        action="resting on a bench",
        lines=(
            "{All} [take/takes] a break with a view of {feature}|Five minutes on the bench become twenty for "
            "{all}|{Who} [sit/sits] down and [watch/watches] the world go by"
        ),
        places="park;garden;harbor;playground;old_town;city_street;museum;beach;lake;station",
        objects="bench",
        links="talking>other;petting>pet",
        pet="sitting:sitting close",
        emotion="content",
    ),
    "frisbee": Activity(
        title="The frisbee",
        words="frisbee; ~play frisbee; ~throw a frisbee",
        poses="throwing;jumping;running",
        action="throwing a frisbee",
        lines=(
            "The frisbee hangs in the air and {all} [look/looks] up|{One} [send/sends] the frisbee far across the grass"
        ),
        places="park;beach;meadow;garden;lake",
        objects="frisbee@lead",
        links="throwing_to>pet;throwing_to>other",
        pet="jumping:leaping for the frisbee",
        emotion="excited",
    ),
    "kite": Activity(
        title="The kite goes up",
        words="kite; kites; ~fly a kite; ~fly kites; ~fly the kite; kite flying",
        poses="running;pointing;cheering",
        action="flying a kite",
        lines=(
            "The kite climbs until it is only a speck, and {who} [hold/holds] on|{One} [run/runs] and the kite "
            "finally lifts off|Wind enough at last: the kite dances above {feature}"
        ),
        places="beach;meadow;park;mountain;desert",
        objects="kite@lead",
        links="looking_at>thing;helping>other",
        pet="running:barking at the kite",
        emotion="excited",
    ),
    "bicycle": Activity(
        title="On two wheels",
        words=(
            "~cycle; ~bike; bike ride; bicycle ride; bicycle; bike; ~ride bikes; ~ride a bike; ~ride bicycles; "
            "~ride her bike; ~ride his bike; cycling; bikes; bicycles"
        ),
        poses="cycling",
        action="riding a bicycle",
        lines=(
            "{All} [roll/rolls] along past {feature}|Bells ringing, {all} [ride/rides] {at}|Downhill all the "
            "way, says the grin on {one}'s face"
        ),
        places="park;city_street;road;meadow;forest;coastal_town;lake;old_town",
        objects="bicycle",
        links="riding>thing;walking_together>other",
        pet="running:running alongside",
        emotion="excited",
    ),
    "play_tag": Activity(
        title="Catch me",
        words=(
            "~play tag; tag; ~play hide and seek; hide and seek; ~run around; ~race; ~chase each other; ~play; ~play "
            "games; ~play together"
        ),
        poses="running;running;jumping",
        action="running and chasing",
        lines=(
            "{One} [run/runs], and nobody can keep up|Round and round {feature}: {all} [play/plays] until "
            "everyone is out of breath|{All} [race/races] to {feature} and back"
        ),
        places="park;garden;playground;meadow;beach;farm;snowfield;living_room;campsite;forest",
        links="chasing>other;chasing>pet",
        pet="running:racing along",
        emotion="laughing",
    ),
    "garden_work": Activity(
        title="Hands in the soil",
        words=(
            "gardening; ~plant flowers; ~plant; ~plant a tree; ~plant trees; ~water the plants; ~water the "
            "flowers; ~plant vegetables; ~weed"
        ),
        poses="kneeling;crouching;carrying",
        action="planting flowers",
        lines=(
            "{Who} [plant/plants] one more row of flowers|Earth up to the elbows: {who} [are/is] busy {at}|"
            "{One} [press/presses] the soil down as if tucking somebody in"
        ),
        places="garden;farm;park",
        objects="flowers",
        links="helping>other",
        pet="lying:digging a small hole of its own",
        emotion="content",
    ),
    "smell_flowers": Activity(
        title="A flower up close",
        words="~smell the flowers; ~pick flowers; cherry blossoms; cherry blossom",
        poses="crouching;pointing",
        action="looking at the flowers",
        lines=(
            "{One} [stop/stops] to smell the flowers, and the others wait|Not one flower is like the next, "
            "{one} [find/finds]"
        ),
        places="garden;meadow;park;market",
        objects="flowers@lead",
        links="looking_at>thing",
        pet="standing:sniffing a flower",
        emotion="thoughtful",
        shot="close_up",
    ),
    "pick_flowers": Activity(
        title="A bunch of flowers",
        words="~gather wildflowers; wildflowers",
        poses="crouching;walking",
        action="picking flowers",
        lines=(
            "{One} [gather/gathers] a bunch that is almost too big to hold|Poppies, daisies, clover: {who} "
            "[fill/fills] both hands"
        ),
        places="meadow;garden;mountain",
        objects="flowers@lead",
        links="sharing>other",
        pet="walking:weaving through the grass",
        emotion="content",
    ),
    "hike": Activity(
        title="On the trail",
        words=(
            "~hike; hike; hikes; hiking trip; ~trek; trek; ~go hiking; scenic hike; ~walk the trail; ~climb "
            "the mountain; ~climb a mountain"
        ),
        poses="walking;climbing;walking",
        action="hiking up the trail",
        lines=(
            "{All} [follow/follows] the trail up past {feature}|One foot before the other: {all} "
            "[climb/climbs] higher|The path is steep, the packs are light, and {all} [keep/keeps] going|{All} "
            "[find/finds] the rhythm of the trail"
        ),
        places="mountain;forest;desert;lake;meadow;snowfield;road",
        objects="backpack@lead",
        links="walking_together>other;walking_together>pet",
        pet="walking:leading the way",
        needs="",
        emotion="content",
        wear="hike",
        at=600,
        shot="wide",
    ),
    "viewpoint": Activity(
        title="The view",
        words="viewpoint; ~enjoy the view; scenic view; overlook; lookout; ~take in the view",
        poses="pointing;standing",
        action="looking out over the land",
        lines=(
            "{All} [reach/reaches] the viewpoint and [go/goes] quiet|{One} [point/points] at something far "
            "away, and it is worth it|From {feature} the whole land lies open before {all}"
        ),
        places="mountain;desert;road;coastal_town;forest;city_street",
        objects="camera",
        links="looking_at>other",
        pet="sitting:looking out",
        emotion="excited",
        shot="wide",
    ),
    "summit_cheer": Activity(
        title="Made it",
        words="~reach the top; ~reach the summit; ~reach the peak",
        poses="cheering;jumping",
        action="cheering at the top",
        lines=(
            "{All} [stand/stands] at the top with arms in the air|The top at last, and {who} [shout/shouts] it "
            "to the whole valley"
        ),
        places="mountain;desert;snowfield",
        objects="flag",
        links="hugging>other",
        pet="standing:wagging at the top",
        emotion="excited",
        wear="hike",
    ),
    "snack_break": Activity(
        title="A break on the way",
        words="snack; snacks; ~take a break; ~rest on the trail; ~share a snack",
        poses="sitting;eating;drinking",
        action="sharing a snack",
        lines=(
            "{All} [share/shares] the last of the apples near {feature}|A flat stone, a full flask, and {all} "
            "[rest/rests]|The sandwiches never make it past {feature}"
        ),
        places="mountain;forest;desert;lake;meadow;classroom;road;playground",
        objects="backpack;cup@lead",
        links="sharing>other;feeding>pet",
        pet="sitting:hoping for a bite",
        emotion="content",
    ),
    "rest_on_rock": Activity(
        title="Boots off",
        words="",
        poses="sitting;lying",
        action="resting on a rock",
        lines=(
            "{Who} [rest/rests] on a warm rock and [count/counts] the peaks|Boots off, toes in the wind: {who} "
            "[take/takes] five"
        ),
        places="mountain;desert;lake;forest",
        objects="backpack",
        links="talking>other",
        pet="lying:panting in the shade",
        emotion="tired",
    ),
    "climb_rocks": Activity(
        title="Up the rocks",
        words="~climb; rock climbing; ~climb rocks; climbing",
        poses="climbing;climbing;pointing",
        action="climbing the rocks",
        lines=(
            "{One} [find/finds] the next hold and [pull/pulls] up|Hand, foot, hand: {one} [climb/climbs] past {feature}"
        ),
        places="mountain;forest;desert;beach",
        links="helping>other",
        pet="standing:waiting below",
        emotion="excited",
        wear="hike",
    ),
    "cross_stream": Activity(
        title="Across the stream",
        words="~cross the stream; ~cross a river",
        poses="jumping;walking",
        action="crossing the stream on stones",
        lines=(
            "{One} [reach/reaches] back a hand, and the stream is crossed|From stone to stone, {all} "
            "[cross/crosses] with dry feet, nearly"
        ),
        places="forest;mountain;lake;meadow",
        objects="stick@lead",
        links="holding_hands>other;helping>other",
        pet="jumping:splashing through",
        emotion="laughing",
    ),
    "climb_tree": Activity(
        title="Up in the branches",
        words="~climb a tree; ~climb trees",
        poses="climbing;pointing",
        action="climbing a tree",
        lines=(
            "{One} [find/finds] a branch made for sitting|Higher than yesterday: {one} [wave/waves] from the branches"
        ),
        places="forest;park;garden;farm",
        links="looking_at>other",
        pet="standing:looking up",
        emotion="excited",
    ),
    "explore": Activity(
        title="Off the path",
        words="~explore; treasure hunt; scavenger hunt; ~search",
        poses="walking;crouching;pointing",
        action="exploring",
        lines=(
            "{All} [look/looks] behind {feature} to see what is there|{One} [crouch/crouches] down: something "
            "small is crossing the path|Every bend is a discovery for {all}"
        ),
        places="forest;old_town;beach;mountain;museum;garden;city_street;coastal_town;desert;park;market;lake",
        links="looking_at>other;walking_together>pet",
        pet="walking:following a scent",
        needs="",
        emotion="excited",
    ),
    "gather_leaves": Activity(
        title="A pile of leaves",
        words=(
            "~gather leaves; ~collect leaves; ~rake leaves; autumn leaves; fall leaves; leaf pile; ~jump in "
            "leaves; ~jump in the leaves; ~jump into leaves; foliage; fallen leaves"
        ),
        poses="throwing;jumping;crouching",
        action="throwing leaves in the air",
        lines=(
            "Leaves go up, leaves come down, and {all} [do/does] it again|{One} [throw/throws] an armful of "
            "leaves at the sky"
        ),
        places="park;forest;garden;meadow",
        objects="other=pile of leaves",
        links="playing_with>other;playing_with>pet",
        pet="jumping:jumping into the leaves",
        emotion="laughing",
    ),
    "bird_watch": Activity(
        title="Listening for birds",
        words="bird watching; birdwatching; ~watch birds; ~look for birds; ~watch the birds",
        poses="pointing;standing",
        action="watching birds",
        lines=(
            "{One} [point/points]: up there, left of {feature}|Nobody breathes while the bird sings, not even {one}"
        ),
        places="forest;lake;park;meadow;garden;beach",
        objects="camera@lead",
        links="looking_at>other",
        pet="sitting:listening",
        emotion="thoughtful",
    ),
}
