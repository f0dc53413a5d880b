// A look without a reload, so that the chosen file stays chosen until it is kept.
(() => {
  const form = document.querySelector("[data-bring]");
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (button && button.value === "rejected") return; // a download: the page stays as it is
    event.preventDefault();
    const body = new FormData(form, button);
    const buttons = form.querySelectorAll("[type=submit]");
    buttons.forEach((each) => { each.disabled = true; });
    form.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(form.action, { method: "POST", body });
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      const answer = fresh.getElementById("bring-answer");
      if (answer) form.querySelector("#bring-answer").replaceWith(answer);
      else document.querySelector("main").replaceWith(fresh.querySelector("main"));
    } finally {
      form.removeAttribute("aria-busy");
      buttons.forEach((each) => { each.disabled = false; });
    }
  });
})();
