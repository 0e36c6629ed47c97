"""Words for people and animals, and the names that unnamed ones are given."""

from dataclasses import dataclass
from typing import Final

from .lexicon_places import split_list
from .lexicon_trades import ADULT_TRADES, FEMALE_TRADES, MALE_TRADES, PEERS


@dataclass(frozen=True)
class PersonWord:
    """What one noun says of a person. `count` is how many it means by itself; 0 is "an unsaid number of them"."""

    age: str = ""
    gender: str = ""
    role: str = ""
    count: int = 1
    relation: str = ""  # what they are to the rest of the cast


def _rows(text: str) -> dict[str, PersonWord]:
    """Rows of "word, word: age gender role count relation", "-" where nothing is said."""
    table: dict[str, PersonWord] = {}
    for row in text.strip().splitlines():
        words, facts = row.split(":")
        age, gender, role, count, relation = ("" if fact == "-" else fact for fact in facts.split())
        for word in words.split(","):
            table[word.strip()] = PersonWord(age, gender, role.replace("_", " "), int(count or 1), relation)
    return table


PERSON_WORDS: Final = _rows("""
    man, guy, gentleman: adult male man 1 -
    woman, lady: adult female woman 1 -
    men: adult male man 0 friend
    women, ladies: adult female woman 0 friend
    person, someone, somebody, traveler, traveller, tourist, hiker, visitor, artist: adult - - 1 -
    photographer, writer, chef, baker, farmer, musician, nurse, doctor, gardener: adult - - 1 -
    fisherman, surfer, cyclist, runner, painter, potter, carpenter, scientist, hermit: adult - - 1 -
    backpacker, solo traveler, climber, skier, sailor, shopkeeper, dancer, firefighter: adult - - 1 -
    pilot, owner, dog owner, beekeeper, florist, veterinarian, engineer, librarian: adult - - 1 -
    barista, clown, stranger, magician, mail carrier, driver, singer, lifeguard, guide, mechanic: adult - - 1 -
    ranger, captain, priest, conductor, bus driver, zookeeper, tailor, weaver: adult - - 1 -
    police officer, soldier, astronomer, diver, swimmer, knight, pirate, dad friend, student nurse: adult - - 1 -
    fisherwoman, saleswoman, policewoman, businesswoman: adult female - 1 -
    businessman, salesman, policeman, mailman: adult male - 1 -
    princess, ballerina: child female princess 1 -
    prince: child male prince 1 -
    queen: adult female queen 1 -
    king: adult male king 1 -
    people, persons, tourists, travelers, travellers, hikers, visitors, strangers: adult - - 0 friend
    musicians, runners, cyclists, surfers, artists, backpackers, dancers, climbers: adult - - 0 friend
    boy, little boy, schoolboy: child male boy 1 -
    girl, little girl, schoolgirl: child female girl 1 -
    year old: child - child 1 -
    year olds: child - child 0 friend
    fam: - - family 0 family
    kiddo, tot, preteen, tween: child - child 1 -
    kiddos, tots, tweens: child - child 0 friend
    boys: child male boy 0 friend
    girls: child female girl 0 friend
    child, kid, toddler, little one, pupil, schoolchild, preschooler, kindergartner: child - child 1 -
    children, kids, toddlers, little ones, pupils, schoolchildren, kindergartners, grandkids: child - child 0 friend
    baby, newborn, infant, newborn baby: baby - baby 1 child
    babies: baby - baby 0 child
    teen, teenager, adolescent: teen - teenager 1 -
    teens, teenagers: teen - teenager 0 friend
    teenage girl: teen female teenager 1 -
    teenage boy: teen male teenager 1 -
    teenage girls: teen female teenager 0 friend
    teenage boys: teen male teenager 0 friend
    mother, mother in law, stepmother, mom, mum: adult female mother 1 parent
    mama, mommy, mummy, single mother, single mom, mum: adult female mother 1 parent
    father, father in law, stepfather, dad, papa, daddy, single father, single dad: adult male father 1 parent
    parents, mom and dad, mum and dad: adult - parent 2 parent
    grandmother, grandma, granny, nana, nan, abuela, oma: senior female grandmother 1 grandparent
    grandfather, grandpa, granddad, grandad, abuelo, opa: senior male grandfather 1 grandparent
    grandparents: senior - grandparent 2 grandparent
    son, baby son, stepson: child male son 1 child
    daughter, baby daughter, stepdaughter: child female daughter 1 child
    sons: child male son 0 child
    daughters: child female daughter 0 child
    grandson: child male grandson 1 grandchild
    granddaughter: child female granddaughter 1 grandchild
    grandchild: child - grandchild 1 grandchild
    grandchildren: child - grandchild 0 grandchild
    granddaughters: child female granddaughter 0 grandchild
    grandsons: child male grandson 0 grandchild
    family reunion, extended family: - - family 0 family
    brother, twin brother, half brother: - male brother 1 sibling
    little brother, baby brother, kid brother: child male brother 1 sibling
    big brother, younger brother, older brother: - male brother 1 sibling
    little sister, baby sister, kid sister: child female sister 1 sibling
    sister, twin sister, half sister, big sister, younger sister, older sister: - female sister 1 sibling
    brothers: - male brother 0 sibling
    sisters: - female sister 0 sibling
    siblings: - - sibling 0 sibling
    twins: - - twin 2 sibling
    triplets: - - triplet 3 sibling
    twin brothers: - male twin 2 sibling
    twin boys: child male twin 2 sibling
    twin girls, twin daughters: child female twin 2 sibling
    twin sons: child male son 2 child
    twin sisters: - female twin 2 sibling
    aunt, auntie: adult female aunt 1 relative
    uncle: adult male uncle 1 relative
    cousin: - - cousin 1 relative
    cousins: - - cousin 0 relative
    niece: child female niece 1 relative
    nephew: child male nephew 1 relative
    wife, wifey: adult female wife 1 spouse
    husband, hubs, hubby: adult male husband 1 spouse
    girlfriend, gf: young_adult female girlfriend 1 partner
    boyfriend, bf: young_adult male boyfriend 1 partner
    partner, fiance: adult - partner 1 partner
    fiancee, fiancée: adult female partner 1 partner
    fiancé: adult male partner 1 partner
    bride, bride to be: young_adult female bride 1 spouse
    groom to be: young_adult male groom 1 spouse
    mother to be, mom to be, mum to be, pregnant woman: adult female mother 1 parent
    father to be, dad to be: adult male father 1 parent
    parents to be: adult - parent 2 parent
    groom, bridegroom: young_adult male groom 1 spouse
    couple, pair: adult - partner 2 partner
    couples: adult - partner 2 partner
    mothers, moms, mums: adult female mother 0 parent
    fathers, dads: adult male father 0 parent
    grandmothers, grandmas: senior female grandmother 0 grandparent
    grandfathers, grandpas: senior male grandfather 0 grandparent
    aunts: adult female aunt 0 relative
    uncles: adult male uncle 0 relative
    nieces: child female niece 0 relative
    nephews: child male nephew 0 relative
    keeper, monk, astronaut, fisher, shepherd, postman, waiter: adult - - 1 -
    married couple: adult - spouse 2 spouse
    newlyweds, honeymooners, bride and groom, newlywed couple: young_adult - spouse 2 spouse
    brides, two brides: young_adult female bride 2 spouse
    grooms, two grooms: young_adult male groom 2 spouse
    lovers: young_adult - partner 2 partner
    bridesmaid: young_adult female bridesmaid 1 friend
    bridesmaids: young_adult female bridesmaid 0 friend
    bff, friend, best friend, childhood friend, old friend, buddy: - - friend 1 friend
    pal, roommate, neighbor, neighbour, classmate, pen pal: - - friend 1 friend
    bffs, besties, friends, best friends, childhood friends, old friends, buddies: - - friend 0 friend
    pals, roommates, neighbors, neighbours, classmates: - - friend 0 friend
    guests, bandmates, party guests, wedding guests, relatives: - - friend 0 friend
    girlfriends: young_adult female friend 0 friend
    student: young_adult - student 1 -
    students, college students, university students: young_adult - student 0 friend
    college friends: young_adult - friend 0 friend
    colleague, coworker: adult - colleague 1 colleague
    colleagues, coworkers, co-workers: adult - colleague 0 colleague
    teacher, coach, instructor, tutor, trainer, mentor, professor: adult - teacher 1 teacher
    teachers, coaches, instructors, trainers, professors: adult - teacher 0 teacher
    in laws, parents in law: senior - parent 2 parent
    brother in law: adult male brother 1 sibling
    sister in law: adult female sister 1 sibling
    son in law: adult male son 1 relative
    daughter in law: adult female daughter 1 relative
    godmother: adult female godmother 1 relative
    godfather: adult male godfather 1 relative
    godson: child male godson 1 relative
    goddaughter: child female goddaughter 1 relative
    great grandmother, great grandma: senior female great-grandmother 1 grandparent
    great grandfather, great grandpa: senior male great-grandfather 1 grandparent
    great aunt: senior female aunt 1 relative
    great uncle: senior male uncle 1 relative
    nonna, yaya, babushka, halmoni, bibi, grandmama, memaw, mamie: senior female grandmother 1 grandparent
    nonno, papou, dedushka, gramps, grandpapa, papi, pops: senior male grandfather 1 grandparent
    sis: - female sister 1 sibling
    bro: - male brother 1 sibling
    mam, mami, amma: adult female mother 1 parent
    pa, dada, appa: adult male father 1 parent
    foster parents, stepparents, mums and dads, moms and dads, mother and father: adult - parent 2 parent
    stepsister: - female sister 1 sibling
    stepbrother: - male brother 1 sibling
    twin: - - twin 1 sibling
    grandniece: child female niece 1 relative
    kindergartener, first grader, second grader, third grader, fifth grader, youngster: child - child 1 -
    first graders, second graders, third graders, youngsters, little kids: child - child 0 friend
    lad, wee lad: child male boy 1 -
    lads: - male friend 0 friend
    dude, bloke, chap, fella: adult male man 1 -
    dudes, blokes, chaps, guys: adult male man 0 friend
    gal: young_adult female woman 1 -
    gals: young_adult female woman 0 friend
    elder, elderly person, old timer: senior - - 1 -
    elders, old people, elderly people: senior - - 0 friend
    old men, elderly men: senior male man 0 friend
    old women, old ladies, elderly women: senior female woman 0 friend
    young man, young guy: young_adult male man 1 -
    young woman, young lady: young_adult female woman 1 -
    young men: young_adult male man 0 friend
    young women, young ladies: young_adult female woman 0 friend
    gentlemen: adult male man 0 friend
    adults, grown ups, grownups: adult - - 0 friend
    adult, grown up, grownup: adult - - 1 -
    wives: adult female wife 0 friend
    husbands: adult male husband 0 friend
    ex, ex girlfriend, ex boyfriend, ex husband, ex wife: adult - ex 1 friend
    fiancées, fiances: adult - partner 2 partner
    bridal couple, wedding couple, young couple newlyweds: young_adult - spouse 2 spouse
    soulmates, sweethearts: young_adult - partner 2 partner
    sweetheart: - - partner 1 partner
    crew, gang, squad, group of friends, circle of friends: - - friend 0 friend
    undergrads, freshmen: young_adult - student 0 friend
    freshman, undergrad, intern, trainee: young_adult - student 1 -
    best man: adult male best_man 1 friend
    maid of honor, maid of honour: adult female maid_of_honour 1 friend
    teammates, team, players, scouts: - - teammate 0 friend
    family, whole family: - - family 0 family
    senior, pensioner, retiree, old man: senior - - 1 -
    seniors, retirees, pensioners: senior - - 0 friend
    old woman, old lady: senior female woman 1 -
    grandma and grandpa: senior - grandparent 2 grandparent
""".replace("old man:", "elder:"))  # fmt: skip
PERSON_WORDS["old man"] = PersonWord("senior", "male", "man")


def _trades() -> dict[str, PersonWord]:
    """One row and one plural row for each trade and each kind of peer."""
    table: dict[str, PersonWord] = {}
    for words, gender in ((ADULT_TRADES, ""), (FEMALE_TRADES, "female"), (MALE_TRADES, "male")):
        for word in words:
            table[word] = PersonWord("adult", gender)
            table[_many(word)] = PersonWord("adult", gender, count=0, relation="friend")
    for word in PEERS:
        table[word] = PersonWord("", "", "friend", 1, "friend")
        table[_many(word)] = PersonWord("", "", "friend", 0, "friend")
    return table


def _many(word: str) -> str:
    if word.endswith("man"):
        return word[:-3] + "men"
    return word[:-1] + "ies" if word.endswith("y") else word + ("es" if word.endswith(("s", "ch", "sh")) else "s")


for _word, _facts in _trades().items():
    PERSON_WORDS.setdefault(_word, _facts)

AGE_WORDS: Final = {
    "young": "young_adult", "little": "child", "small": "child", "teenage": "teen", "elderly": "senior",
    "old": "senior",
    "retired": "senior", "older": "senior", "aged": "senior", "middle aged": "adult", "adult": "adult",
    "grown up": "adult",
    "aging": "senior",
    "senior": "senior", "baby": "baby", "newborn": "baby",
}  # fmt: skip
GENDER_WORDS: Final = {"female": "female", "male": "male", "lesbian": "female", "gay": "male"}
NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "single": 1, "two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "hundred": 100, "several": 3, "few": 3, "some": 3, "many": 5, "dozen": 12,
}  # fmt: skip


@dataclass(frozen=True)
class AnimalWord:
    species: str
    breed: str = ""
    colors: str = ""  # fur colours to choose from; "" is the species' own
    pattern: str = "plain"
    long_haired: bool = False
    size: str = ""
    second: str = "white"


def _animals(text: str) -> dict[str, AnimalWord]:
    """Rows of "word, word: species breed colours pattern hair size second", "-" where nothing is said."""
    table: dict[str, AnimalWord] = {}
    for row in text.strip().splitlines():
        words, facts = row.split(":")
        species, breed, colors, pattern, hair, size, second = (fact.strip("-") for fact in facts.split())
        for word in words.split(","):
            word = word.strip()
            name = word if breed == "same" else breed.replace("_", " ")
            table[word] = AnimalWord(species, name, colors, pattern or "plain", hair == "long", size, second or "white")
    return table


ANIMAL_WORDS: Final = _animals("""
    dog, doggy, pooch, hound, rescue dog, guide dog: dog - - - - - -
    puppy, pup: dog puppy - - - small -
    golden retriever, golden retriever puppy: dog golden_retriever golden - long large cream
    labrador, lab puppy, labrador retriever: dog labrador golden,black,brown - - large -
    german shepherd: dog german_shepherd brown patches - large black
    border collie, collie: dog border_collie black patches long medium white
    poodle: dog poodle white,black,brown - long medium -
    dachshund: dog dachshund brown,black - - small -
    corgi: dog corgi ginger patches - small white
    beagle: dog beagle brown patches - medium white
    husky, malamute: dog husky gray patches long large white
    dalmatian: dog dalmatian white spots - large black
    bulldog, french bulldog, pug: dog same cream,gray - - small -
    chihuahua: dog chihuahua cream,brown - - small -
    terrier, jack russell, westie: dog terrier white patches - small brown
    spaniel, cocker spaniel: dog spaniel brown,golden - long medium -
    samoyed: dog samoyed white - long large -
    greyhound, whippet: dog greyhound gray,brown - - large -
    saint bernard, bernese mountain dog: dog same brown patches long large white
    shiba inu, shiba: dog shiba_inu ginger - - medium cream
    sheepdog: dog sheepdog gray patches long large white
    cat, kitty, house cat: cat - - - - - -
    kitten: cat kitten - - - small -
    tabby, tabby cat: cat tabby gray tabby - - black
    ginger cat, orange cat: cat - ginger tabby - - white
    black cat: cat - black - - - -
    white cat: cat - white - - - -
    siamese cat, siamese: cat siamese cream patches - - brown
    persian cat, maine coon: cat same white,gray - long - -
    calico, calico cat: cat calico white patches - - ginger
    rabbit, bunny, hare: rabbit - - - - - -
    horse, mare, stallion: horse - - - - - -
    pony, foal: horse pony - - - medium -
    donkey: horse donkey gray - - medium -
    parrot, parakeet, budgie, macaw, cockatoo: parrot - - - - - -
    duck, duckling: duck - - - - - -
    goose, swan: duck same white - - medium -
    chicken, hen, rooster, chick: chicken - - - - - -
    cow, calf, bull: cow - - - - - -
    sheep, lamb: sheep - - - - - -
    goat: goat - - - - - -
    turtle, tortoise: turtle - - - - - -
    hamster, guinea pig, mouse, ferret, hedgehog, squirrel: other same brown - - small -
    pig, piglet: other same cream - - medium -
    fox: other fox red - - medium white
    deer, llama, alpaca, camel: other same brown - - large -
    elephant, lion, tiger, giraffe, bear, panda, monkey, penguin, dolphin, whale, owl: other same gray,brown - - large -
    pigeon, crow, raven, seagull, sparrow, eagle, hawk, peacock, flamingo: other same gray,white - - small -
    bee, butterfly, frog, snail, lizard, snake, crab: other same brown,green - - small -
    cub, bear cub, lion cub, fawn, joey, seal pup: other same brown,gray - - small -
    zebra, rhino, hippo, gorilla, kangaroo, koala, moose, bison, reindeer: other same gray,brown - - large -
    seal, wolf: other same gray,brown - - large -
    dragon, dinosaur, t-rex, crocodile, alligator: other same green - - large -
    unicorn: horse unicorn white - long large -
    mule: horse mule brown - - large -
    raccoon, badger, beaver, otter, skunk: other same gray,brown - - small -
    rat, gerbil, chinchilla, mole, chipmunk, opossum: other same gray,brown - - small -
    gecko, iguana, chameleon, salamander, toad: other same green,red - - small -
    spider, ladybug, dragonfly, firefly, caterpillar: other same green,red - - small -
    leopard, cheetah, jaguar, panther, lynx, cougar, hyena, wild boar, boar: other same golden,brown - - large -
    elk, buffalo, yak, antelope, gazelle: other same brown,white - - large -
    wildebeest, walrus, polar bear, grizzly bear, grizzly: other same brown,white - - large -
    orca, narwhal, shark, manta ray, stingray, octopus, sea lion, manatee: other same gray,black - - large -
    goldfish, koi, koi fish, seahorse, starfish, hermit crab: other same red,golden - - small -
    stork, heron, woodpecker, hummingbird: other same white,gray - - small -
    kingfisher, pelican, puffin, falcon, vulture: other same white,gray - - small -
    magpie, cuckoo, nightingale, blackbird, goldfinch: other same black,gray - - small -
    canary, lovebird, cockatiel, budgerigar, lorikeet: parrot - - - - - -
    ostrich, emu, sloth, meerkat, lemur: other same brown,gray - - medium -
    orangutan, chimpanzee, chimp, baboon, armadillo: other same brown,gray - - medium -
    anteater, platypus, wombat, wallaby, porcupine, capybara, red panda, weasel: other same brown,gray - - medium -
    akita, mastiff, great dane, rottweiler, doberman, newfoundland, pit bull: dog same brown,black - - large -
    shih tzu, maltese, pomeranian, bichon: dog same cream,gray - long small -
    havanese, yorkie, yorkshire terrier, schnauzer: dog same cream,gray - long small -
    mutt, mongrel, street dog, stray dog, old dog, sled dog, service dog, therapy dog, sheep dog: dog - - - - - -
    retriever, setter, pointer, vizsla, weimaraner, lurcher, basset hound, bloodhound: dog same brown - - medium -
    labradoodle, goldendoodle, cockapoo, cavapoo: dog same cream,golden - long medium -
    australian shepherd, cattle dog, heeler: dog same gray patches - medium white
    tuxedo cat: cat tuxedo black patches - - white
    bengal cat, ragdoll, sphynx, british shorthair: cat same gray,brown - - - -
    russian blue, tomcat, alley cat, stray cat: cat same gray,brown - - - -
    lop, lop rabbit, bunny rabbit: rabbit - - - - - -
    gelding, clydesdale, arabian horse, mustang, icelandic horse, stallions: horse same brown - - large -
    shetland pony, ponies: horse pony - - - medium -
""")  # fmt: skip

SPECIES_COATS: Final[dict[str, tuple[str, ...]]] = {
    "dog": ("brown", "black", "golden", "cream", "white"), "cat": ("gray", "ginger", "black", "white", "brown"),
    "rabbit": ("white", "gray", "brown", "cream"), "horse": ("brown", "black", "white", "golden"),
    "parrot": ("green", "red", "blue"), "duck": ("white", "brown"), "chicken": ("brown", "white", "red"),
    "cow": ("brown", "black", "white"), "sheep": ("white", "cream", "black"), "goat": ("white", "brown", "gray"),
    "turtle": ("green", "brown"), "other": ("brown", "gray"),
}  # fmt: skip
SPECIES_SIZES: Final = {
    "dog": "medium", "cat": "small", "rabbit": "small", "horse": "large", "parrot": "small", "duck": "small",
    "chicken": "small", "cow": "large", "sheep": "medium", "goat": "medium", "turtle": "small", "other": "medium",
}  # fmt: skip
FARM_SPECIES: Final = frozenset({"horse", "duck", "chicken", "cow", "sheep", "goat"})
WILD_ANIMALS: Final = frozenset(
    split_list(
        "squirrel; fox; deer; elephant; lion; tiger; giraffe; bear; panda; monkey; penguin; dolphin; whale; "
        "owl; seal; wolf; swan; goose; camel; llama; alpaca; pigeon; crow; raven; seagull; sparrow; eagle; "
        "dragon; dinosaur; crocodile; alligator; raccoon; badger; beaver; otter; skunk; mole; chipmunk; opossum; "
        "toad; spider; "
        "ladybug; dragonfly; firefly; caterpillar; salamander; gecko; iguana; leopard; cheetah; jaguar; panther; "
        "lynx; cougar; "
        "hyena; wild boar; boar; elk; buffalo; yak; antelope; gazelle; wildebeest; walrus; polar bear; grizzly; "
        "grizzly bear; "
        "orca; narwhal; shark; manta ray; stingray; octopus; sea lion; manatee; koi; koi fish; seahorse; starfish; "
        "hermit crab; "
        "stork; heron; woodpecker; hummingbird; kingfisher; pelican; puffin; falcon; vulture; magpie; cuckoo; "
        "nightingale; blackbird; goldfinch; ostrich; emu; sloth; meerkat; lemur; orangutan; chimpanzee; chimp; baboon; "
        "armadillo; anteater; platypus; wombat; wallaby; porcupine; capybara; red panda; weasel; t-rex; "
        "hawk; peacock; flamingo; bee; butterfly; frog; snail; lizard; snake; crab; zebra; rhino; hippo; "
        "gorilla; kangaroo; koala; moose; bison; reindeer"
    )
)
