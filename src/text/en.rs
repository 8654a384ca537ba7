//! English.

use cercle_domain::Rejection;
use cercle_domain::member::Size;
use cercle_domain::topic::Stage;

use super::sentences::{Later, Text};
use super::shape::{Counted, Phrase, Plural};
use crate::app::effect::Trouble;
use crate::app::screen::{Mark, Saying};

const UNREACHABLE: &str =
    "The server is out of reach. What you do waits here and leaves as soon as it answers.";
const VOTED: &str = "Your vote is placed.";
const VOTE_WITHDRAWN: &str = "Your vote is yours again.";

pub(super) static TEXT: Text = Text {
    direction: "ltr",
    unnamed: "Our circle",
    actions: Phrase("Actions: {0}"),
    stage,
    mark,
    votes: Counted(|n| one(n, "{0} vote", "{0} votes")),
    votes_word: Counted(|n| one(n, "vote", "votes")),

    propose: "Propose a topic",
    votes_left: Counted(|n| one(n, "{0} vote left", "{0} votes left")),
    votes_placed: "All your votes are placed",
    other_actions: "Other actions",
    my_commitments: "My commitments",
    board: "Board",
    join_tab: "Join",

    find: "Find a topic",
    search: "Search",
    stage_label: "Stage",
    all_stages: "Stages",
    skill_label: "Skill",
    all_skills: "Skills",
    mine: "Mine",
    ranking: "Ranking",
    ranking_waits: "The ranking shows from your first vote on, so that everybody looks with fresh eyes.",
    topics_word: Counted(|n| one(n, "topic", "topics")),
    news: Counted(|n| one(n, "{0} new", "{0} new")),
    empty,
    welcome: "It all starts with a pebble in the shoe.",
    welcome_example: "“Reviewing a merge request of 2,000 lines takes my whole day.”",
    question: "What holds you back, or what would you like to try?",
    propose_first: "Propose the first topic",

    vote_for: Phrase("Vote: {0}, {1}"),
    tally_hidden: "count hidden until you vote",
    skills_wanted: "Skills wanted",
    volunteers: Counted(|n| one(n, "{0} volunteer", "{0} volunteers")),
    wants_host: "looking for a host",
    move_title: "Move to",
    why_short: Phrase("{0} from {1}"),
    why_short_people: Counted(|n| one(n, "{0} person", "{0} people")),
    why_short_early: "Too early to tell",
    why_place: Counted(|n| match n {
        Plural::One => "{0}st",
        Plural::Two => "{0}nd",
        Plural::Few => "{0}rd",
        _ => "{0}th",
    }),

    waiting: Counted(|n| {
        one(n, "Offline. {0} change is kept on this device.", "Offline. {0} changes are kept on this device.")
    }),
    unreachable: UNREACHABLE,
    try_again: "Try again",
    voted: VOTED,
    vote_withdrawn: VOTE_WITHDRAWN,

    later: || &LATER,
};

static LATER: Later = Later {
    close: "Close",
    cancel: "Cancel",
    save: "Save",
    edit: "Edit",
    optional: "optional",
    add: "Add…",
    remove: Phrase("Remove {0}"),
    size,
    size_means,
    size_of,

    nothing: "No topic matches.",
    show_all: "Show everything",

    export_all: "Export",
    export_mine: "Export my data",
    import: "Import",
    facilitate: "Facilitate",
    settings: "Settings",

    follow: "Follow",
    unfollow: "Stop following",
    move_to: "Move to…",
    merge_with: "Merge with…",

    proposed: "proposed",
    proposed_by: Phrase("proposed by {0}"),
    vote: "Vote",
    vote_here: Phrase("Vote, {0}"),
    why_here: "Why here",
    why: Phrase("{0} from {1}: {2} of {3}."),
    why_people: Counted(|n| one(n, "{0} person who saw this topic", "{0} people who saw this topic")),
    why_early: Counted(|n| {
        one(n, "Too early to tell: seen by {0} person.", "Too early to tell: seen by {0} people.")
    }),
    who_can_help: "Who can help",
    could_help: "Members with these skills",
    lend_a_hand: "Lend a hand",
    step_back: "Step back",
    join_to_help: "Join the circle to lend a hand",
    brings_together: "This topic also speaks for",
    unmerge: "Separate",
    unmerge_this: Phrase("Separate “{0}”"),
    merged_into: Phrase("This topic is now part of “{0}”."),
    edit_title: "Edit the topic",
    title: "Title",
    text: "Text",
    conflict: "Somebody edited this topic in the meantime.",
    conflict_kept: "Your text is kept above. It now reads:",
    keep_mine: "Keep my text",
    take_theirs: "Take the other",

    question_hint: "One sentence is enough. Details come after.",
    similar: "Proposed already?",
    similar_found: Counted(|n| one(n, "{0} similar topic", "{0} similar topics")),
    its_mine: "That’s mine: vote",
    its_mine_for: Phrase("That’s mine: vote for “{0}”"),
    have_voted: "you voted",
    a_little_more: "A little more",
    skills_helpful: "Skills that would help",
    on_the_board: "On the board already",
    can_host: "I can host",
    go_on: "Continue",
    propose_it: "Propose",

    join_title: "Join the circle",
    profile_title: "You in the circle",
    name: "What should we call you?",
    name_hint: "A first name or a pseudonym. It stands beside what you propose and offer, for everybody here to see.",
    give: "What you can give just now",
    offers: "What you know and would share",
    offers_sought: "Wanted on the board",
    wants: "What you would like to learn",
    wants_offered: "Offered by members",
    join: "Join the circle",
    joined: "You are in the circle.",
    joined_free: "You can step back with one click, no explanation needed.",
    where_to_help: "Where you could help",
    looks_for: Phrase("looking for {0}"),
    no_commitments: "No commitments, and that is perfectly fine.",
    still_asked: "Still up to date?",
    still_up: "It still stands",
    pass: "I’ll sit this one out",
    you_here: "You in the circle",
    you_share: Phrase("shares {0}"),
    you_learn: Phrase("would like to learn {0}"),
    leave: "Leave the circle",
    erase: "Erase me",
    erase_says: "Your name, your skills, your commitments and your open votes go away for good. What was decided keeps its counts, and your topics stay without your name.",
    stay: "Stay",
    erase_me: "Erase me",

    facilitate_title: "Facilitate this circle",
    facilitate_says: "The server printed a code when this circle was opened. It works once.",
    code: "Code",
    facilitate_do: "Facilitate",
    settings_title: "Settings of the circle",
    community_name: "Name",
    community_purpose: "For whom and why",
    vote_cap: "Votes per person",
    no_cap: "No limit on votes",
    hide_tallies: "Hide counts until one votes",
    cadence: "Ask “still up to date?” after this many days",
    merge_title: Phrase("Merge “{0}” with…"),
    merge_here: "Merge here",
    merge_into: Phrase("Merge here, into “{0}”"),
    import_title: "Import a circle",
    import_says: "The circle in this file takes the place of the one kept in this browser. Export the current one first if you want to keep it.",
    import_mine: "I am the one who exported it",
    import_do: "Replace",

    held: Counted(|n| {
        one(
            n,
            "The server went back to an older state. {0} change of yours waits on this device until others bring its topic back.",
            "The server went back to an older state. {0} changes of yours wait on this device until others bring their topics back.",
        )
    }),
    refusal,
    refused_about: Phrase("About “{0}”:"),
    text_kept: "Your text is kept.",
    take_up: "Take the text up again",
    let_go: "Let it go",

    trouble,
    said,

    bad_community: "This page names no circle that Cercle can read: the “community” attribute takes lower-case letters, digits and hyphens.",
    broken: "This part of the page could not start. Reload the page: what you did here is kept on this device.",
};

fn one(plural: Plural, one: &'static str, other: &'static str) -> &'static str {
    if plural == Plural::One { one } else { other }
}

fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Proposed => "Proposed",
        Stage::Backlog => "Backlog",
        Stage::Scheduled => "Scheduled",
        Stage::Active => "Active",
        Stage::Adopted => "Adopted",
        Stage::Parked => "Parked",
    }
}

fn empty(stage: Stage) -> &'static str {
    match stage {
        Stage::Proposed => "Nothing proposed for now.",
        Stage::Backlog => "Nothing in the backlog for now.",
        Stage::Scheduled => "Nothing scheduled for now.",
        Stage::Active => "Nothing under way for now.",
        Stage::Adopted => "What proves itself will stand here.",
        Stage::Parked => "Nothing set aside.",
    }
}

fn size(size: Size) -> &'static str {
    match size {
        Size::Listening => "Just listening",
        Size::Quarter => "15 minutes here or there",
        Size::Session => "A session",
        Size::Host => "I can host",
    }
}

fn size_means(size: Size) -> &'static str {
    match size {
        Size::Listening => "Follow from afar, come when it suits.",
        Size::Quarter => "Proofread, answer, try a small thing.",
        Size::Session => "Come once and take part.",
        Size::Host => "Prepare a session and give everybody the floor.",
    }
}

fn size_of(size: Size) -> &'static str {
    match size {
        Size::Listening => "listening",
        Size::Quarter => "15 minutes",
        Size::Session => "a session",
        Size::Host => "can host",
    }
}

fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Pending => "pending",
        Mark::Kept => "on this device",
        Mark::Saved => "saved",
    }
}

fn trouble(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::MemoryOnly => "This browser keeps no data: what you do here lasts until the page is closed.",
        Trouble::Unreadable => {
            "Some of what this device had kept could not be read. It was set aside, untouched; the rest is here."
        }
        Trouble::Lost => {
            "The browser has lost what this device kept. What was there and nowhere else is gone."
        }
        Trouble::Unreachable => UNREACHABLE,
        Trouble::BadAnswer => {
            "The server answers in a way Cercle does not understand. What you do waits here."
        }
        Trouble::Unauthorized => {
            "The server would like to know who you are. What you do waits here; sign in to the intranet again, then try again."
        }
        Trouble::UnknownCommunity => {
            "The server does not know this circle. What you do waits here; whoever looks after this page can check its name."
        }
        Trouble::ForbiddenOrigin => {
            "The server does not accept this page’s address. What you do waits here; whoever looks after the server can add it."
        }
        Trouble::BadAddress => {
            "This page names a server that is no address. What you do waits here; whoever looks after this page can correct its “backend” attribute."
        }
        Trouble::Insecure => {
            "This page came by https and the server’s address is http, so the browser keeps them apart. What you do waits here; whoever looks after this page can put an https address there."
        }
        Trouble::Policy => {
            "This page’s security policy does not allow the server. What you do waits here; whoever looks after the site can add the server’s address to its connect-src."
        }
        Trouble::LocalNetwork => {
            "The browser does not let this page into the local network, where the server is. What you do waits here; allow it in the site’s settings, beside the address bar."
        }
        Trouble::WrongCode => "This code does not match. Whoever looks after the server can print a new one.",
        Trouble::BadFile => "This file is not a circle exported by Cercle. Nothing was changed.",
        Trouble::Diverged => {
            "This device and the server saw things differently; everything was read again. Your own changes are kept."
        }
    }
}

fn refusal(code: Rejection) -> &'static str {
    match code {
        Rejection::Forbidden => "This is up to the facilitators.",
        Rejection::JoinFirst => "Joining the circle comes first: a display name is all it takes.",
        Rejection::UnknownTopic => "This topic is no longer on the board.",
        Rejection::IdInUse => "This topic was already taken in under another author.",
        Rejection::VotesSpent => "All your votes are placed. Take one back to give it here.",
        Rejection::VotingClosed => "This topic has moved on: it no longer takes votes.",
        Rejection::Conflict => "Somebody edited this topic in the meantime.",
        Rejection::Merged => "This topic is now part of another, which speaks for it.",
        Rejection::MergeLoop => "A topic cannot be merged into itself.",
        Rejection::NotMerged => "This topic already stands by itself.",
        Rejection::TitleLength => "A title is needed, of at most {0} characters.",
        Rejection::TextLength => "The text can have up to {0} characters.",
        Rejection::NameLength => "A name is needed, even an invented one, of at most {0} characters.",
        Rejection::Skills => "Up to {0} skills, of at most {1} characters each.",
        Rejection::Settings => "One of these settings is out of range.",
        Rejection::Unsupported => "The server is older than this page and does not know this action yet.",
        Rejection::Expired => "This change waited too long on this device for the server to take it.",
        Rejection::Refused => "The server could not take this change.",
    }
}

fn said(saying: Saying) -> &'static str {
    match saying {
        Saying::Proposed => "Your topic is on the board.",
        Saying::Voted => VOTED,
        Saying::VoteWithdrawn => VOTE_WITHDRAWN,
        Saying::Volunteered => "Your offer stands. Thank you.",
        Saying::SteppedBack => "You have stepped back. Nobody is told.",
        Saying::Joined => "You are in the circle.",
        Saying::Left => "You have left the circle.",
        Saying::Edited => "The topic is edited.",
        Saying::Merged => "The two topics are one.",
        Saying::Facilitates => "You facilitate this circle now.",
        Saying::Settled => "The settings are saved.",
        Saying::Moved(_) => "Moved to {0}.",
        Saying::Refused(code) => refusal(code),
        Saying::Trouble(Trouble::Unreachable) => {
            "The server is out of reach. Your code is still here: try again in a moment."
        }
        Saying::Trouble(what) => trouble(what),
    }
}
