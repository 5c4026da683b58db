// Searches the whole site as the reader types: a list of suggestions to choose
// from with the arrow keys, and below it all results. The words stay in the
// address (?q=dinosaurs) and go nowhere else. The index of the page's language
// loads when the reader comes to the field; after that nothing else is fetched,
// so that search works without a connection.
//
// Lost without it: the page leads to the lists from A to Z and by kind.

import { find, options } from './search-index.js';

const box = document.querySelector('[data-search]');
const form = box.querySelector('form');
const input = form.elements.q;
const status = box.querySelector('[data-status]');
const list = box.querySelector('[data-results]');
const words = JSON.parse(box.querySelector('script').textContent);
const { lang } = document.documentElement;
const plurals = new Intl.PluralRules(lang);
const suggested = 6;
const shown = 40;

let index;
let results = [];
let active = -1;
let timer;

const fill = (text, values) => (text ?? '').replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');

function make(name, attributes, text = '') {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
}

// A combobox as the ARIA Authoring Practices describe it.
const popup = make('ul', { id: 'suggestions', class: 'options', role: 'listbox', 'aria-label': words['search-suggestions'], hidden: '' });
input.after(popup);
for (const [key, value] of Object.entries({
  type: 'text', inputmode: 'search', enterkeyhint: 'search', role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': popup.id,
})) input.setAttribute(key, value);

function load() {
  index ??= Promise.all([import('../vendor/minisearch.min.js'), fetch(box.dataset.search)]).then(async ([{ default: MiniSearch }, answer]) => {
    if (!answer.ok) throw new Error(answer.statusText);
    return MiniSearch.loadJSON(await answer.text(), options);
  });
  return index;
}

function setOpen(open) {
  popup.hidden = !open || !popup.childElementCount;
  input.setAttribute('aria-expanded', String(!popup.hidden));
  if (popup.hidden) setActive(-1);
}

function setActive(n) {
  popup.children[active]?.setAttribute('aria-selected', 'false');
  active = n;
  const option = popup.children[active];
  if (!option) {
    input.removeAttribute('aria-activedescendant');
    return;
  }
  option.setAttribute('aria-selected', 'true');
  option.scrollIntoView({ block: 'nearest' });
  input.setAttribute('aria-activedescendant', option.id);
}

// Text of a result in its own language.
function say(element, text, result) {
  element.textContent = text;
  if (result.lang !== lang) Object.assign(element, { lang: result.lang, dir: 'auto' });
  return element;
}

const kind = (result) => make('span', { class: 'result-kind' }, words[`search-kind-${result.kind}`]);

function suggestion(result, i) {
  const option = make('li', { id: `suggestion-${i}`, role: 'option', 'aria-selected': 'false' });
  option.append(say(make('span', {}), result.title, result), ' ', kind(result));
  option.addEventListener('click', () => location.assign(result.id));
  return option;
}

function entry(result) {
  const item = document.createElement('li');
  item.append(say(make('a', { href: result.id }), result.title, result), ' ', kind(result));
  if (result.about) item.append(say(make('p', {}), result.about, result));
  return item;
}

function show(all) {
  const rest = results.length - shown;
  list.replaceChildren(...results.slice(0, all ? undefined : shown).map(entry));
  if (all || rest <= 0) return;
  const more = make('button', { type: 'button', class: 'button quiet' }, words['search-all-results']);
  more.addEventListener('click', () => {
    show(true);
    list.children[shown].querySelector('a').focus();
  });
  const item = make('li', { class: 'results-more' });
  item.append(more);
  list.append(item);
}

// Says how many there are, and keeps the words in the address: once the reader
// pauses, as each letter would be too much to listen to.
function settle(query) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const address = new URL(location.href);
    if (query) address.searchParams.set('q', query);
    else address.searchParams.delete('q');
    history.replaceState(null, '', address);
    if (!query) {
      status.textContent = '';
      return;
    }
    const n = results.length;
    const count = fill(words[`search-results.${plurals.select(n)}`] ?? words['search-results.other'], { count: n.toLocaleString(lang), query });
    const none = `${fill(words['search-none'], { query })} ${words['search-none-help']}`;
    status.textContent = !n ? none : popup.hidden ? count : `${count}. ${words['search-move']}`;
  }, 300);
}

async function search(open) {
  const query = input.value.trim();
  // What the page leads to without a question makes room until the results are
  // there, or it would jump.
  box.classList.toggle('waiting', query !== '');
  let loaded;
  try {
    const late = setTimeout(() => {
      if (query) status.textContent = words['search-loading'];
    }, 300);
    loaded = await load().finally(() => clearTimeout(late));
  } catch {
    index = undefined; // the next letter tries again
    status.textContent = words['search-failed'];
    box.classList.remove('waiting');
    return;
  }
  if (query !== input.value.trim()) return;
  results = query ? find(loaded, query) : [];
  setActive(-1);
  popup.replaceChildren(...results.slice(0, suggested).map(suggestion));
  setOpen(open);
  show(false);
  box.classList.remove('waiting');
  settle(query);
}

input.addEventListener('focus', () => load().catch(() => { index = undefined; }), { once: true });
input.addEventListener('input', () => search(true));
input.addEventListener('blur', () => setOpen(false));
popup.addEventListener('mousedown', (event) => event.preventDefault()); // the field keeps the focus
input.addEventListener('keydown', (event) => {
  const n = popup.childElementCount;
  if (event.isComposing) return;
  if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && n) {
    event.preventDefault();
    const wasOpen = !popup.hidden;
    setOpen(true);
    const step = event.key === 'ArrowDown' ? 1 : -1;
    setActive(wasOpen || step < 0 ? (active + 1 + step + n + 1) % (n + 1) - 1 : 0);
  } else if (event.key === 'Escape') {
    event.preventDefault();
    if (!popup.hidden) {
      setOpen(false);
      return;
    }
    input.value = '';
    search(false);
  } else if (['Home', 'End', 'ArrowLeft', 'ArrowRight'].includes(event.key)) {
    setActive(-1); // the keys move in the words
  } else if (event.key === 'Enter' && active >= 0) {
    event.preventDefault();
    location.assign(results[active].id);
  }
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  search(false);
});

const asked = new URLSearchParams(location.search).get('q');
if (asked && !input.value) input.value = asked;
if (input.value) search(false);
