// The map: a click or Enter opens a product beside it, without a new page. Arrow keys walk the map.
// Without this file every product is a link that does the same.
(() => {
  const open = async (address, { push = true } = {}) => {
    const response = await fetch(address);
    if (!response.ok) { location.href = address; return; }
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const theirs = fresh.getElementById("chain");
    const mine = document.getElementById("chain");
    if (!theirs || !mine) { location.href = address; return; }
    const box = mine.querySelector(".wide-x");
    const scrolled = box ? box.scrollLeft : 0;
    mine.replaceWith(theirs);
    if (box) theirs.querySelector(".wide-x").scrollLeft = scrolled;
    const form = document.querySelector(".scenario");
    const theirForm = fresh.querySelector(".scenario");
    if (form && theirForm) form.replaceWith(theirForm);
    if (push) history.pushState({}, "", address);
  };
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-node]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const name = link.dataset.node;
    await open(link.getAttribute("href").replace(/#.*/, ""));
    const again = name && document.querySelector(`.node[data-node="${CSS.escape(name)}"]`);
    if (again) again.focus({ preventScroll: true });
    else document.querySelector("#panel")?.focus({ preventScroll: true });
    if (innerWidth <= 1180) document.getElementById("panel")?.scrollIntoView({ block: "start" });
  });
  addEventListener("popstate", () => open(location.href, { push: false }));

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  document.addEventListener("keydown", (event) => {
    const way = ARROWS[event.key];
    const here = event.target.closest?.(".node");
    if (!way || !here || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const middle = (node) => {
      const box = node.getBoundingClientRect();
      return [box.left + box.width / 2, box.top + box.height / 2];
    };
    const [x, y] = middle(here);
    let best = null;
    let nearest = Infinity;
    document.querySelectorAll(".node").forEach((node) => {
      const [a, b] = middle(node);
      const along = (a - x) * way[0] + (b - y) * way[1];
      const aside = Math.abs((a - x) * way[1]) + Math.abs((b - y) * way[0]);
      if (node === here || along < 5) return;
      const far = along + 3 * aside;
      if (far < nearest) { nearest = far; best = node; }
    });
    best?.focus();
  });
})();
