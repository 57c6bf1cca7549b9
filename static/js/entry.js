/* The claim's form while it is typed: dates and numbers told in words, proposals of the passage, Enter to go on. */
"use strict";
(() => {
  const form = document.querySelector("[data-entry]");
  if (!form) return;
  const address = form.dataset.entry;
  const token = form.closest("form").elements.csrfmiddlewaretoken.value;
  const field = (id) => document.getElementById(id);

  function make(tag, text, attributes = {}) {
    const made = document.createElement(tag);
    made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  /* The place under a field where the desk answers; read out when it changes. */
  function answerOf(element) {
    const id = `${element.id}-told`;
    let place = field(id);
    if (!place) {
      place = make("div", "", { id, class: "desk-told", role: "status" });
      const row = element.closest(".flex-container, .desk-box");
      row.classList.contains("desk-box") ? row.append(place) : row.after(place);
    }
    place.replaceChildren();
    return place;
  }

  async function ask(fields) {
    try {
      const sent = new URLSearchParams({ csrfmiddlewaretoken: token, ...fields });
      const response = await fetch(address, { method: "POST", body: sent, redirect: "error" });
      return response.ok ? await response.json() : {};
    } catch {
      return {}; // no answer: the form is read when it is saved
    }
  }

  const slowly = (act, wait = 300) => {
    let timer;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(act, wait);
    };
  };

  function put(element, value) {
    element.value = value;
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* Proposals fill only what nobody has chosen, and say so. What the aspect proposes, a passage does not change. */
  function propose(select, value, from) {
    if (!select || !value || (select.value && !("proposed" in select.dataset))) return;
    if (from !== "the aspect") Object.assign(select.dataset, { last: value, lastFrom: from });
    if (select.dataset.proposed === "the aspect" && from === "the passage") return;
    select.value = value;
    if (select.value !== value) return;
    select.dataset.proposed = from;
    answerOf(select).textContent = `Proposed by ${from}`;
  }

  /* What other words proposed holds no more. */
  function withdraw(select) {
    if (!select || !("proposed" in select.dataset)) return;
    select.value = "";
    delete select.dataset.proposed;
    answerOf(select);
  }

  form.addEventListener("change", (event) => {
    if (!event.isTrusted || !("proposed" in event.target.dataset)) return;
    delete event.target.dataset.proposed;
    answerOf(event.target);
  });

  /* The aspect: a name is seen, a founding happens, whatever the tense of the passage. */
  function watchAspect(select, sense) {
    const senses = JSON.parse(select.dataset.senses || "{}");
    const told = () => {
      // On the way through a list other aspects are passed: what stood before them comes back.
      if (sense.dataset.proposed === "the aspect" && !senses[select.value]) {
        withdraw(sense);
        propose(sense, sense.dataset.last, sense.dataset.lastFrom);
      }
      propose(sense, senses[select.value], "the aspect");
    };
    select.addEventListener("change", told);
    if (select.value) told();
  }

  /* Dates */
  function watchDate(input, sense) {
    const told = slowly(async () => {
      const typed = input.value;
      if (!typed.trim()) return answerOf(input);
      const chosen = sense && !("proposed" in sense.dataset) ? sense.value : "";
      const { when } = await ask({ when: typed, sense: sense ? chosen : "happened" });
      if (!when || typed !== input.value) return;
      const place = answerOf(input);
      if (when.wrong) return place.append(make("span", when.wrong, { class: "desk-told-wrong" }));
      if (sense) propose(sense, when.sense || "happened", "the date");
      if (when.asks) place.append(make("span", "Which is meant? "));
      else place.append(make("strong", when.words), " ", make("code", when.edtf));
      if (when.note) place.append(make("span", ` ${when.note}`));
      for (const offer of when.offers) {
        if (!when.asks && offer.edtf === when.edtf) continue;
        const button = make("button", "", { type: "button", class: "desk-offer" });
        button.append(offer.words, " ", make("code", offer.edtf));
        button.addEventListener("click", () => {
          // A reading that is written as it was typed is said to be meant.
          const asked = form.closest("form").elements.dates_asked;
          asked.value = [asked.value, `${input.name} ${sense ? sense.value : "happened"} ${offer.edtf}`].filter(Boolean).join(" | ");
          input.value = offer.edtf;
          const said = answerOf(input);
          said.append(make("strong", offer.words), " ", make("code", offer.edtf));
          input.focus();
        });
        place.append(" ", button);
      }
    });
    input.addEventListener("input", told);
    if (sense) sense.addEventListener("change", () => input.value && told());
  }

  /* Numbers */
  function watchNumber(input, counted) {
    input.addEventListener("input", slowly(async () => {
      const typed = input.value;
      if (!typed.trim()) return answerOf(input);
      const { number } = await ask({ number: typed });
      if (!number || typed !== input.value) return;
      const place = answerOf(input);
      if (number.wrong) return place.append(make("span", number.wrong, { class: "desk-told-wrong" }));
      place.append(make("strong", number.words), number.note ? ` (${number.note})` : "");
      propose(counted, number.counted, "the number");
    }));
  }

  /* The passage */
  function watchQuote(input) {
    const near = (name) => field(input.id.replace(/-quote$/, `-${name}`));
    const told = slowly(async () => {
      const quote = input.value;
      if (!quote.trim()) return answerOf(input);
      const { passage } = await ask({ quote, version: near("version").value, nth: near("nth").value });
      if (!passage || quote !== input.value) return;
      const place = answerOf(input);
      if (passage.wrong) place.append(make("span", passage.wrong, { class: "desk-told-wrong" }));
      else place.append(make("span", passage.place));
      const first = input.id === "id_citations-0-quote" && !near("uid").value;
      propose(near("bearing"), "supports", "habit");
      if (!passage.voice) {
        withdraw(near("voice"));
        if (first) withdraw(field("id_voice"));
      }
      propose(near("voice"), passage.voice, "its words");
      if (first) {
        propose(field("id_voice"), passage.voice, "the passage");
        const sense = field("id_sense");
        if (sense && !passage.sense && sense.dataset.lastFrom === "the passage") {
          delete sense.dataset.last;
          if (sense.dataset.proposed === "the passage") withdraw(sense);
        }
        propose(sense, passage.sense, "the passage");
        offer(place, "Dates in it: ", passage.dates, field("id_when"));
        offer(place, "Numbers in it: ", passage.numbers, field("id_number"));
      }
      hear(near("heard"), passage.heard);
    });
    for (const one of [input, near("nth")]) one.addEventListener("input", told);
    if (input.value) told();
  }

  function offer(place, said, found, into) {
    if (!into || !found.length) return;
    const line = make("div", said);
    for (const one of found) {
      const button = make("button", one.typed, { type: "button", class: "desk-offer", title: one.words });
      button.addEventListener("click", () => {
        for (let fold = into.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
        put(into, one.typed);
        into.focus();
      });
      line.append(button, " ");
    }
    place.append(line);
  }

  function hear(select, speakers) {
    if (!select || select.selectedOptions.length) return;
    // Whoever is choosing chooses: a press on what was put in meanwhile would let go of it.
    if (select.nextElementSibling?.classList.contains("select2-container--open")) return;
    for (const { uid, label } of speakers) select.append(new Option(label, uid, true, true));
    if (speakers.length) django.jQuery(select).trigger("change");
  }

  /* Enter goes on: passage, sentence, aspect, save. Shift+Enter begins a line; a list that was opened is first closed. */
  let opened = null;
  let lettered = -Infinity; // when a letter last chose in a list: a space soon after is part of the words, and opens nothing
  form.addEventListener("mousedown", (event) => { opened = event.target.closest("select"); });
  form.addEventListener("keydown", (event) => {
    const here = event.target;
    if (here.tagName === "SELECT" && event.key.length === 1) {
      if (event.key !== " " || event.timeStamp - lettered < 1000) lettered = event.timeStamp;
      else opened = here;
    } else if (here.tagName === "SELECT" && event.altKey && event.key.startsWith("Arrow")) opened = here;
    if (event.key !== "Enter" || event.isComposing || event.shiftKey || event.ctrlKey || event.metaKey || !here.dataset.enter) return;
    if (opened === here) {
      opened = null;
      return;
    }
    event.preventDefault();
    const sense = field("id_sense");
    if (here.dataset.enter !== "save") field(here.dataset.enter).focus();
    else if (sense && !sense.value) {
      answerOf(sense).textContent = "The words do not tell: once (happened), all through (held), or seen then (as of)?";
      sense.focus();
    } else here.form.requestSubmit(here.form.querySelector(".desk-submit .default"));
  });

  const watched = new WeakSet();
  function watchAll() {
    for (const input of form.querySelectorAll("textarea[name^='citations-'][name$='-quote']:not([name*=__prefix__])")) {
      if (!watched.has(input)) watchQuote(input);
      watched.add(input);
    }
  }
  document.addEventListener("formset:added", watchAll);
  watchAll();
  if (field("id_aspect_key") && field("id_sense")) watchAspect(field("id_aspect_key"), field("id_sense"));
  if (field("id_when")) watchDate(field("id_when"), field("id_sense"));
  if (field("id_response_date")) watchDate(field("id_response_date"), null);
  if (field("id_number")) watchNumber(field("id_number"), field("id_counted"));
})();
