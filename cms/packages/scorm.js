/* Tells a learning platform that a lesson was opened and read to its end (SCORM 1.2). Without one it does nothing. */
(function () {
  "use strict";

  function climb(place) {
    for (var step = 0; place && step < 10; step += 1) {
      try {
        if (place.API) return place.API;
      } catch (foreign) {
        return null;
      }
      if (place.parent === place) return null;
      place = place.parent;
    }
    return null;
  }

  var api = climb(window) || (window.opener ? climb(window.opener) : null);
  if (!api || api.LMSInitialize("") === "false") return;

  var ended = false;

  function status(word) {
    api.LMSSetValue("cmi.core.lesson_status", word);
    api.LMSCommit("");
  }

  function known() {
    var word = api.LMSGetValue("cmi.core.lesson_status");
    return word === "completed" || word === "passed";
  }

  function look() {
    var end = document.getElementById("end");
    if (end.getBoundingClientRect().top > window.innerHeight) return;
    window.removeEventListener("scroll", look);
    status("completed");
  }

  function finish() {
    if (ended) return;
    ended = true;
    api.LMSFinish("");
  }

  if (!known()) {
    status("incomplete");
    window.addEventListener("scroll", look, { passive: true });
    look();
  }
  window.addEventListener("pagehide", finish);
})();
