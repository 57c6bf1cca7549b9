/* A form that takes its time says so, and is sent once. Without this it is sent as any other. */
"use strict";
(() => {
  const forms = [...document.querySelectorAll("form[data-busy]")];
  const begun = new Map();

  function begin(event) {
    const form = event.currentTarget;
    // After a while it may be sent again: the first was perhaps stopped by hand, or never arrived.
    if (form.hasAttribute("aria-busy")) {
      if (event.timeStamp - begun.get(form) < 15000) event.preventDefault();
      return;
    }
    begun.set(form, event.timeStamp);
    form.setAttribute("aria-busy", "true");
    const told = document.createElement("span");
    told.className = "desk-busy";
    told.setAttribute("role", "status");
    (event.submitter ? event.submitter.parentElement : form).append(told);
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", form.dataset.busy);
    told.append(bar, ` ${form.dataset.busy}`);
  }

  for (const form of forms) form.addEventListener("submit", begin);
  // Shown again by "back": as it was.
  addEventListener("pageshow", () => {
    for (const form of forms) {
      form.removeAttribute("aria-busy");
      form.querySelector(".desk-busy")?.remove();
    }
  });
})();
