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
