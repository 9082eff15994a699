// Filter the lists of a page by words; without scripts the field stays hidden and everything is shown.
(() => {
  const box = document.querySelector(".rt-search");
  const field = box.querySelector("input");
  const told = box.querySelector("output");
  const items = [...document.querySelectorAll(".rt-searched > li")];
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  box.hidden = false;
  field.addEventListener("input", () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      const text = plain(item.textContent);
      item.hidden = !words.every((word) => text.includes(word));
      shown += !item.hidden;
    }
    told.textContent = words.length ? `${shown} of ${items.length}` : "";
  });
})();
