// Shows a page anew when what it shows has changed. "twinshelf serve" adds this
// script to pages; a built site does not have it. Without it nothing is lost
// but that the reader has to reload by hand.
(() => {
  const { seen: first, events } = document.currentScript.dataset;
  // The page of mistakes leaves the place for the page in whose place it stands.
  const standsIn = "standsIn" in document.documentElement.dataset;
  const place = "twinshelf-scroll:" + location.pathname + location.search;
  let seen = first;
  let source = null;
  let retry = 0;

  // A page in a frame without storage just starts at the top.
  const storage = (use) => {
    try { return use(sessionStorage); } catch { return null; }
  };

  const scrollBack = () => {
    if (standsIn) return;
    const saved = storage((s) => { const v = s.getItem(place); s.removeItem(place); return v; });
    if (!saved) return;
    const [left, top] = saved.split(" ").map(Number);
    const go = () => scrollTo({ left, top, behavior: "instant" });
    // The browser would scroll to where the page of mistakes was.
    history.scrollRestoration = "manual";
    addEventListener("pagehide", () => { history.scrollRestoration = "auto"; }, { once: true });
    go();
    addEventListener("load", go, { once: true });
  };

  const reload = () => {
    disconnect();
    if (!standsIn) storage((s) => s.setItem(place, scrollX + " " + scrollY));
    location.reload();
  };

  // Style sheets are changed in place: the new one is loaded beside the old,
  // which goes when the new one stands.
  const restyle = ({ seen: now, sheets }) => {
    const links = [...document.querySelectorAll('link[rel~="stylesheet"]:not([data-leaving])')];
    if (links.length !== sheets.length) return reload();
    links.forEach((old, i) => {
      const link = old.cloneNode();
      const url = new URL(sheets[i], location.href);
      url.searchParams.set("seen", now);
      link.href = url.href;
      link.addEventListener("load", () => old.remove(), { once: true });
      link.addEventListener("error", reload, { once: true });
      old.dataset.leaving = "";
      old.after(link);
    });
    seen = now;
  };

  const connect = () => {
    clearTimeout(retry);
    if (source || document.visibilityState === "hidden") return;
    const query = new URLSearchParams({ page: location.pathname, seen });
    source = new EventSource(events + "?" + query);
    source.addEventListener("reload", reload);
    source.addEventListener("style", (e) => restyle(JSON.parse(e.data)));
    source.addEventListener("error", () => { disconnect(); retry = setTimeout(connect, 1000); });
  };

  // A browser has six connections for a host: a page that nobody sees gives
  // its own back. What it misses is told when it connects again, as it says
  // what it has seen.
  const disconnect = () => {
    clearTimeout(retry);
    source?.close();
    source = null;
  };

  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? disconnect() : connect()));
  scrollBack();
  connect();
})();
