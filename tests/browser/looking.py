"""Looking at a page as axe and as a narrow window see it."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (1280, 390)


def violations(page: Page) -> list[str]:
    """What axe finds wrong on the page being shown, a line for each; best practices included."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(result => result.violations)")
    return [f"{one['id']}: {one['help']} — {[node['html'][:120] for node in one['nodes']][:3]}" for one in found]


def own_words(page: Page) -> str:
    """The words of the page but those that say themselves that they are Chinese (official titles, the switch) or
    quote Chinese terms (data-quotes: digests, readings)."""
    drop = "copy.querySelectorAll('[lang=zh-Hans], [data-quotes], script').forEach(e => e.remove())"
    said = f"const copy = document.body.cloneNode(true); {drop}; return copy.textContent"
    return str(page.evaluate(f"(() => {{ {said} }})()"))


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def reads_well(page: Page) -> None:
    """At both widths: nothing for axe to find, nothing wider than the window."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], page.url
        assert overflow(page) == 0, page.url
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def look(page: Page, site: str, address: str) -> None:
    """An address in both languages, loaded at both widths; it ends in English on a phone."""
    for language in ("zh-hans", "en"):
        page.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            assert violations(page) == []
            assert overflow(page) == 0
        assert page.locator("h1").count() == 1
