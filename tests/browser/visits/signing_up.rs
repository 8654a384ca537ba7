//! Joining, lending a hand, stepping back, leaving without a trace.

use cercle_domain::member::Size;
use cercle_domain::row::Row;
use cercle_domain::topic::Wording;

use crate::rig::board::fr;
use crate::rig::page::{Finds as _, Page};
use crate::rig::person::Person;
use crate::rig::run::visits;
use crate::rig::visit::{MUCH_LATER, Visit, after, element};

visits! {
    joining_takes_a_name_and_says_that_leaving_is_free,
    a_missing_name_is_asked_for_in_words,
    skills_lead_to_topics_where_they_would_help,
    a_volunteer_shows_as_a_number_and_steps_back_in_one_click,
    commitments_stand_together_with_their_sizes,
    an_old_offer_is_asked_about_gently,
    leaving_for_good_leaves_no_trace_on_the_server,
}

const CI: &str = "Accélérer l’intégration continue";

fn size(size: Size) -> String {
    format!("{}…", (fr().later().size)(size))
}

/// The same tab says “join” to visitors and “my commitments” to members.
fn mine(page: &Page) {
    page.thing("tab", fr().my_commitments).click();
    page.heading(fr().my_commitments).is_there();
}

fn joining_takes_a_name_and_says_that_leaving_is_free(visit: &Visit) {
    let server = visit.server();
    let page = visit.page(&element("cercle-signup", &server));

    page.thing("radio", &size(Size::Listening)).is_there();
    page.field(fr().later().name).write("Camille");
    page.thing("radio", &size(Size::Quarter)).click();
    page.button(fr().later().join).click();

    page.heading(fr().later().joined).has_focus();
    page.says(fr().later().joined_free);
    page.becomes(
        "the host page hears of it",
        "return recorder.events.some(e => e.type === 'cercle-signed-up')",
    );
    page.becomes("the server has it", SAVED);
    let karim = Person::at(&server, "Karim");
    let members = karim.rows().into_iter().filter_map(|row| match row.row {
        Some(Row::Member(member)) => Some((member.name.clone(), member.size)),
        _ => None,
    });
    assert_eq!(members.collect::<Vec<_>>(), [("Camille".to_owned(), Size::Quarter)]);
}

/// The last `cercle-sync` said that nothing waits.
const SAVED: &str =
    "return recorder.events.filter(e => e.type === 'cercle-sync').at(-1)?.detail.state === 'saved'";

fn a_missing_name_is_asked_for_in_words(visit: &Visit) {
    let server = visit.server();
    let page = visit.page(&element("cercle-signup", &server));

    page.button(fr().later().join).click();

    page.says("Il faut un nom, même inventé, de 60 caractères au plus.");
    page.field(fr().later().name).is("aria-invalid", "true");
}

fn skills_lead_to_topics_where_they_would_help(visit: &Visit) {
    let server = visit.server();
    let wants = vec![cercle_domain::member::Skill("Docker".into())];
    let wording = Wording { title: CI.into(), text: String::new(), wants };
    Person::at(&server, "Karim").proposes_all(&[wording]);
    let page = visit.page(&element("cercle-community", &server));
    page.thing("tab", fr().join_tab).click();

    page.field(fr().later().name).write("Camille");
    page.thing("list", fr().later().offers_sought).button("Docker").click();
    page.button(&fr().later().remove.with(["Docker"])).is_there();
    page.button(fr().later().join).click();

    page.heading(fr().later().joined).is_there();
    page.says(fr().later().where_to_help);
    page.button(CI).click();
    page.dialog(CI).says("Docker");
}

fn a_volunteer_shows_as_a_number_and_steps_back_in_one_click(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = visit.page(&element("cercle-community", &server));
    let sheet = page.topic(CI).open();
    sheet.button(fr().later().join_to_help).click();
    page.join("Camille");
    page.button(fr().later().close).click();

    sheet.thing("radio", &size(Size::Quarter)).click();
    sheet.says("Camille 15 minutes");
    page.button(fr().later().close).click();
    page.topic(CI).card().says("1 volontaire");

    let sheet = page.topic(CI).open();
    sheet.button(fr().later().step_back).click();
    page.no_longer_says("Camille 15 minutes");
    page.button(fr().later().close).click();
    page.no_longer_says("1 volontaire");
    page.becomes("the host page hears of both", VOLUNTEERED_AND_STEPPED_BACK);
}

const VOLUNTEERED_AND_STEPPED_BACK: &str = "const has = type => recorder.events.some(e => e.type === type && e.detail?.topic); \
     return has('cercle-signed-up') && has('cercle-stepped-back')";

fn commitments_stand_together_with_their_sizes(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = visit.page(&element("cercle-community", &server));
    page.thing("tab", fr().join_tab).click();
    page.join("Camille");
    page.thing("tab", fr().board).click();
    let sheet = page.topic(CI).open();
    sheet.thing("radio", &size(Size::Session)).click();
    page.button(fr().later().close).click();

    mine(&page);
    page.region(fr().my_commitments).says(CI);
    page.region(fr().my_commitments).says((fr().later().size)(Size::Session));
    page.region(fr().my_commitments).button(fr().later().step_back).click();
    page.says(fr().later().no_commitments);
}

fn an_old_offer_is_asked_about_gently(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let widget = element("cercle-community", &server);
    let page = visit.page(&widget);
    page.thing("tab", fr().join_tab).click();
    page.join("Camille");
    page.thing("tab", fr().board).click();
    page.topic(CI).open().thing("radio", &size(Size::Session)).click();
    page.becomes("the server has it", SAVED);

    let page = visit.page_at("a", &after(MUCH_LATER, &widget));
    mine(&page);
    page.says(fr().later().still_asked);
    // Neither answer looks like the right one.
    let looks = "const root = document.querySelector('cercle-community').shadowRoot; \
                 const names = [arguments[0], arguments[1]]; \
                 const buttons = names.map(name => [...root.querySelectorAll('button')].find(b => b.textContent.trim() === name)); \
                 const [a, b] = buttons.map(button => { const s = getComputedStyle(button); \
                   return [s.color, s.backgroundColor, s.borderColor, s.fontWeight, s.fontSize].join() }); \
                 return a === b";
    let alike = page.browser.run(looks, &[fr().later().still_up.into(), fr().later().pass.into()]);
    assert_eq!(alike, Ok(true.into()), "one of the two answers looks better than the other");
    page.button(fr().later().pass).click();
    page.says(fr().later().no_commitments);
}

fn leaving_for_good_leaves_no_trace_on_the_server(visit: &Visit) {
    let server = visit.server();
    let karim = Person::at(&server, "Karim");
    let topic = karim.proposes(CI);
    karim.votes_for(topic);
    let page = visit.page(&element("cercle-community", &server));
    page.thing("tab", fr().join_tab).click();
    page.join("Camille");
    page.thing("tab", fr().board).click();
    page.topic(CI).vote();
    page.topic(CI).vote_button().is_called(&fr().vote_for.with([CI, "2 votes"]));
    let sheet = page.topic(CI).open();
    sheet.thing("radio", &size(Size::Quarter)).click();
    sheet.says("Camille");
    page.button(fr().later().close).click();
    page.becomes("the server has it all", SAVED);

    mine(&page);
    page.button(fr().later().erase).click();
    page.dialog(fr().later().erase).button(fr().later().erase_me).click();

    page.thing("tab", fr().join_tab).is_there();
    page.becomes("the server has it all", SAVED);
    let rows = serde_json::to_string(&karim.rows()).expect("rows are JSON");
    assert!(!rows.contains("Camille"), "the server still says Camille: {rows}");
    assert!(!karim.rows().iter().any(|row| matches!(row.row, Some(Row::Volunteering(_) | Row::Member(_)))));
    page.reload();
    page.thing("tab", fr().join_tab).is_there();
    page.no_longer_says("Camille");
}
