//! What is in a package, and whether SharePoint could do something with it.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use zip::ZipArchive;

use super::{Files, has_ending, in_four};

/// Ids that SharePoint knows the solution and the web part by, for ever; also in `embed/sharepoint/`.
const SOLUTION: &str = "080ad9f7-47d9-407c-b7bd-01d4ced57914";
const WEB_PART: &str = "2d53e43b-7f71-4cb5-bc3c-d599060dd2df";

/// What the web part says that it can do: stand on a page, be one, be in Teams, and wear the theme of its section.
const ABLE: [&str; 5] = [
    "SharePointWebPart",
    "SharePointFullPage",
    "TeamsPersonalApp",
    "TeamsTab",
    "supportsThemeVariants&quot;:true",
];

/// Where the service puts the address of its library.
const LIBRARY: &str = "HTTPS://SPCLIENTSIDEASSETLIBRARY/";

/// What SPFx leaves where nobody said where the files will be.
const NOWHERE: &str = "<!-- PATH TO CDN -->";

pub(super) fn read(package: &Path) -> Result<Files> {
    let file = File::open(package).with_context(|| format!("there is no {}", package.display()))?;
    let mut archive = ZipArchive::new(file).with_context(|| format!("cannot read {}", package.display()))?;
    let mut files = Files::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        let path = entry.enclosed_name().with_context(|| format!("{} is no name", entry.name()))?;
        if entry.is_file() {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            files.insert(path.to_string_lossy().replace('\\', "/"), bytes);
        }
    }
    Ok(files)
}

pub(super) fn check(package: &Files, widget: &Files, version: &str) -> Result<()> {
    let modules = |files: &Files, below: &str| -> Vec<Vec<u8>> {
        let module = |name: &str| name.starts_with(below) && has_ending(name, "wasm");
        let mut found: Vec<_> =
            files.iter().filter(|(name, _)| module(name)).map(|(_, bytes)| bytes.clone()).collect();
        found.sort();
        found
    };
    let (packed, built) = (modules(package, "ClientSideAssets/"), modules(widget, ""));
    // Where it is in the script there is none to compare.
    ensure!(packed == built, "its WebAssembly is not the widget's, byte for byte");

    let solution = text(package, "AppManifest.xml")?;
    ensure!(solution.contains(SOLUTION), "AppManifest.xml does not have the id {SOLUTION}");
    let four = in_four(version);
    ensure!(solution.contains(&format!("Version=\"{four}\"")), "AppManifest.xml is not of version {four}");

    let web_part = format!("WebPart_{WEB_PART}.xml");
    let name = package.keys().find(|name| name.ends_with(&web_part));
    let manifest = text(package, name.with_context(|| format!("it has no {web_part}"))?)?;
    ensure!(
        manifest.contains(&format!("&quot;version&quot;:&quot;{version}&quot;")),
        "{web_part} is not of version {version}"
    );
    ensure!(manifest.contains(LIBRARY), "{web_part} does not load what is in the package");

    for able in ABLE {
        ensure!(manifest.contains(able), "{web_part} does not say {able}");
    }

    for icon in ["color", "outline"] {
        let icon = format!("{WEB_PART}_{icon}.png");
        ensure!(package.keys().any(|name| name.ends_with(&icon)), "it has no {icon}, which Teams asks for");
    }
    let types = text(package, "[Content_Types].xml")?;
    ensure!(
        built.is_empty() || types.contains("Extension=\"wasm\""),
        "[Content_Types].xml knows no WebAssembly"
    );
    for name in package.keys() {
        ensure!(!text(package, name)?.contains(NOWHERE), "{name} says {NOWHERE}");
    }
    Ok(())
}

fn text(package: &Files, name: &str) -> Result<String> {
    let bytes = package.get(name).with_context(|| format!("it has no {name}"))?;
    Ok(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRINGS: &str = "ClientSideAssets/strings.js";
    const COLOR: &str = "2d53e43b-7f71-4cb5-bc3c-d599060dd2df_color.png";
    const OUTLINE: &str = "2d53e43b-7f71-4cb5-bc3c-d599060dd2df_outline.png";

    fn files(named: &[(&str, &str)]) -> Files {
        named.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    fn widget() -> Files {
        files(&[("cercle.js", "script"), ("cercle_bg.wasm", "first"), ("cercle_later.wasm", "later")])
    }

    /// A package as SPFx makes it, as far as anybody looks.
    fn package() -> Files {
        let web_part = format!("&quot;version&quot;:&quot;1.2.3&quot; {LIBRARY} {}", ABLE.join(" "));
        let mut package = files(&[
            ("[Content_Types].xml", "<Default Extension=\"wasm\">"),
            ("ClientSideAssets/0.wasm", "later"),
            ("ClientSideAssets/1.wasm", "first"),
            (STRINGS, "strings"),
        ]);
        let solution = format!("<App ProductID=\"{SOLUTION}\" Version=\"1.2.3.0\">");
        package.insert("AppManifest.xml".to_owned(), solution.into_bytes());
        package.insert(format!("feature/WebPart_{WEB_PART}.xml"), web_part.into_bytes());
        for icon in [COLOR, OUTLINE] {
            package.insert(icon.to_owned(), Vec::new());
        }
        package
    }

    /// What is said of a package in which one file has other contents, or none.
    fn said_of(name: &str, contents: Option<&str>) -> String {
        let mut package = package();
        let known = package.remove(name).is_some();
        assert!(known, "there is no {name} to take away");
        if let Some(contents) = contents {
            package.insert(name.to_owned(), contents.into());
        }
        check(&package, &widget(), "1.2.3").map_or_else(|problem| problem.to_string(), |()| String::new())
    }

    #[test]
    fn a_package_with_everything_in_it_passes() {
        check(&package(), &widget(), "1.2.3").unwrap();
    }

    #[test]
    fn a_package_that_sharepoint_could_do_nothing_with_is_found_out() {
        let web_part = format!("feature/WebPart_{WEB_PART}.xml");
        for (name, contents, expected) in [
            ("ClientSideAssets/0.wasm", None, "its WebAssembly is not the widget's, byte for byte"),
            ("ClientSideAssets/0.wasm", Some("older"), "its WebAssembly is not the widget's, byte for byte"),
            ("AppManifest.xml", None, "it has no AppManifest.xml"),
            ("AppManifest.xml", Some(SOLUTION), "AppManifest.xml is not of version 1.2.3.0"),
            (
                "AppManifest.xml",
                Some("Version=\"1.2.3.0\""),
                "AppManifest.xml does not have the id 080ad9f7-47d9-407c-b7bd-01d4ced57914",
            ),
            (&web_part, None, "it has no WebPart_2d53e43b-7f71-4cb5-bc3c-d599060dd2df.xml"),
            (
                &web_part,
                Some(LIBRARY),
                "WebPart_2d53e43b-7f71-4cb5-bc3c-d599060dd2df.xml is not of version 1.2.3",
            ),
            (
                &web_part,
                Some("&quot;version&quot;:&quot;1.2.3&quot;"),
                "WebPart_2d53e43b-7f71-4cb5-bc3c-d599060dd2df.xml does not load what is in the package",
            ),
            (
                &web_part,
                Some(&format!("&quot;version&quot;:&quot;1.2.3&quot; {LIBRARY} {}", ABLE[..4].join(" "))),
                "WebPart_2d53e43b-7f71-4cb5-bc3c-d599060dd2df.xml does not say supportsThemeVariants&quot;:true",
            ),
            (COLOR, None, "it has no 2d53e43b-7f71-4cb5-bc3c-d599060dd2df_color.png, which Teams asks for"),
            (
                OUTLINE,
                None,
                "it has no 2d53e43b-7f71-4cb5-bc3c-d599060dd2df_outline.png, which Teams asks for",
            ),
            ("[Content_Types].xml", Some("<Types>"), "[Content_Types].xml knows no WebAssembly"),
            (STRINGS, Some(NOWHERE), "ClientSideAssets/strings.js says <!-- PATH TO CDN -->"),
        ] {
            assert_eq!(said_of(name, contents), expected);
        }
    }

    #[test]
    fn the_ids_are_those_in_the_sources() {
        let sources = super::super::sources();
        let read = |name: &str| std::fs::read_to_string(sources.join(name)).unwrap();
        assert!(read("config/package-solution.json").contains(SOLUTION));
        assert!(read("src/CercleWebPart.manifest.json").contains(WEB_PART));
    }
}
