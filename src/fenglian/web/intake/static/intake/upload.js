// Upload without a reload, so that a chosen file stays chosen when the answer is a question.
(() => {
  const form = document.querySelector("[data-upload]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    try {
      const response = await fetch(form.action, { method: "POST", body: new FormData(form) });
      if (response.redirected) { location.assign(response.url); return; }
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      const answer = fresh.getElementById("upload-answer");
      if (answer) form.querySelector("#upload-answer").replaceWith(answer);
      else document.querySelector("main").replaceWith(fresh.querySelector("main"));
    } finally {
      button.disabled = false;
    }
  });
})();
