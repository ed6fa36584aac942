// The checklist on a phone. Everything entered is kept in the browser first and sent when there is a network; each entry
// bears a key, so that sending it again changes nothing. It is forgotten once a page from the server shows it.
"use strict";

const list = document.getElementById("checklist");
const page = list.dataset.page;
const says = document.getElementById("kept");
const csrf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
let sending = false, again = false, waiting = 0;

const opened = new Promise((done, failed) => {
  const asked = indexedDB.open("gongbao-visits", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("entries", { keyPath: "id", autoIncrement: true });
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => failed(asked.error);
});

// One transaction: `work` gets the store and gives a request; its result once everything is on disk.
async function inStore(mode, work) {
  const transaction = (await opened).transaction("entries", mode);
  const asked = work(transaction.objectStore("entries"));
  return new Promise((done, failed) => {
    transaction.oncomplete = () => done(asked?.result);
    transaction.onerror = () => failed(transaction.error);
  });
}
const all = async () => (await inStore("readonly", (store) => store.getAll())).filter((one) => one.page === page);

// On disk at once, at every key that is pressed; what is typed is sent when the typing rests. An older answer to the same
// point goes; where it is under way already, the newer one overtakes it.
async function keep(entry, rest) {
  const made = { ...entry, page, round: list.dataset.round, key: crypto.randomUUID(), at: new Date().toISOString(),
    state: entry.kind === "answer" && !entry.verdict ? "draft" : "waiting" };  // a word without a verdict stays here
  const overtaken = (one) => entry.kind === "answer" && one.kind === "answer" && one.page === page && one.item === entry.item;
  await inStore("readwrite", (store) => {
    store.getAll().onsuccess = (event) => {
      event.target.result.filter(overtaken).forEach((one) => store.delete(one.id));
      store.add(made);
    };
  });
  clearTimeout(waiting);
  waiting = setTimeout(send, rest);
  await show();
}

async function update(entry, changes) {
  await inStore("readwrite", (store) => {
    store.get(entry.id).onsuccess = (event) => { if (event.target.result) store.put({ ...event.target.result, ...changes }); };
  });
}

function request(entry) {
  const { kind, key, round, item, verdict, note, at, file, name } = entry;
  const options = { method: "POST", headers: { "X-CSRFToken": csrf() }, credentials: "same-origin", redirect: "manual" };
  if (kind === "photo") {
    options.body = new FormData();
    for (const [field, value] of Object.entries({ key, round, item, at })) options.body.append(field, value);
    options.body.append("file", file, name);
  } else {
    options.body = JSON.stringify({ key, round, item, verdict, note, at });
  }
  return fetch(kind === "photo" ? list.dataset.photos : list.dataset.answers, options);
}

// In the order in which they were entered, one after the other; stops at the first that does not arrive.
async function send() {
  if (sending) { again = true; return; }
  sending = true;
  try {
    do {
      again = false;
      for (const entry of (await all()).filter((one) => one.state === "waiting")) {
        const answer = await request(entry);
        const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
        if (!told) { await show("login"); return; }
        await update(entry, told.taken ? { state: "sent", file: null } : { state: "refused", because: told.because });
        await show();
      }
    } while (again);
    await show();
  } catch {
    await show("offline");
  } finally {
    sending = false;
  }
}

async function show(trouble = navigator.onLine ? "" : "offline") {
  const entries = await all();
  const waiting = entries.filter((one) => one.state === "waiting").length;
  const refused = entries.filter((one) => one.state === "refused");
  const words = [];
  if (waiting) words.push(says.dataset.waiting.replace("{n}", waiting));
  if (waiting && trouble) words.push(says.dataset[trouble]);
  if (!waiting) words.push(says.dataset.sent);
  refused.forEach((one) => words.push(`${one.item}: ${one.because}`));
  says.textContent = words.join(" ");
  says.className = `notice ${refused.length ? "error-notice" : waiting ? "warning" : "success"}`;
  for (const box of list.querySelectorAll("[data-item]")) {
    const photos = entries.filter((one) => one.kind === "photo" && one.item === box.dataset.item);
    box.querySelector(".photos").textContent = photos.map((one) => one.name).join(", ");
  }
}

function restore(entries) {
  for (const entry of entries.filter((one) => one.kind === "answer")) {
    const box = list.querySelector(`[data-item="${entry.item}"]`);
    if (!box) continue;
    box.querySelectorAll("input[type=radio]").forEach((radio) => { radio.checked = radio.value === entry.verdict; });
    box.querySelector("textarea").value = entry.note;
  }
}

list.addEventListener("input", (event) => {
  const box = event.target.closest("[data-item]");
  if (!box || event.target.type === "file") return;
  const verdict = box.querySelector("input[type=radio]:checked")?.value ?? "";
  const note = box.querySelector("textarea").value;
  keep({ kind: "answer", item: box.dataset.item, verdict, note }, event.target.type === "radio" ? 0 : 600);
});
list.addEventListener("change", async (event) => {
  const box = event.target.closest("[data-item]");
  if (event.target.type !== "file") return;
  for (const file of event.target.files) await keep({ kind: "photo", item: box.dataset.item, file, name: file.name }, 0);
  event.target.value = "";
});
list.addEventListener("submit", (event) => event.preventDefault());
window.addEventListener("online", send);
setInterval(send, 15000);

(async () => {
  document.getElementById("send-whole").hidden = true;
  list.querySelectorAll("input[type=file]").forEach((input) => { input.closest(".photo-field").hidden = false; });
  if ("serviceWorker" in navigator) {
    await navigator.serviceWorker.register(list.dataset.worker).catch(() => {});
    const parts = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((one) => one.href || one.src);
    if (navigator.onLine) (await caches.open("gongbao-visits")).addAll([location.href, ...parts]).catch(() => {});
  }
  const entries = await all();
  const shown = entries.filter((one) => one.state === "sent" && one.at < list.dataset.made);
  await inStore("readwrite", (store) => { shown.forEach((one) => store.delete(one.id)); });
  restore(entries.filter((one) => !shown.includes(one)));
  await show();
  await send();
})();
