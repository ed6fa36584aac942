// The little that pages need beyond HTML. Everything works without it.
"use strict";

// After a refused form the summary of errors is read first.
const summary = document.querySelector(".summary-of-errors");
if (summary) summary.focus();

// A filter that is chosen is applied at once; without this script there is the button.
document.querySelectorAll("form[data-send-on-change]").forEach((form) => {
  form.addEventListener("change", (event) => {
    if (event.target.tagName === "SELECT") form.requestSubmit();
  });
});

// A form is sent once, however often its button is pressed.
document.querySelectorAll("form[method=post]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// Small moves that do not reach the server say so, in the words the page brought along.
document.body.addEventListener("htmx:sendError", () => {
  const box = document.getElementById("offline");
  if (box) { box.hidden = false; box.focus(); }
});

// A citation is copied with one click; the button says that it was.
document.querySelectorAll("button[data-copy]").forEach((button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  const words = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = words; }, 2000);
  });
});

// What a citation leads to is shown beside it while it is pointed at, and goes with Esc.
const preview = document.getElementById("preview");
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.target === preview) preview.hidden = false;
});
const leave = (event) => { if (event.target.closest?.("a.cite")) preview.hidden = true; };
document.body.addEventListener("mouseout", leave);
document.body.addEventListener("focusout", leave);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") preview.hidden = true; });
