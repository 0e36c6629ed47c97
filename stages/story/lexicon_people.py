"""Words for people and animals, and the names that unnamed ones are given."""

from dataclasses import dataclass
from typing import Final

from .lexicon_places import split_list


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
    ranger, captain, priest, conductor, bus driver, zookeeper, tailor, weaver, beginner: adult - - 1 -
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
    little brother, big brother, younger brother, older brother: - male brother 1 sibling
    sister, twin sister, half sister, little sister, big sister, younger sister, older sister: - female sister 1 sibling
    brothers: - male brother 0 sibling
    sisters: - female sister 0 sibling
    siblings: - - sibling 0 sibling
    twins: - - twin 2 sibling
    triplets: - - triplet 3 sibling
    twin brothers: - male twin 2 sibling
    twin sisters, twin girls: - female twin 2 sibling
    aunt, auntie: adult female aunt 1 relative
    uncle: adult male uncle 1 relative
    cousin: - - cousin 1 relative
    cousins: - - cousin 0 relative
    niece: child female niece 1 relative
    nephew: child male nephew 1 relative
    wife: adult female wife 1 spouse
    husband: adult male husband 1 spouse
    girlfriend: young_adult female girlfriend 1 partner
    boyfriend: young_adult male boyfriend 1 partner
    partner, fiance, fiancee, fiancé, fiancée: adult - partner 1 partner
    bride: young_adult female bride 1 spouse
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
    friend, best friend, childhood friend, old friend, buddy: - - friend 1 friend
    pal, roommate, neighbor, neighbour, classmate, pen pal: - - friend 1 friend
    friends, best friends, childhood friends, old friends, buddies: - - friend 0 friend
    pals, roommates, neighbors, neighbours, classmates: - - friend 0 friend
    guests, bandmates, party guests, wedding guests, relatives: - - friend 0 friend
    girlfriends: young_adult female friend 0 friend
    student: young_adult - student 1 -
    students, college students, university students: young_adult - student 0 friend
    college friends: young_adult - friend 0 friend
    colleague, coworker: adult - colleague 1 colleague
    colleagues, coworkers, co-workers: adult - colleague 0 colleague
    teacher, coach, instructor, tutor: adult - teacher 1 teacher
    teammates, team, players, scouts: - - teammate 0 friend
    family, whole family: - - family 0 family
    senior, pensioner, retiree, old man: senior - - 1 -
    seniors, retirees, pensioners: senior - - 0 friend
    old woman, old lady: senior female woman 1 -
    grandma and grandpa: senior - grandparent 2 grandparent
""".replace("old man:", "elder:"))  # fmt: skip
PERSON_WORDS["old man"] = PersonWord("senior", "male", "man")

AGE_WORDS: Final = {
    "young": "young_adult", "little": "child", "small": "child", "teenage": "teen", "elderly": "senior",
    "old": "senior",
    "retired": "senior", "older": "senior", "middle aged": "adult", "adult": "adult", "grown up": "adult",
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
    zebra, rhino, hippo, gorilla, kangaroo, koala, moose, bison, reindeer: other same gray,brown - - large -
    seal, wolf: other same gray,brown - - large -
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
        "hawk; peacock; flamingo; bee; butterfly; frog; snail; lizard; snake; crab; zebra; rhino; hippo; "
        "gorilla; kangaroo; koala; moose; bison; reindeer"
    )
)
PET_NAMES: Final = (
    "Biscuit", "Pepper", "Mochi", "Waffles", "Juniper", "Olive", "Ziggy", "Pickle", "Nori", "Clover", "Bruno", "Hazel",
    "Kiwi", "Maple", "Tofu", "Poppy", "Pumpkin", "Otto", "Luna", "Coco", "Basil", "Mango", "Pixel", "Rosie", "Scout",
    "Nutmeg", "Truffle", "Fig", "Ozzy", "Sunny",
)  # fmt: skip

# First names in use around the world, one row per tradition so that relatives can share one. F | M.
NAMES: Final[dict[str, str]] = {
    "english": "Alice Emma Grace Chloe Lucy Hannah Ella Ruby Nora Charlotte Olivia Sophie Sarah Emily Kate Mary Jane "
    "Anna Lily Lucy Molly Betty Margaret Helen | Jack Oliver Henry Tom Ben Sam Noah Jake Leo Max George Oscar Harry "
    "Thomas Daniel David John James Michael Peter Paul Robert William Tim Joe Charlie Alex Luke Adam Walter Arthur",
    "spanish": "Ana Maria María Lucía Lucia Sofia Carmen Elena Isabel Rosa Paula Valeria Camila Marta Ines | Diego "
    "Mateo Carlos Pablo Javier Miguel Luis Andrés Rafael Tomás Jorge Juan Pedro Jose José Antonio",
    "french": "Camille Claire Léa Juliette Manon Elise Margot Colette "
    "| Louis Hugo Antoine Julien Théo Bastien Gabriel Pierre",
    "german": "Lena Mia Clara Greta Ida Hanna Frieda Johanna | Lukas Jonas Felix Emil Anton Moritz Karl Jan Paul",
    "italian": "Giulia Chiara Francesca Alessia Bianca Martina | Luca Marco Matteo Lorenzo Davide Enzo Giovanni",
    "nordic": "Astrid Freya Ingrid Maja Saga Elsa Linnea Sigrid | Lars Erik Nils Magnus Sven Aksel Bjorn Olaf",
    "slavic": "Katya Milena Zofia Daria Natasha Irina Jana Olga | Ivan Pavel Milan Stefan Marek Nikola Dmitri Viktor",
    "arabic": "Amira Layla Yasmin Fatima Salma Noor Rania Zahra | Omar Karim Yusuf Ahmed Samir Hassan Tariq Ali",
    "persian": "Shirin Parisa Leila Nasrin Roya | Cyrus Darius Arash Kian Navid",
    "hebrew": "Noa Tamar Yael Shira Miriam | Eitan Ari Noam Avi Yonatan",
    "turkish": "Elif Zeynep Defne Aylin Selin | Emre Mehmet Kerem Deniz Can",
    "indian": "Priya Anjali Meera Asha Kavya Divya Lakshmi Nisha | Arjun Rohan Vikram Ravi Dev Sanjay Aarav Raj",
    "chinese": "Mei Ling Xiu Lan Yan Jing Hua | Wei Jun Ming Bo Hao Feng Lei",
    "japanese": "Yuki Hana Aiko Sakura Emi Keiko Haruka | Kenji Hiro Taro Haruto Ren Sora Daichi",
    "korean": "Ji-woo Min-seo Soo-ah Ha-yun Eun-ji | Min-jun Joon Hyun Tae-yang Seo-jun",
    "vietnamese": "Linh Thuy Mai Hoa Trang | Minh Duc Tuan Quang Nam",
    "nigerian": "Adaeze Ngozi Chioma Ifeoma Temi Folake | Chidi Emeka Tunde Kola Obi Femi",
    "kenyan": "Wanjiru Akinyi Njeri Zawadi Imani | Kamau Otieno Juma Baraka Jabari",
    "ethiopian": "Selam Hiwot Makeda Tigist | Dawit Abel Tesfaye Bekele",
    "ghanaian": "Ama Efua Abena Akosua Esi | Kofi Kwame Yaw Kojo",
    "hawaiian": "Leilani Kalani Moana Nalani | Keanu Kai Makoa Ikaika",
    "portuguese": "Beatriz Inês Mariana Joana Luana Thais | João Bruno Tiago Rui Caio Vasco",
}  # fmt: skip
MORE_NAMES: Final = (  # recognised, never invented
    "Zoe Eva Eve Ivy Isla Ava Mila Maya Nina Lola Stella Violet Daisy Julia Laura Linda Susan Karen Barbara Patricia "
    "Jessica Amanda Rachel Rebecca Ellen Diana Iris Ines Petra Tara Nadia Gina Tina Fiona Gwen Megan Abigail Amelia "
    "Aisha Amy Beth Sally Sue Ruth Martha Rita Dora Vera Mary Lisa Jenny Kim Sandra Nicole Victoria Elizabeth Amina "
    "Zainab Khadija Mariam Leyla Samira Hana Farah Jasmine Ananya Diya Ishani Aditi Pooja Sunita Rekha Nour Rosie "
    "Penelope Phoebe Poppy Scarlett Naomi Esther Judith Sylvia Gloria Lorena Pilar Mercedes Beatrice Simone Celine "
    "Sabine Ulrike Heike Monika Agnieszka Kasia Svetlana Tatiana Anya Yara Wren Willa Tessa Thea Tilda Ursula Wendy "
    "Yvonne Zelda Zola Adele Agnes Alma Amber Annie Audrey Ayla Bella Brianna Carla Caroline Cathy Cecilia Cindy Cora "
    "Danielle Debbie Delia Edith Eleanor Eliza Elsie Erin Esme Evelyn Fatou Faye Flora Gemma Gwendolyn Harriet Heather "
    "Heidi Helena Hilda Holly Imogen Irene Jade Janet Janice Jill Joan Josephine Joy Judy June Kayla Kelly Kristen "
    "Lara Lauren Leah Leona Liz Lorraine Louisa Lydia Mabel Madison Maeve Maggie Marcia Marie Marina Matilda Maureen "
    "Melissa Mercy Mira Mona Nancy Nell Niamh Noelle Paige Pam Pearl Peggy Polly Rhea Roxanne Sadie Selma Shirley "
    "Siobhan Tabitha Tamsin Vivian Xenia Yolanda Valentina Aaliyah Thandi Lerato Naledi Awa Aminata Sana Hiba Huda | "
    "Liam Ethan Mason Logan Lucas Jackson Aiden Elijah Ryan Nathan Dylan Kevin Brian Eric Steve Steven Matt Mike Chris "
    "Nick Tony Andrew Josh Joshua Jacob Caleb Isaac Simon Philip Frank Fred Hans Otto Theo Finn Milo Ezra Kurt Elias "
    "Richard Edward Patrick Scott Greg Gary Bob Bill Jim Dan Rob Ted Ned Abdul Mohammed Ibrahim Akira Jamal Malik "
    "Bilal Khalid Mustafa Hamza Rashid Faisal Rahul Amit Anil Vijay Suresh Kiran Dmitry Sergei Alexei Boris Andrei "
    "Mikhail Nikolai Tomasz Piotr Krzysztof Janek Mateusz Gustav Henrik Soren Leif Torsten Gunther Heinrich Dieter "
    "Werner Wolfgang Stefano Giuseppe Alberto Roberto Ricardo Fernando Eduardo Emilio Ernesto Hector Hugo Ignacio "
    "Joaquin Salvador Santiago Sergio Vicente Xavier Abe Albert Alfred Alvin Angus Archie Barry Benjamin Bernard Bert "
    "Brad Bradley Brandon Bruce Bryan Calvin Cedric Clark Clive Cole Connor Craig Curtis Darren Dave Dean Dennis Derek "
    "Dominic Donald Doug Duncan Earl Eddie Edgar Edmund Eli Evan Everett Ewan Floyd Gavin Gerald Gilbert Glenn Graham "
    "Gus Harold Harvey Henri Howard Hubert Ian Ivor Jared Jason Jasper Jeff Jerome Jerry Jesse Jonah Jonathan Jordan "
    "Joseph Julian Julius Keith Ken Kenneth Kyle Lance Larry Lawrence Leonard Lewis Lloyd Louie Marcus Mark Martin "
    "Marvin Maurice Mitchell Mo Neil Nigel Norman Oliver Oscar Owen Percy Perry Pete Phil Quentin Ralph Ray Raymond "
    "Reuben Rex Rhys Rick Roger Roland Ronald Ross Roy Rupert Russell Samuel Seamus Sean Seth Shane Sidney Silas Stan "
    "Stanley Stuart Sylvester Terry Tobias Toby Todd Travis Trevor Tyler Vernon Victor Vincent Wayne Wesley Wilbur "
    "Wyatt Zach Zane Teo Kwabena Sipho Thabo Mandla Ousmane Mamadou Teddy Winston Oleg Yuri Anders Bo"
)
