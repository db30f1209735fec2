// Network first; a public page once seen is shown again when there is no network.
// Kept: GET pages that the server marks "public", and static files. Never kept: answers (POST), pages of accounts.
"use strict";
const STORE = "ensemblier-1";
const FALLBACK = "/hors-ligne/";

self.addEventListener("install", (event) => {
  event.waitUntil(keepFallback().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name !== STORE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim())
  );
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});

async function keepFallback() {
  const store = await caches.open(STORE);
  const page = await fetch(FALLBACK);
  const text = await page.clone().text();
  await store.put(FALLBACK, page);
  const files = [...text.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
  await Promise.all(files.map((file) => fetch(file).then((found) => (found.ok ? store.put(file, found) : null))));
}

async function answer(request) {
  try {
    const response = await fetch(request);
    if (response.ok && mayKeep(request, response)) {
      const store = await caches.open(STORE);
      await store.put(request, response.clone());
    }
    return response;
  } catch (noNetwork) {
    const kept = await caches.match(request);
    if (kept) return kept;
    if (request.mode === "navigate") return (await caches.match(FALLBACK)) || Response.error();
    return Response.error();
  }
}

function mayKeep(request, response) {
  if (response.redirected || response.type !== "basic") return false;
  if (new URL(request.url).pathname.startsWith("/static/")) return true;
  return (response.headers.get("Cache-Control") || "").includes("public");
}
