//! One real browser under WebDriver: the commands that these tests give, each a method.

use std::cell::Cell;
use std::io;
use std::net::TcpListener;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::engine::Engine;
use super::http;
use super::process::Process;
use super::wait::until;

/// The key under which WebDriver hands out references to elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Wide enough for all columns side by side.
const WIDE: (u32, u32) = (1280, 900);

pub(crate) struct Browser {
    pub(crate) engine: Engine,
    pub(crate) version: String,
    address: String,
    session: String,
    /// Where the frame is that commands go into: only Firefox points at places within it.
    frame: Cell<(i64, i64)>,
    /// Killed last, with everything that it started.
    driver: Process,
}

/// An element of the page that is open just now.
#[derive(Debug, Clone)]
pub(crate) struct Element(String);

impl Element {
    /// Reads what a script returned.
    pub(crate) fn read(value: &Value) -> Option<Self> {
        value.get(ELEMENT)?.as_str().map(|id| Self(id.to_owned()))
    }

    /// The element as an argument of a script.
    pub(crate) fn argument(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}

impl Browser {
    pub(crate) fn start(engine: Engine) -> Self {
        Self::start_with(engine, &json!({}))
    }

    /// With further preferences of Firefox, or arguments of Chromium.
    pub(crate) fn start_with(engine: Engine, further: &Value) -> Self {
        let port = free_port();
        let address = format!("127.0.0.1:{port}");
        let driver = Process::start(&mut engine.driver(port));
        until(format_args!("{engine}'s driver listens"), || {
            let status = http::ask(&address, "GET", "/status", &[], b"");
            status.map_err(|problem| format!("{problem}; it printed {:?}", driver.printed()))
        });
        let mut wanted = engine.capabilities();
        let always = &mut wanted["capabilities"]["alwaysMatch"];
        match (engine, always["goog:chromeOptions"]["args"].as_array_mut()) {
            (Engine::Firefox, _) => always["moz:firefoxOptions"]["prefs"] = further.clone(),
            (_, Some(arguments)) => arguments.extend(further.as_array().into_iter().flatten().cloned()),
            _ => {}
        }
        let session = command(&address, "POST", "/session", &wanted);
        let session = session.unwrap_or_else(|problem| panic!("{engine} does not start: {problem}"));
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let browser = Self {
            engine,
            version: text(&session["capabilities"]["browserVersion"]),
            session: text(&session["sessionId"]),
            frame: Cell::default(),
            address,
            driver,
        };
        browser.resize(WIDE.0, WIDE.1);
        browser
    }

    /// Leaves the page, so that nothing of it goes on, in the window that the next one expects.
    pub(crate) fn leave(&self) {
        self.go("about:blank");
        self.resize(WIDE.0, WIDE.1);
    }

    pub(crate) fn go(&self, address: &str) {
        self.must("POST", "url", &json!({ "url": address }));
    }

    pub(crate) fn reload(&self) {
        self.must("POST", "refresh", &json!({}));
    }

    /// Sets the width and height of what pages see as their window, as far as the engine can.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        if self.engine == Engine::Chromium {
            let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            self.devtools("Emulation.setDeviceMetricsOverride", &size);
        } else {
            self.must("POST", "window/rect", &json!({ "width": width, "height": height }));
        }
    }

    /// A command of Chromium's own protocol, for what WebDriver has no word for, and what it answers.
    pub(crate) fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.must("POST", "goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// Opens another tab, which the following commands go into.
    pub(crate) fn open_tab(&self) -> String {
        self.open("tab")
    }

    /// Opens another window, which the following commands go into.
    pub(crate) fn open_window(&self) -> String {
        self.open("window")
    }

    fn open(&self, kind: &str) -> String {
        let opened = self.must("POST", "window/new", &json!({ "type": kind }));
        let handle = opened["handle"].as_str().unwrap_or_default().to_owned();
        self.turn_to(&handle);
        handle
    }

    /// The tab that commands go into now.
    pub(crate) fn tab(&self) -> String {
        self.must("GET", "window", &Value::Null).as_str().unwrap_or_default().to_owned()
    }

    /// The following commands go into this tab.
    pub(crate) fn turn_to(&self, tab: &str) {
        self.must("POST", "window", &json!({ "handle": tab }));
    }

    /// Closes the tab that commands go into.
    pub(crate) fn close_tab(&self) {
        self.must("DELETE", "window", &Value::Null);
    }

    /// The browser's processes and those of its driver.
    pub(crate) fn family(&self) -> Vec<u32> {
        self.driver.family()
    }

    /// The following commands go into this frame, or back to the page.
    pub(crate) fn enter(&self, frame: Option<&Element>) {
        let frame = frame.map_or(Value::Null, Element::argument);
        let place = if self.engine != Engine::Firefox && !frame.is_null() {
            let inner = "const [frame] = arguments; const { x, y } = frame.getBoundingClientRect(); \
                         return [x + frame.clientLeft, y + frame.clientTop].map(Math.round)";
            self.run(inner, std::slice::from_ref(&frame)).unwrap_or_default()
        } else {
            Value::Null
        };
        self.frame.set((place[0].as_i64().unwrap_or(0), place[1].as_i64().unwrap_or(0)));
        self.must("POST", "frame", &json!({ "id": frame }));
    }

    /// Runs a function's body in the page and gives back what it returns.
    pub(crate) fn run(&self, script: &str, arguments: &[Value]) -> Result<Value, String> {
        self.ask("POST", "execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// The same for a body that calls its last argument when it is done.
    pub(crate) fn run_async(&self, script: &str, arguments: &[Value]) -> Result<Value, String> {
        self.ask("POST", "execute/async", &json!({ "script": script, "args": arguments }))
    }

    /// Chooses an option of a list of choices, which has no place on the page.
    pub(crate) fn choose(&self, option: &Element) -> Result<(), String> {
        self.ask("POST", &format!("element/{}/click", option.0), &json!({})).map(drop)
    }

    /// Points at a place in the window and clicks.
    pub(crate) fn click(&self, x: i64, y: i64) -> Result<(), String> {
        self.point(&[
            self.move_to(x, y, 0),
            json!({ "type": "pointerDown", "button": 0 }),
            json!({ "type": "pointerUp", "button": 0 }),
        ])
    }

    /// Drags from one place to another, slowly enough to be taken for a drag.
    pub(crate) fn drag(&self, from: (i64, i64), to: (i64, i64)) -> Result<(), String> {
        let (down, up) =
            (json!({ "type": "pointerDown", "button": 0 }), json!({ "type": "pointerUp", "button": 0 }));
        let begin = self.move_to(from.0 + 8, from.1 + 8, 50);
        self.point(&[
            self.move_to(from.0, from.1, 0),
            down,
            begin,
            self.move_to(to.0, to.1, 200),
            self.move_to(to.0 + 2, to.1, 50),
            up,
        ])
    }

    fn move_to(&self, x: i64, y: i64, milliseconds: u32) -> Value {
        let (left, top) = self.frame.get();
        json!({ "type": "pointerMove", "x": left + x, "y": top + y, "duration": milliseconds, "origin": "viewport" })
    }

    fn point(&self, strokes: &[Value]) -> Result<(), String> {
        let kind = json!({ "pointerType": "mouse" });
        let mouse = json!({ "type": "pointer", "id": "mouse", "parameters": kind, "actions": strokes });
        self.ask("POST", "actions", &json!({ "actions": [mouse] })).map(drop)
    }

    /// Role and name as the engine tells them to screen readers.
    pub(crate) fn spoken(&self, element: &Element) -> Result<(String, String), String> {
        let ask = |what| {
            let said = self.ask("GET", &format!("element/{}/{what}", element.0), &Value::Null)?;
            Ok::<_, String>(said.as_str().unwrap_or_default().to_owned())
        };
        Ok((ask("computedrole")?, ask("computedlabel")?))
    }

    /// Presses keys one after the other; all of one string are held down together.
    pub(crate) fn press(&self, keys: &[&str]) {
        let strokes = keys.iter().flat_map(|chord| {
            let down = chord.chars().map(|key| json!({ "type": "keyDown", "value": key }));
            let up = chord.chars().rev().map(|key| json!({ "type": "keyUp", "value": key }));
            down.chain(up).collect::<Vec<_>>()
        });
        let hands = json!({ "type": "key", "id": "keyboard", "actions": strokes.collect::<Vec<_>>() });
        self.must("POST", "actions", &json!({ "actions": [hands] }));
    }

    /// What the window shows, as PNG.
    pub(crate) fn picture(&self) -> Result<Vec<u8>, String> {
        let picture = self.ask("GET", "screenshot", &Value::Null)?;
        let decoded = BASE64_STANDARD.decode(picture.as_str().unwrap_or_default());
        decoded.map_err(|problem| problem.to_string())
    }

    #[track_caller]
    fn must(&self, method: &str, path: &str, body: &Value) -> Value {
        let answer = self.ask(method, path, body);
        answer.unwrap_or_else(|problem| panic!("{} cannot {path} {body}: {problem}", self.engine))
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        command(&self.address, method, &format!("/session/{}/{path}", self.session), body)
    }
}

/// Lets the browser go before its driver is killed, so that it takes its profile with it.
impl Drop for Browser {
    fn drop(&mut self) {
        if let Err(problem) =
            command(&self.address, "DELETE", &format!("/session/{}", self.session), &Value::Null)
        {
            eprintln!("{} did not end its session: {problem}", self.engine);
        }
    }
}

/// One command; the driver's word for what went wrong comes first in an error.
fn command(address: &str, method: &str, path: &str, body: &Value) -> Result<Value, String> {
    let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    let broken = |problem: io::Error| format!("the driver is gone: {problem}");
    let answer =
        http::ask(address, method, path, &[("content-type", "application/json")], &body).map_err(broken)?;
    let json: Value = serde_json::from_slice(&answer.body).map_err(|problem| problem.to_string())?;
    let value = &json["value"];
    if answer.status() == 200 {
        return Ok(value.clone());
    }
    let text = |name: &str| value[name].as_str().unwrap_or_default().lines().next().unwrap_or_default();
    Err(format!("{}: {}", text("error"), text("message")))
}

/// A port that the kernel says is free.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a machine has free ports");
    listener.local_addr().expect("a listener has an address").port()
}
