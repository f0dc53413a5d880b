// The top bar: "/" goes to the search, a menu closes when one looks elsewhere.
(() => {
  const menus = () => [...document.querySelectorAll("details.menu[open]")];
  document.addEventListener("click", (event) => {
    menus().filter((menu) => !menu.contains(event.target)).forEach((menu) => { menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      menus().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
      return;
    }
    const typing = event.target.matches("input, textarea, select");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const find = document.getElementById("find");
    if (find) { event.preventDefault(); find.focus(); }
  });
})();
