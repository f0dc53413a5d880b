// The reading page: three columns that light each other, keys, and decisions without a reload.
// Without this file the same forms and links work, with a page load each.
(() => {
  const SWAPPED = ["head", "summary", "statements", "messages", "waiting"];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const cards = () => all(".fact");
  const selected = () => document.querySelector(".fact.sel");

  // Lighting: one statement's words in both texts and its card in the list.
  const light = (ids) => all("[data-f]").forEach((el) =>
    el.classList.toggle("on", el.dataset.f.split(" ").some((id) => ids.includes(id))));
  const relight = () => light(selected() ? [selected().dataset.f] : []);

  const bringIntoView = (box, element) => {
    if (!box || !element) return;
    const outer = box.getBoundingClientRect();
    const inner = element.getBoundingClientRect();
    if (inner.top < outer.top || inner.bottom > outer.bottom) {
      box.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 3;
    }
  };

  const select = (card, { focus = false } = {}) => {
    cards().forEach((el) => el.classList.toggle("sel", el === card));
    relight();
    if (!card) return;
    bringIntoView(card.closest(".facts"), card);
    all(".scroll").forEach((box) =>
      bringIntoView(box, [...box.querySelectorAll(".f")].find((el) =>
        el.dataset.f.split(" ").includes(card.dataset.f))));
    if (focus) card.focus({ preventScroll: true });
  };
  const cardOf = (id) => document.getElementById(`s-${id}`);

  const step = (by) => {
    const list = cards();
    const at = list.indexOf(selected());
    const next = list[at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + by))];
    if (next) select(next, { focus: true });
  };

  // Decisions: post, take the new page, put its parts in the place of ours.
  const swap = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const scrolled = document.querySelector(".facts").scrollTop;
    SWAPPED.forEach((id) => {
      const mine = document.getElementById(id);
      const theirs = fresh.getElementById(id);
      if (mine && theirs) mine.replaceWith(theirs);
      else if (mine) mine.remove();
    });
    document.querySelector(".facts").scrollTop = scrolled;
  };
  const load = async (address, options) => {
    const response = await fetch(address, options);
    const html = await response.text();
    if (!html.includes('id="statements"')) {
      const fresh = new DOMParser().parseFromString(html, "text/html");
      document.querySelector("main").replaceWith(fresh.querySelector("main"));
      return false;
    }
    swap(html);
    return true;
  };
  const post = async (form) => {
    const id = form.closest(".fact")?.dataset.f ?? selected()?.dataset.f;
    const act = form.dataset.act;
    if (!await load(form.action, { method: "POST", body: new FormData(form) })) return;
    const failed = document.querySelector("[data-correction] .err");
    let card = id ? cardOf(id) : null;
    if (!failed && (act === "accept" || act === "reject") && card) {
      card = nextToCheck(card) ?? card;
    }
    if (!id || form.hasAttribute("data-fetch")) card = firstToCheck() ?? card;
    select(card, { focus: !failed });
    failed?.closest("form").querySelector("[aria-invalid]")?.focus();
  };
  const firstToCheck = () => cards().find((el) => el.dataset.state === "proposed");
  const nextToCheck = (card) => {
    const list = cards();
    const after = list.slice(list.indexOf(card) + 1);
    return after.find((el) => el.dataset.state === "proposed");
  };
  const openEdit = async (link) => {
    const id = link.closest(".fact").dataset.f;
    if (!await load(link.href.replace(/#.*/, ""))) return;
    select(cardOf(id));
    document.querySelector("[data-correction] input:not([type=hidden])")?.focus();
  };
  const leaveEdit = async (link) => {
    const id = link.closest(".fact").dataset.f;
    if (await load(link.href.replace(/#.*/, ""))) select(cardOf(id), { focus: true });
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || !form.closest("main")) return;
    event.preventDefault();
    post(form);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link?.dataset.act === "edit") { event.preventDefault(); openEdit(link); return; }
    if (link && "cancel" in link.dataset) { event.preventDefault(); leaveEdit(link); return; }
    if (link?.classList.contains("f")) {
      event.preventDefault();
      select(cardOf(link.dataset.f.split(" ")[0]));
      return;
    }
    if (event.target.closest("[data-keys]")) { document.getElementById("keys").showModal(); return; }
    const card = event.target.closest(".fact");
    if (card && !event.target.closest("button, input, label")) select(card);
  });
  document.addEventListener("mouseover", (event) => {
    const words = event.target.closest("[data-f]");
    if (words) light(words.dataset.f.split(" "));
    else relight();
  });
  document.addEventListener("focusin", (event) => {
    const words = event.target.closest("[data-f]");
    if (!words) return;
    // By key only: selecting on mouse down would move the list under the pointer.
    const byKey = words.matches(".fact:focus-visible");
    if (byKey && words !== selected()) select(words);
    else light(words.dataset.f.split(" "));
  });

  // Keys; they can be switched off, for those who speak or mistype.
  const keysOn = document.getElementById("keys-on");
  keysOn.checked = localStorage.getItem("fenglian-keys") !== "off";
  keysOn.addEventListener("change", () =>
    localStorage.setItem("fenglian-keys", keysOn.checked ? "on" : "off"));
  const press = (act) => selected()?.querySelector(`[data-act="${act}"]`);
  const submit = (form) => form?.requestSubmit();
  const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    a: () => submit(press("accept")),
    r: () => submit(press("reject")),
    e: () => press("edit")?.click(),
    u: () => submit(document.querySelector('[data-act="undo"]')),
    "?": () => document.getElementById("keys").showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") { document.querySelector("[data-cancel]")?.click(); return; }
    if (!keysOn.checked || event.target.matches("input, textarea, select")) return;
    const act = KEYS[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(); }
  });

  const asked = location.hash.startsWith("#s-") ? document.getElementById(location.hash.slice(1)) : null;
  select(asked ?? firstToCheck() ?? cards()[0]);
  const invalid = document.querySelector("[data-correction] [aria-invalid], [data-correction] input:not([type=hidden])");
  invalid?.focus();
})();
