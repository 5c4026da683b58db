// This hub keeps nothing on a reader's device. If it once did, this removes it.
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith(`twinshelf-${registration.scope} `)) await caches.delete(name);
  await registration.unregister();
})()));
