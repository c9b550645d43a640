/* What Wagtail says in inline scripts is said in inert markers instead, <template data-office-start='[kind, ...]'>,
   so that the office needs no script-src but 'self'. Markers inside other templates wait until they are cloned. */
(() => {
  "use strict";
  // The picker would put the moment of now in the place of what is no date. As it stands it is refused, with a word.
  const picker = (init) => (id, options) => {
    init(id, { ...JSON.parse(options), validateOnBlur: false });
    const field = window.jQuery(`#${CSS.escape(id)}`);
    field.on("blur", () => field.datetimepicker("hide"));
  };
  const kinds = {
    date: picker((...words) => window.initDateChooser(...words)),
    time: picker((...words) => window.initTimeChooser(...words)),
    datetime: picker((...words) => window.initDateTimeChooser(...words)),
    inline: (options) => new window.InlinePanel(JSON.parse(options)),
    multiple: (options) => new window.MultipleChooserPanel(JSON.parse(options)),
    task: (id) => window.createTaskChooser(id),
    chooser: (name, id, options) => /^[A-Z]\w*Chooser$/.test(name) && new window[name](id, options),
    shown: (mark) => document.addEventListener("formdata", (event) => event.formData.set("shown", mark)),
    choosers: (addresses) => { window.chooserUrls = window.chooserUrls || addresses; },
  };
  const start = (marker) => {
    if (!marker.dataset.officeStart) return;
    const [kind, ...words] = JSON.parse(marker.dataset.officeStart);
    marker.removeAttribute("data-office-start");
    kinds[kind](...words);
  };
  const look = () => document.querySelectorAll("[data-office-start]").forEach(start);
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  // Panels fill what they have just appended in the same breath; an observer would come too late for them.
  const append = window.jQuery.fn.append;
  window.jQuery.fn.append = function (...parts) {
    append.apply(this, parts);
    look();
    return this;
  };
  // Jcrop would find out about touch screens by writing event handlers into attributes.
  window.jQuery(() => {
    if (window.jQuery.Jcrop) window.jQuery.Jcrop.defaults.touchSupport = "ontouchstart" in document;
  });
  document.addEventListener("change", (event) => {
    if (event.target.name !== "select_all") return;
    document.querySelectorAll('[name="locales"]').forEach((box) => { box.checked = event.target.checked; });
  });
})();
