// Suggestions under the commune field. The letters are posted, so that they stand in no address and no log.
// Without this file the form asks which commune on the next page.
"use strict";
(function () {
  const field = document.querySelector("input[data-suggestions]");
  if (!field) return;
  const list = document.getElementById(field.getAttribute("list"));
  const code = document.getElementById("commune_code");
  const codeFor = document.getElementById("commune_for");
  const known = new Map();
  let last = "";
  let wait = 0;

  field.addEventListener("input", () => {
    const text = field.value.trim();
    code.value = known.get(text) || "";
    codeFor.value = code.value ? text : "";
    window.clearTimeout(wait);
    if (text.length < 2 || text === last || code.value) return;
    wait = window.setTimeout(() => suggest(text), 150);
  });

  async function suggest(text) {
    last = text;
    try {
      const answer = await fetch(field.dataset.suggestions, { method: "POST", body: new URLSearchParams({ commune: text }) });
      if (!answer.ok || field.value.trim() !== text) return;
      const rows = (await answer.json()).communes;
      list.replaceChildren(...rows.map(option));
    } catch (noNetwork) {
      list.replaceChildren();
    }
  }

  function option(row) {
    const element = document.createElement("option");
    element.value = row.words;
    element.label = row.where;
    known.set(row.words, row.code);
    return element;
  }
})();
