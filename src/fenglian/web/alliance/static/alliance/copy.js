// A button that copies a notice as plain text, for a chat. Without HTTPS a browser has no clipboard
// of its own: there the text is selected and copied the old way.
(() => {
  const select = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const chosen = window.getSelection();
    chosen.removeAllRanges();
    chosen.addRange(range);
  };
  const copy = async (element) => {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(element.textContent.trim());
      return true;
    }
    select(element);
    return document.execCommand("copy");
  };
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const element = document.getElementById(button.dataset.copy);
      let done = false;
      try { done = await copy(element); } catch { done = false; }
      if (done) button.textContent = button.dataset.done;
      else select(element);
    });
  }
})();
