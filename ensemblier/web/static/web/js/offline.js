// Public pages stay readable without a network once seen. Everything works without this file.
"use strict";
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/service-worker.js").catch(() => {});
}
