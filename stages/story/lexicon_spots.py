"""More nouns for places, by the environment kind that draws them."""

from typing import Final

PLACE_WORDS: Final[dict[str, str]] = {
    "park": "arboretum; playing field; football football field; soccer field; soccer pitch; baseball field; "
    "golf course; "
    "tennis court; basketball court; village green; nature reserve; running track; sports field; "
    "picnic area; pitch; "
    "polo field; cricket ground; ball park; ballpark; bandstand",
    "playground": "skate park; trampoline park; circus tent; luna park; village fair; county fair; state fair; "
    "school fair; sandpit; "
    "sandbox; water playground; indoor playground; street fair; big top; adventure park; bouncy castle park; "
    "christmas fair",
    "beach": "seaside resort; ocean shore; sandbank; surf spot; coral reef; reef; tropical island; tide pools; "
    "beachfront; "
    "black sand beach; beach bar; the deep sea; underwater; atoll",
    "harbor": "fishing boat; ferry terminal; boat; cruise ship; deck of the ship; fishing port; boathouse; "
    "shipyard; ferry "
    "dock; yacht; sailboat; fish market harbor; breakwater; canal boat",
    "forest": "bamboo forest; pine forest; birch forest; clearing; forest path; forest floor; tree house; cave; caves; "
    "hollow tree; under a tree; cloud forest; spruce forest; autumn forest; mangroves; fir forest; deep woods; "
    "cabin in the woods",
    "mountain": "mountain peak; base camp; gorge; ravine; mountain village; plateau; crater; "
    "mountain meadow; "
    "alm; mountain pass trail; overlook; waterfalls; caldera; sierra; mountain range; the trail; trail; "
    "hiking trail; ledge",
    "lake": "lagoon pool; fish pond; mountain lake; river boat; river bed; outdoor pool; hotel pool; public pool; "
    "infinity "
    "pool; backyard pool; geyser; onsen; hot tub; swimming hole; waterhole; watering hole; moat; dam; weir",
    "meadow": "rice field; rice fields; rice paddies; rice terraces; corn field; cornfield; wheat field; "
    "poppy field; steppe; "
    "tea plantation; plantation; plains; moor; heath; hay field; lavender fields; sunflower fields; "
    "olive grove; "
    "under a baobab tree; savannah plain; hayfield; tundra; flower meadow; alpine meadow; bog; marsh; wheat fields",
    "desert": "salt flats; salt flat; badlands; dune; wadi; desert camp; gobi; kalahari; red rocks",
    "snowfield": "snowy park; snowy street; snowy meadow; ski lodge; piste; igloo; ice cave; north pole; "
    "antarctica; snowy "
    "woods; snowy backyard; frozen pond; snow covered forest; ice floe; ski hut; sledding hill; hockey rink",
    "campsite": "tent; scout camp; base camp; trailer park; yurt; festival grounds; festival campsite; "
    "camping site; bivouac",
    "road": "parking lot; truck stop; petrol station; garage door; freeway; motorway; dirt road; mountain road; "
    "roadside; "
    "crossroads; tunnel; car park; scenic route; bus; tour bus; in the car",
    "city_street": "balcony of the hotel; promenade; pedestrian zone; alleyway; bus stop; courthouse; city hall; "
    "town hall; "
    "embassy; police station; fire station; red carpet; stage; jazz club; disco; street corner; town center; "
    "town centre; "
    "city center; city centre; boulevard; underpass; the bronx; harlem; soho; suburb; suburbs; cul-de-sac; crosswalk; "
    "wall street; skyscraper; construction site; business district; karaoke bar; football stadium; grandstand; "
    "dance floor",
    "old_town": "pagoda; pyramid; pyramids; the pyramids; ancient ruins; amphitheater; amphitheatre; abbey; "
    "basilica; citadel; "
    "wat; stupa; gurdwara; kasbah; riad; windmill; windmills; cloister; cemetery; graveyard; pilgrim church; "
    "village square; "
    "town colonial town; medieval town; manor; mansion; country house; hill town; mountain town; "
    "historic district; "
    "tower; clock tower; obelisk; village street; shrine gate; country inn; courtyard of the castle; lighthouse museum",
    "market": "hardware store; toy store; toy shop; flower shop; florist's; candy store; sweet shop; butcher shop; "
    "butcher's; "
    "record store; record shop; garden center; garden centre; thrift shop; boutique; mall shop; spice market; "
    "antique shop; "
    "antique market; fruit stand; farm stand; corner shop; pet shop; pet store; gift shop; cheese shop; bike shop; "
    "floating "
    "market; grand bazaar; vegetable market; flower stall; market hall; market square; department store; "
    "shopping mall; "
    "shopping center; dress shop; bridal shop; tailor shop; barber shop; barbershop; hair salon; salon; vintage shop; "
    "pharmacy; stall; market stall; food stall; ramen stall; outdoor market; laundromat; kiosk; tattoo studio; "
    "food court",
    "farm": "stall barn; hay barn; cowshed; pig pen; sheep farm; dairy farm; horse farm; vegetable farm; stud farm; "
    "corral; "
    "paddock; riding school; alpaca farm; wildlife park; wildlife sanctuary; sanctuary; shelter; dog shelter; "
    "cat shelter; "
    "beehive; beehives; hen house; tree farm; christmas tree farm; berry farm; hayloft; riding stable; aviary; "
    "pasture farm",
    "kitchen": "pizza oven; cookery school; soup kitchen; community kitchen; restaurant kitchen; pantry; cake shop; "
    "bakehouse; "
    "food truck; grandma's kitchen; bakery shop; chocolate factory; kitchenette; breakfast table; mess hall",
    "living_room": "clubhouse; community centre; club house; tv room; basement; family room; playroom; garage; "
    "guest house; townhouse; loft; loft apartment; holiday "
    "home; homes; rented house; summer house; tiny house; retirement home; nursing home; care home; care center; "
    "clinic; "
    "doctor's office; vet's office; vet clinic; spaceship; rocket ship; waiting room; hallway; corridor; "
    "hospital corridor; "
    "office building; newsroom; recording studio; garage workshop; yoga studio; climbing gym; bouldering gym; "
    "sports hall; "
    "gymnasium; ice cream factory; factory; warehouse; carpentry shop; parish hall; village hall; youth center; "
    "youth club; "
    "student dorm; dorm; dorm common room; shared flat; sauna; martial arts studio; boxing gym; bowling alley; "
    "arcade; spa; "
    "maternity ward; delivery room; operating room; fire place; hearth; by the fire; couch corner; rec room; "
    "sun room; home "
    "office; ballet studio; farmhouse kitchen living room; mosque hall; wood cabin; winter hut; "
    "grandparents' house; escape room",
    "bedroom": "his room; her room; my room; their room; our room; own room; dorm room; bathroom; bathtub; bath; "
    "nursery crib; crib; bunk bed; bunk beds; hostel; tent bed; "
    "guest room; "
    "children's room; kids' room; hotel suite; sleeping car; cabin bed; wardrobe; motel room; airbnb; "
    "backstage; "
    "attic bedroom; inn; bed and breakfast; ryokan; four poster bed",
    "cafe": "smoothie bar; snack bar; coffee bar; milk bar; ice cream shop; ice cream parlour; ice cream stand; "
    "bubble tea shop; donut shop; "
    "sandwich shop; canteen; cafeteria; internet cafe; cat cafe; juice bar; breakfast place; brunch place; deli; "
    "creperie; "
    "street cafe; sidewalk cafe; corner cafe; bagel shop; noodle bar; fast food restaurant; burger joint; dessert bar",
    "restaurant": "pub quiz; quiz night; trivia night; happy hour; wine tasting; beer tasting; karaoke; karaoke night; "
    "beer garden; bierhalle; seafood restaurant; rooftop restaurant; ramen shop; ramen bar; taqueria; taverna; "
    "osteria; cantina; grill house; curry house; dinner table; ball room; wedding hall; reception hall; "
    "function room; irish "
    "pub; cocktail bar; dim sum restaurant; noodle shop; hotel bar; brasserie; steak house; beach restaurant; "
    "dumpling house; "
    "wine cellar; cellar; distillery; biergarten; sushi restaurant; italian restaurant; indian restaurant; "
    "bbq joint; gastropub",
    "classroom": "nursery school; middle school; school hall; school auditorium; auditorium; science lab; art room; "
    "school "
    "library; exam hall; school cafeteria; language school; dance school; sunday school; computer lab; "
    "school stage; graduate "
    "school; boarding school; ballet school; driving school; village school; ballet class; chess club; art school; "
    "academy",
    "museum": "art fair; sculpture garden; book fair; bookshelf library; concert stage; ballet; symphony hall; "
    "film festival; "
    "historic museum; train museum; air museum; space museum; wax museum; theatre stage; observatory; archive; "
    "reading room; "
    "puppet theater; puppet theatre; movie theatre; drive-in theater; theater stage; comedy club; the movies; "
    "auction house",
    "station": "airport; train station; bus station; railway station; subway; metro; metro station; subway station; "
    "platform; "
    "train; airplane; plane; terminal; night train; sleeper train; train compartment; tram; departure hall; gate; "
    "bus terminal; "
    "central station; train platform; cable car station; heliport; baggage claim",
}
