/* The panel beside the text: opened for chosen words, sent without leaving the page. Nothing that was typed is lost. */
"use strict";

(() => {
  const text = document.getElementById("reader-text");
  const panel = document.getElementById("reader-panel");
  if (!text || !panel || !text.dataset.cite) return;
  const bar = document.getElementById("reader-bar");
  const said = document.getElementById("reader-said");
  const MARK = "X-Reading";
  const headers = { [MARK]: "1" };
  let from = null; // where the selection stood, to put it back

  const form = () => panel.querySelector("#cite-form");
  const field = (name) => panel.querySelector(`[name="${name}"]`);
  const isTyped = () => !panel.hidden && ["statement", "find"].some((name) => field(name)?.value.trim());

  // -- opening and closing --------------------------------------------------------------------------

  document.addEventListener("reading:cite", ({ detail }) => {
    open(`${text.dataset.cite}?${new URLSearchParams(detail)}`, detail);
  });

  // The sentences of a paragraph, for a hand that cannot select: the same links lead to pages where scripts are off.
  text.addEventListener("click", (event) => {
    const link = event.target.closest(".reader-cite");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    getSelection().removeAllRanges();
    open(link.href, null);
  });

  async function open(address, chosen) {
    const kept = isTyped() && field("statement") ? field("statement").value : "";
    const answer = await ask(address, { headers });
    if (answer === null) return;
    show(answer);
    from = chosen || place();
    highlight();
    if (kept && field("statement")) field("statement").value = kept;
    (field("statement") || panel.querySelector(".cite-sentences a") || panel).focus();
  }

  /* What the form in the panel is about; null where a sentence is still to be chosen. */
  function place() {
    if (!form()) return null;
    return { paragraph: field("paragraph").value, first: Number(field("first").value), words: field("words").value };
  }

  /* What is cited stays visible while the panel has the focus. */
  function highlight() {
    const range = from && window.CSS?.highlights ? rangeOf(from) : null;
    if (range) CSS.highlights.set("cited", new Highlight(range));
  }

  async function ask(address, options) {
    try {
      const response = await fetch(address, options);
      if (response.headers.get(MARK)) return await response.text();
      tell(response.redirected ? "You have been signed out. Sign in again, then choose the words once more." : "The site did not answer as it should. Try again.");
    } catch {
      tell("The site was not reached. Try again.");
    }
    return null;
  }

  function tell(words) {
    const trouble = panel.hidden ? null : panel.querySelector("#cite-trouble");
    if (trouble) {
      trouble.textContent = words;
      trouble.hidden = false;
    } else said.textContent = words;
  }

  function show(html) {
    clearTimeout(pause); // what was typed a moment ago asked about a form that goes
    panel.innerHTML = html;
    panel.hidden = false;
    bar.hidden = true;
    said.textContent = "";
    aspects();
  }

  function close() {
    clearTimeout(pause);
    window.CSS?.highlights?.delete("cited");
    panel.hidden = true;
    panel.textContent = "";
    if (from) reselect(from);
    text.focus({ preventScroll: true });
  }

  function reselect(chosen) {
    const range = rangeOf(chosen);
    if (!range) return;
    document.getElementById(`p${chosen.paragraph}`).scrollIntoView({ block: "nearest" });
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function rangeOf({ paragraph, first, words }) {
    const p = document.querySelector(`#p${CSS.escape(paragraph)} > p`);
    if (!p) return null;
    const range = document.createRange();
    const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
    const start = [...p.textContent].slice(0, first).join("").length;
    let at = 0;
    let begun = false;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!begun && start < at + node.length) {
        range.setStart(node, start - at);
        begun = true;
      }
      if (begun && start + words.length <= at + node.length) {
        range.setEnd(node, start + words.length - at);
        break;
      }
      at += node.length;
    }
    return range;
  }

  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (!isTyped() || confirm("Leave without saving what you typed?")) close();
  });
  panel.addEventListener("click", (event) => {
    const sentence = event.target.closest(".cite-sentences a");
    if (sentence && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(sentence.href, null);
      return;
    }
    const whole = event.target.closest("[data-carry]");
    if (whole) carry(whole);
    if (!event.target.closest("[data-close]")) return;
    event.preventDefault();
    if (!isTyped() || confirm("Leave without saving what you typed?")) close();
  });
  addEventListener("pageshow", () => form() && delete form().dataset.sent);
  addEventListener("beforeunload", (event) => {
    if (isTyped() && !form()?.dataset.sent) event.preventDefault();
  });

  /* Another kind of claim takes along what was typed so far. */
  function carry(link) {
    const address = new URL(link.href);
    for (const name of ["statement", "when", "sense", "voice", "number", "bearing", "speakers", "part"]) {
      address.searchParams.set(name, field(name).value.trim());
    }
    // Who is yet to be added can be added here alone.
    if (field("new_speaker").value) address.searchParams.delete("speakers");
    address.searchParams.set("subject", field("subject").value);
    link.href = address.href;
    form().dataset.sent = "1";
  }

  // -- proposals ---------------------------------------------------------------------------------------

  /* Aspects of the subject's model alone; all, where another subject is typed. */
  function aspects() {
    const subject = field("subject");
    if (!subject) return;
    const model = field("other_subject").value.trim() ? "" : subject.selectedOptions[0]?.dataset.model || "";
    for (const group of panel.querySelectorAll("optgroup[data-model]")) {
      group.hidden = group.disabled = Boolean(model) && group.dataset.model !== model;
    }
    const chosen = field("aspect").selectedOptions[0]?.closest("optgroup");
    if (chosen?.disabled) field("aspect").value = "";
  }

  /* The number of the passage, where the aspect asks for one. */
  function number() {
    const proposed = field("aspect").dataset.number;
    const asked = field("aspect").selectedOptions[0]?.dataset.value === "number";
    if (asked && !field("number").value) field("number").value = proposed;
    if (!asked && field("number").value === proposed) field("number").value = "";
  }

  panel.addEventListener("change", ({ target }) => {
    if (target.name === "subject") {
      aspects();
      const proposed = target.selectedOptions[0]?.dataset.aspect;
      const option = [...field("aspect").options].find((one) => one.value === proposed && !one.parentElement.disabled);
      if (option) option.selected = true;
    }
    if (target.name === "subject" || target.name === "aspect") number();
    if (target.name === "mode" && target.value === "existing") field("find").focus();
  });

  let pause = 0;
  panel.addEventListener("input", ({ target }) => {
    if (target.name !== "find" && target.name !== "other_subject") return;
    clearTimeout(pause);
    pause = setTimeout(() => (target.name === "find" ? find(target.value) : name(target.value)), 250);
  });

  async function find(words) {
    const place = new URLSearchParams(["paragraph", "first", "last", "words"].map((one) => [one, field(one).value]));
    const answer = await ask(`${text.dataset.cite}?${place}&${new URLSearchParams({ offer: words })}`, { headers });
    if (answer !== null && field("find")?.value === words) panel.querySelector("#cite-offers").innerHTML = answer;
  }

  async function name(words) {
    aspects();
    const list = panel.querySelector("#cite-profiles");
    if (!words.trim() || words.endsWith("]")) return;
    const response = await fetch(list.dataset.from + encodeURIComponent(words)).catch(() => null);
    if (!response?.ok || response.redirected) return;
    const { results } = await response.json();
    list.replaceChildren(...results.map(({ id, text: label }) => new Option(label, `${label} [${id}]`)));
  }

  // -- saving -----------------------------------------------------------------------------------------------

  panel.addEventListener("submit", async (event) => {
    if (event.target.method === "get") {
      event.preventDefault();
      open(`${event.target.action}?${new URLSearchParams(new FormData(event.target))}`, null);
      return;
    }
    if (event.target !== form() || event.target.dataset.sent) return;
    event.preventDefault();
    if (event.submitter?.name === "_find") return find(field("find").value);
    const save = panel.querySelector("#cite-save");
    if (save.disabled) return;
    save.disabled = true;
    await send(new FormData(event.target));
    if (panel.contains(save)) save.disabled = false;
  });

  async function send(data) {
    let response = null;
    try {
      response = await fetch(form().action, { method: "POST", body: data, headers });
    } catch {
      return tell("The site was not reached. What you typed is still here: try again.");
    }
    if (!response.headers.get(MARK)) {
      if (response.status !== 403) return tell("The site did not answer as it should. What you typed is still here: try again.");
      // The ordinary way: the page that asks to sign in carries along what was typed.
      tell("You have been signed out, or this page is too old. Sign in again: what you typed goes with you.");
      return offerOrdinary();
    }
    if (!response.ok) {
      show(await response.text());
      panel.querySelector("#cite-errors")?.focus();
      return undefined;
    }
    return done(await response.json());
  }

  function offerOrdinary() {
    if (panel.querySelector("#cite-ordinary")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.id = "cite-ordinary";
    button.className = "button";
    button.textContent = "Sign in and send";
    button.addEventListener("click", () => {
      form().dataset.sent = "1";
      form().submit();
    });
    panel.querySelector(".cite-buttons").prepend(button);
    button.focus();
  }

  function done(saved) {
    const item = document.getElementById(`p${saved.number}`);
    item.outerHTML = saved.paragraph;
    document.getElementById("reader-counts").innerHTML = saved.counts;
    close();
    if (getSelection().rangeCount) getSelection().collapseToEnd();
    bar.hidden = true;
    said.innerHTML = saved.said;
  }
})();
