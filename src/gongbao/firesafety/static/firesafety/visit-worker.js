// Opens the pages of visits without a network: from the network where there is one, else as they were last seen.
"use strict";
const KEPT = "gongbao-visits";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith(
    fetch(event.request).then(async (answer) => {
      if (answer.ok && !answer.redirected) (await caches.open(KEPT)).put(event.request, answer.clone());
      return answer;
    }).catch(async (error) => {
      const kept = await caches.match(event.request, { ignoreVary: true });
      if (kept) return kept;
      throw error;
    }),
  );
});
