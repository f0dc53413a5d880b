// The queue: keys walk and decide; without this file the same buttons work by hand.
(() => {
  const cards = () => [...document.querySelectorAll(".fact")];
  const selected = () => document.querySelector(".fact.sel");
  const select = (card) => {
    cards().forEach((el) => el.classList.toggle("sel", el === card));
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const list = cards();
    const at = list.indexOf(selected());
    const next = list[at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + by))];
    if (next) select(next);
  };
  const press = (what) => selected()?.querySelector(what);
  const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    a: () => press('[data-act="accept"]')?.requestSubmit(),
    r: () => press('[data-act="reject"]')?.requestSubmit(),
    e: () => press('[data-act="edit"]')?.click(),
    o: () => press("[data-open]")?.click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (localStorage.getItem("fenglian-keys") === "off") return;
    if (event.target.matches("input, textarea, select")) return;
    const act = KEYS[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(); }
  });
  document.addEventListener("click", (event) => {
    const card = event.target.closest(".fact");
    if (card && !event.target.closest("a, button")) select(card);
  });
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest(".fact");
    if (card && card !== selected()) cards().forEach((el) => el.classList.toggle("sel", el === card));
  });
  if (cards().length) cards()[0].classList.add("sel");
})();
