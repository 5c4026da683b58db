// Leads on from a page that has moved and takes the place on the page (#…) and
// the question (?…) along.
//
// Lost without it: the page leads to the top of the new one by itself.
//
// It stands before the meta element that does so; stop() keeps the browser from
// reading that, or the two would race.

const to = new URL(document.currentScript.dataset.to, location.href);
to.hash ||= location.hash;
to.search ||= location.search;
stop();
location.replace(to);
