/** Chapters: each link plays on in the film above it, where captions are, in place of the bare file. */

/** @param {HTMLAnchorElement} link the address of the film, with the second in its fragment */
export function chapter(link) {
  const player = link.closest("figure").querySelector("video");
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    player.currentTime = Number(link.hash.slice("#t=".length));
    player.play().catch(() => { window.location.assign(link.href); });
  });
}
