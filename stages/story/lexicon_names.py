"""First names of people and of pets: those that are given, and more that are only recognised."""

from typing import Final

from .lexicon_places import split_list

MORE_PET_NAMES: Final = split_list(  # known in lower case behind "my dog", and never given
    "bella; max; charlie; milo; buddy; rocky; bear; duke; toby; cody; buster; cooper; riley; molly; daisy; lola; "
    "sadie; lucy; "
    "maggie; sophie; chloe; bailey; zoe; lily; ruby; rosie; roxy; gracie; nala; stella; penny; ellie; coco; willow; "
    "princess; "
    "shadow; oreo; smokey; tiger; simba; felix; misty; patches; boots; socks; whiskers; mittens; snowball; cleo; "
    "salem; loki; "
    "thor; apollo; zeus; odin; rex; fido; rover; spot; lassie; ranger; gizmo; ollie; teddy; murphy; archie; finn; "
    "winston; "
    "louie; bentley; diesel; hank; moose; otis; peanut; cookie; brownie; caramel; mocha; latte; noodle; pretzel; "
    "bagel; taco; "
    "nacho; churro; sushi; miso; ramen; panda; koda; kona; aspen; sierra; dakota; phoenix; pluto; comet; cosmo; "
    "nova; sasha; "
    "balto; laika; benji; chip; chewie; yoda; leia; frodo; bilbo; gandalf; pippin; merlin; arya; hachi; kuro; momo; "
    "pepe; paco"
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
    "Ada Ida Uma Pia Mina Edie Romy Lale Greta Agnes Noor Elif Thaís Thais Yara Skye Adwoa Amara Divya Asha "
    "Meera Abena "
    "Marisol "
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
    "Maren Tess Dana Fatma Nele Zara Anika Sara Dolores Sofía Luna Emilia Frida Hedda Klara Katrin Birgit "
    "Renate Silke Anke Teresa Daniela Gabriela Fernanda Carolina Ximena Guadalupe Consuelo Federica Paola "
    "Silvia Amelie Lea Aurelie Margaux Genevieve Hanako Naoko Huong Isha Neha Shreya Radha Sita Ayse Emine "
    "Merve Dina Nadine Hala Rasha Masha Anastasia Polina Oksana Kinga Magda Eszter Ilona Dorottya Jelena "
    "Milica Vesna Nia Chidinma Zuri Makena Tomasina Nkechi Siti Putri Dewi Maribel Luz Tallulah Bonnie Dolly "
    "Loretta Doris Dorothy Gertrude Mildred Ethel Edna Winnie Millie Tilly Daphne Cleo Juno Odette Colleen "
    "Deirdre Aoife Saoirse Ciara Orla "
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
    "Rafa Walt Earl Kev Cal Wes Gus Jun Lu Dev Kabir Kwame Mateo Rohan Emil Ty Fitz Tariq Bilal Yusuf "
    "Joseph Julian Julius Keith Ken Kenneth Kyle Lance Larry Lawrence Leonard Lewis Lloyd Louie Marcus Mark Martin "
    "Marvin Maurice Mitchell Mo Neil Nigel Norman Oliver Oscar Owen Percy Perry Pete Phil Quentin Ralph Ray Raymond "
    "Reuben Rex Rhys Rick Roger Roland Ronald Ross Roy Rupert Russell Samuel Seamus Sean Seth Shane Sidney Silas Stan "
    "Stanley Stuart Sylvester Terry Tobias Toby Todd Travis Trevor Tyler Vernon Victor Vincent Wayne Wesley Wilbur "
    "Amir Ruben Ciro Gennaro Piet Youssef Mahmoud Tarek Nabil Rami Ziad Cem Burak Kemal Oskar Axel Gustaf "
    "Pieter Willem Joris Bram Daan Paolo Pietro Franco Dario Fabio Alejandro Manuel Francisco Raul Felipe "
    "Rodrigo Esteban Gonzalo Julio Cesar Armando Luc Jean Jacques Olivier Mathieu Remy Etienne Hiroshi "
    "Takeshi Sota Jie Rohit Aditya Karan Nikhil Manoj Igor Vladimir Nikita Maxim Artem Bogdan Jakub Kacper "
    "Zoltan Istvan Bence Goran Marko Luka Budi Agus Koa Noel Rory Declan Cormac Eoin Fergus Hamish Callum "
    "Alistair Iain Desmond Leroy Tyrone Darnell Malcolm Clifford Bertie Alfie Freddie Ernest Cecil Wilfred "
    "Horace "
    "Wyatt Zach Zane Teo Kwabena Sipho Thabo Mandla Ousmane Mamadou Teddy Winston Oleg Yuri Anders Bo"
)
