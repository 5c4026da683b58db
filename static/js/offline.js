// Registers the service worker of a hub that has "offline: true". Without this
// script the hub works as long as there is a connection.
if ("serviceWorker" in navigator) navigator.serviceWorker.register(new URL("../sw.js", import.meta.url));
