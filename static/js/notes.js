/* Shows a footnote beside its mark on hover or focus. Without it the mark leads to the note and the note back. */
"use strict";

(() => {
  const shown = document.createElement("div");
  const LEAVE = 200; // ms in which the pointer may go from the mark to the preview
  let timer = 0;
  shown.className = "note-preview";
  shown.hidden = true;
  // What it says stands in the note that the mark links to: a screen reader follows the link.
  shown.setAttribute("aria-hidden", "true");
  document.body.append(shown);

  function markOf(event) {
    return event.target instanceof Element ? event.target.closest(".marks a[href^='#n']") : null;
  }

  function hide() {
    shown.hidden = true;
  }

  function show(mark) {
    const note = document.getElementById(mark.hash.slice(1));
    if (!note) return;
    clearTimeout(timer);
    const paragraphs = [...note.querySelectorAll(":scope > div > p:first-child, :scope > div > blockquote")];
    shown.replaceChildren(
      ...paragraphs.map((found) => {
        // Its words with what sets names apart from the line that they stand in, but nothing to follow or to aim at.
        const copy = found.cloneNode(true);
        for (const link of copy.querySelectorAll("a")) link.replaceWith(...link.childNodes);
        for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
        const p = document.createElement("p");
        if (found.matches("blockquote")) p.dir = "auto";
        p.append(...(copy.querySelector("p") ?? copy).childNodes);
        return p;
      }),
    );
    shown.hidden = false;
    const at = mark.getBoundingClientRect();
    const room = document.documentElement.clientWidth - shown.offsetWidth - 8;
    shown.style.left = `${Math.max(8, Math.min(at.left, room)) + window.scrollX}px`;
    const below = at.bottom + shown.offsetHeight + 8 < window.innerHeight;
    shown.style.top = `${(below ? at.bottom + 4 : at.top - shown.offsetHeight - 4) + window.scrollY}px`;
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(hide, LEAVE);
  }

  document.addEventListener("mouseover", (event) => {
    const mark = markOf(event);
    if (mark) show(mark);
    else if (shown.contains(event.target)) clearTimeout(timer);
    else if (!shown.hidden) later();
  });
  document.addEventListener("focusin", (event) => {
    const mark = markOf(event);
    if (mark && mark.matches(":focus-visible")) show(mark);
    else hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  document.addEventListener("click", hide);
})();
