"""Activities on the road and behind the camera."""

from typing import Final

from .activities import Activity

TRAVEL: Final[dict[str, Activity]] = {
    "drive": Activity(
        title="On the road",
        words=(
            "~drive; drive; ~drive along; car; van; camper van; campervan; ~hit the road; convertible; ~pack "
            "the car; scenic drive; rv; motorhome; ~drive through; truck; jeep; motorcycle"
        ),
        poses="sitting",
        action="driving along",
        lines=(
            "The road bends towards {feature} and {all} [follow/follows] it|Windows down, music up: {all} on "
            "the move|{All} [have/has] the road almost alone"
        ),
        places="road;city_street;coastal_town;desert;mountain",
        objects="car",
        links="riding>thing",
        pet="sitting:head out of the window",
        emotion="excited",
        at=570,
        shot="wide",
    ),
    "roadside_stop": Activity(
        title="A stop by the road",
        words="rest stop; pit stop; roadside stop; ~stop for gas",
        poses="standing;pointing;photographing",
        action="stopping by the road",
        lines=(
            "{All} [stop/stops] because of {feature}, and for no other reason|Doors open, legs stretched: "
            "{all} at the roadside"
        ),
        places="road;desert;mountain",
        objects="car",
        links="talking>other",
        pet="standing:sniffing the verge",
        emotion="content",
        shot="wide",
    ),
    "stretch_legs": Activity(
        title="Legs stretched",
        words="",
        poses="jumping;standing;walking",
        action="stretching after the drive",
        lines="{One} [hop/hops] over the puddles just to feel the ground again",
        places="road;station",
        objects="van",
        pet="running:running off the drive",
    ),
    "car_picnic": Activity(
        title="Lunch on the tailgate",
        words="",
        poses="sitting;eating;drinking",
        action="having lunch on the tailgate",
        lines="Lunch with a view: {all} on the tailgate, crumbs everywhere",
        places="road;desert;mountain",
        objects="van;bread@lead",
        links="sharing>other",
        pet="sitting:begging politely",
        at=750,
    ),
    "read_map": Activity(
        title="Where are we?",
        words="map; ~read a map; ~get lost; ~plan the route; ~read the map; ~study the map",
        poses="reading;pointing;standing",
        action="reading the map",
        lines=(
            "{One} [turn/turns] the map the other way up|According to the map, {feature} should not be here|"
            "{Who} [bend/bends] over the map and [vote/votes]"
        ),
        places="road;mountain;old_town;city_street;desert;station;forest;coastal_town",
        objects="map@lead",
        links="talking>other;looking_at>other",
        pet="sitting:waiting for a decision",
        emotion="thoughtful",
    ),
    "desert_walk": Activity(
        title="Across the sand",
        words="",
        poses="walking",
        action="walking across the sand",
        lines=(
            "{All} [cross/crosses] the sand in a long thin line|One dune, then another: {all} [keep/keeps] to the ridge"
        ),
        places="desert",
        objects="backpack@lead",
        links="walking_together>other",
        pet="walking:trotting on hot paws",
        needs="",
        emotion="content",
        shot="wide",
    ),
    "climb_dune": Activity(
        title="Up the dune",
        words="sandboarding; camel ride; ~ride camels",
        poses="climbing;running",
        action="climbing the dune",
        lines="Two steps up, one step back: {one} [climb/climbs] the dune",
        places="desert;beach",
        links="holding_hands>other",
        pet="running:running up the dune",
        emotion="laughing",
    ),
    "photograph": Activity(
        title="Hold still",
        words=(
            "~photograph; photography; ~take photos; ~take pictures; ~take a selfie; selfie; selfies; ~take a "
            "photo; ~take a picture; group photo; ~pose; ~pose for a photo; ~pose for photos; photo shoot; "
            "portrait; ~take selfies"
        ),
        poses="photographing;standing;waving",
        action="taking a photo",
        lines=(
            "{One} [count/counts] to three and somebody blinks|Squeeze in: {all}, with {feature} behind|{One} "
            "[frame/frames] {feature} and [wait/waits] for the light"
        ),
        places="*",
        objects="camera@lead",
        links="posing_together>other;posing_together>pet",
        pet="sitting:looking the other way",
    ),
    "puddles": Activity(
        title="Puddles",
        words="~jump in puddles; puddles; puddle; ~splash in puddles; ~jump in the puddles",
        poses="jumping;running",
        action="jumping in puddles",
        lines="The deepest puddle {at} belongs to {one}|Boots first, caution later: {all} [jump/jumps]",
        places="city_street;park;road;garden;old_town;forest;playground;coastal_town",
        objects="umbrella",
        links="playing_with>other;holding_hands>other",
        pet="jumping:splashing through puddles",
        emotion="laughing",
        wear="rain",
    ),
    "rainbow": Activity(
        title="A rainbow",
        words="rainbow; ~see a rainbow",
        poses="pointing;standing",
        action="pointing at a rainbow",
        lines="{One} [see/sees] the rainbow first",
        places="meadow;park;mountain;coastal_town;lake;road",
        links="looking_at>other",
        pet="sitting:unimpressed",
        needs="",
        emotion="surprised",
        shot="wide",
    ),
}
