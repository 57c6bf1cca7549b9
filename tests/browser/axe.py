"""Accessibility, judged by axe-core."""

from importlib.resources import files

# Colours that go over into others have got there.
ARRIVED = "document.getAnimations().forEach(one => one.finish())"
SCRIPT = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def axe(page, **options) -> list[str]:
    """What axe finds wrong with the page as it stands, one line an element: rule, weight, place, words."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    # Preloading, axe would put styles inline, which the policy refuses; and no page has films or sounds.
    chosen = {"resultTypes": ["violations"], "preload": False, **options}
    result = page.evaluate("options => axe.run(document, options)", chosen)
    return [
        f"{fault['id']} ({fault['impact']}) at {' '.join(map(str, node['target']))}: {fault['help']}"
        for fault in result["violations"]
        for node in fault["nodes"]
    ]


def in_both(page, width=1280, look=lambda way: None) -> list[str]:
    """What is wrong with a light, narrow page as it stands, then in the dark and `width` wide: axe, and too wide.

    `look` is called in each, for a picture.
    """
    narrow = page.viewport_size
    look("narrow")
    found = axe(page) + too_wide(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({**narrow, "width": width})
    page.evaluate(ARRIVED)
    look("dark")
    found += [f"dark: {fault}" for fault in axe(page) + too_wide(page)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(narrow)
    page.evaluate(ARRIVED)
    return found


def too_wide(page) -> list[str]:
    """Whether the page has to be scrolled sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{wide} px wider than the screen"] if wide > 0 else []


def too_wide_unfolded(page) -> list[str]:
    """The same with all that is folded open."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    return [f"unfolded: {fault}" for fault in too_wide(page)]
