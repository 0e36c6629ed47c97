"""Sports, shows, chores and other activities that belong to no place in particular."""

from typing import Final

from .activities import Activity

MORE: Final[dict[str, Activity]] = {
    "canoe": Activity(
        title="On the lake",
        words=("canoe; kayak; ~kayak; ~canoe; ~paddle; canoeing; kayaking; canoe trip; raft; rafting"),
        poses="sitting",
        action="paddling a canoe",
        lines=(
            "Dip and pull: {all} [glide/glides] past {feature}|The canoe draws one long line across the water, "
            "{all} inside"
        ),
        places="lake;harbor;beach",
        objects="canoe",
        links="riding>thing",
        pet="sitting:sitting in the bow",
        emotion="content",
        shot="wide",
    ),
    "row": Activity(
        title="At the oars",
        words="rowing; ~row; ~row a boat; ~row across; rowboat; rowing boat; paddle boat; pedal boat; pedalo",
        poses="sitting",
        action="rowing a boat",
        lines=(
            "{One} [row/rows], and the shore walks away|"
            "Two strokes too many on the left: {all} [turn/turns] in a circle|"
            "The oars drip, and {one} [let/lets] the boat glide"
        ),
        places="lake;harbor;beach;park",
        objects="boat",
        links="talking>other;sharing>other",
        pet="sitting:in the bow",
        emotion="content",
    ),
    "run": Activity(
        title="On the run",
        words="~run; ~jog; ~sprint; marathon; ~run a marathon; ~go for a run; ~hurry; ~rush; ~race through",
        poses="running",
        action="running",
        lines="{All} [run/runs] past {feature} without looking back|Faster: {all} {at}, in full stride",
        places="*",
        links="walking_together>other",
        pet="running:keeping pace",
        emotion="excited",
        shot="wide",
    ),
    "workout": Activity(
        title="Working out",
        words="~lift weights; gym; ~exercise; ~go to the gym; ~work out; gymnastics; karate; martial arts; "
        "boxing; judo; ~train",
        poses="jumping;standing;crouching",
        action="working out",
        lines="{One} [count/counts] to ten, and then once more|{All} [breathe/breathes] out: that was the hard part",
        places="living_room;park",
        links="helping>other",
        emotion="excited",
        wear="sport",
    ),
    "play_sport": Activity(
        title="The match",
        words="golf; mini golf; bowling; archery; cricket; hockey; rugby; baseball; badminton; table tennis; "
        "~play a match",
        poses="throwing;standing;cheering",
        action="playing a match",
        lines="{One} [aim/aims] for a long time, and [hit/hits]|One point ahead: {all} near {feature}",
        places="park;campsite;playground;meadow",
        objects="ball",
        links="playing_with>other",
        emotion="excited",
        wear="sport",
    ),
    "skateboard": Activity(
        title="Rolling",
        words="~skateboard; skateboards; ~rollerblade; skatepark; ~ride scooters; scooter; scooters",
        poses="standing;jumping",
        action="rolling along",
        lines="{One} [take/takes] the curb at speed|Wheels on stone, all the way to {feature}",
        places="city_street;park;playground",
        links="chasing>other",
        pet="running:racing along",
        emotion="excited",
        shot="wide",
    ),
    "perform": Activity(
        title="On stage",
        words=(
            "talent show; ~perform; the show; show; evening show; ~perform on stage; ~rehearse; recital; school "
            "play; ballet; on stage; ~act; magic show; "
            "puppet show; piano recital; ~give a concert; theater play"
        ),
        poses="dancing;standing;waving",
        action="performing",
        lines="{One} [bow/bows], and the applause goes on|All eyes are on {one}, beside {feature}",
        places="museum;classroom;campsite;living_room;city_street",
        links="dancing_with>other",
        emotion="excited",
        at=1170,
        shot="wide",
    ),
    "cheer": Activity(
        title="Cheering",
        words="~cheer; ~applaud; ~clap; ~watch the match; ~celebrate; ~shout for joy",
        poses="cheering;waving;jumping",
        action="cheering",
        lines="{All} [cheer/cheers] as loud as {all} can|Arms up, all of them: {all} {at}",
        places="*",
        links="hugging>other",
        emotion="excited",
    ),
    "speech": Activity(
        title="A few words",
        words="~give a speech; ~give a presentation; speech; presentation; ~say grace; ~make a speech; lecture",
        poses="standing;pointing",
        action="saying a few words",
        lines="{One} [find/finds] the right words after all|Everyone listens, for {one} [have/has] something to say",
        places="classroom;restaurant;living_room",
        links="talking>other",
        emotion="happy",
    ),
    "light_candles": Activity(
        title="Candlelight",
        words="~light candles; ~light the candles; ~light lanterns; ~light the menorah; candle lighting; ~light "
        "a candle",
        poses="standing;crouching",
        action="lighting candles",
        lines="One after the other, {one} [light/lights] the candles|{All}, and the small flames",
        places="living_room;restaurant;old_town",
        objects="candles",
        links="helping>other",
        emotion="content",
        at=1110,
    ),
    "pray": Activity(
        title="A quiet minute",
        words="~pray; prayer; prayers; church service; ~attend mass; ~meditate",
        poses="kneeling;sitting",
        action="sitting in silence",
        lines="{All} {at}, and for a minute nobody speaks",
        places="old_town",
        emotion="thoughtful",
    ),
    "wellness": Activity(
        title="Warm water",
        words="sauna; spa; massage; onsen; hot tub; ~soak; thermal bath",
        poses="sitting;swimming",
        action="soaking in warm water",
        lines="{All} [sink/sinks] in up to the chin|Steam, and somewhere in it {all}",
        places="lake;mountain",
        links="talking>other",
        emotion="content",
        wear="swim",
    ),
    "chores": Activity(
        title="Work to do",
        words=(
            "~mow the lawn; ~shovel snow; ~chop wood; ~gather firewood; ~change a tire; ~shear; ~fix; ~repair; ~sweep; "
            "~assemble; ~clean; ~build a fence; ~stack wood; ~wash the car; chores; ~renovate; ~hang; ~polish"
        ),
        poses="carrying;crouching;standing",
        action="getting the work done",
        lines="{All} [get/gets] it done before the {part} is over|{One} [step/steps] back to look at the work",
        places="garden;living_room;farm;campsite;snowfield;road",
        links="helping>other",
        emotion="content",
    ),
    "housework": Activity(
        title="House in order",
        words="~do housework",
        poses="carrying;crouching;standing",
        action="putting the house in order",
        lines="{One} [find/finds] three lost things under one sofa|It gets worse first, {one} [know/knows]",
        places="living_room;kitchen;bedroom",
        links="helping>other",
        pet="sitting:in the way",
        emotion="content",
    ),
    "bathe_pet": Activity(
        title="Bath time",
        words="~give the dog a bath; ~bathe the dog; ~wash the dog; first bath; bath time; bubble bath; ~take a bath",
        poses="kneeling;crouching",
        action="in the middle of the foam",
        lines="More foam than {one} had planned|{All}, soaked and laughing",
        places="living_room;bedroom;garden",
        links="helping>other;petting>pet",
        pet="sitting:covered in foam",
        needs="",
        emotion="laughing",
    ),
    "sit_exam": Activity(
        title="The exam",
        words="~take an exam; ~sit an exam; ~present; interview; job interview; first day at work; meeting; "
        "~type; ~code",
        poses="sitting;reading",
        action="concentrating",
        lines="{One} [read/reads] the question twice|Not a word for two hours: {all} {at}",
        places="classroom;living_room",
        objects="book",
        emotion="thoughtful",
    ),
    "haircut": Activity(
        title="A new look",
        words="haircut; ~cut hair; ~do her hair; ~do my hair; ~put on make up; makeup; ~get dressed; ~try on "
        "dresses; fitting",
        poses="sitting;standing",
        action="looking into the mirror",
        lines="{One} [look/looks] into the mirror, and the mirror approves",
        places="bedroom;living_room",
        links="helping>other",
        emotion="excited",
    ),
    "fly_away": Activity(
        title="In the air",
        words="~fly home; ~fly back; ~fly away; ~take off; ~catch a flight; ~take the subway; ~take the metro; "
        "~fly with; ~fly from; ~fly over; ~fly in; ~fly out; hot air balloon",
        poses="carrying;waving",
        action="setting off",
        lines="{All} [watch/watches] the ground get smaller|Window seat for {one}, everything else below",
        places="station",
        objects="suitcase",
        links="holding_hands>partner;talking>other",
        emotion="excited",
    ),
    "carry_on": Activity(
        title="At the counter",
        words="~check in; ~check into; ~check in to the hotel; ~arrive at the hotel; ~sell; ~deliver; ~serve; ~work",
        poses="standing;carrying;pointing",
        action="busy at the counter",
        lines="{One} [know/knows] every step by heart|There is a lot to do, and {all} [do/does] it",
        places="*",
        links="talking>other",
        emotion="content",
    ),
}
