// Makes the dated hours on a page the reader's: whether a library is open now
// and until when, which day is today, and this week's table, all in the
// library's own time zone and renewed every minute.
//
// Lost without it: the page shows the hours of the day and the week in which it
// was built, with their dates, and the usual week.
//
// The data stand in the page (HoursData in internal/output): runs of equal days
// from the day before the build to a year ahead or the published end. After
// that end nothing is claimed: hours are "not published yet", never "closed".

const DAY = 864e5;
const MINUTE = 6e4;
const lang = document.documentElement.lang;
const words = JSON.parse(document.querySelector('[data-hours-words]')?.textContent ?? '{}');

// When the page came. A kept copy (sw.js) says so itself; what else is shown
// without a connection is as old as the build, and so is what seems to come from
// the future.
const { kept, instead } = document.documentElement.dataset;
const copied = kept ?? instead;
const came = copied ? Date.parse(copied) : navigator.onLine ? Date.now() : NaN;
const outdated = (now, built) => (copied || !navigator.onLine) && now - (came <= now ? came : built) > DAY;

const word = (key, values = {}) => (words[key] ?? '').replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
const dateText = (day, options) => new Intl.DateTimeFormat(lang, { timeZone: 'UTC', ...options }).format(day * DAY);
const weekText = (day) => new Intl.DateTimeFormat(lang, { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' }).formatRange(day * DAY, (day + 6) * DAY);
const longDay = { weekday: 'long', month: 'long', day: 'numeric' };
const parseDay = (date) => Date.parse(date) / DAY;

// clock converts between instants and wall-clock time in a zone. Wall-clock
// time is milliseconds as if the zone were UTC.
function clock(zone) {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric',
  });
  const wall = (instant) => {
    const p = Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, +part.value]));
    return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute);
  };
  const offset = (instant) => wall(instant) - Math.floor(instant / MINUTE) * MINUTE;
  // A doubled hour has two instants: an opening means the first, a closing the
  // last. A skipped time moves forward by the length of the gap.
  const instant = (time, closing) => {
    const before = time - offset(time - DAY);
    const after = time - offset(time + DAY);
    if (wall(before) !== time) return wall(after) === time ? after : before;
    return wall(after) === time && closing ? Math.max(before, after) : before;
  };
  return { wall, offset, instant };
}

// library answers questions about one library's data.
function library(data) {
  const { wall, offset, instant } = clock(data.zone);
  const first = parseDay(data.from);
  const through = data.through ? parseDay(data.through) : Infinity;
  const days = data.runs.flatMap(([length, kind]) => Array(length).fill(data.kinds[kind]));
  const unknown = { s: 'unknown', t: word('script-unknown') };
  const kind = (day) => (day <= through && days[day - first]) || unknown;
  const openings = (day) => (kind(day).i ?? []).map(({ a, b, x, y }) => ({
    day, x, y, from: instant(day * DAY + a * MINUTE, false), to: instant(day * DAY + b * MINUTE, true),
  })).filter(({ from, to }) => to > from);

  const status = (now, today) => {
    if (outdated(now, instant((first + 1) * DAY, false))) return [word('script-offline'), 'unknown'];
    let open = [...openings(today - 1), ...openings(today)].findLast(({ from, to }) => from <= now && now < to);
    if (open) {
      if (kind(open.day).s === '24hours') return [word('script-open-all-day'), 'open'];
      for (const next of [...openings(open.day), ...openings(open.day + 1)]) {
        if (next.from <= open.to && next.to > open.to) open = next;
      }
      return [word('script-open', { time: open.y }), 'open'];
    }
    if (kind(today).s === 'by-appointment') return [word('hours-by-appointment'), 'unknown'];
    if (kind(today).s === 'unknown') {
      const call = data.phone ? '. ' + word('hours-call', { phone: data.phone }) : '';
      return [word('script-unknown') + call, 'unknown'];
    }
    for (let day = today; day < first + days.length; day++) {
      const next = openings(day).find(({ from }) => from > now);
      if (!next) continue;
      if (day === today) return [word('script-opens', { time: next.x }), 'closed'];
      const name = day === today + 1 ? word('tomorrow') : dateText(day, day < today + 7 ? { weekday: 'long' } : longDay);
      return [word('script-opens-on', { day: name, time: next.x }), 'closed'];
    }
    return [word('script-closed'), 'closed'];
  };

  const elsewhere = (now) => offset(now) !== -new Date(now).getTimezoneOffset() * MINUTE;
  return { kind, status, elsewhere, today: (now) => Math.floor(wall(now) / DAY) };
}

function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

function setDay(element, day, text, kind, hours) {
  const time = element.querySelector('time');
  time.dateTime = new Date(day * DAY).toISOString().slice(0, 10);
  setText(time, text);
  hours(kind.t);
  setText(element.querySelector('.stamp'), kind.r ?? '');
  setText(element.querySelector('.note'), kind.n ?? '');
}

function show(root, lib, name) {
  const now = Date.now();
  const today = lib.today(now);
  const line = root.querySelector('[data-status]');
  if (line) {
    const [text, state] = lib.status(now, today);
    const sentence = text.charAt(0).toLocaleUpperCase(lang) + text.slice(1);
    setText(line, name && lib.elsewhere(now) ? `${sentence} (${name})` : sentence);
    line.className = `now is-${state}`;
  }
  const day = root.querySelector('[data-day]');
  if (day) {
    setDay(day, today, `${word('today')}, ${dateText(today, longDay)}`, lib.kind(today),
      (text) => setText(day.querySelector('strong'), text));
  }
  const rows = [...(root.querySelector('[data-week]')?.rows ?? [])];
  if (rows.length) {
    const built = parseDay(rows[0].querySelector('time').dateTime);
    const start = built + Math.floor((today - built) / 7) * 7;
    if (start !== built) setText(document.querySelector('[data-week-of]'), word('hours-week-of', { range: weekText(start) }));
    rows.forEach((row, i) => {
      const date = start + i;
      if (start !== built) {
        setDay(row, date, dateText(date, { weekday: 'short', month: 'short', day: 'numeric' }), lib.kind(date),
          (text) => { row.cells[1].firstChild.textContent = text + ' '; });
        row.className = lib.kind(date).s;
      }
      row.classList.toggle('is-today', date === today);
      if (date === today) row.setAttribute('aria-current', 'date');
      else row.removeAttribute('aria-current');
    });
  }
}

const shown = [...document.querySelectorAll('[data-hours]')].flatMap((root) => {
  const data = JSON.parse(root.querySelector('script[type="application/json"]')?.textContent || 'null');
  return data?.zone ? [[root, library(data), data.name]] : [];
});

function showAll() {
  for (const entry of shown) show(...entry);
}

function tick() {
  showAll();
  setTimeout(tick, MINUTE - (Date.now() % MINUTE));
}

if (words.today) {
  tick();
  document.addEventListener('visibilitychange', () => document.hidden || showAll());
  addEventListener('pageshow', showAll);
}
