/* Keys of the desk. Pages declare them in markup and nothing else: profiles/README.md, "Keys of the desk". */
"use strict";
(() => {
  const OFF = "desk-single-keys-off";
  const FIELDS = "input:not([type=checkbox], [type=radio], [type=submit], [type=button], [type=reset]), textarea, select, [contenteditable], .select2";

  const isSingle = (key) => !key.includes("+") || key === "+";
  const isShown = (element) => element.getClientRects().length > 0;
  const declared = () => [...document.querySelectorAll("[data-key]")].filter((one) => !one.disabled);
  const items = () => [...document.querySelectorAll("[data-key-item]")].filter(isShown);

  function setting(value) {
    try {
      if (value === undefined) return localStorage.getItem(OFF) === "1";
      value ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF);
    } catch { /* a browser that keeps nothing */ }
    return Boolean(value);
  }

  /* What was pressed: "s", "?", "Ctrl+Enter"; on a keyboard of another script the Latin letter of the same key. */
  function pressed(event) {
    let key = event.key;
    const place = /^Key([A-Z])$/.exec(event.code);
    if (place && !/^[\x20-\x7e]$/.test(key)) key = event.shiftKey ? place[1] : place[1].toLowerCase();
    const held = [(event.ctrlKey || event.metaKey) && "Ctrl", event.altKey && "Alt", event.shiftKey && key.length > 1 && "Shift"];
    return [...held.filter(Boolean), key].join("+");
  }

  /* The item in which one is: that of the focus, else the one whose head was scrolled past last, if any was. */
  function currentItem() {
    const all = items();
    const focused = document.activeElement && document.activeElement.closest("[data-key-item]");
    if (focused) return focused;
    if (!scrollY) return all[0];
    return all.filter((one) => one.getBoundingClientRect().top < innerHeight / 3).pop() || all[0];
  }

  function step(by) {
    const all = items();
    const from = all.indexOf(document.activeElement && document.activeElement.closest("[data-key-item]"));
    const to = from < 0 ? (by > 0 ? currentItem() : all[0]) : all[from + by];
    if (!to) return;
    if (!to.hasAttribute("tabindex")) to.tabIndex = -1;
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "start" });
  }

  function act(element) {
    for (let fold = element.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) {
      if (element.closest("summary")) break;
      fold.open = true;
    }
    if (element.matches(FIELDS) || element.dataset.keyDoes === "focus") {
      const select2 = element.matches(".select2-hidden-accessible") && element.nextElementSibling;
      (select2 ? select2.querySelector(".select2-selection") : element).focus();
    } else {
      element.click();
    }
  }

  function answers(key) {
    const found = declared().filter((one) => one.dataset.key.split(" ").includes(key));
    const own = found.filter((one) => one.closest("[data-key-item]"));
    if (!own.length) return found.find(isShown) || found[0];
    const item = currentItem();
    return own.find((one) => one.closest("[data-key-item]") === item) || found.find((one) => !own.includes(one));
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat || document.querySelector("dialog[open]")) return;
    const key = pressed(event);
    if (isSingle(key) && (event.target.closest(FIELDS) || (setting() && key !== "?"))) return;
    const element = answers(key);
    if (element) {
      event.preventDefault();
      act(element);
    } else if ((key === "j" || key === "k") && items().length) {
      event.preventDefault();
      step(key === "j" ? 1 : -1);
    }
  });

  /* The list, at "?". */
  function lines() {
    const found = new Map();
    for (const one of declared()) {
      const said = one.dataset.keyHelp || one.getAttribute("aria-label") || one.value || one.textContent.trim();
      for (const key of one.dataset.key.split(" ")) found.set(`${key} ${said}`, [key, said]);
    }
    if (items().length) {
      found.set("j", ["j", "Next item"]);
      found.set("k", ["k", "Item before"]);
    }
    return [...found.values()];
  }

  function make(tag, text, attributes = {}) {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  function show() {
    const dialog = make("dialog", "", { class: "keys-dialog", "aria-labelledby": "keys-heading" });
    const list = make("dl");
    for (const [key, said] of lines()) {
      const line = make("div");
      const term = make("dt");
      term.append(...key.split(/\+(?=.)/).flatMap((part, at) => [at ? "+" : "", make("kbd", part)]));
      line.append(term, make("dd", said));
      list.append(line);
    }
    const choice = make("label");
    const box = make("input", "", { type: "checkbox" });
    box.checked = !setting();
    box.addEventListener("change", () => setting(!box.checked));
    choice.append(box, " Single keys, outside fields (kept in this browser)");
    const close = make("button", "Close", { type: "button", class: "button" });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    dialog.append(make("h2", "Keys of this page", { id: "keys-heading" }), list, choice, close);
    document.body.append(dialog);
    dialog.showModal();
  }

  function start() {
    const search = document.getElementById("searchbar");
    if (search) Object.assign(search.dataset, { key: "/", keyHelp: "Search this list" });
    for (const one of declared()) {
      one.setAttribute("aria-keyshortcuts", one.dataset.key.replaceAll("Ctrl", "Control"));
    }
    for (const button of document.querySelectorAll("[data-keys-list]")) {
      button.hidden = false;
      button.addEventListener("click", show);
    }
  }

  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();
})();
