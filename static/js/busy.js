/* A form that takes its time says so, and is sent once. Without this it is sent as any other. */
"use strict";
(() => {
  const forms = [...document.querySelectorAll("form[data-busy]")];

  function begin(event) {
    const form = event.currentTarget;
    if (form.hasAttribute("aria-busy")) {
      event.preventDefault();
      return;
    }
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
