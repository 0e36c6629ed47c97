"""Activities at home."""

from typing import Final

from .activities import Activity

HOME: Final[dict[str, Activity]] = {
    "board_game": Activity(
        title="Game night",
        words=(
            "board game; board games; ~play board games; ~play cards; card game; cards; chess; ~play chess; "
            "game night; puzzle; puzzles; ~play a board game; video games; ~play video games; jigsaw; "
            "dominoes; ~play dominoes; mahjong"
        ),
        poses="sitting;playing;cheering",
        action="playing a board game",
        lines=(
            "{One} [hesitate/hesitates] over the next move, and everybody waits|The rules are discussed, as "
            "always, and {one} [win/wins], as always|Double six: {one} [cheer/cheers]"
        ),
        places="living_room;kitchen;cafe;bedroom;park;campsite;classroom",
        objects="table;toy=board game",
        links="playing_with>other",
        pet="lying:asleep on the rules",
        emotion="laughing",
    ),
    "read": Activity(
        title="A good book",
        words=(
            "~read; reading; ~read a book; book; books; ~read a story; ~read stories; bedtime story; ~read "
            "books; ~read to; comics; ~read a bedtime story; story time; storytime; fairy tale"
        ),
        poses="reading;sitting",
        action="reading a book",
        lines=(
            "{One} [turn/turns] the page and [forget/forgets] the time|Just one more chapter, {one} "
            "[promise/promises]|{One} [read/reads] aloud, with all the voices"
        ),
        places="living_room;bedroom;garden;park;cafe;classroom;museum;beach;station;meadow",
        objects="book@lead",
        links="looking_at>other;talking>other;petting>pet",
        pet="lying:asleep beside the book",
        emotion="thoughtful",
    ),
    "talk": Activity(
        title="Much to tell",
        words=(
            "~talk; ~chat; ~laugh; ~catch up; ~gossip; ~laugh together; ~spend time together; ~hang out; "
            "conversation; ~tell jokes"
        ),
        poses="sitting;sitting;standing",
        action="talking",
        lines=(
            "{All} [have/has] a lot to tell and no reason to stop|{One} [listen/listens], and then the "
            "laughing starts|Heads together: {who} [share/shares] the latest"
        ),
        places="*",
        links="talking>other",
        pet="lying:listening with one ear",
        needs="two",
        emotion="laughing",
    ),
    "play_toys": Activity(
        title="A tower of blocks",
        words=(
            "toys; ~play with toys; blocks; ~build blocks; lego; ~build with blocks; ~play with blocks; toy; "
            "train set; ~build a fort; ~play indoors; dolls"
        ),
        poses="playing;kneeling;sitting",
        action="playing with toys",
        lines=(
            "The tower is taller than the last one, and {one} [hold/holds] the final block|{One} [lie/lies] on "
            "the floor, eye to eye with the toy train"
        ),
        places="living_room;bedroom;classroom",
        objects="toy",
        links="playing_with>other;playing_with>pet",
        pet="sitting:knocking over the tower",
    ),
    "guitar": Activity(
        title="A song",
        words=(
            "guitar; ~play guitar; ~play the guitar; ~sing; songs; ~sing songs; ~sing along; piano; ~play "
            "piano; ~play the piano; music; ~make music; ~play music; violin; ~play the violin; band practice; "
            "karaoke; singing; choir; jam session"
        ),
        poses="playing;sitting;cheering",
        action="playing the guitar and singing",
        lines=(
            "{One} [play/plays] the one song everyone knows|The chorus belongs to {all}|Three chords are "
            "enough for {one} and a whole evening"
        ),
        places="living_room;campsite;park;beach;cafe;garden;classroom;museum",
        objects="guitar@lead",
        links="looking_at>other",
        pet="lying:howling along softly",
    ),
    "dance": Activity(
        title="Dancing",
        words=(
            "~dance; dancing; dance; salsa; tango; ~dance together; dance class; dance lesson; ballet; party "
            "dancing; ~dance salsa"
        ),
        poses="dancing",
        action="dancing",
        lines=(
            "{All} [dance/dances], and the floor gives a little|Turn, step, turn: {one} [have/has] found the "
            "beat|Shoes off, music up: {all} [dance/dances] {at}"
        ),
        places="living_room;restaurant;garden;city_street;old_town;beach;classroom",
        links="dancing_with>partner;dancing_with>other",
        pet="jumping:dancing too",
        emotion="laughing",
    ),
    "movie": Activity(
        title="Film night",
        words=(
            "movie; movie night; ~watch a movie; ~watch movies; film night; ~watch a film; ~watch tv; ~watch television"
        ),
        poses="sitting;lying;eating",
        action="watching a film",
        lines=(
            "Lights low, popcorn close: {all} [watch/watches] without a word|{One} [hide/hides] behind the "
            "cushion at the best part"
        ),
        places="living_room;bedroom;museum",
        objects="bowl=bowl of popcorn",
        links="looking_at>other;sharing>other;petting>pet",
        pet="sleeping:asleep on the sofa",
        emotion="content",
        at=1200,
    ),
    "nap": Activity(
        title="A nap",
        words="~nap; nap; ~sleep; ~take a nap; ~fall asleep; sleeping; sleepover; ~snooze; hammock",
        poses="sleeping;lying",
        action="napping",
        lines=(
            "{One} [have/has] closed both eyes, only for a minute|The world goes on quietly around {one}, fast asleep"
        ),
        places="*",
        links="petting>pet",
        pet="sleeping:curled up",
        needs="",
        emotion="content",
        shot="close_up",
    ),
    "bedtime": Activity(
        title="Lights out",
        words="~put to bed",
        poses="sleeping;lying;sitting",
        action="going to sleep",
        lines=(
            "One lamp goes out, and {one} [be/be] asleep before the door is closed|"
            "The day is over, and {one} [turn/turns] towards the wall|Quiet at last: {who} under the quilt"
        ),
        places="bedroom;living_room;campsite",
        links="hugging>other",
        pet="sleeping:at the foot of the bed",
        emotion="tired",
        shot="close_up",
        at=1260,
    ),
    "wake_up": Activity(
        title="Good morning",
        words="~wake up; ~get up; ~get ready; ~brush teeth; ~get ready for school",
        poses="sitting;standing;lying",
        action="waking up",
        lines="{One} [stretch/stretches] towards the light|Five more minutes, says one half of {one}'s face",
        places="bedroom;living_room",
        links="petting>pet;talking>other",
        pet="sleeping:still under the quilt",
        emotion="tired",
        at=430,
    ),
    "pack": Activity(
        title="Packing",
        words=(
            "~pack; packing; ~pack bags; ~pack their bags; ~pack suitcases; suitcase; suitcases; ~pack the "
            "suitcases; ~unpack; unpacking"
        ),
        poses="kneeling;carrying;standing",
        action="packing suitcases",
        lines=(
            "Half of it stays at home, {one} [decide/decides], and packs it anyway|{One} [sit/sits] on the lid "
            "until the suitcase gives in"
        ),
        places="bedroom;living_room",
        objects="suitcase",
        links="helping>other;talking>other",
        pet="sitting:inside the suitcase",
        emotion="excited",
    ),
    "move_in": Activity(
        title="Boxes",
        words=(
            "~move in; moving in; moving day; boxes; ~carry boxes; ~move into; ~paint the walls; ~renovate; "
            "~paint a wall; ~paint the room"
        ),
        poses="carrying;standing;sitting",
        action="carrying boxes",
        lines="Kitchen, says the box, but {one} [doubt/doubts] it|The room is empty, the plans of {all} are not",
        places="living_room;kitchen;bedroom",
        objects="other=cardboard box@lead",
        links="helping>other",
        pet="sitting:inside a box",
        emotion="excited",
    ),
    "wash_up": Activity(
        title="Washing up",
        words="~wash up; ~do the dishes; ~clean; cleaning; ~wash dishes; ~tidy up; ~clean up; chores; laundry",
        poses="standing;carrying",
        action="washing up",
        lines="One washes, one dries, and the kitchen shines again|{One} [find/finds] more foam than plates",
        places="kitchen;living_room",
        objects="bowl",
        links="helping>other",
        pet="sitting:supervising",
        emotion="content",
    ),
    "set_table": Activity(
        title="The table is laid",
        words="~set the table; ~lay the table",
        poses="carrying;standing",
        action="setting the table",
        lines="Plates, glasses, flowers: {who} [set/sets] the table|{One} [count/counts] the chairs again",
        places="kitchen;garden;living_room;restaurant",
        objects="table;bowl@lead;flowers",
        links="helping>other",
        pet="sitting:choosing a seat",
        emotion="content",
    ),
    "look_album": Activity(
        title="Old pictures",
        words="photo albums; old photos; ~look at old photos; ~look at photos; ~look through old photos",
        poses="sitting;pointing",
        action="looking at old pictures",
        lines="{One} [point/points] at a face from long ago|Everybody looked so young, {one} [find/finds]",
        places="living_room;kitchen;bedroom",
        objects="book=photo album@lead",
        links="looking_at>other;sharing>other",
        pet="lying:asleep nearby",
        emotion="thoughtful",
    ),
    "dress_up": Activity(
        title="Getting ready",
        words="~dress up; ~get dressed; ~put on costumes; ~try on; ~do her hair; ~put on her dress",
        poses="standing",
        action="getting dressed",
        lines="A last look in the mirror for {one}|{One} [straighten/straightens] a collar that was straight already",
        places="bedroom;living_room",
        links="helping>other;looking_at>other",
        pet="sitting:on the good clothes",
        emotion="excited",
    ),
    "pillow_fight": Activity(
        title="Pillow fight",
        words="pillow fort; ~build a pillow fort; blanket fort; ~build a blanket fort; pillow fight",
        poses="throwing;jumping",
        action="having a pillow fight",
        lines="Feathers, giggles, no rules: {all}|{One} [take/takes] aim with the biggest pillow",
        places="bedroom;living_room",
        links="throwing_to>other",
        pet="jumping:chasing feathers",
        needs="two",
        emotion="laughing",
    ),
}
