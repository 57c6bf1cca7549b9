/* Look whether a capture has been read, and show it then. Without this, "Look again" does the same. */
"use strict";

(() => {
  const page = document.querySelector("[data-wait]");
  const begun = Date.now();

  const look = async () => {
    try {
      const response = await fetch(page.dataset.wait, { headers: { Accept: "application/json" } });
      if (response.ok && (await response.json()).state !== "waiting") {
        location.reload();
        return;
      }
    } catch {
      /* The line is down for a moment: look again. */
    }
    if (Date.now() - begun > 20000) page.querySelector(".capture-late").hidden = false;
    setTimeout(look, Date.now() - begun < 15000 ? 700 : 3000);
  };

  setTimeout(look, 500);
})();
