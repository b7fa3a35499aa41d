"""Words that decide whether a capitalised word is somebody's name. Invented for the desk; extend freely."""

from __future__ import annotations

GIVEN_NAMES = frozenset(
    """
    aaron abdul abigail adam adrian agnieszka ahmed aidan aisha alan alex alexander alexandra alfie ali alice alison
    amanda amber amelia amina amir amy andrea andrew andy angela anita ann anna anne anthony antonio archie arthur asha
    ashley barbara barry beatrice becky ben benjamin beth bethany bilal brenda brian bridget bruce callum carl carol
    caroline catherine charles charlie charlotte chloe chris christine christopher claire colin connor craig daisy
    daniel danielle darren dave david dawn dean deborah debbie declan denise dennis derek diana diane dominic donna
    doreen dorothy douglas duncan dylan eddie edward eileen elaine eleanor elizabeth ella ellie emily emma eric erin
    ethan evie fatima fiona florence frances francis frank fred freddie gareth gary gavin gemma geoffrey george georgia
    gerald gillian glenn gordon graham grzegorz hannah harriet harry hassan hayley heather helen henry holly hugh hussain
    ian ibrahim imran iqbal irene isaac isabella isla isobel ivan jack jackie jacob jade jake jamal james jamie jane
    janet janice jason jayne jean jeff jennifer jenny jeremy jessica jill jim jimmy joan joanna joanne joe joel john
    jonathan jordan joseph josh joshua joyce judith julia julian julie kamal karen kate katherine kathleen katie kayleigh
    keith kelly ken kenneth kerry kevin khalid kieran kim kirsty kyle laura lauren leah leanne lee leo leon leslie lewis
    liam linda lisa logan louis louise lucas lucy luke lynn maisie malcolm marcus margaret maria marie marion martin mary
    mateusz matt matthew maureen max megan mehmet melanie melissa michael michelle mike millie mohammad mohammed molly
    monica muhammad nadia naomi natalie natasha nathan neil nicholas nicola nigel noah nora oliver olivia omar oscar owen
    pamela patricia patrick paul pauline penny peter phil philip phoebe poppy priya rachel raj rajesh ralph ravi raymond
    rebecca reece rhys richard rita robert roger ronald rory rosemary ross roy ruby russell ruth ryan sally sam samantha
    samira samuel sandra sara sarah scott sean sebastian shannon sharon shaun sheila shirley simon sofia sonia sophia
    sophie stacey stan stanley stephanie stephen steve steven stuart sue susan suzanne sylvia tanya tara terence teresa
    terry thomas tim timothy tina toby tom tommy tony tracey tracy trevor tyler valerie vanessa vera veronica vicky
    victoria vincent wayne wendy yasmin yusuf yvonne zac zachary zara zoe
    """.split()
)
"""Given names common in England and Wales that are seldom anything else. "Mark", "Rob", "Grace", "Bill", "May", "Rose"
and "Will" are left out: they are taken only where the context says they are names."""

NOT_NAMES = frozenset(
    """
    a about act action additional additionally adult advice after all also am an and any april are arrest assault asked
    at august authority avi bail ball balance british burglary but by cancel cancelled cancellation can cannot caution
    ccb ccTV cctv charge charged child class code college community complete completely confirmed controlling council
    counting court cps crime crimes criminal crown cri damage dangerous ddm dead december declined declines delay denies
    designated did didn didn't distress does doesn doesn't doing domestic don don't drunk during e electric england
    english european evidence ex false family fcr february force found fraud friday from gave given going got guidance
    guilty had harassment hasn has have he her here him his home hospital hospitalised house how hurt i if in
    incident injured inspector intoxicated is isn it its january july june just kent know known leaving left like list
    london male man manchester march may met mental missing modern monday money more must my n national need never new
    nhs no non none nor not notifiable november now october of off offence offences office officer old on one only or
    order other our out outcome own partner pc phone police policing possession post protection public punched
    pursued rape recorded recording refused refuses refusing registrar report reported reporting reports retracted robbery
    rule rules safe said same saturday saw say saying says scotland section september serious service sexual she
    should so some someone statement still street sunday supports suspect theft than that the their them then there these
    they this thursday to today told trying tuesday two under unhappy united uk unknown unwilling upset up vic victim
    victims violence wales wales's want wanted wants was wasn we wednesday well west westmarch wet when where which while who
    why will willing with without witness won won't would yesterday you young your yes herts hertfordshire met
    home-office hocr ncrs nsir nfa ptsd sarc marac mash btp niche athena school schools protocol section outcome outcomes
    theft crime-related finished principal standard misuse computer drugs drug stalking coercive behaviour s who's
    what's what facebook instagram snapchat whatsapp tiktok twitter amazon ebay tesco asda sainsbury sainsburys boots
    aldi lidl co-op christmas easter bmw ford audi iphone samsung apple google romania romanian polish poland spain france
    prosecution honour based so-called custody chief constable superintendent commissioner
    jan feb mar apr jun jul aug sep sept oct nov dec spring summer autumn winter
    french spanish irish ireland northern welsh scottish muslim christian jewish sikh hindu asian black white
    """.lower().split()
)
"""Words that are not names even with a capital letter: words of the rules, days, months, places, makes."""
