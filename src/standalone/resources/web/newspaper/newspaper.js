// Runs before the page is painted, so that none flashes in colours that its reader did not choose.
{
  const KEY = "gazette-theme";
  const root = document.documentElement;

  const chosen = () => {
    try {
      return localStorage.getItem(KEY) ?? "auto";
    } catch {
      return "auto";
    }
  };

  const apply = (theme) => {
    root.dataset.theme = theme;
    for (const comments of document.querySelectorAll("parley-comments")) comments.setAttribute("theme", theme);
  };

  root.classList.add("scripted");
  apply(chosen());
  document.addEventListener("DOMContentLoaded", () => {
    apply(chosen());
    const choice = document.getElementById("theme");
    choice.value = chosen();
    choice.addEventListener("change", () => {
      apply(choice.value);
      try {
        localStorage.setItem(KEY, choice.value);
      } catch {
        // Without storage the choice holds for this page.
      }
    });
  });
}
