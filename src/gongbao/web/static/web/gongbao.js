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
