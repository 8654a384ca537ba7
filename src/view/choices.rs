//! Sizes as large choices: none is better than another, the smallest stands first.

use std::rc::Rc;

use cercle_domain::member::Size;

use super::here::Here;
use super::parts::element::{El, el};

/// The choice of a size. `name` keeps the radios of one choice together.
pub(super) fn choices(
    here: Here,
    name: &'static str,
    legend: &str,
    chosen: Rc<dyn Fn() -> Option<Size>>,
    choose: Rc<dyn Fn(Size)>,
) -> El {
    let each = Size::ALL.map(|size| {
        let (chosen, choose) = (Rc::clone(&chosen), Rc::clone(&choose));
        let radio = el("input", "")
            .attr("type", "radio")
            .attr("name", name)
            .live_checked(move || chosen() == Some(size))
            .on("change", move |_| choose(size));
        let words = el("span", "")
            .child(el("b", "").text((here.text.later().size)(size)))
            .text(" ")
            .child(el("span", "").text((here.text.later().size_means)(size)));
        el("label", "choice").child(radio).child(words)
    });
    el("fieldset", "choices").child(el("legend", "label").text(legend)).children(each)
}
