// Narrows a list at once by format, grade, subject, library and audience, keeps
// the choice in the address (?format=audiobook&grade=3), and says how much is
// left. Values of one kind are alternatives, kinds narrow each other.
//
// Lost without it: each value is a link to a page that lists what has it, and
// an address with a question shows the whole list.
//
// A list that is split by letter loads its entries from one JSON file (an array
// of FilterEntry in internal/output, one for all lists) once the reader narrows
// it.

const lang = document.documentElement.lang;
const panel = document.querySelector('[data-filter]');
const list = document.querySelector('[data-entries]');
const count = document.querySelector('[data-count]');
const words = JSON.parse(panel.querySelector('script').textContent);
const plurals = new Intl.PluralRules(lang);
const whole = count.textContent;
const keys = [];
const boxes = [];

const fill = (text, values) => (text ?? '').replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
const inNumber = (key, n, values) => fill(words[`${key}.${plurals.select(n)}`] ?? words[`${key}.other`], { count: n.toLocaleString(lang), ...values });

// Links become boxes, but for the kind that the page itself is a list of.
const [just, justValue] = String(panel.dataset.just ?? '').split('=');
for (const facet of panel.querySelectorAll('[data-key]')) {
  const { key } = facet.dataset;
  if (key === just) continue;
  keys.push(key);
  for (const link of facet.querySelectorAll('[data-value]')) {
    const box = document.createElement('input');
    Object.assign(box, { type: 'checkbox', name: key, value: link.dataset.value });
    const label = document.createElement('label');
    label.append(box, ...link.childNodes);
    box.dataset.words = label.firstElementChild.nextSibling.textContent.trim();
    link.replaceWith(label);
    boxes.push(box);
  }
}

const entryOf = (element) => ({
  element,
  group: element.closest('.group'),
  values: Object.fromEntries(keys.map((key) => [key, (element.dataset[key] ?? '').split(' ').filter(Boolean)])),
});
const built = [...list.childNodes];
let entries = [...list.querySelectorAll('.card')].map(entryOf);
let loaded = !panel.dataset.all;

async function load() {
  if (loaded) return;
  count.textContent = words['filter-loading'];
  const answer = await fetch(panel.dataset.all);
  if (!answer.ok) throw new Error(answer.statusText);
  const groups = new Map();
  for (const { letter, html, ...values } of await answer.json()) {
    if (just && !values[just].includes(justValue)) continue;
    if (!groups.has(letter)) {
      const group = document.createElement('section');
      group.className = 'group';
      group.innerHTML = '<h2 class="letter"></h2><ul class="cards"></ul>';
      group.firstChild.textContent = letter;
      groups.set(letter, group);
    }
    groups.get(letter).lastChild.insertAdjacentHTML('beforeend', html);
  }
  entries = [...groups.values()].flatMap((group) => [...group.querySelectorAll('.card')].map(entryOf));
  loaded = true;
}

const wanted = () => keys.map((key) => [key, boxes.filter((box) => box.name === key && box.checked).map((box) => box.value)])
  .filter(([, values]) => values.length);

// What says nothing of grades is for everybody.
const fits = (entry, [key, values]) => (key === 'grade' && !entry.values.grade.length) || values.some((value) => entry.values[key].includes(value));

async function apply() {
  const wishes = wanted();
  showChips();
  if (panel.dataset.all) {
    if (!wishes.length) {
      list.replaceChildren(...built);
      count.textContent = whole;
      return;
    }
    try {
      await load();
    } catch {
      count.textContent = words['filter-failed'];
      return;
    }
    list.replaceChildren(...new Set(entries.map(({ group }) => group)));
  }
  const left = new Set();
  let n = 0;
  for (const entry of entries) {
    entry.element.hidden = !wishes.every((wish) => fits(entry, wish));
    if (!entry.element.hidden) {
      n++;
      left.add(entry.group);
    }
  }
  for (const { group } of entries) group.hidden = !left.has(group);
  for (const link of document.querySelectorAll('.letters a[href^="#"]')) {
    link.parentElement.hidden = Boolean(document.getElementById(decodeURIComponent(link.hash.slice(1)))?.closest('.group')?.hidden);
  }
  count.textContent = !wishes.length ? whole : n ? inNumber('databases-count-of', n, { total: entries.length.toLocaleString(lang) }) : words['filter-none'];
}

const chips = document.createElement('span');
chips.className = 'chips';
panel.querySelector('.chips').append(chips);

function chip(text, act) {
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', className: 'chip', textContent: text });
  button.addEventListener('click', act);
  return button;
}

function removeChip(box) {
  const button = chip(`${box.dataset.words} `, () => {
    box.checked = false;
    changed();
    (chips.querySelector('button') ?? panel.querySelector('summary')).focus();
  });
  button.ariaLabel = fill(words['filter-remove'], { value: box.dataset.words });
  const cross = document.createElement('span');
  Object.assign(cross, { textContent: '×', ariaHidden: 'true' });
  button.append(cross);
  return button;
}

function showChips() {
  const on = boxes.filter((box) => box.checked);
  chips.replaceChildren(...on.map(removeChip));
  if (!on.length) return;
  chips.append(chip(words['filter-clear'], () => {
    for (const box of on) box.checked = false;
    changed();
    panel.querySelector('summary').focus();
  }));
  const copy = chip(words['filter-copy'], () => {});
  Object.assign(copy.dataset, { copy: '', done: words['filter-copied'] });
  chips.append(copy);
}

function changed() {
  const question = new URLSearchParams(wanted().flatMap(([key, values]) => values.map((value) => [key, value])));
  history.pushState(null, '', question.size ? `?${question}` : location.pathname);
  apply();
}

// A value that an address names and the page does not offer: one of many
// libraries, or a mistake. It narrows all the same.
function unlisted(key, value) {
  const box = document.createElement('input');
  Object.assign(box, { type: 'checkbox', name: key, value });
  box.dataset.words = value;
  return box;
}

function readAddress() {
  const question = new URLSearchParams(location.search);
  for (const key of keys) {
    for (const value of question.getAll(key).flatMap((values) => values.split(',')).filter(Boolean)) {
      if (!boxes.some((box) => box.name === key && box.value === value)) boxes.push(unlisted(key, value));
    }
  }
  for (const box of boxes) box.checked = question.getAll(box.name).some((value) => value.split(',').includes(box.value));
  apply();
}

panel.addEventListener('change', changed);
addEventListener('popstate', readAddress);
if (location.search) readAddress();
