"use strict";
// What a dossier gains where scripts run: cards beside what they speak of, Escape, kinds to hide, focus that follows.
(function () {
  var root = document.documentElement;

  // A card stands under the line; moved beside its link, above it where there is no room below.
  function place(link) {
    var card = link.nextElementSibling;
    if (!card || !card.classList.contains("cards")) return;
    root.classList.remove("no-cards");
    var boxes = link.getClientRects();
    var box = boxes[boxes.length - 1];
    var block = link.closest(".block").getBoundingClientRect();
    var room = Math.max(0, document.documentElement.clientWidth - 8 - block.left - card.offsetWidth);
    card.style.left = Math.min(Math.max(0, box.left - block.left), room) + "px";
    var above = box.bottom + card.offsetHeight > window.innerHeight && box.top > card.offsetHeight;
    card.style.top = (above ? box.top - card.offsetHeight : box.bottom) - block.top + "px";
  }
  document.addEventListener("mouseover", function (event) {
    var link = event.target.closest ? event.target.closest("a.f") : null;
    if (link) place(link);
  });
  document.addEventListener("focusin", function (event) {
    if (event.target.matches("a.f")) place(event.target);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") root.classList.add("no-cards");
  });

  // After a jump to a fact or its row the keyboard goes on from there.
  window.addEventListener("hashchange", function () {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var link = target && target.matches("mark, tr") && target.querySelector("a.f, a.back");
    if (link) link.focus({ preventScroll: true });
    root.classList.add("no-cards");
  });

  // Kinds of facts to show.
  document.querySelectorAll(".legend li[data-kind]").forEach(function (item) {
    var label = document.createElement("label");
    var box = document.createElement("input");
    box.type = "checkbox";
    box.checked = true;
    box.addEventListener("change", function () {
      root.classList.toggle("hide-" + item.dataset.kind, !box.checked);
    });
    label.append(box, ...item.childNodes);
    item.append(label);
  });
})();
