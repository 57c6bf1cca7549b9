"""What somebody does on a page of the desk, by mouse or by keys alone."""


def press(page, words):
    with page.expect_navigation():
        page.click(f"input[value='{words}'], button:text-is('{words}')")


def open_review(page, number):
    """From the desk's front page, as its queue leads there."""
    page.goto("/admin/")
    with page.expect_navigation():
        page.click(f"a:has-text('Review {number}:')")


def decide(page, uid, verdict, comment=""):
    item = page.locator(f"#{uid}")
    if comment:
        item.locator("textarea").fill(comment)
    with page.expect_navigation():
        item.locator(f"button[value={verdict}]").click()


def tab_to(page, selector, most=250):
    """Go on with Tab alone until the focus is there."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def enter(page, key="Enter"):
    with page.expect_navigation():
        page.keyboard.press(key)
