// Answers of the simulator are kept on this device, so that a closed tab or a change of language loses nothing.
"use strict";

const NAME = "gongbao-support-answers";
const RETURN = "gongbao-support-return";

const keep = document.querySelector("[data-keep]");
if (keep) localStorage.setItem(NAME, keep.value);

// A change of language or type leads away and back: then the page goes on by itself.
document.querySelectorAll(".head-tools a[href*='/prefer/']").forEach((link) => {
  link.addEventListener("click", () => { if (keep) sessionStorage.setItem(RETURN, keep.dataset.keep || "next"); });
});

const resume = document.querySelector("[data-resume]");
if (resume && localStorage.getItem(NAME)) {
  resume.elements.answers.value = localStorage.getItem(NAME);
  resume.hidden = false;
  const to = sessionStorage.getItem(RETURN);
  if (to) {
    sessionStorage.removeItem(RETURN);
    resume.elements.go.value = to;
    resume.requestSubmit(resume.elements.go);
  }
}

document.querySelectorAll("[data-forget]").forEach((button) => {
  button.addEventListener("click", () => {
    localStorage.removeItem(NAME);
    if (resume) resume.hidden = true;
  });
});

const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
// Paper cannot be opened: everything is printed open.
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("main details").forEach((part) => { part.open = true; });
});
