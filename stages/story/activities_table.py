"""Activities in the kitchen and at the table."""

from typing import Final

from .activities import Activity

TABLE: Final[dict[str, Activity]] = {
    "bake": Activity(
        title="Flour everywhere",
        words=(
            "~bake; baking; ~bake cookies; ~bake a cake; ~bake bread; cookies; ~make cookies; ~bake a pie; "
            "~bake pies; gingerbread; ~make gingerbread; ~decorate cookies; dough; ~knead dough; apple pie"
        ),
        poses="cooking;cooking;standing",
        action="baking",
        lines=(
            "{One} [roll/rolls] out the dough with great seriousness|Flour on the table, flour on the floor, "
            "flour on {one}'s nose|{All} [look/looks] through the oven door for the third time|The recipe is a "
            "family secret, and {one} [guard/guards] it"
        ),
        places="kitchen",
        objects="bowl;other=rolling pin@lead",
        links="helping>other",
        pet="sitting:waiting for crumbs",
    ),
    "cook": Activity(
        title="Something on the stove",
        words=(
            "~cook; cooking; ~make dinner; ~make pizza; ~make pasta; ~cook dinner; ~prepare dinner; ~make "
            "lunch; ~cook a meal; ~make pancakes; pancakes; ~prepare a meal; ~make tamales; ~make dumplings; "
            "dumplings; ~cook pasta"
        ),
        poses="cooking;cooking;standing",
        action="cooking together",
        lines=(
            "{One} [stir/stirs] while the window steams up|Chop, stir, taste: {all} [make/makes] a fine team|"
            "Too much garlic, {one} [say/says]. There is no such thing"
        ),
        places="kitchen;campsite",
        objects="bowl;table",
        links="helping>other;talking>other",
        pet="sitting:guarding the floor",
    ),
    "taste": Activity(
        title="A first taste",
        words="~taste; ~lick the spoon; tasting; wine tasting; cheese tasting; ~taste wine",
        poses="eating;cooking",
        action="tasting from the spoon",
        lines=(
            "{One} [taste/tastes], and [taste/tastes] again to be sure|Eyes closed, spoon in: {one} [approve/approves]"
        ),
        places="kitchen;market;meadow;farm;restaurant",
        objects="bowl",
        links="sharing>other;feeding>other",
        pet="sitting:hoping for the spoon",
        emotion="surprised",
        shot="close_up",
    ),
    "breakfast": Activity(
        title="Breakfast",
        words="breakfast; ~have breakfast; ~eat breakfast; brunch; ~have brunch; ~make breakfast",
        poses="eating;drinking;sitting",
        action="having breakfast",
        lines=(
            "Toast, jam and a second cup: no hurry for {all}|{One} [butter/butters] the toast right "
            "to the edges|Crumbs, sunlight and sleepy eyes around the table"
        ),
        places="kitchen;cafe;campsite;garden;bedroom;restaurant;living_room",
        objects="table;cup@lead;bread",
        links="talking>other;sharing>other",
        pet="sitting:under the table",
        emotion="content",
        at=500,
    ),
    "lunch": Activity(
        title="Lunch",
        words="lunch; ~have lunch; ~eat lunch; ~eat sandwiches; sandwiches",
        poses="eating;sitting;eating",
        action="having lunch",
        lines=(
            "A table, a full plate and nowhere to be: {all} [have/has] lunch|{One} [steal/steals] the last "
            "chip, and everyone saw it"
        ),
        places="restaurant;cafe;kitchen;garden;coastal_town;market;campsite;park;farm;museum;classroom;beach",
        objects="table;bowl",
        links="talking>other;sharing>other",
        pet="lying:under the table",
        emotion="content",
        at=760,
    ),
    "dinner": Activity(
        title="Dinner",
        words=(
            "dinner; ~have dinner; ~eat dinner; ~dine; supper; ~go out for dinner; ~share a meal; feast; ~eat; "
            "~eat together; ~have a meal; family dinner; ~eat pasta; tapas; sushi; ramen; meal; seafood; ~eat "
            "seafood"
        ),
        poses="eating;drinking;eating;sitting",
        action="having dinner together",
        lines=(
            "{All} [sit/sits] close, and the plates go round|The last bite is offered twice and taken by {one}|"
            "Candles, bread, laughter: {all} [have/has] dinner|{One} [raise/raises] an eyebrow at the spicy one"
        ),
        places="restaurant;kitchen;living_room;garden;campsite;city_street",
        objects="table;candles;bowl",
        links="talking>other;sharing>other",
        pet="lying:under the table",
        wear="evening",
        at=1155,
    ),
    "toast": Activity(
        title="To all of us",
        words="toast; ~toast; ~raise a glass; ~clink glasses; champagne; wine; ~drink wine; cocktails; beers; beer",
        poses="drinking;drinking;cheering",
        action="raising a glass",
        lines=(
            "Glasses meet in the middle: {all} [drink/drinks] to the day|{One} [say/says] a few words, then one more"
        ),
        places="restaurant;garden;living_room;meadow;city_street",
        objects="table;cup@lead=glass",
        links="talking>other",
        pet="sitting:under the table",
        at=1200,
    ),
    "share_plate": Activity(
        title="One plate, many forks",
        words="",
        poses="eating;sitting;eating",
        action="sharing a plate",
        lines="One plate in the middle and every fork at once|{One} [push/pushes] the best bit across to {other}",
        places="restaurant;cafe;market",
        objects="table;bowl",
        links="sharing>other",
        pet="lying:under the table",
        needs="two",
        emotion="laughing",
    ),
    "dessert": Activity(
        title="Dessert",
        words="dessert; chocolate cake; ~eat cake",
        poses="eating",
        action="eating dessert",
        lines="There is always room for dessert, {one} [prove/proves]|Two spoons, one dessert, no mercy",
        places="restaurant;cafe;kitchen;living_room",
        objects="table;cake",
        links="sharing>other",
        pet="sitting:ever hopeful",
        shot="close_up",
    ),
    "pizza": Activity(
        title="Pizza",
        words="pizza; ~eat pizza; ~order pizza; pizza night",
        poses="eating;eating;sitting",
        action="eating pizza",
        lines=(
            "The cheese pulls a long string from plate to {one}|One slice each, then a polite silence, then "
            "the last slice"
        ),
        places="restaurant;living_room;kitchen;city_street;campsite;old_town",
        objects="table;pizza",
        links="sharing>other",
        pet="sitting:watching the crust",
        at=1140,
    ),
    "tea": Activity(
        title="Tea in the garden",
        words="tea; ~drink tea; ~have tea; tea party; tea ceremony; afternoon tea",
        poses="drinking;sitting",
        action="drinking tea",
        lines="{Who} [pour/pours] another cup|The tea is hot, the talk is slow: {who} {at}",
        places="garden;living_room;cafe;kitchen",
        objects="table;cup@lead",
        links="talking>other",
        pet="lying:asleep under the table",
        emotion="content",
        at=930,
    ),
    "hot_drink": Activity(
        title="Something hot",
        words="hot chocolate; cocoa; ~drink hot chocolate; ~drink cocoa; hot cocoa; mulled wine",
        poses="drinking",
        action="warming hands on a mug",
        lines="{Who} [hold/holds] on to something hot|Steam, marshmallows, a moustache of cocoa: {one}",
        places="living_room;snowfield;campsite;kitchen;cafe;market;bedroom",
        objects="cup@lead=mug of cocoa",
        links="talking>other;petting>pet",
        pet="lying:curled up close by",
        emotion="content",
        shot="close_up",
    ),
}
