// Times in the reader's own zone, dialogs, and a few keys. Everything works without it.
"use strict";

(() => {
  const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
  const moment = new Intl.DateTimeFormat(undefined, {
    day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
  });

  function tellTimes(root) {
    for (const time of root.querySelectorAll("time[data-local]")) {
      const instant = new Date(time.dateTime);
      const spelling = time.dataset.local === "date" ? day : moment;
      if (!Number.isNaN(instant.valueOf())) time.textContent = spelling.format(instant);
      time.removeAttribute("data-local");
    }
  }

  const dialog = document.getElementById("dialog");
  let opener = null;

  function openDialog() {
    if (dialog.open) return;
    opener = document.activeElement;
    dialog.showModal();
  }

  function inDialog(element) {
    return dialog && (dialog.contains(element) || document.querySelector("#dialog .failure"));
  }

  function focusFirst(root, ...selectors) {
    const first = selectors.map((selector) => root.querySelector(selector)).find(Boolean);
    if (first) first.focus();
  }

  // htmx shows the class of requests that are on their way; screen readers hear it here.
  document.addEventListener("htmx:afterSwap", (event) => {
    tellTimes(document);
    if (inDialog(event.detail.elt)) openDialog();
  });

  // What is wrong has the focus. htmx gives it to `autofocus` before, in the same turn: with a delay
  // (`defaultSettleDelay`), what somebody types meanwhile would go into another field.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (inDialog(event.detail.elt)) focusFirst(dialog, "[aria-invalid]", "[autofocus]", "#panel-title");
    else focusFirst(event.detail.elt, "[aria-invalid]");
  });

  document.addEventListener("htmx:sendError", () => {
    const inside = dialog && dialog.open ? dialog.querySelector("[data-said]") : null;
    const said = inside || document.getElementById("said");
    if (!said) return;
    const sentence = document.createElement("p");
    sentence.className = "notice bad";
    sentence.textContent = "The server can't be reached. Look at your connection, then try again.";
    said.replaceChildren(sentence);
  });

  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-close]");
    if (close) {
      if (dialog && dialog.contains(close)) {
        event.preventDefault();
        dialog.close();
      } else if (close.tagName === "BUTTON") {
        history.back();
      }
      return;
    }
    if (event.target === dialog) dialog.close();
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      const field = document.getElementById(copy.dataset.copy);
      field.select();
      navigator.clipboard.writeText(field.value).then(() => { copy.textContent = "Copied"; }, () => {});
    }
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target) || event.target.closest("a")) menu.open = false;
    }
  });

  if (dialog) {
    dialog.addEventListener("close", () => {
      const changed = dialog.querySelector("[data-changed]");
      dialog.replaceChildren();
      if (changed) location.reload();
      if (opener && opener.isConnected) opener.focus();
      opener = null;
    });
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll("details.menu[open]")) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    }
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && !(dialog && dialog.open)) {
      const search = document.querySelector("input[type=search]");
      if (search) {
        event.preventDefault();
        search.focus();
        search.select();
      }
    }
  });

  // What was said once is not said again when the page is loaded anew.
  const here = new URL(location.href);
  if (here.searchParams.has("said")) {
    here.searchParams.delete("said");
    history.replaceState(history.state, "", here);
  }

  tellTimes(document);
  focusFirst(document, "[aria-invalid]");
})();
