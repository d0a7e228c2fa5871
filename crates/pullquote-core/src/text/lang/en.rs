//! English.

use super::{
    Abbreviations, AboutLists, FollowUpLists, Lang, PaddingLists, PresentLists, Respelling,
};
use frostem::Algorithm;
use std::borrow::Cow;
use whatlang::Lang as Detected;

pub(super) const LANG: Lang = Lang {
    code: "en",
    detected: Detected::Eng,
    stemmer: Some(Algorithm::English),
    respelling: Some(Respelling {
        before_stemming: respelled,
        after_stemming: american_stem,
    }),
    irregular_forms: include_str!("en_irregular.txt"),
    related_words: include_str!("en_related.txt"),
    function_words: "\
        who whom whose what which when where why how \
        whats whos wheres hows wat wut \
        is are was were do does did \
        can could would should shall may might must will \
        dont doesnt didnt isnt arent wasnt cant wont wouldnt couldnt shouldnt havent hasnt hadnt aint \
        thats heres theyre youre hes weve youve theyve itll youll theyll theres goin doin \
        im ive gonna wanna u ur r us \
        much many also there maybe \
        anyone anybody someone somebody \
        tell explain mean means meant meaning define definition \
        please pls plz pliz thanks thank thx ty tysm \
        hi hey hello hiya yo bye goodbye bro dude guys \
        yes yeah yep nope nah ok okay \
        lol lmao lmfao rofl haha hahaha hehe hmm huh wow yay \
        omg wtf idk tbh imho btw cool nice",
    question_words: "\
        who whom whose what when where why which how is are was were does do did can could should would \
        will has have",
    padding: PaddingLists {
        words: "\
            hey hi hello hiya yo sup guys guy folks everyone everybody all yall people peeps team friends \
            friend fam man dude bro sis mate buddy mods mod admins morning afternoon evening day night good \
            great nice fine happy quick question questions q help helping helps advice hint hints tip pointers \
            clue luck idea ideas answer answers reply replies replys respond response ping sorry apologies \
            apologize excuse forgive wrong right place channel room server ask asking asked wondering wonder \
            curious thanks thank thx ty tysm tyty cheers appreciate appreciated apreciated appreciation \
            advance kind regards love lots heaps bunch please pls plz urgent urgently asap emergency soon \
            quickly fast rush hurry time times minute minutes min mins hour hours days week weeks month ages \
            while long longer yesterday today tonight tomorrow now already still again first second third last \
            new newbie noob noobs beginner lurker member dumb stupid silly obvious basic simple desperate \
            stuck lost confused confusing frustrated frustrating annoyed tired crying cry dying mind minds \
            crazy insane losing lose loosing hate hating trying try tried tries googled google googling \
            searched search searching looked looking look found find finding nothing anything something \
            everything nowhere everywhere random stuff things thing work works worked working understand \
            understood get getting got make sense figure figured know knows knew known knowing else idk tbh \
            lol lmao haha hehe rn fr ngl imo btw afaik ok okay well anyway anyways basically so tldr tl dr \
            bump seriously actually really total totally pretty kinda sorta dunno lemme thru bit little lot context point \
            direction elsewhere somebody someone anyone anybody nobody whoever reads read reading hope \
            hopefully hoping wish seem seems say said see seen let come came want wanted gonna feel feels \
            feeling believe guess think thought maybe perhaps likely sure native speaker english grateful \
            patience patient gentle bear explain explained explains explanation tell told share shot joke jk \
            kidding serious though tho but and or done going goes here there im ive id ill dont didnt doesnt \
            cant wont isnt its thats whats greetings heya howdy hullo welcome legend legends kudos bless \
            blessed hugs beer coffee tea lunch dinner breakfast weekend monday tuesday wednesday thursday \
            friday saturday sunday late early sleep sleeping asleep awake exhausted fried brain head hair kid \
            kids son daughter wife husband girlfriend boyfriend mom mum dad brother sister boss coworker cat \
            dog typo typos autocorrect grammar spelling forever wits end rage throw window ugh argh meh sigh \
            pfft noone nope nada zilch fail failed failing weird odd strange wtf hopeless kindly sincerely \
            respectfully sir madam pal fellas lads ladies gentlemen gang homies community experts expert \
            wizards wizard gurus guru pros pro nerds geniuses genius smart smarter soul saint hero lifesaver \
            saver life owe cookies cookie karma pinged tag tagged lurking lurked posting posted joined \
            disclaimer background story short rant rambling wall hold holding warning ahead obviously \
            apparently somehow suck sucks stupidly mad sad glad excited worried nervous scared embarrassed \
            ashamed reddit youtube forum forums stackoverflow chatgpt internet web page pages scrolled \
            scrolling faqs tutorials videos ton tons half whole entire literally basicly quite super deadline \
            meeting presentation school class homework exam teacher nights hrs sec secs ago since until \
            suppose supposedly honest honestly truth heart world best worst better worse amazing awesome \
            brilliant lovely cool typing keyboard mobile bus train couch bed laptop older younger grandma \
            grandpa busy free spare moment moments bother bothering disturb interrupt interrupting mean means \
            rude annoying pain hell heck damn dang crap shit fuck fucking freaking bloody god gosh jesus \
            christ plss pleaseee plsss thanksss thankyou thanx tnx thnx tq cya bye later peace luv xx xoxo sry \
            srry soz probably completely absolutely definitely tyvm nvm nevermind edit docs doc documentation wiki \
            manual checked checking restarted rebooted reinstalled helped useful relevant related mentioned \
            wassup whatsup heyo ello oi ahoy hai hola aloha bonjour salut moin servus ciao danke merci \
            gracias arigato um umm uhm erm oh ah eh wait waiting forget forgot remember brb gtg ttyl gn \
            gm hmu pressure judge judging alert real out around clueless same took take wake woke up repost \
            reposting crosspost crossposting cross answered being tia ofc xd xdd uwu owo yoo ayo aye mates \
            bois boys girls lovelies peoples humans lil ol spam spamming spammed flood necro derp facepalm \
            shy scatterbrained blind blonde overlooked missed missing mistaken interrupted curiosity \
            wonderful fantastic perfect awful terrible horrible rough tough hectic",
        pleas: "anyone anybody someone somebody everyone everybody whoever help helps helping know knows idea ideas clue advice tip tips luck hint hints pointer pointers thoughts suggestions suggestion here there quick quickly real out around",
        interrogatives: "how what whats where wheres when why who whos which",
        joiners: "and also plus",
        openers: "\
            sorry thanks thank thx ty tyty tysm tyvm cheers pls plz please asap hope hopefully anyway anyways lol btw \
            tbh already been idk ive im appreciate any but so",
    },
    amount_words: "\
        zero one two three four five six seven eight nine ten eleven twelve dozen twenty thirty forty \
        fifty sixty hundred thousand million billion half quarter third once twice thrice single double \
        triple couple pair both none no never nothing any all every each always daily weekly monthly \
        yearly hourly annually several few many most unlimited free",
    amount_questions: "\
        how many|how much|how old|how long|how far|how tall|how high|how deep|how big|how large|how wide|\
        how often|how fast|how heavy|how expensive|how early|what percentage|what number|which number|\
        what is the number of|whats the number of|what max|what port|which port",
    time_questions: "\
        when|since when|until when|how soon|what year|which year|what time|what date|what day|which day",
    time_words: "\
        january february march april may june july august september october november december monday \
        tuesday wednesday thursday friday saturday sunday weekday weekdays weekend today tomorrow yesterday \
        tonight noon midnight morning afternoon evening night day days week weeks month months year years \
        hour hours minute minutes moment decade century spring summer autumn fall winter christmas easter \
        now soon later currently recently ago already yet immediately after afterwards before once until till \
        since during while when whenever if upon start end",
    greetings: "brb|afk|gg|good bot|bad bot|nice bot|stupid bot|useless bot",
    about: AboutLists {
        ignored: "\
            is are was were did does do the a an please can could would you me s whats what's there to",
        pointers: "\
            this that it article articles text story page document piece post column one here full \
            original whole complete online more",
        author: "\
            who wrote *|who author of *|who author|author of *|who authored *|who written by *|\
            who writer of *|who by *|written by who",
        date: "\
            when * published|when published *|when * written|when wrote *|when * come out|when * from|\
            publication date of *|date of *|what date of *|how old * article|when * posted",
        publisher: "\
            what newspaper * from|which newspaper * from|what paper * from|what magazine * from|\
            what site * from|what website * from|what publication * from|which publication * from|\
            who published *|where * published|where * from|what newspaper *|which newspaper *|\
            publisher of *|what source of *|source of *",
        source: "\
            where i read *|where read *|where i find *|link to *|link *|url of *|what url of *|what link *|\
            where original *|address of *",
        gist: "\
            what * about|what in *|what main argument of *|what main argument *|main argument of *|\
            what main point of *|what main idea of *|what key points of *|what key points *|\
            key points of *|key points *|main points of *|what main points of *|summarize *|summarise *|\
            summary of *|summary *|tldr *|tldr of *|tl dr *|tl dr of *|give summary of *|give summary *|\
            give gist of *|gist of *|gist *|what gist of *|sum up *|what author argue *|what point of *|\
            what conclusion of *|what * say",
        length: "\
            how long *|how many words * have|how many words in *|how many words *|length of *|\
            how long * take read|how long read *|reading time of *",
        articles: "\
            what articles have|which articles have|what articles|which articles|list articles|\
            list all articles|list of articles|what know about|what know|what topics cover|\
            what topics know|show articles|show all articles|what documents have|what knowledge have",
        help: "\
            what i ask|what should i ask|what i ask about|what you|who you|what able|how you work|\
            how i use|how i ask|what your purpose|commands|you bot|you ai|you robot|you human|you real|\
            you chatgpt|you gpt|who made you|who created you|who built you",
    },
    present: PresentLists {
        ways: "how why where which",
        now: "\
            now|right now|currently|today|tonight|atm|rn|at the moment|this evening|this morning|yet",
        be: "\
            is are isn isnt isn't aren arent aren't be was were anyone anybody everyone somebody someone",
        states: "down up offline online lagging laggy unreachable dead back",
        places: "here there around awake afk",
        anybody: "anyone anybody somebody someone",
        rules: "to possible allowed able required supported how mode",
        around: "\
            for any anyone anybody everyone everybody else me you us again right now currently today still \
            just already also too or it only the on in",
    },
    follow_up: FollowUpLists {
        interjections: "ok okay k kk ah oh hm hmm so cool nice great thanks thx ty",
        openers: "\
            and what about|and how about|what about|how about|and|but|or|same for|same with|same on|same in|and same for",
        prepositions: "on for with in at without from to under during after before by of about",
        pronouns: "it its that this they them their those these he she him her there one",
    },
    bylines: "by",
    help_words: "help",
    back_references: "\
        he she it they his her its their this these those that such but however therefore thus hence \
        instead moreover furthermore also so both",
    forward_references: "below following",
    abbreviations: Abbreviations {
        before_name: "\
            adm amb approx brig capt cf cmdr col dr e.g excl gen gov hon i.e incl lt maj mr mrs ms mt mx pres prof \
            rep reps rev sen sens sgt st supt v vs",
        before_number: "\
            app apr art aug c ch dec eq feb fig figs fri jan jul jun mar max min mon no nos nov oct p pp ref s sat \
            sec sep sept sun thurs tues vol wed",
        anywhere: "a.m al ave blvd bros co corp dept esq est etc ft inc jr ltd p.m ph.d u.s",
    },
    sentence_starts: "\
        a after all also although an and as at because before but by during each for from he her his \
        however i if in it its many most my no on one other our she since so some such that the their there \
        these they this those though to under until we what when where while who with you",
    dotted_ordinals: false,
    spaces_between_syllables: false,
    accents_tell_words_apart: false,
};

/// A word as the stemmer needs it: a plural abbreviation without its `s`, or an American spelling.
fn respelled(folded: &str) -> Cow<'_, str> {
    match abbreviation(folded) {
        Some(abbreviation) => Cow::Borrowed(abbreviation),
        None => american_word(folded),
    }
}

/// What a plural abbreviation is the plural of: `dms`, `npcs`, `gpus`. The stemmer takes an `s` only from what has a vowel
/// before its last letter.
fn abbreviation(folded: &str) -> Option<&str> {
    let head = folded.strip_suffix('s')?;
    let consonants = head.strip_suffix("pu").unwrap_or(head);
    let is_consonant = |letter: char| letter.is_ascii_lowercase() && !"aeiouy".contains(letter);
    let is_abbreviation =
        head.len() >= 2 && !head.ends_with('s') && consonants.chars().all(is_consonant);
    (is_abbreviation && !consonants.is_empty()).then_some(head)
}

/// The American spelling of words with `our`: labour, neighbourhood, honourable; not four, your, flour, source.
fn american_word(folded: &str) -> Cow<'_, str> {
    match folded.split_once("our") {
        Some((head, tail)) if head.len() >= 3 => Cow::Owned([head, "or", tail].concat()),
        _ => Cow::Borrowed(folded),
    }
}

/// Ends of stems, British and American.
const STEM_ENDS: [(&str, &str); 7] = [
    ("is", "iz"),    // organis-e
    ("ys", "yz"),    // analys-e
    ("enc", "ens"),  // defenc-e
    ("tre", "ter"),  // theatre (the stemmer keeps its e)
    ("tr", "ter"),   // centr-e
    ("logu", "log"), // catalogu-e
    ("programm", "program"),
];

/// A stem in American spelling. The stems of questions and of articles both pass through here, so a rule may change
/// a word that it was not made for as long as different words stay different.
fn american_stem(stem: Cow<'_, str>) -> Cow<'_, str> {
    if stem.len() < 5 {
        return stem;
    }
    for (british, american) in STEM_ENDS {
        if let Some(head) = stem.strip_suffix(british) {
            return Cow::Owned([head, american].concat());
        }
    }
    // travell-ed, install.
    match stem.strip_suffix("ll") {
        Some(head) if stem.len() >= 6 => Cow::Owned([head, "l"].concat()),
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use crate::text::Language;

    #[track_caller]
    fn check(words: &[&str], alike: bool) {
        let stems: Vec<_> = words
            .iter()
            .map(|word| Language::ENGLISH.stem(word).into_owned())
            .collect();
        for pair in stems.windows(2) {
            assert_eq!(pair[0] == pair[1], alike, "{words:?}: {stems:?}");
        }
    }

    #[test]
    fn irregular_forms_meet() {
        check(&["begin", "began", "begun", "begins", "beginning"], true);
        check(&["write", "wrote", "written", "writing"], true);
        check(&["win", "won", "winning"], true);
        check(&["child", "children"], true);
        check(&["found", "founded"], false);
        check(&["find", "found", "finding"], true);
    }

    #[test]
    fn britain_and_america_meet() {
        check(&["labour", "labor", "labours"], true);
        check(&["neighbourhood", "neighborhood"], true);
        check(
            &["organisation", "organization", "organised", "organizes"],
            true,
        );
        check(&["defence", "defense"], true);
        check(&["theatre", "theater", "theatres"], true);
        check(&["centre", "center", "centres", "centers"], true);
        check(&["travelled", "traveled", "travelling"], true);
        check(&["analyse", "analyze"], true);
        check(&["catalogue", "catalog"], true);
        check(&["programme", "program", "programmes"], true);
    }

    #[test]
    fn abbreviations_meet_their_plurals() {
        check(&["mvp", "mvps"], true);
        check(&["pc", "pcs"], true);
        check(&["gpu", "gpus"], true);
        check(&["cs", "css", "c"], false);
        check(&["plu", "plus"], false);
    }

    #[test]
    fn other_words_stay_apart() {
        check(&["four", "for", "flour", "floor"], false);
        check(&["price", "prize"], false);
        check(&["hall", "hal", "ball"], false);
    }
}
