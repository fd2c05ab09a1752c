// Keeps the page of a device at the doors with its scripts and its style, and nothing else: no list, no name.
"use strict";

const NAME = `door ${PAGE} ${FILES.join(" ")}`;
const PATIENCE = 3000; // milliseconds a page may take before the kept one is shown

self.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forget().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && address.pathname === PAGE) event.respondWith(page(event.request));
  else if (FILES.includes(address.pathname)) event.respondWith(file(event.request));
});

async function keep() {
  const cache = await caches.open(NAME);
  await cache.addAll([...FILES, new Request(PAGE, { cache: "no-store", redirect: "error" })]);
}

// Of this page alone: another event keeps its own.
async function forget() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(`door ${PAGE} `) && name !== NAME).map((name) => caches.delete(name)));
}

async function page(request) {
  const cache = await caches.open(NAME);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok && !answer.redirected) await cache.put(PAGE, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(PAGE);
    if (kept) return kept;
    throw error;
  }
}

async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}
