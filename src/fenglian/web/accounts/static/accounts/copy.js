// A button that copies the text of another element; where it cannot, it stays hidden.
(() => {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const lines = document.querySelector(button.dataset.copy).textContent.trim().split(/\s+/);
      await navigator.clipboard.writeText(lines.join("\n"));
      button.textContent = button.dataset.done;
    });
  }
})();
