// Reads schedules, one JSON object on a line: {"oh", "from", "until"}, and
// answers each with the spans that opening_hours finds in it, as pairs of
// minutes from the start with a third number that is 1 when the status there
// is unknown. Times are UTC, so that no clock changes. The module is looked
// for in the folder that the first argument names.
const path = require("path");
const readline = require("readline");
const opening_hours = require(path.resolve(process.argv[2], "opening_hours"));
const place = { lat: 40, lon: -88, address: { country_code: "us", state: "Illinois" } };

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const { oh, from, until } = JSON.parse(line);
  const start = new Date(from + "T00:00:00");
  const minutes = (d) => Math.round((d - start) / 60000);
  try {
    const spans = new opening_hours(oh, place, { locale: "en" }).getOpenIntervals(start, new Date(until + "T00:00:00"));
    console.log(JSON.stringify({ spans: spans.map(([a, b, unknown]) => [minutes(a), minutes(b), unknown ? 1 : 0]) }));
  } catch (e) {
    console.log(JSON.stringify({ error: String(e), spans: [] }));
  }
});
