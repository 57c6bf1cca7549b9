"""Accessibility, judged by axe-core."""

from importlib.resources import files

SCRIPT = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def axe(page, **options) -> list[str]:
    """What axe finds wrong with the page as it stands, one line an element: rule, weight, place, words."""
    page.evaluate(SCRIPT)
    # Preloading, axe would put styles inline, which the policy refuses; and no page has films or sounds.
    chosen = {"resultTypes": ["violations"], "preload": False, **options}
    result = page.evaluate("options => axe.run(document, options)", chosen)
    return [
        f"{fault['id']} ({fault['impact']}) at {' '.join(map(str, node['target']))}: {fault['help']}"
        for fault in result["violations"]
        for node in fault["nodes"]
    ]
