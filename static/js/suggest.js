/* Suggests names while a reader types in a search box (data-suggest names the address). Without it the form works alone. */
"use strict";

function suggestIn(input) {
  const list = document.createElement("ul");
  const asked = { number: 0, timer: 0 };
  let chosen = -1;
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggested names");
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  function close() {
    chosen = -1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(place) {
    const options = [...list.children];
    chosen = (place + options.length + 1) % (options.length + 1);
    if (chosen === options.length) chosen = -1;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
    if (chosen < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
    }
  }

  function text(tag, words, name) {
    const part = document.createElement(tag);
    part.textContent = words;
    part.className = name;
    if (tag === "bdi") part.dir = "auto";
    return part;
  }

  function show(names) {
    const options = names.map((name, i) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${i}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.href = name.href;
      option.append(text("bdi", name.label, "suggestion-label"), " ", text("span", name.kind, "suggestion-kind"));
      if (name.name) option.append(" ", text("bdi", name.name, "suggestion-name"));
      return option;
    });
    list.replaceChildren(...options);
    close();
    if (!options.length) return;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  async function ask() {
    const question = input.value.trim();
    const number = ++asked.number;
    if (question.length < 2) return close();
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(question)}`, { credentials: "omit" });
      if (!answer.ok) return close();
      const found = await answer.json();
      // An answer that comes late is of a question no longer asked.
      if (number === asked.number && document.activeElement === input) show(found.names);
    } catch {
      close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(asked.timer);
    asked.timer = setTimeout(ask, 120);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? list.children.length - 1 : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) location.assign(list.children[chosen].dataset.href);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => {
    asked.number += 1;
    close();
  });
  // Before the field loses its focus, and the list with it.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.href);
  });
}

document.querySelectorAll("input[data-suggest]").forEach(suggestIn);
