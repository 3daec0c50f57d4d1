// Gör ramar från sajten lika höga som sitt innehåll. Ladda det här skriptet på sidan som visar
// ramen, före ramen. Kopiera gärna filen till er egen webbplats.
//
// Meddelandet från ramen: { type: "{{ (config.extra.site or {}).key or "sajten" }}:height", height: 1234 }
// Höjden är i bildpunkter. Allt annat kastas, och bara ramen som skickade det får ny höjd.
(function () {
  "use strict";
  addEventListener("message", function (event) {
    var data = event.data;
    if (!data || data.type !== "{{ (config.extra.site or {}).key or "sajten" }}:height" || !(data.height > 0 && data.height < 50000)) return;
    document.querySelectorAll("iframe").forEach(function (frame) {
      if (frame.contentWindow !== event.source) return;
      var height = Math.ceil(data.height);
      frame.style.height = height + "px";
      // Med box-sizing: border-box ingår ramens kant i höjden.
      frame.style.height = 2 * height - frame.clientHeight + "px";
    });
  });
})();
