// Leaving fast: replaces this page in the tab's history instead of adding to it. Without scripts the plain link does it.

for (const link of document.querySelectorAll("a[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.documentElement.hidden = true;
    window.location.replace(link.href);
  });
}
