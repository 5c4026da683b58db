// The worker of a hub with "offline: true": the network first, and without it a
// fixed set of addresses, the same for every reader. The whole set is fetched
// at once, so that the device holds no record of what somebody opened, or when.
//
// Before this stand version (of the set), kept (its addresses) and homes (of
// the languages, the default one first); internal/output/offline.go writes them.

const HOUR = 36e5;
const addresses = new Set(kept.map((path) => new URL(path, location).href));

// A copy of the set is a cache named by the moment of its making. Other hubs of
// the same host have other scopes.
const ours = `twinshelf-${registration.scope} `;
const own = `${ours}${version} `;

const copies = async () => (await caches.keys()).filter((name) => name.startsWith(own)).sort().reverse();
const momentOf = (name) => name.slice(own.length);

async function removeAllBut(keep) {
  for (const name of await caches.keys()) if (name.startsWith(ours) && !keep(name)) await caches.delete(name);
}

async function copyAll() {
  const name = own + new Date().toISOString();
  try {
    const copy = await caches.open(name);
    await copy.addAll(kept.map((path) => new Request(path, { cache: 'no-cache' })));
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
  await removeAllBut((other) => other === name || !other.startsWith(own));
}

let copying;
async function renew() {
  const [newest] = await copies();
  if (newest && Date.now() - Date.parse(momentOf(newest)) < HOUR) return;
  copying ??= copyAll().catch(() => {}).finally(() => { copying = undefined; });
  await copying;
}

async function find(address) {
  for (const name of await copies()) {
    const answer = await (await caches.open(name)).match(address);
    if (answer) return [answer, momentOf(name)];
  }
  return [];
}

// A kept page says of itself when it was kept; js/offline.js and js/hours.js
// read it. In place of a page that is not kept stands its language's home.
async function marked(answer, kind, moment, status) {
  const text = await answer.text();
  return new Response(text.replace('<html', `<html data-${kind}="${moment}"`), { status, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}

async function fromCopy({ mode, destination }, address) {
  const [answer, moment] = await find(address);
  if (answer) return mode === 'navigate' ? marked(answer, 'kept', moment, 200) : answer;
  if (destination !== 'document') return undefined;
  const home = homes.map((path) => new URL(path, location).href).findLast((path) => address.startsWith(path));
  const [page, since] = await find(home);
  return page && marked(page, 'instead', since, 503);
}

addEventListener('install', (event) => event.waitUntil(copyAll().then(() => skipWaiting())));
addEventListener('activate', (event) => event.waitUntil(removeAllBut((name) => name.startsWith(own)).then(() => clients.claim())));
addEventListener('fetch', (event) => {
  const { request } = event;
  const address = request.url.split(/[?#]/)[0];
  if (request.method !== 'GET' || !addresses.has(address) && request.mode !== 'navigate') return;
  event.respondWith(fetch(request).then((answer) => {
    if (request.mode === 'navigate') event.waitUntil(renew());
    return answer;
  }, async (error) => {
    const answer = await fromCopy(request, address);
    if (answer) return answer;
    throw error;
  }));
});
