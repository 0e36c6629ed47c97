"""Activities in the snow and on farms."""

from typing import Final

from .activities import Activity

SEASONS: Final[dict[str, Activity]] = {
    "snowman": Activity(
        title="The snowman",
        words="snowman; ~build a snowman; ~make a snowman; snowmen",
        poses="crouching;carrying;kneeling",
        action="building a snowman",
        lines=(
            "Three balls of snow and a carrot: {all} [build/builds] somebody new|The snowman gets {one}'s "
            "scarf, only for the photo|{One} [give/gives] the snowman a crooked smile"
        ),
        places="snowfield;park;garden;forest;mountain;campsite;farm",
        objects="snowman",
        links="playing_with>thing;helping>other",
        pet="sitting:guarding the carrot",
        wear="snow",
    ),
    "sled": Activity(
        title="Down the hill",
        words="sled; ~sled; sledding; ~sledge; sledging; sleigh ride; sleigh; tobogganing",
        poses="sitting;cheering",
        action="sledding downhill",
        lines=(
            "Down they go, snow in every sleeve|{One} [pull/pulls] the sled up again, for the tenth time|The "
            "sled flies past {feature} and {all} [shriek/shrieks]"
        ),
        places="snowfield;mountain;park",
        objects="sled",
        links="riding>thing",
        pet="running:running behind the sled",
        emotion="laughing",
        wear="snow",
    ),
    "ski": Activity(
        title="Fresh tracks",
        words="~ski; skiing; ~snowboard; snowboarding; ski lesson",
        poses="running;standing;cheering",
        action="skiing down the slope",
        lines=(
            "{All} [draw/draws] long curves into the fresh snow|{One} [wobble/wobbles], then [glide/glides]|"
            "One more run before the lift closes for {all}"
        ),
        places="snowfield;mountain",
        objects="other=skis",
        links="walking_together>other",
        pet="running:bounding through the snow",
        emotion="excited",
        wear="snow",
    ),
    "skate": Activity(
        title="On the ice",
        words="~skate; skating; ice skating; ~ice skate; roller skating",
        poses="dancing;holding_hands;cheering",
        action="skating",
        lines="{All} [glide/glides] over the ice, more or less upright|{One} [let/lets] go of the rail at last",
        places="snowfield;lake;city_street;park",
        links="holding_hands>other",
        pet="standing:sliding on all fours",
        emotion="laughing",
        wear="snow",
    ),
    "snowball": Activity(
        title="Snowball fight",
        words="snowball; snowballs; snowball fight; ~throw snowballs; ~play in the snow",
        poses="throwing;running;crouching",
        action="throwing snowballs",
        lines="Nobody is safe: {one} [have/has] a snowball ready|Snow flies past {feature} and {all} [duck/ducks]",
        places="snowfield;park;garden;forest;farm",
        objects="ball=snowball",
        links="throwing_to>other;throwing_to>pet",
        pet="jumping:snapping at the snow",
        emotion="laughing",
        wear="snow",
    ),
    "snow_walk": Activity(
        title="Footprints",
        words="snowshoeing; ~walk in the snow; winter walk",
        poses="walking",
        action="walking through the snow",
        lines="{All} [leave/leaves] the only footprints {at}|White on white, and {all} in the middle",
        places="snowfield;forest;mountain;park",
        links="holding_hands>partner;walking_together>other;walking_together>pet",
        pet="walking:nose deep in the snow",
        needs="",
        emotion="content",
        wear="snow",
        shot="wide",
    ),
    "snow_angel": Activity(
        title="Snow angels",
        words="snow angel; snow angels",
        poses="lying",
        action="making a snow angel",
        lines="{One} [lie/lies] down and [draw/draws] wings in the snow",
        places="snowfield;park;garden",
        pet="lying:rolling in the snow",
        emotion="laughing",
        wear="snow",
        shot="wide",
    ),
    "catch_snowflakes": Activity(
        title="A snowflake",
        words="snowflakes; ~catch snowflakes",
        poses="standing",
        action="catching snowflakes",
        lines="{One} [catch/catches] a snowflake and it is gone|Every flake different, {one} [insist/insists]",
        places="snowfield;park;city_street;garden;forest",
        pet="sitting:snapping at snowflakes",
        emotion="surprised",
        wear="snow",
        shot="close_up",
    ),
    "feed_animals": Activity(
        title="Feeding time",
        words=(
            "~feed the animals; ~feed animals; ~feed the goats; ~feed the chickens; ~feed the sheep; ~feed the "
            "horses; ~feed the cows; ~feed goats; ~feed chickens; ~feed; ~feed sheep; feeding time"
        ),
        poses="crouching;standing",
        action="feeding the animals",
        lines=(
            "{One} [hold/holds] out a flat hand, and it tickles|Feeding time, and everybody at the fence is "
            "suddenly a friend of {one}'s"
        ),
        places="farm;meadow;garden;park",
        objects="bowl@lead",
        links="feeding>pet",
        pet="standing:eating",
    ),
    "pet_animals": Activity(
        title="Soft ears",
        words="~pet the animals; ~pet the goats; ~pet the sheep; ~pet animals; ~pet a goat; ~meet the animals",
        poses="crouching;kneeling",
        action="petting an animal",
        lines=(
            "{One} [find/finds] out how soft an ear can be|Gently, gently: {one} [make/makes] a new friend at the fence"
        ),
        places="farm;meadow;park",
        links="petting>pet",
        pet="standing:holding still",
        shot="close_up",
    ),
    "collect_eggs": Activity(
        title="Warm eggs",
        words="~collect eggs; ~gather eggs; ~collect the eggs",
        poses="crouching;carrying",
        action="collecting eggs",
        lines="{One} [carry/carries] the basket as if it were made of glass|Six warm eggs, counted twice by {one}",
        places="farm;garden",
        objects="bowl@lead=basket of eggs",
        links="helping>other",
        pet="standing:inspecting the basket",
        emotion="content",
        at=510,
    ),
    "milk": Activity(
        title="Morning milk",
        words="~milk the cow; ~milk a cow; ~milk cows; ~milk the cows; milking",
        poses="sitting;standing",
        action="milking the cow",
        lines=(
            "{One} [get/gets] the first warm jet into the bucket|The bucket rings, the cow chews, and {one} "
            "[grin/grins]"
        ),
        places="farm",
        objects="bowl=milk bucket",
        links="helping>pet",
        pet="standing:standing patiently",
        emotion="content",
        at=420,
    ),
    "ride_horse": Activity(
        title="In the saddle",
        words=(
            "horseback riding; ~ride a horse; ~ride horses; ~ride the horse; horse riding; horse ride; ~ride a "
            "pony; pony ride"
        ),
        poses="sitting;standing",
        action="riding a horse",
        lines=(
            "{One} [sit/sits] tall in the saddle and [forget/forgets] to be nervous|At walking pace past "
            "{feature}, and it feels like flying"
        ),
        places="farm;meadow;forest;beach;mountain",
        links="riding>pet",
        pet="walking:walking calmly",
        emotion="excited",
    ),
    "pick_fruit": Activity(
        title="The best apples",
        words=(
            "~pick apples; apple picking; ~pick berries; berry picking; ~pick strawberries; ~pick cherries; "
            "~pick blueberries; ~pick fruit; ~pick pumpkins; ~harvest; harvest; ~pick a pumpkin; ~pick grapes; "
            "grape harvest; strawberry picking"
        ),
        poses="standing;carrying;climbing",
        action="picking fruit",
        lines=(
            "The best ones always hang highest, and {one} [reach/reaches]|One for the basket, one for {one}|"
            "{All} [carry/carries] the full basket past {feature}"
        ),
        places="farm;garden;meadow;forest",
        objects="picnic_basket@lead=basket of fruit",
        links="helping>other",
        pet="standing:hoping for a windfall",
    ),
    "farm_walk": Activity(
        title="Around the farm",
        words="",
        poses="walking;pointing",
        action="walking around the farm",
        lines="{All} [make/makes] the round, from {feature} to the last gate|Mud to the ankles already: {all} {at}",
        places="farm",
        links="walking_together>other",
        pet="walking:trotting ahead",
        needs="",
        emotion="content",
        shot="wide",
    ),
    "hay_rest": Activity(
        title="On the hay",
        words="hayride; hay ride; ~jump in the hay; tractor ride; tractor",
        poses="lying;sitting;jumping",
        action="resting on the hay",
        lines=(
            "{All} [fall/falls] back into the hay and [look/looks] at the sky|Straw in the hair, straw in the "
            "socks: {all}"
        ),
        places="farm;meadow",
        objects="other=hay bale",
        links="talking>other",
        pet="lying:hidden in the hay",
        emotion="laughing",
    ),
}
