"""Activities at school, in museums, on journeys and in sport."""

from typing import Final

from .activities import Activity

SCHOOL: Final[dict[str, Activity]] = {
    "lesson": Activity(
        title="The lesson",
        words=(
            "lesson; lessons; ~learn; ~study; ~teach; science; science experiment; experiment; homework; ~do "
            "homework; math; exam; ~paint in class; school day; first day of school; ~practice; ~go to school; "
            "show and tell"
        ),
        poses="sitting;reading;pointing",
        action="learning at the desk",
        lines=(
            "{One} [know/knows] the answer, and the whole row can see it|Pencils scratch, and {one} "
            "[look/looks] up, thinking|{One} [write/writes] very slowly and very neatly"
        ),
        places="classroom;museum;living_room;kitchen",
        objects="table;book@lead",
        links="helping>other;looking_at>other",
        pet="sleeping:asleep under the desk",
        emotion="thoughtful",
    ),
    "raise_hand": Activity(
        title="I know it",
        words="~raise hands",
        poses="waving;sitting",
        action="raising a hand",
        lines="{One} [stretch/stretches] an arm up as high as it goes",
        places="classroom",
        objects="table",
        links="looking_at>other",
        pet="sitting:listening",
        emotion="excited",
        shot="close_up",
    ),
    "build_model": Activity(
        title="It almost stands",
        words=(
            "~build a robot; ~build a model; volcano model; ~build a rocket; invention; ~fold paper "
            "planes; paper planes"
        ),
        poses="standing;crouching",
        action="building a model",
        lines="Hold it here, glue it there: {all} [build/builds] something daring",
        places="classroom;living_room",
        objects="toy=model;table",
        links="helping>other",
        pet="sitting:very close to the glue",
        emotion="excited",
    ),
    "show_drawing": Activity(
        title="Look what I made",
        words="",
        poses="standing;carrying",
        action="showing a drawing",
        lines="{One} [hold/holds] up the drawing, and it explains itself",
        places="classroom;living_room",
        objects="other=drawing@lead",
        links="looking_at>other",
        pet="sitting:in the drawing too",
        shot="close_up",
    ),
    "paint": Activity(
        title="Colours",
        words=(
            "~paint; painting; ~draw; drawing; ~paint pictures; ~sketch; watercolors; easel; ~draw pictures; "
            "finger painting; art project; coloring"
        ),
        poses="sitting;standing;kneeling",
        action="painting a picture",
        lines=(
            "{One} [mix/mixes] a blue that has no name yet|More paint on {one} than on the paper, by now|A "
            "step back, a squint, one more stroke: {one} [paint/paints]"
        ),
        places="classroom;garden;living_room;meadow;beach;park;coastal_town",
        objects="paintbrush@lead;other=easel",
        links="looking_at>thing;helping>other",
        pet="sitting:with a painted paw",
        emotion="thoughtful",
    ),
    "look_art": Activity(
        title="In front of the big one",
        words=(
            "~look at art; ~admire paintings; paintings; ~look at paintings; ~admire the art; sculptures; "
            "dinosaurs; ~see dinosaurs; exhibits; statues; dinosaur; exhibit; ~look at the dinosaurs; art; "
            "~watch fish; jellyfish; sharks; ~admire"
        ),
        poses="standing;pointing;sitting",
        action="looking at the exhibits",
        lines=(
            "{All} [stop/stops] before {feature} and [look/looks] for a long while|{One} [tilt/tilts] the head "
            "left, then right, then nods|Nobody has to whisper, but {all} [do/does]"
        ),
        places="museum;old_town",
        links="looking_at>other;talking>other",
        pet="sitting:admiring the bench",
        needs="",
        emotion="thoughtful",
        shot="wide",
    ),
    "read_label": Activity(
        title="The small print",
        words="",
        poses="reading;standing",
        action="reading a label",
        lines="{One} [read/reads] every label, out loud, to the end",
        places="museum",
        objects="book=guide@lead",
        links="talking>other",
        pet="sitting:waiting",
        emotion="thoughtful",
        shot="close_up",
    ),
    "sketch": Activity(
        title="A quick sketch",
        words="",
        poses="sitting;reading",
        action="sketching",
        lines="{One} [sketch/sketches] {feature} in eleven lines",
        places="museum;old_town",
        objects="paintbrush=pencil@lead",
        links="looking_at>other",
        pet="lying:modelling",
        emotion="thoughtful",
    ),
    "point_exhibit": Activity(
        title="Did you see that?",
        words="",
        poses="pointing;standing;crouching",
        action="pointing at an exhibit",
        lines=(
            "{One} [point/points], and {other} [follow/follows] the finger|{One} [have/has] a question that "
            "even the guide cannot answer"
        ),
        places="museum",
        links="talking>other;looking_at>other",
        pet="sitting:looking too",
        emotion="surprised",
    ),
    "gift_shop": Activity(
        title="The gift shop",
        words="gift shop; souvenir shop",
        poses="standing;carrying",
        action="choosing a postcard",
        lines="No visit is over before {one} [have/has] chosen a postcard",
        places="museum",
        objects="gift@lead=postcard",
        links="looking_at>other",
        pet="sitting:on a leash",
    ),
    "wait_train": Activity(
        title="Waiting for the train",
        words="~wait for the train; ~wait for the bus; ~catch the train; ~wait at the gate",
        poses="sitting;standing;drinking",
        action="waiting for the train",
        lines=(
            "{All} [sit/sits] on the suitcases and [watch/watches] the board|Four minutes, says the clock; "
            "forever, {one} [say/says]"
        ),
        places="station",
        objects="suitcase",
        links="talking>other",
        pet="lying:on the luggage",
        needs="",
        emotion="thoughtful",
        shot="wide",
    ),
    "board_train": Activity(
        title="All aboard",
        words=(
            "train ride; train journey; train trip; ~take the train; ~ride the train; ~board the train; "
            "~board; ~take a train; ~travel by train; ~fly to; flight; ~land in; ~arrive by train; ~ride the bus; "
            "bus ride; ~take the bus"
        ),
        poses="carrying;walking;waving",
        action="boarding the train",
        lines=(
            "Suitcase first, then {all}: the doors are about to close|{One} [wave/waves] from the step as the "
            "whistle goes"
        ),
        places="station",
        objects="suitcase@lead",
        links="helping>other;walking_together>other",
        pet="walking:on a short leash",
        needs="",
        emotion="excited",
    ),
    "graduate": Activity(
        title="The day itself",
        words="graduation; ~graduate; graduation ceremony; diploma; ~throw caps",
        poses="cheering;jumping;standing",
        action="celebrating graduation",
        lines=(
            "Caps in the air, and {one} [shout/shouts] the loudest|All those late nights, rolled into one "
            "sheet of paper in {one}'s hand"
        ),
        places="classroom;park;garden;museum",
        objects="trophy=diploma@lead",
        links="hugging>other",
        pet="sitting:wearing a ribbon",
        emotion="excited",
        wear="formal",
        at=660,
    ),
    "win": Activity(
        title="The cup",
        words=(
            "~win; trophy; medal; ~win the game; ~win a medal; championship; award; ~win a trophy; victory; "
            "~score; ~win a prize"
        ),
        poses="cheering;jumping",
        action="lifting the trophy",
        lines=(
            "{One} [lift/lifts] the cup with both hands|It is heavier than it looks, {one} [find/finds], and shinier"
        ),
        places="park;classroom;city_street;playground;snowfield;beach",
        objects="trophy@lead",
        links="hugging>other",
        pet="jumping:joining the celebration",
        emotion="excited",
        wear="sport",
    ),
    "race": Activity(
        title="The race",
        words=(
            "marathon; ~run a marathon; race; ~jog; jogging; sports day; ~go for a run; ~run a race; running; "
            "relay race; half marathon; ~cross the finish line; finish line"
        ),
        poses="running;running;cheering",
        action="running",
        lines=(
            "{One} [find/finds] the last strength somewhere near {feature}|Breath, step, breath, step: {all} "
            "[keep/keeps] the pace"
        ),
        places="park;city_street;beach;playground;road;forest",
        links="chasing>other;walking_together>other",
        pet="running:setting the pace",
        emotion="tired",
        wear="sport",
        shot="wide",
    ),
    "yoga": Activity(
        title="Slow breath",
        words="yoga; ~do yoga; ~meditate; meditation; ~stretch; tai chi; exercise; ~exercise; workout; ~work out",
        poses="sitting;standing",
        action="doing yoga",
        lines=(
            "Breathe in, breathe out: {all} [hold/holds] still, more or less|{One} [wobble/wobbles] like a "
            "tree in the wind, and stays up"
        ),
        places="park;beach;garden;living_room;meadow;forest;mountain",
        objects="picnic_blanket=mat",
        pet="lying:doing the easy pose",
        emotion="content",
        wear="sport",
    ),
    "volunteer": Activity(
        title="Many hands",
        words=(
            "~volunteer; ~clean the beach; ~pick up litter; beach cleanup; ~collect litter; charity; ~pick up trash"
        ),
        poses="crouching;carrying;standing",
        action="helping out",
        lines=(
            "One bag full, then another: {all} [keep/keeps] at it|{One} [hold/holds] the bag, {other} [fill/fills] it"
        ),
        places="beach;park;forest;garden;city_street;farm",
        objects="other=bag@lead",
        links="helping>other",
        pet="walking:carrying a stick",
        emotion="content",
    ),
    "vet": Activity(
        title="At the vet",
        words="vet; veterinarian; checkup; check up; ~wash the dog; ~bathe the dog; ~groom",
        poses="kneeling;standing",
        action="taking care of {pet}",
        lines=(
            "{Pet} [bear/bears] it with dignity while {one} [hold/holds] on|All over in a minute, {one} "
            "[tell/tells] {pet}"
        ),
        places="living_room;garden",
        objects="table",
        links="petting>pet",
        pet="standing:standing very still",
        needs="pet",
        emotion="thoughtful",
    ),
    "adopt": Activity(
        title="Coming home",
        words="~adopt; adoption; ~bring home; ~meet the puppy; ~rescue; ~take home",
        poses="kneeling;carrying",
        action="welcoming {pet}",
        lines="{Pet} [look/looks] at {one}, and the matter is decided|First sniff, first wag: {pet} [arrive/arrives]",
        places="farm;living_room",
        objects="gift=collar",
        links="petting>pet",
        pet="sitting:taking it all in",
        needs="pet",
    ),
    "see_animals": Activity(
        title="Behind the fence",
        words="~see the animals; ~watch the animals; ~look at the animals; ~visit the animals",
        poses="pointing;standing;crouching",
        action="looking at the animals",
        lines=(
            "{One} [press/presses] close to the glass, and something looks back|{All} [wait/waits] until "
            "somebody with stripes comes out|The tallest one bends down, and {one} [forget/forgets] to breathe|"
            "{One} [know/knows] all their names already"
        ),
        places="farm;museum",
        links="looking_at>other;looking_at>pet",
        pet="sitting:staring back",
        needs="",
        emotion="excited",
    ),
    "fair_stall": Activity(
        title="One more ride",
        words="",
        poses="cheering;eating;walking",
        action="at the fair",
        lines="{All} [vote/votes] for one more ride",
        places="playground",
        objects="balloons@lead",
        links="walking_together>other",
        pet="walking:nose in the air",
        needs="",
        emotion="excited",
    ),
}
