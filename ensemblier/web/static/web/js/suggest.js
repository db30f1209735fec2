// Suggestions under a search field: the page works the same without them.
document.querySelectorAll("input[data-suggest]").forEach((field) => {
  const list = document.getElementById(field.getAttribute("list"));
  let timer = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    const typed = field.value.trim();
    if (typed.length < 2) return;
    timer = setTimeout(async () => {
      const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(typed)}`);
      if (!answer.ok) return;
      const { suggestions } = await answer.json();
      list.replaceChildren(...suggestions.map(({ text }) => Object.assign(document.createElement("option"), { value: text })));
    }, 120);
  });
});
