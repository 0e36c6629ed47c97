"""Activities with and of animals."""

from typing import Final

from .activities import Activity

PETS: Final[dict[str, Activity]] = {
    "fetch": Activity(
        title="A throw for {pet}",
        words=(
            "~play fetch; fetch; ~throw a ball; ~throw the ball; ~throw a stick; ~chase the ball;~chase a "
            "ball; ~throw a tennis ball"
        ),
        poses="throwing;cheering",
        action="throwing a ball to {pet}",
        lines=(
            "{One} [throw/throws] the ball and {pet} is already running|Again, says {pet}, and {one} "
            "[throw/throws] once more|The ball flies, {pet} flies after it, and {one} [laugh/laughs]|{Pet} "
            "[bring/brings] the ball back, wet and proud"
        ),
        places="park;garden;meadow;beach;lake;snowfield;farm;campsite;forest",
        objects="ball@lead",
        links="throwing_to>pet",
        pet="running:chasing the ball",
        needs="pet",
        emotion="laughing",
    ),
    "dog_walk": Activity(
        title="A walk with {pet}",
        words=(
            "~walk the dog; ~walk a dog; dog walk; ~walk their dog; ~walk her dog; ~walk his dog;~walk my dog; "
            "~walk our dog"
        ),
        poses="walking",
        action="walking with {pet}",
        lines=(
            "{Who} [let/lets] {pet} choose the way|{Pet} [know/knows] every corner {at}, and {who} "
            "[follow/follows]|{Pet} [stop/stops] at {feature} for a long sniff while {who} [wait/waits]"
        ),
        places="park;forest;city_street;beach;meadow;lake;old_town;coastal_town",
        objects="leash@lead",
        links="walking_together>pet",
        pet="walking:trotting ahead",
        needs="pet",
        emotion="content",
        shot="wide",
    ),
    "pet_trick": Activity(
        title="Sit, stay, shake",
        words="~train the dog; ~teach tricks; ~do tricks; obedience training; puppy training; dog training",
        poses="crouching;kneeling",
        action="teaching {pet} a trick",
        lines=(
            "{One} [ask/asks] for a paw, and {pet} [think/thinks] it over|{Pet} [sit/sits], most of the time, "
            "and {one} [is/is] delighted"
        ),
        places="park;garden;meadow;living_room;beach",
        objects="toy",
        links="helping>pet;looking_at>pet",
        pet="sitting:waiting for a treat",
        needs="pet",
    ),
    "pet_cuddle": Activity(
        title="A moment with {pet}",
        words="~cuddle; ~pet the dog; ~pet the cat; ~hug the dog; ~cuddle the dog; ~cuddle the cat",
        poses="kneeling;crouching",
        action="petting {pet}",
        lines=(
            "{One} [scratch/scratches] {pet} exactly where it counts|{Pet} [lean/leans] in, and {one} "
            "[stay/stays] a little longer|Nose to nose: {one} and {pet}|{Pet} [close/closes] both eyes while "
            "{one} [find/finds] the right spot behind the ear"
        ),
        places="*",
        links="petting>pet",
        pet="sitting:leaning in",
        needs="pet",
        emotion="content",
        shot="close_up",
    ),
    "pet_run": Activity(
        title="{Pet} at full speed",
        words="~run around; ~zoom around",
        poses="cheering;standing",
        action="watching {pet} run",
        lines="{Pet} [race/races] past {feature}, ears flying|Nothing is faster than {pet} with nowhere to go",
        places="park;garden;meadow;beach;snowfield;farm;forest",
        links="looking_at>pet",
        pet="running:running in wide circles",
        needs="pet",
        emotion="laughing",
    ),
    "animal_rest": Activity(
        title="{Pet} has a rest",
        words="",
        poses="sitting",
        action="resting",
        lines=(
            "{Pet} [curl/curls] up near {feature} and [let/lets] the world go by|{Pet} [have/has] found the "
            "best spot {at}|One yawn, two blinks, and {pet} [are/is] asleep|Half past nothing: {pet} "
            "[doze/dozes] {at}"
        ),
        places="*",
        pet="sleeping:sleeping",
        needs="animal",
        emotion="content",
    ),
    "animal_look": Activity(
        title="{Pet} on the lookout",
        words="",
        poses="standing",
        action="watching",
        lines=(
            "{Pet} [keep/keeps] watch over {feature}|Something moved, and {pet} [have/has] seen it|{Pet} "
            "[study/studies] {feature} with great care|Ears up: {pet} [are/is] on duty {at}"
        ),
        places="*",
        pet="sitting:watching closely",
        needs="animal",
        emotion="neutral",
        shot="close_up",
    ),
    "animal_explore": Activity(
        title="{Pet} explores",
        words="~explore around",
        poses="walking",
        action="exploring",
        lines=(
            "{Pet} [inspect/inspects] every corner {at}|{Pet} [set/sets] off past {feature}, tail first|One "
            "more corner to sniff: {pet} [take/takes] the grand tour {at}"
        ),
        places="*",
        pet="walking:exploring",
        needs="animal",
        emotion="content",
        shot="wide",
    ),
    "animal_play": Activity(
        title="{Pet} plays",
        words="~chase butterflies; ~chase a butterfly; ~play with yarn; ~chase a toy",
        poses="playing",
        action="playing",
        lines=(
            "{Pet} [pounce/pounces], misses, and pounces again|A toy, a leap, and {pet} [are/is] unstoppable|"
            "{Pet} [invent/invents] a new game around {feature}"
        ),
        places="*",
        objects="toy",
        links="playing_with>thing",
        pet="jumping:pouncing on a toy",
        needs="animal",
        emotion="excited",
    ),
    "animal_eat": Activity(
        title="Dinner for {pet}",
        words="~feed the cat; ~feed the dog; ~feed the parrot; ~feed the rabbit",
        poses="kneeling",
        action="feeding {pet}",
        lines="The bowl is full, and {pet} [have/has] noticed|{Pet} [eat/eats] as if there were no tomorrow",
        places="*",
        objects="bowl",
        links="feeding>pet",
        pet="standing:eating from a bowl",
        needs="animal",
        emotion="content",
    ),
}
