"""What people do for a living or in their free time: nouns that say somebody is an adult, and often no more."""

from typing import Final

from .lexicon_places import split_list

ADULT_TRADES: Final = split_list(
    "accountant; acrobat; actor; apprentice; architect; archaeologist; astronomer; athlete; author; baker; "
    "ballet dancer; "
    "banker; barber; barista; bartender; beekeeper; biker; biologist; blacksmith; blogger; bookseller; botanist; "
    "boxer; "
    "brewer; bricklayer; builder; bus driver; busker; butcher; butler; captain; caretaker; carpenter; cashier; "
    "cellist; "
    "chef; chemist; cleaner; climber; clockmaker; clown; cobbler; collector; comedian; commuter; composer; "
    "conductor; cook; "
    "courier; crossing guard; curator; cyclist; dancer; delivery driver; dentist; designer; detective; diver; dj; "
    "doctor; "
    "dog walker; doorman; drummer; driver; dog groomer; electrician; engineer; explorer; farmer; farmhand; ferryman; "
    "firefighter; fisher; florist; flight attendant; forest ranger; gamer; gardener; geologist; glassblower; goatherd; "
    "goldsmith; goalkeeper; guard; guide; guitarist; hairdresser; hermit; hiker; hunter; illustrator; janitor; "
    "jeweler; "
    "jeweller; jockey; jogger; journalist; judge; juggler; keeper; lawyer; librarian; lifeguard; lighthouse keeper; "
    "luthier; magician; manager; market vendor; mechanic; midwife; miner; monk; mountaineer; musician; nanny; "
    "night guard; "
    "novelist; nun; nurse; paramedic; park ranger; pastor; pastry chef; pediatrician; pharmacist; pianist; "
    "pilgrim; pilot; plumber; poet; police officer; porter; postal worker; potter; priest; professor; programmer; "
    "puppeteer; "
    "ranger; receptionist; reporter; researcher; rider; rower; runner; sailor; sculptor; seamstress; security guard; "
    "shepherd; shoemaker; shop owner; shopkeeper; singer; skateboarder; skater; skier; snowboarder; soldier; "
    "street artist; "
    "street musician; street painter; street sweeper; street vendor; stallholder; surfer; surgeon; swimmer; tailor; "
    "taxi "
    "driver; tour guide; train driver; truck driver; trucker; tv host; usher; vendor; vet; veterinarian; violinist; "
    "volunteer; waiter; watchmaker; weaver; winemaker; woodcarver; worker; writer; yoga teacher; zookeeper; caregiver; "
    "dwarf; elf; giant; superhero; vampire; troll; gnome; knight; ninja; samurai; viking; gladiator; pharaoh; "
    "genie; ghost; "
    "monk; cosmonaut; alien; zombie; drag queen; flower seller; bookbinder; stonemason; marathon runner; newcomer; "
    "immigrant; "
    "refugee; veteran; widow; widower; bachelor; expat; host; hostess; tenant; landlord; boss; passenger; loner; "
    "dreamer; foodie; grad student; knitter; birdwatcher; stargazer; rider; cowhand; rabbi; imam; bishop; mayor"
)
FEMALE_TRADES: Final = split_list(
    "actress; waitress; mermaid; fairy godmother; stewardess; seamstress; nun; widow; hostess; midwife; heroine; "
    "witch; fairy; cowgirl; sorceress; "
    "ballerina teacher; housewife; landlady; businesswoman; fisherwoman; spokeswoman"
)
MALE_TRADES: Final = split_list(
    "steward; monk; widower; doorman; ferryman; hero; wizard; cowboy; bachelor; landlord; salaryman; fisherman; "
    "bishop; imam; santa; santa claus; father christmas"
)
PEERS: Final = split_list(  # of any age: as old as those they are with
    "teammate; classmate; schoolmate; roommate; flatmate; housemate; bandmate; playmate; mate; neighbor; neighbour; "
    "bestie; penpal; pen friend; schoolfriend; school friend; friend from school; travel buddy; girl friend; chum; "
    "beginner; participant; learner; customer; patient; spectator; homie; sidekick; rival; opponent; fan; guest; "
    "member; camper; scout; girl scout; boy scout; contestant; competitor"
)

VERBS_TOO: Final = frozenset(  # a person only behind an article, a number or an adjective: "they cook", "a cook"
    split_list(
        "cook; guide; guard; host; judge; volunteer; fan; pilot; tailor; nurse; mate; usher; coach; tutor; train; "
        "cooks; guides; guards; hosts; judges; volunteers; fans; mates; boss; rival; member; crew; gang; squad; pops; "
        "senior; adult; worker; twin; team; date; barber; trainer"
    )
)
