/* The text of a source version: words are selected by mouse, touch or keys; marks and their claims light each other.
   What was chosen is told to the panel by the event "reading:cite". Offsets count code points of the paragraph. */
"use strict";

(() => {
  const text = document.getElementById("reader-text");
  if (!text) return;

  // -- marks and claims ------------------------------------------------------------------------------

  let lit = null;

  function light(item, numbers) {
    if (lit && lit !== item) light(lit, []);
    for (const mark of item.querySelectorAll("mark")) {
      mark.classList.toggle("is-lit", mark.dataset.of.split(",").some((n) => numbers.includes(n)));
    }
    for (const note of item.querySelectorAll("[data-note]")) {
      note.classList.toggle("is-lit", numbers.includes(note.dataset.note));
    }
    lit = numbers.length ? item : null;
  }

  function lightAt(target) {
    const at = target.closest("mark, [data-note]");
    const item = at && at.closest(".reader-paragraph");
    if (item) light(item, at.dataset.note ? [at.dataset.note] : at.dataset.of.split(","));
    else if (lit) light(lit, []);
  }

  text.addEventListener("pointerover", (event) => lightAt(event.target));
  text.addEventListener("pointerleave", () => lit && light(lit, []));
  text.addEventListener("focusin", (event) => lightAt(event.target));
  // A mark leads to its claims.
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (!mark || !getSelection().isCollapsed) return;
    const number = mark.dataset.of.split(",").pop();
    const link = mark.closest(".reader-paragraph").querySelector(`[data-note="${number}"] a`);
    if (link) link.focus();
  });

  if (!text.dataset.cite) return;

  // -- places ---------------------------------------------------------------------------------------

  const points = (string) => {
    let count = 0;
    for (const _ of string) count += 1;
    return count;
  };
  // A code point of the paragraph as a place in its string.
  const place = (string, point) => {
    let at = 0;
    for (const sign of string) {
      if (point-- <= 0) break;
      at += sign.length;
    }
    return at;
  };
  const paragraphs = () => [...text.querySelectorAll(".reader-paragraph > p")];
  const paragraphOf = (node) => {
    const item = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest(".reader-paragraph");
    return item && text.contains(item) ? item.querySelector(":scope > p") : null;
  };

  function offset(p, node, at) {
    const range = document.createRange();
    range.selectNodeContents(p);
    if (!p.contains(node)) return range.comparePoint(node, at) < 0 ? 0 : p.textContent.length;
    range.setEnd(node, at);
    return range.toString().length;
  }

  function pointAt(p, wanted) {
    const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
    let left = wanted;
    let node = null;
    while (walker.nextNode()) {
      node = walker.currentNode;
      if (left <= node.length) return [node, left];
      left -= node.length;
    }
    return node ? [node, node.length] : [p, 0];
  }

  function sentencesOf(p) {
    const string = p.textContent;
    return p.parentElement.dataset.sentences
      .split(" ")
      .filter(Boolean)
      .map((pair) => pair.split("-").map((point) => place(string, Number(point))));
  }

  // -- what is selected --------------------------------------------------------------------------------

  /* The selection within one paragraph, without spaces at its ends and never half a character; null if there is none. */
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(text)) return null;
    let p = paragraphOf(range.startContainer);
    if (!p || offset(p, range.startContainer, range.startOffset) >= p.textContent.length) {
      p = paragraphs().find((one) => range.intersectsNode(one) && (!p || p.compareDocumentPosition(one) & 4)) || p;
    }
    if (!p) return null;
    const string = p.textContent;
    let start = offset(p, range.startContainer, range.startOffset);
    let end = offset(p, range.endContainer, range.endOffset);
    while (start < end && string[start] === " ") start += 1;
    while (end > start && string[end - 1] === " ") end -= 1;
    if (/[\udc00-\udfff]/.test(string[start] || "") && start > 0) start -= 1;
    if (/[\udc00-\udfff]/.test(string[end] || "")) end += 1;
    if (start >= end) return null;
    const sentence = sentencesOf(p).find(([first, last]) => start < last && first < end);
    return { p, start, end, clipped: sentence ? Math.min(end, sentence[1]) : end };
  }

  function cite(chosen) {
    const string = chosen.p.textContent;
    const first = points(string.slice(0, chosen.start));
    const words = string.slice(chosen.start, chosen.clipped);
    const number = chosen.p.parentElement.id.slice(1);
    const detail = { paragraph: number, first, last: first + points(words), words };
    document.dispatchEvent(new CustomEvent("reading:cite", { detail }));
  }

  // -- the bar --------------------------------------------------------------------------------------------

  const bar = document.getElementById("reader-bar");
  const shown = document.getElementById("reader-bar-words");
  const button = document.getElementById("reader-bar-cite");
  let chosen = null;
  let waiting = false;

  function look() {
    waiting = false;
    chosen = selected();
    bar.hidden = !chosen;
    if (!chosen) return;
    shown.textContent = chosen.p.textContent.slice(chosen.start, chosen.clipped);
    button.textContent = chosen.clipped < chosen.end ? "Cite the first sentence" : "Cite";
  }

  document.addEventListener("selectionchange", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(look);
  });
  // Pressing the button must not take the selection away.
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => chosen && cite(chosen));

  // -- keys --------------------------------------------------------------------------------------------------

  text.tabIndex = 0;
  text.setAttribute("aria-label", "Text. Up and down choose a sentence, left and right a word, with Shift more words; Enter cites.");
  const said = document.getElementById("reader-said");
  const WORD = /[\p{L}\p{N}\p{M}]+(?:['’.,\u2010-\u2015-][\p{L}\p{N}\p{M}]+)*/gu;
  const wordsOf = (string) => [...string.matchAll(WORD)].map((word) => [word.index, word.index + word[0].length]);

  function select(p, start, end) {
    const [from, at] = pointAt(p, start);
    const [to, until] = pointAt(p, end);
    getSelection().setBaseAndExtent(from, at, to, until);
    (from.parentElement || p).scrollIntoView({ block: "nearest" });
    const marks = [...p.querySelectorAll("mark")].filter((mark) => getSelection().containsNode(mark, true));
    light(p.parentElement, marks.flatMap((mark) => mark.dataset.of.split(",")));
    said.textContent = "";
  }

  /* Where the caret stands, if nothing is selected: the sentence there, or the first in sight. */
  function sentenceAtCaret() {
    const { anchorNode, anchorOffset } = getSelection();
    const p = anchorNode && text.contains(anchorNode) && anchorNode !== text ? paragraphOf(anchorNode) : null;
    const at = p ? offset(p, anchorNode, anchorOffset) : 0;
    const found = p && sentencesOf(p).find(([, last]) => at < last);
    if (found) return [p, ...found];
    const all = paragraphs();
    const other = p ? all[all.indexOf(p) + 1] : all.find((one) => one.getBoundingClientRect().bottom > 0) || all[0];
    return other && [other, ...sentencesOf(other)[0]];
  }

  /* The sentence that lies by `step` from what is selected, over the ends of paragraphs. */
  function moveSentence(now, step) {
    if (!now) return sentenceAtCaret();
    const all = paragraphs();
    const here = sentencesOf(now.p);
    const at = here.findIndex(([first, last]) => now.start < last && first < now.end);
    const next = here[at + step];
    if (next) return [now.p, ...next];
    const other = all[all.indexOf(now.p) + step];
    if (!other) return null;
    return [other, ...sentencesOf(other).at(step > 0 ? 0 : -1)];
  }

  function moveWord(now, step) {
    const all = wordsOf(now.p.textContent);
    const inside = all.filter(([first, last]) => first < now.end && last > now.start);
    // A whole sentence becomes its first or last word; a word becomes its neighbour.
    if (inside.length > 1) return [now.p, ...inside.at(step > 0 ? 0 : -1)];
    const next = all[all.indexOf(inside[0]) + step];
    return next && [now.p, ...next];
  }

  function extendWord(now, step) {
    const ends = wordsOf(now.p.textContent).map(([, last]) => last);
    const end = step > 0 ? ends.find((one) => one > now.end) : ends.findLast((one) => one < now.end && one > now.start);
    return end && [now.p, now.start, end];
  }

  function extendSentence(now, step) {
    const sentence = sentencesOf(now.p).find(([first, last]) => now.start < last && first < now.end);
    if (!sentence) return null;
    return step > 0 ? [now.p, now.start, sentence[1]] : [now.p, sentence[0], now.end];
  }

  text.addEventListener("keydown", (event) => {
    if (event.target !== text || event.altKey || event.ctrlKey || event.metaKey) return;
    const now = selected();
    if (event.key === "Enter") {
      if (now) cite(now);
      else return;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      const to = event.shiftKey && now ? extendSentence(now, step) : moveSentence(now, step);
      if (to) select(...to);
    } else if ((event.key === "ArrowLeft" || event.key === "ArrowRight") && now) {
      const rightward = event.key === "ArrowRight";
      const forward = rightward === (getComputedStyle(now.p).direction !== "rtl");
      const to = (event.shiftKey ? extendWord : moveWord)(now, forward ? 1 : -1);
      if (to) select(...to);
    } else {
      return;
    }
    event.preventDefault();
  });
})();
