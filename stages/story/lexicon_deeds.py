"""More ways in which a prompt may say an activity; "~" marks a verb phrase whose first word is inflected."""

from typing import Final

MORE_WORDS: Final[dict[str, str]] = {
    "party": "~celebrate together; sleepover party; pool party; tea dance; block party; street party; office party; "
    "christmas party; farewell party; stag do; hen party; bachelorette party; bachelor party; costume ball; ball; "
    "gala; "
    "pajama party; engagement party; pinata; family gathering; barbecue party; afterparty; after party; potluck; disco",
    "birthday_cake": "~sing happy birthday; happy birthday; ~cut the birthday cake; cupcakes; ~blow out the candle; "
    "candles",
    "dinner": "roast; ~eat noodles; noodles; ~order takeout; takeout; takeaway; chinese food; indian food; "
    "thai food; curry; "
    "~cook out; fondue; raclette; buffet; banquet; iftar; seder; paella; lasagna; spaghetti; pasta; steak; lobster; "
    "oysters; fish dinner; hotpot; hot pot; pho; mezze; kebab; kebabs; schnitzel; stew; soup; pot roast; dim sum; "
    "bento; "
    "dinner party; ~order food; ~have tapas; ~share dinner; ~dine out; ~eat out; leftovers; casserole; ~eat lobster; "
    "~share an empanada; empanada; empanadas; arepas; biryani; couscous; tagine; bibimbap; pierogi; goulash; chili",
    "lunch": "~grab lunch; lunch break; business lunch; picnic lunch; ~share lunch; packed lunch; sandwich; "
    "~have a sandwich; "
    "burger; ~eat burgers; salad; ~stop for lunch",
    "breakfast": "on toast; toast with; toast and; jam and toast; avocado toast; cinnamon buns; cereal; "
    "~eat cereal; breakfast in bed; omelette; oatmeal; porridge; toast and jam; bagel; bagels; "
    "scrambled eggs; bacon and eggs; waffles; french toast",
    "cook": "~stir; ~chop vegetables; ~fry; ~boil; ~prepare food; ~make soup; ~make sushi; ~make tortillas; "
    "~make ravioli; "
    "~roll pasta; ~make noodles; ~make jam; ~roast; ~cook together; ~grind spices; ~make curry; ~fold dumplings; ~make "
    "latkes; latkes; ~peel potatoes; ~make breakfast for; tamales; ~roll grape leaves; ~make gnocchi; cooking lesson",
    "bake": "~bake bread rolls; ~bake brownies; brownies; ~bake muffins; muffins; ~roll out dough; ~frost cupcakes; "
    "~frost a cake; ~decorate the cake; ~bake scones; scones; ~make a cake; ~make a pie; gingerbread house; ~knead; "
    "~make challah; ~bake challah; challah; ~burn the cookies",
    "tea": "~make tea; hot tea; ~sip tea; ~serve tea; mint tea; teapot; ~have a cup of tea; tea time; teatime",
    "coffee": "morning coffee; ~make coffee; ~sip coffee; ~brew coffee; iced coffee; ~order coffee; "
    "coffee machine; coffee break; "
    "donuts",
    "hot_drink": "hot cider; cider; ~sip cocoa; glühwein; gluhwein; eggnog; ~warm up; ~sip hot chocolate; apple cider",
    "dessert": "candy; sweets; ~eat sweets; ~share sweets; ~share a dessert; tiramisu; pudding; pumpkin pie; "
    "~eat pie; cheesecake; baklava; milkshake; milkshakes; "
    "mango sticky rice; candy bar; popsicle; ~share a popsicle; lemonade",
    "eat_snack": "fries; ~eat fries; popcorn bucket; hot pretzels; corn dogs; falafel; crêpes; funnel cake; chips; "
    "nachos",
    "swim": "~go swimming; ~go for a swim; ~take a dip; cannonball; ~float; ~swim laps; swimming; water slide; "
    "waterslide; "
    "~paddle in the water; scuba diving; ~scuba dive; swim race; ~learn how to swim; ~jump into the pool; ~jump off "
    "the pier; ~skinny dip; water polo; ~splash each other; water fight; sprinkler; sprinklers; ~cool off; "
    "~soak up the sea",
    "surf": "~catch a wave; ~catch waves; bodyboard; bodyboarding; kitesurfing; windsurfing; paddleboard; "
    "paddleboarding",
    "boat_trip": "~board the ship; speedboat; catamaran; houseboat trip; ~set sail; dinghy; ~cross on the ferry; "
    "~sail out; "
    "pirate ship; canal boat; narrowboat; regatta; ~row out; felucca; ~sail to; cruise ship; harbor tour",
    "ball_game": "goal; penalty shootout; tryouts; semifinal; semi final; quarterfinal; final match; kick off; "
    "kickoff; "
    "soccer practice; football practice; training match; basketball game; baseball game; pickup game; ~shoot hoops; "
    "~dribble; ~kick the ball; beach volleyball; dodgeball; kickball; softball; handball; ~play tennis together; "
    "tennis match; padel; pickleball; pétanque; petanque; boules; bocce; croquet; ~play basketball; netball; lacrosse",
    "play_sport": "darts; pool table; billiards; foosball; curling; minigolf; ~play golf; fencing; table football",
    "run": "~run laps; ~train for the marathon; morning run; ~run along; ~dash; ~rush to; ~run home; ~run after; "
    "fun run",
    "race": "~go karting; ~go-kart; go kart; go-kart; gokart; karting; soapbox; triathlon; sack race; "
    "egg and spoon race; ~win the race; cross country",
    "workout": "~lift; crossfit; pilates; spin class; zumba; wrestling; taekwondo; aikido; ~do push ups; pull ups; "
    "~go to the gym together; bouldering; climbing gym; climbing wall; gym class; weightlifting; ~train hard",
    "hike": "~climb up; ~hike up; ~walk up; pilgrimage; ~backpack through; ~scramble; nature walk; ~walk the camino; "
    "blisters; ~summit; ~ascend; day hike; mountain hike; ~cross the pass; via ferrata; waterfall hike; hiking",
    "bench_rest": "~sit on the bench; ~sit on the same bench; on a bench; on the bench; on a park bench; "
    "~sit on their bench",
    "toast": "whisky; whiskey; ~drink beer; ~share a beer; ~pour wine; sangria; margaritas; prosecco; pint; pints; "
    "~toast with; "
    "~clink; drinks; bar crawl; pub crawl; clubbing drinks; schnapps; sake; ~raise their glasses; nightcap",
    "explore": "~wander through the woods; ~get lost in the woods; geocaching; mushroom hunting; ~hunt for mushrooms; "
    "~look for mushrooms; ~forage; foraging; ~pick mushrooms; ~discover; ~search for; ~follow the tracks; cave; caves; "
    "zip line; zipline; zip-lining; canopy tour; obstacle course; paintball; laser tag; escape room; maze; corn maze",
    "climb_tree": "~climb the tree; ~climb the apple tree; tree climbing; tree house; treehouse; ~swing from a branch",
    "stroll": "~go for a stroll; promenade; ~walk home; ~walk along; ~walk through; ~take a stroll; ~walk back; "
    "evening walk; morning walk; long walk; ~push the stroller; stroller; ~wander around; ~wander through; ~roam",
    "dog_walk": "dog walking; ~walk the dogs; ~walk dogs; ~walk the puppy; ~walk him; ~take the dog out; "
    "~go out with the dog",
    "fetch": "~catch a frisbee; ~fetch the stick; ~fetch a stick; ~catch the ball; tug of war; ~chase sticks",
    "pet_trick": "~learn to sit; dog show; agility course; training class; puppy class; puppy school; agility; "
    "dog school",
    "animal_play": "~chase its tail; ~chase his tail; ~chase her tail; ~knock over; ~steal a sock; ~chase a mouse; "
    "~pounce; "
    "~play with a ball of yarn; ~chase a squirrel; ~chase squirrels; ~chase pigeons; ~bark; ~wag",
    "animal_rest": "~nap in the sun; ~sleep in the sun; cat nap; catnap; ~doze; ~curl up; ~purr; ~laze",
    "animal_eat": "~eat apples; ~eat the cake; ~lap up; ~nibble; ~graze; ~munch",
    "bathe_pet": "~give her a bath; ~give him a bath; ~bathe the puppy; ~wash the puppy; ~bath the dog; dog bath",
    "feed_animals": "~feed the pigeons; ~feed pigeons; ~feed the lambs; ~feed the rabbits; ~feed the pigs; "
    "~feed the calves; "
    "~feed the giraffes; ~feed the elephants; ~feed the penguins; ~bottle feed; ~feed the birds; ~feed hay; "
    "~feed the donkeys",
    "see_animals": "safari; game drive; ~spot elephants; ~spot lions; ~watch elephants; ~see elephants; ~watch whales; "
    "~see penguins; ~watch the penguins; ~see giraffes; petting zoo visit; ~spot a deer; ~watch the monkeys; "
    "~see lions",
    "ride_horse": "~saddle; ~gallop; dressage; show jumping; riding lesson; riding lessons; rodeo; horse show; "
    "trail ride",
    "pick_fruit": "cherry picking; olive picking; grape picking; blueberry picking; tea picking; orange picking; "
    "fruit picking; "
    "~pick oranges; ~pick olives; olive harvest; ~pick lemons; ~pick peaches; ~pick plums; ~pick tea; "
    "~pick raspberries; ~pick the apples; ~pick tomatoes; rice harvest; harvest festival; ~gather chestnuts; "
    "~gather nuts",
    "garden_work": "beekeeping; ~keep bees; ~harvest honey; honey harvest; ~collect honey; ~water; "
    "~dig in the garden; ~dig potatoes; ~sow; ~sow seeds; ~prune; ~tend; ~plant a garden; "
    "~repot; "
    "~plant tomatoes; ~plant bulbs; ~plant a seed; seeds; ~plant potatoes; ~harvest vegetables; ~trim the hedge; "
    "~plant an apple tree; ~plant sunflowers; ~water the garden; compost; ~grow vegetables; ~plant a sapling",
    "gather_leaves": "~sweep leaves; ~rake; ~kick through leaves; colorful leaves; golden leaves; pile of leaves; "
    "~rake the leaves",
    "kite": "~fly a dragon kite; kite festival; dragon kite",
    "bicycle": "bike tour; cycling trip; bicycle tour; ~pedal; tandem; ~ride a bike through; bmx; ~mountain bike; "
    "mountain "
    "biking; training wheels; ~ride a tricycle; tricycle; ~ride bikes to; ~cycle along; bike rides; unicycle",
    "skateboard": "~skate down; longboard; roller skates; rollerblades; inline skating; roller rink; roller disco; "
    "~ollie",
    "play_tag": "hopscotch; jump rope; ~jump rope; ~skip rope; marbles; ~play house; ~play pretend; ~play outside; "
    "~chase; leapfrog; ~play hide-and-seek; capture the flag; musical chairs; ~romp; ~play in the garden; "
    "~play in the yard",
    "play_toys": "~play with dolls; toy train; toy cars; puzzle pieces; ~play with lego; building blocks; "
    "dollhouse play; "
    "~build a tower; ~play with cars; play dough; playdough; ~play with trains; model train; ~build lego",
    "pillow_fight": "~build a blanket fort; den; ~build a den; pillow forts; blanket forts; ~make a fort",
    "board_game": "pub quiz; quiz night; quiz; trivia; trivia night; monopoly; scrabble; backgammon; bingo; "
    "checkers; ~play "
    "mahjong; dreidel; ~play dreidel; uno; poker; ~play poker; bridge game; ~play checkers; ~play backgammon; "
    "~play bingo; "
    "~play domino; jenga; ~solve a puzzle; ~do a puzzle; dungeons and dragons; ~play games together; role-playing game",
    "read": "~read aloud; ~read stories aloud; ~read the newspaper; newspaper; ~read a novel; ~read poems; poetry; "
    "~read comics; book club; ~read a fairy tale; ~read bedtime stories; magazine; crossword; bedtime stories",
    "guitar": "~play the flute; flute; drums; drumming; ~drum; cello; ~play the cello; accordion; ~play the accordion; "
    "trumpet; saxophone; harmonica; ukulele; band; rock band; orchestra; ~sing carols; carols; caroling; "
    "~sing lullabies; "
    "open mic; ~play songs; ~play the drums; ~practice the piano; ~practice violin; banjo; ~sing a song; "
    "sing along; bagpipes",
    "dance": "clubbing; ~go clubbing; rave; ~go dancing; ~dance all night; waltz; ~waltz; flamenco; bachata; "
    "swing dancing; square dance; line dancing; ballroom dancing; "
    "~dance barefoot; ~dance in the kitchen; ~dance in the rain; hip hop; breakdance; ~dance to; polka; ~dance around; "
    "folk dance; belly dance; samba; dancing lesson; hora; ~dance the hora; garba; dandiya; conga line; slow dance",
    "movie": "film; ~watch films; ~watch a series; netflix; cartoons; ~watch cartoons; ~watch the game; "
    "~watch football; "
    "football on tv; drive-in; ~watch old movies; ~binge; documentary night; ~watch the news; slideshow; "
    "~watch the final",
    "bedtime": "~be in bed; in bed by; in bed at; bed by; bed at; lights out; asleep by; asleep at; asleep before; "
    "~turn in; ~tuck in; ~go to bed; ~go to sleep; bedtime; good night; ~say good night; bedtime routine; "
    "~say goodnight",
    "nap": "asleep; siesta; ~doze off; ~fall asleep on; power nap; ~sleep in late; ~sleep late; "
    ""
    "~rest in a "
    "hammock; ~oversleep; ~take a siesta; fast asleep; ~drift off",
    "wake_up": "alarm; alarm at; alarm rings; ~set the alarm; alarm clock; ~stretch and yawn; ~yawn; ~wake; "
    "~brush her teeth; ~brush his teeth; ~get out of bed; "
    "morning routine; ~rise early; ~wake up late; ~wake up early; ~shower; shower; ~shave",
    "pack": "~pack her bag; ~pack his bag; ~pack a bag; ~pack up; ~pack a suitcase; ~pack the bags; ~pack lunches",
    "move_in": "~move out; ~move house; ~move to; moving van; movers; ~unpack boxes; ~pack boxes; empty apartment; "
    "~furnish; ~assemble furniture; flat pack; ~paint the nursery; ~carry furniture; new keys; ~get the keys",
    "chores": "~fix the roof; ~paint the fence; ~paint a fence; ~fix a bike; ~paint the house; ~build a shed; "
    "~change a tyre; "
    "~build a wall; ~repair the roof; yard work; ~shovel; ~hang the laundry; ~hang up laundry; ~plough; ~plow; "
    "~make hay; hay; "
    "~stack hay; ~bale hay; ~feed the animals and",
    "housework": "~fold laundry; laundry day; ~iron; ~clean the house; ~clean the windows; spring cleaning; "
    "~wash the windows; "
    "~mop; ~dust; ~vacuum; ~clean the kitchen; ~tidy the room; ~clean the room; ~declutter; ~do the laundry; housework",
    "wash_up": "~wash the dishes; dishes; washing up",
    "craft": "~build a model ship; ~weave; ~crochet; ~embroider; ~quilt; quilting; ~carve; ~paint pottery; "
    "~throw a pot; "
    "~make candles; ~make jewelry; ~make cards; ~make a scarecrow; scarecrow; ~make masks; ~build a kite; "
    "~make a wreath; "
    "wreath; ~repair a watch; ~repair watches; ~build a table; ~build furniture; potter's wheel; clay; "
    "~build a bird feeder; "
    "~tinker; ~fix an old; ~restore; ~build a birdhouse together; ~make a costume; ~sew costumes; "
    "~make paper lanterns; "
    "~make flower crowns; scrapbooking; ~wrap presents; ~wrap gifts; ~dye eggs; ~color eggs; ~paint easter eggs; "
    "rangoli; "
    "~build a boat; ~whittle; henna; mehndi; ~make valentines; ~build a soapbox; soapbox car",
    "paint": "~paint a portrait; ~paint a landscape; ~paint portraits; mural; ~paint a mural; graffiti; canvas; "
    "~paint together; ~finger paint; face paint; ~paint watercolors; life drawing; street art; ~set up her easel",
    "perform": "~audition; audition; auditions; ~dance on stage; concert; ~play a concert; ~play on stage; stage; "
    "rehearsal; curtain; ~sing on stage; "
    "gig; ~play a gig; musical; opera night; school concert; choir concert; dress rehearsal; backstage; "
    "stand up comedy; "
    "circus show; ~juggle; battle of the bands; fashion show; ~tell jokes on stage; dance recital; ballet recital; "
    "nativity play",
    "cheer": "applause; ~cheer on; ~cheer for; standing ovation; ~root for; big applause; ~celebrate the win; "
    "~high five",
    "win": "~win the final; ~win the cup; champions; ~win a ribbon; ribbon; ~win gold; ~lift the cup; first prize; "
    "first place; podium; ~win the tournament; ~win the match; gold medal; ~lift the trophy; ~win the contest",
    "street_music": "concert in the park; ~watch street performers; rock concert; open air concert; folk festival; "
    "carnival parade; pride parade; samba parade; marching band; street festival; summer festival; drum circle; "
    "lantern festival",
    "fireworks": "~set off fireworks; ~light sparklers; ~wave sparklers; light show; drone show; ~watch fireworks from",
    "gifts": "~give presents; ~swap gifts; ~unwrap; ~open her presents; ~open his presents; ~open their presents; "
    "~exchange presents; secret santa; ~open stockings; red envelopes; ~give gifts; ~get presents; ~open a present",
    "decorate_tree": "~put up the tree; ~put up the christmas tree; ~hang ornaments; ~hang stockings; ~hang lights; "
    "~hang lanterns; ~decorate the living room; ~hang decorations; advent calendar; advent wreath; "
    "~pick a christmas tree",
    "egg_hunt": "~hunt eggs; ~look for eggs; ~search for eggs; ~search for easter eggs; ~hunt for easter eggs; "
    "~find eggs; egg rolling; easter basket",
    "light_candles": "~light diyas; diyas; ~light the candle; menorah; ~light sparkling candles; candlelight vigil; "
    "~light a menorah; ~light the hanukkiah; ~light incense; lanterns; ~light a lantern; ~float lanterns; "
    "paper lanterns",
    "trick_or_treat": "~collect candy; ~dress up as; haunted house; haunted houses; spooky house",
    "vows": "~tie the knot; ~swap vows; ~swap rings; rings; ~say their vows; ~get hitched; civil ceremony; "
    "~walk down the aisle; aisle; altar; ~renew their vows; wedding vows; ~exchange their rings",
    "propose": "~say yes; ~pop the question; ~get down on one knee; on one knee; ~propose to; "
    "~go down on one knee; ~pop the question; ring box; engagement ring; ~ask for her hand",
    "bouquet": "~throw petals; petals; ~throw rice; ~throw confetti; ~catch the bouquet",
    "speech": "speeches; ~hold a speech; ~give a toast; best man speech; ~give a talk; ~accept the award; debate; "
    "~read a poem",
    "hug": "~hug goodbye; ~reunite with; ~run into; ~bump into; reunion hug; ~welcome home; ~hug each other; ~pick up",
    "wave_goodbye": "~see off; ~leave home; ~kiss goodbye; last look; ~take leave; ~set off; ~say farewell; ~drop off",
    "baby_care": "~change diapers; diaper; diapers; ~feed the baby; ~swaddle; baby bath; ~push the pram; pram; "
    "nursery; "
    "first smile; first tooth; first word; ~hold the newborn; ~cradle; birth; baby is born; ~take first steps",
    "phone_call": "~video chat; ~video call; ~call his mother; ~call her mother; ~facetime; zoom call; emails; "
    "~answer emails; ~type an email; ~work on her laptop; ~work on his laptop; home office; ~call mom; online meeting",
    "write_postcards": "~write letters; ~write a postcard; ~write in her journal; ~write in his journal; "
    "~write a poem; "
    "~write a diary; ~write a book; ~write; ~journal; love letter; ~write a song",
    "shop": "~go to the market; ~go to the store; ~shop for; ~try on clothes; ~buy a dress; ~buy bread and; antiques; "
    "thrift store; ~buy spices; ~sell flowers; ~buy fruit; ~buy tickets; ~buy presents; ~buy christmas presents; "
    "~sell cookies; "
    "bake sale; lemonade stand; yard sale; garage sale; ~bargain; ~buy pumpkins; ~buy school supplies; ~buy a bicycle",
    "sightsee": "~climb the tower; ~take a tour; city tour; ~explore the ruins; ~visit the castle; ~visit the temple; "
    "~visit temples; ~see the cathedral; ~admire the view; ~explore temples; ~explore the castle; rickshaw ride; "
    "tuk tuk; "
    "bus tour; ~explore the streets; ~tour the castle; tram ride; cable car; gondola lift; ~get lost in the streets",
    "look_art": "~visit the museum; ~look at the paintings; ~tour the museum; vernissage; photo exhibition; "
    "turtles; manta "
    "rays; aquarium visit; mummies; fossils; ~look at fossils; ~look at the sharks; planetarium show; ~see sharks",
    "wait_train": "~miss the train; ~miss the last train; ~miss the bus; ~wait at the station; train delay; "
    "delayed flight; "
    "delay; ~wait for a taxi; security line; airport; gate; bus stop; layover; ~queue; ~wait in line",
    "board_train": "~take the bus; night train; sleeper train; compartment; ~take the last train; ~fly to paris; "
    "~fly out; "
    "~arrive at the airport; plane; airplane; ~take a plane; ~take a taxi; taxi ride; ~land in; steam train; ~commute; "
    "~take the tram; ~catch the bus; ~travel; first flight; ~ride the train; ~drive to the airport",
    "drive": "bus home; bus ride home; ride home; drive home; drive back; long drive; car ride; taxi ride; "
    "uber home; taxi home; ~drive to; ~drive up; ~drive down; ~drive home; ~drive across; ~drive along; flat tire; "
    "campervan trip; vw "
    "bus; ~ride a motorcycle; motorbike; ~ride a motorbike; scooter ride; vespa; ~hitchhike; hitchhiking; "
    "driving lesson; "
    "~drive past; ~break down; drove; ~pack the van; ~load the car; ~fill up the tank; ~wash cars",
    "pitch_tent": "~sleep under the stars; ~camp in; ~camp at; ~camp out; campsite setup; ~set up a tent; "
    "sleeping bags; "
    "~sleep in tents; ~camp by; backcountry camping; wild camping",
    "campfire": "~sit by the fire; ~sit by the campfire; ~sing around the campfire; ~gather around a bonfire; "
    "~make a fire; "
    "~light the bonfire; ~light a bonfire; campfire songs; ~cook over a campfire; ~jump over the fire",
    "cook_outdoors": "~grill sausages; ~grill burgers; ~grill fish; grill; ~have a barbecue; braai; asado; "
    "~grill corn; "
    "barbecues; ~grill them; fish fry; clambake; crawfish boil",
    "stargaze": "~look through a telescope; telescope; ~watch a meteor shower; constellations; ~watch the eclipse; "
    "eclipse; "
    "~watch the moon; full moon; moonrise; aurora; ~see the northern lights; ~watch the northern lights; "
    "shooting star; "
    "~chase the northern lights; ~see the aurora; perseids; moon festival",
    "snow_walk": "snow walk; snowshoe hike; ~snowshoe; dog sled; dogsled; dog sledding; husky ride; ~trudge; "
    "~walk through snow",
    "sled": "~go sledding; toboggan; ~toboggan; ~slide down the hill; ~go sledging; snow tubing; tubing; bobsled",
    "ski": "ski lesson; skis; ski race; cross-country skiing; ~learn to ski; ski lift; chairlift; après-ski; "
    "apres ski; slalom",
    "skate": "~go ice skating; ice hockey; figure skating; ~skate on the lake; ~skate on; ice skates; hockey practice",
    "snowman": "~build snowmen; snow fort; ~build a snow fort; igloo; ~build an igloo; snow sculpture",
    "snowball": "snow fight; ~have a snowball fight; ~play in the fresh snow",
    "sandcastle": "~dig a hole; ~build castles; ~build a sand castle; sand sculpture; ~bury dad",
    "collect_shells": "~search for shells; ~find shells; ~find a shell; rock pools; rockpool; ~find a starfish; "
    "starfish; "
    "~hunt for fossils; ~find seashells; ~find crabs; ~catch crabs; crabbing",
    "fish": "~catch fish; ice fishing; fly fishing; ~catch trout; trout; ~catch her first fish; ~catch his first fish; "
    "~mend nets; nets; ~cast a line; ~haul in nets; ~go crabbing; ~reel in",
    "canoe": "~build a raft; ~kayak down; white water rafting; ~raft; ~canoe down; sup; pedal boat; pedalo; "
    "dragon boat; ~row the boat; "
    "dragon boat race; ~punt; punting; rowing race; paddling",
    "yoga": "breathing exercises; ~do yoga on; sun salutation; ~do tai chi; qigong; yoga class; yoga retreat; "
    "~meditate by",
    "pray": "mosque visit; ~go to church; ~go to the temple; ~go to mosque; ~go to mass; midnight mass; "
    "sunday mass; eid "
    "prayer; service; ~visit a grave; cemetery; ~bring flowers to the grave; funeral; ~light a candle for; "
    "christening; "
    "baptism; first communion; confirmation; bar mitzvah; bat mitzvah; ~pray at; puja; ~read the torah; blessing; "
    "memorial",
    "volunteer": "soup kitchen; food bank; ~hand out food; ~clean up the park; ~plant trees together; fundraiser; "
    "~donate",
    "vet": "~visit the vet; vet visit; ~take to the vet; operation; ~bandage; ~treat; animal clinic; ~examine; "
    "vaccination",
    "wellness": "~relax in the spa; hot springs; hammam; steam bath; ~bathe in hot springs; ~soak in the tub; "
    "hot pools; "
    "thermal baths; face masks; spa day; manicure; ~do each other's nails; jacuzzi; ice bath",
    "haircut": "hairdresser; barber shop; barbershop; ~braid hair; ~braid her hair; ~get a haircut; first haircut; "
    "~dye hair; wedding dress fitting; ~try on the dress; ~fix the tie; ~tie the bows; ~put on makeup; "
    "~get ready together",
    "dress_up": "costumes; costume; ~put on a costume; ~wear costumes; ~put on new clothes; new clothes; "
    "~put on the dress; tutus; ~try on hats",
    "sit_exam": "~take the exam; exams; final exams; driving test; ~pass the exam; job interviews; ~write code; "
    "hackathon; "
    "~pass the test; thesis; deadline; ~give an interview; desk work; ~sign the papers; paperwork; office work; "
    "spelling bee",
    "lesson": "study group; finals; ~cram; ~cram for; ~revise; ~study together; ~study for; ~do math; "
    "~practice spelling; class; classes; science fair; ~go to class; "
    "~do their homework; tutoring; ~attend class; ~teach math; geography; history class; language class; "
    "~learn spanish; "
    "~learn english; ~learn the alphabet; alphabet; ~practise; chemistry; physics; lecture; seminar; driving school; "
    "~learn to read; ~learn to write; parent-teacher; first class; last class; back to school; spelling",
    "graduate": "cap and gown; ~throw their caps; ~get her diploma; ~get his diploma; ~receive her diploma; prom",
    "carry_on": "~open the shop; ~open the bakery; ~sell baguettes; ~sell bread; ~sell honey; ~serve coffee; "
    "~serve drinks; "
    "~serve customers; ~close the shop; ~sell fish; ~sell vegetables; ~deliver mail; ~deliver letters; "
    "~deliver packages; "
    "~work the night shift; night shift; ~treat patients; patients; ~put out a fire; ~sell ice cream; ~sell tickets; "
    "~check out; hotel check-in; ~open early; ~start work; rounds; emergency; ~close up",
    "picnic": "~picnic on; picnic by; ~spread a blanket; picnic under; ~eat watermelon; watermelon; strawberries; "
    "hanami",
    "sunbathe": "~lie on the beach; ~sunbathe by; ~bask; ~lounge; ~lounge by the pool; ~read on the beach; "
    "~apply sunscreen",
    "talk": "~sit; ~rest; ~relax; ~sit down; ~sit together; ~sit on; ~sit around; ~giggle; ~whisper; "
    "~share secrets; ~tell each other; deep talk; ~reminisce; ~joke; ~gossip with; heart to heart; "
    "~have a chat; ~catch up with; ~debate about; ~listen to stories; ~listen to grandpa; ~tell a story; first date",
    "photograph": "~photograph birds; ~take wedding photos; photo booth; ~shoot photos; ~take photographs; ~film; "
    "photobooth; family photo; class photo; family portrait; photo walk; ~snap photos; ~take a group photo; "
    "photos together",
    "viewpoint": "~look out over; ~look down on the valley; observation deck; panorama; ~admire the sunset view; "
    "~see the view",
    "watch_sunset": "~wait for the sunset; ~watch the sun set; ~watch the sun go down; ~admire the sunset; "
    "sunset drinks; "
    "~toast the sunset; sunset picnic; ~enjoy a sunset; sunset view",
    "watch_sunrise": "~watch the sun rise; ~watch the sun come up; ~wait for the sunrise; sunrise hike; "
    "sunrise swim; ~greet "
    "the sunrise",
    "swing": "~ride the roller coaster; rides; ride the rides; teacups; ~ride the swings; bumper boats; "
    "haunted ride; ~bounce; "
    "log flume; ~push on the swing; ~ride the carousel together; tire swing",
    "fair_stall": "~win a teddy bear; ~win a goldfish; shooting gallery; ring toss; pie contest; "
    "pie eating contest; raffle; "
    "~win a stuffed animal; tombola; games booth; county fair; school fair; state fair; village fair",
    "bird_watch": "~watch eagles; ~spot an owl; ~spot birds; binoculars; ~feed hummingbirds; ~watch the cranes; "
    "~spot a fox",
    "carry_bags": "~unload; ~load; ~carry groceries; ~carry the bags; ~haul; ~arrive at the cabin; "
    "~arrive at the hostel",
    "adopt": "~bring home the puppy; ~bring the puppy home; ~bring the kitten home; ~pick up the puppy; "
    "~choose a puppy; "
    "~choose a kitten; ~find a kitten; ~find a puppy; ~rescue a dog; ~rescue a kitten; ~foster",
    "rainbow": "double rainbow; ~spot a rainbow",
    "skip_stones": "~skim stones; ~skip pebbles; ~throw pebbles",
    "puddles": "~jump in a puddle; puddle jumping; ~stomp in puddles; rubber boots; wellies; umbrellas; ~get soaked",
    "bubbles": "~make bubbles; bubble machine; ~chase bubbles; magic tricks; balloon animals",
    "taste_fruit": "~eat a mango; mangoes; fresh fruit; ~try fruit; ~taste olives; olives; ~sample; ~taste cheese",
    "smell_flowers": "~admire the flowers; ~smell roses; blossoms; tulips; roses; ~watch the blossoms; ~see the tulips",
    "pick_flowers": "~pick wildflowers; ~gather flowers; ~pick tulips; ~pick sunflowers; ~pick lavender; "
    "~pick daisies; "
    "daisies; ~weave flower crowns; poppies",
    "build_model": "~build robots; robotics; ~launch a rocket; rocket; ~build a volcano; ~build a drone; "
    "telescope building",
    "look_album": "yearbook; yearbooks; photo album; home videos; ~flip through; ~look through the album; old letters",
}
