"""Activities at celebrations, and at turns of life."""

from typing import Final

from .activities import Activity

FEASTS: Final[dict[str, Activity]] = {
    "party": Activity(
        title="The party",
        words=(
            "party; ~celebrate; celebration; birthday party; ~throw a party; surprise party; garden party; "
            "reception; reunion; family reunion; house party; housewarming; housewarming party; baby shower; "
            "~party; surprise; get-together; gathering; graduation party; piñata; ~have a party"
        ),
        poses="cheering;dancing;standing;waving",
        action="celebrating",
        lines=(
            "Balloons bump against the ceiling and {all} [cheer/cheers]|{All} [are/is] in the thick of it|"
            "Everybody talks at once, and {one} [love/loves] it|Confetti in every corner, and {one} "
            "[look/looks] delighted"
        ),
        places="living_room;garden;park;restaurant;playground;classroom",
        objects="balloons;table;cake",
        links="hugging>other;talking>other",
        pet="sitting:wearing a ribbon",
        emotion="excited",
        wear="party",
    ),
    "birthday_cake": Activity(
        title="Make a wish",
        words=(
            "cake; birthday cake; birthday candles; ~blow out candles; ~blow out the candles; ~cut the cake; "
            "~make a wish; ~blow the candles; ~cut a cake; ~blow out her candles; ~blow out his candles"
        ),
        poses="standing;cheering;cheering",
        action="blowing out the candles",
        lines=(
            "One deep breath, one secret wish: {one} [lean/leans] over the cake|All candles at once! {One} "
            "[grin/grins]|The cake arrives, glowing, and everyone sings for {one}"
        ),
        places="living_room;garden;kitchen;restaurant;park;classroom;cafe",
        objects="cake;candles;table",
        links="looking_at>thing",
        pet="sitting:eyeing the cake",
        emotion="excited",
        wear="party",
    ),
    "gifts": Activity(
        title="Presents",
        words=(
            "gift; gifts; present; presents; ~open presents; ~open gifts; ~unwrap presents; ~unwrap gifts; "
            "~exchange gifts; ~open the presents; stockings"
        ),
        poses="sitting;kneeling;cheering",
        action="opening presents",
        lines=(
            "Paper flies, and {one} [hold/holds] up the very thing|{One} [shake/shakes] the box first, to be "
            "fair|{Other} [watch/watches] while {one} [untie/unties] the ribbon"
        ),
        places="living_room;garden;restaurant;park",
        objects="gift@lead",
        links="sharing>other;looking_at>thing",
        pet="sitting:inside the wrapping paper",
        emotion="surprised",
    ),
    "bubbles": Activity(
        title="Balloons and bubbles",
        words="balloons; balloon; ~blow bubbles; soap bubbles; bubbles; face painting",
        poses="jumping;cheering;pointing",
        action="chasing balloons",
        lines="{One} [jump/jumps], and the balloon jumps higher|A red one for {one}, who will not let go of it",
        places="playground;garden;park;living_room",
        objects="balloons@lead",
        links="playing_with>other",
        pet="jumping:jumping at the balloons",
        emotion="laughing",
    ),
    "decorate_tree": Activity(
        title="The tree",
        words=(
            "christmas tree; ~decorate the tree; ~decorate the christmas tree; ~decorate a tree; ~trim the "
            "tree; ornaments; ~decorate a christmas tree; ~decorate the house; decorations; ~decorate"
        ),
        poses="standing;pointing;carrying",
        action="decorating the tree",
        lines=(
            "A little higher, a little to the left: {one} [hang/hangs] the last star|Every ornament has a "
            "story, and {one} [tell/tells] it"
        ),
        places="living_room;old_town",
        objects="christmas_tree",
        links="helping>other",
        pet="sitting:batting at an ornament",
    ),
    "carve_pumpkin": Activity(
        title="Pumpkins",
        words=(
            "~carve pumpkins; ~carve a pumpkin; ~carve the pumpkin; pumpkin; pumpkins; jack-o'-lantern; jack o "
            "lantern; pumpkin carving"
        ),
        poses="sitting;standing",
        action="carving a pumpkin",
        lines=(
            "Two eyes, a crooked grin: {one} [introduce/introduces] the pumpkin|Pumpkin up to the elbows, and "
            "{one} [love/loves] it"
        ),
        places="kitchen;garden;farm;living_room",
        objects="pumpkin;table",
        links="helping>other",
        pet="sitting:suspicious of the pumpkin",
        emotion="laughing",
    ),
    "trick_or_treat": Activity(
        title="Trick or treat",
        words="trick or treat; trick or treating; ~trick or treat; ~go trick or treating; costume party",
        poses="walking;waving;cheering",
        action="going from door to door",
        lines=(
            "{All} [ring/rings] at the next door and [stand/stands] very still|The bag is heavy, the night is "
            "young: {one}"
        ),
        places="city_street;old_town",
        objects="pumpkin;lantern@lead",
        links="walking_together>other",
        pet="walking:in a tiny costume",
        emotion="excited",
        wear="party",
        at=1110,
    ),
    "egg_hunt": Activity(
        title="The egg hunt",
        words="egg hunt; easter eggs; easter egg hunt; ~hide eggs; ~paint eggs; ~hunt for eggs",
        poses="crouching;running;pointing",
        action="looking for eggs",
        lines="Behind the watering can! {One} [find/finds] the blue one|{All} [search/searches] under every bush",
        places="garden;park;meadow",
        objects="bowl@lead=basket of eggs",
        links="helping>other;looking_at>other",
        pet="walking:sniffing out eggs",
        emotion="excited",
    ),
    "fireworks": Activity(
        title="Fireworks",
        words="fireworks; firework; sparklers; ~watch fireworks; ~watch the fireworks; countdown; ~release lanterns",
        poses="pointing;cheering;standing",
        action="watching the fireworks",
        lines=(
            "Green, then gold: {all} [look/looks] up with open mouths|The sky cracks open, and {one} "
            "[cover/covers] both ears, laughing"
        ),
        places="city_street;park;harbor;beach;old_town;garden",
        objects="lantern",
        links="hugging>partner;hugging>other;looking_at>other",
        pet="sitting:safely indoors in spirit",
        needs="",
        emotion="excited",
        wear="evening",
        at=1320,
        shot="wide",
    ),
    "vows": Activity(
        title="The vows",
        words=(
            "ceremony; wedding ceremony; vows; ~exchange vows; ~exchange rings; ~get married; ~marry; ~say i "
            "do; ~exchange their vows; ~say their vows"
        ),
        poses="holding_hands;holding_hands;standing",
        action="exchanging vows",
        lines=(
            "{One} and {other} say the words, and mean every one|Nobody breathes until the rings are on|Hands "
            "held, voices a little unsteady: {one} and {other}"
        ),
        places="garden;old_town;beach;meadow;park;lake",
        objects="flowers@lead=bouquet",
        links="holding_hands>partner;holding_hands>other",
        pet="sitting:guarding the rings",
        needs="two",
        wear="formal",
        at=900,
    ),
    "first_dance": Activity(
        title="The first dance",
        words="first dance; wedding dance",
        poses="dancing",
        action="dancing the first dance",
        lines=(
            "{One} and {other} turn slowly, and the room disappears|The first dance, rehearsed in the kitchen all week"
        ),
        places="restaurant;garden;living_room;beach",
        objects="lantern",
        links="dancing_with>partner;dancing_with>other",
        pet="sitting:at the edge of the floor",
        needs="two",
        wear="formal",
        at=1260,
    ),
    "bouquet": Activity(
        title="The bouquet",
        words="bouquet; ~throw the bouquet; confetti",
        poses="throwing;cheering;jumping",
        action="throwing the bouquet",
        lines="The bouquet flies, and every hand goes up|{One} [look/looks] over one shoulder, then throws",
        places="garden;restaurant;old_town",
        objects="flowers@lead=bouquet",
        links="throwing_to>other",
        pet="jumping:after the bouquet",
        emotion="laughing",
        wear="formal",
        at=1000,
    ),
    "propose": Activity(
        title="The question",
        words="~propose; proposal; ~get engaged; engagement; marriage proposal",
        poses="kneeling;standing",
        action="proposing",
        lines=(
            "{One} [go/goes] down on one knee, and {other} already [nod/nods]|A small box, a short question, a "
            "very quick yes"
        ),
        places="park;beach;mountain;restaurant;old_town;garden;city_street;lake",
        objects="gift@lead=ring box",
        links="looking_at>partner;looking_at>other",
        pet="sitting:in on the secret",
        needs="two",
        emotion="surprised",
    ),
    "kiss": Activity(
        title="A kiss",
        words="~kiss; kiss; first kiss; kisses; midnight kiss; ~steal a kiss",
        poses="standing;standing",
        action="kissing",
        lines="Nobody counts the seconds: {one} and {other} {at}|{One} [lean/leans] in first, or was it {other}?",
        places="*",
        links="kissing>partner;kissing>other;kissing>pet",
        pet="sitting:looking the other way",
        needs="two",
        emotion="happy",
        shot="close_up",
    ),
    "hug": Activity(
        title="A long hug",
        words="~hug; hug; ~embrace; ~reunite; ~welcome; ~meet; ~say hello; ~greet; ~cuddle; ~comfort; ~make up",
        poses="hugging",
        action="hugging",
        lines="{One} and {other} hold on a little longer than needed|The hug says what the phone never could",
        places="*",
        links="hugging>partner;hugging>other;hugging>pet",
        pet="jumping:jumping up to join in",
        needs="two",
        shot="close_up",
    ),
    "wave_goodbye": Activity(
        title="Goodbye",
        words="~wave goodbye; goodbye; ~say goodbye; farewell; ~wave; ~depart",
        poses="waving",
        action="waving goodbye",
        lines="{All} [wave/waves] until there is nothing left to see|See you soon, {one} [call/calls], twice",
        places="station;road;harbor;living_room;garden;farm",
        objects="suitcase",
        links="hugging>other",
        pet="sitting:watching them go",
        needs="",
        emotion="sad",
    ),
    "baby_care": Activity(
        title="So small",
        words=(
            "newborn; ~hold the baby; ~rock the baby; ~first steps; first steps; baby's first steps; ~crawl; "
            "lullaby; ~bring home the baby"
        ),
        poses="carrying;sitting",
        action="holding the baby",
        lines=(
            "Ten fingers, ten toes, counted again by {one}|{One} [hum/hums] the same three notes until the "
            "room is quiet"
        ),
        places="bedroom;living_room;garden",
        objects="toy",
        links="carrying>baby;looking_at>other",
        pet="sitting:curious about the baby",
        emotion="content",
        shot="close_up",
    ),
    "craft": Activity(
        title="Made by hand",
        words=(
            "~craft; crafts; ~knit; knitting; ~sew; sewing; ~build a birdhouse; birdhouse; ~make lanterns; "
            "woodworking; ~make pottery; pottery; ~repair; ~fix; ~build a treehouse; ~carve wood; origami; "
            "~repair a bike"
        ),
        poses="sitting;kneeling;standing",
        action="making something by hand",
        lines=(
            "Glue on the fingers, pride in the eyes: {one}|{One} [measure/measures] twice and [cut/cuts] once, nearly"
        ),
        places="living_room;classroom;garden;kitchen",
        objects="table;other=handicraft@lead",
        links="helping>other",
        pet="lying:among the scraps",
        emotion="thoughtful",
    ),
    "phone_call": Activity(
        title="A call from far away",
        words="video call; phone call; ~call home; ~work from home; laptop; ~work on a laptop",
        poses="sitting",
        action="talking on a call",
        lines="The connection is bad, the joy is not: {one} [laugh/laughs] at the screen",
        places="living_room;cafe;kitchen;bedroom",
        objects="laptop;table",
        links="looking_at>thing",
        pet="sitting:in front of the camera",
    ),
}
