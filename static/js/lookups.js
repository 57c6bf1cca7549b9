/* Django's look-ups (select2): what it leaves unnamed takes the name of the field's own label. */
"use strict";
(() => {
  function name(container) {
    const select = container.previousElementSibling;
    const label = select && select.id && document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    if (!label) return;
    const said = label.textContent.replace(/:\s*$/, "").trim();
    if (!label.id) label.id = `${select.id}_label`;
    const value = container.querySelector(".select2-selection__rendered[role=textbox]");
    const box = container.querySelector(".select2-selection[role=combobox]");
    if (value && !value.hasAttribute("aria-labelledby")) value.setAttribute("aria-labelledby", label.id);
    if (box && value && !box.getAttribute("aria-labelledby")?.startsWith(label.id)) {
      box.setAttribute("aria-labelledby", `${label.id} ${value.id}`);
    } else if (box && !value && !box.hasAttribute("aria-label")) {
      box.setAttribute("aria-label", said);
    }
    for (const field of container.querySelectorAll(".select2-search__field")) field.setAttribute("aria-label", said);
  }

  function nameAll() {
    document.querySelectorAll("select + .select2-container").forEach(name);
    for (const field of document.querySelectorAll(".select2-dropdown .select2-search__field")) {
      field.setAttribute("aria-label", "Search");
    }
    for (const box of document.querySelectorAll(".select2-selection[aria-owns]")) box.setAttribute("aria-controls", box.getAttribute("aria-owns"));
    for (const open of document.querySelectorAll("body > .select2-container--open:not([role])")) {
      open.setAttribute("role", "region");
      open.setAttribute("aria-label", "Look-up");
    }
    for (const list of document.querySelectorAll(".select2-results__options:not([aria-label])")) list.setAttribute("aria-label", "Found");
  }

  new MutationObserver(nameAll).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["aria-owns"] });
})();
