// Registers the service worker of a hub that has "offline: true", and says of a
// page without a connection as of which day it is. The worker marks what it kept.
//
// Lost without it: the hub works as long as there is a connection.

const { lang, dataset: { kept, instead } } = document.documentElement;
const note = document.querySelector('[data-offline]');
const words = JSON.parse(note.querySelector('script').textContent);
const since = new Date(kept ?? instead ?? Date.now());

function show() {
  note.hidden = !kept && !instead && navigator.onLine;
  const text = words[instead ? 'offline-instead' : 'offline-shown'];
  note.querySelector('p').textContent = note.hidden ? '' : text.replace('{date}', new Intl.DateTimeFormat(lang, { dateStyle: 'long' }).format(since));
}

show();
addEventListener('online', show);
addEventListener('offline', show);
navigator.serviceWorker?.register(new URL('../sw.js', import.meta.url));
