"use strict";
// Sorting of the table of reports: a click on a head sorts by it, another one the other way round.
(function () {
  var table = document.querySelector("table.reports");
  var body = table.tBodies[0];
  var heads = Array.from(table.tHead.rows[0].cells);

  function sort(column, descending) {
    var numeric = heads[column].classList.contains("number") || heads[column].textContent === "Rating";
    var rows = Array.from(body.rows).map(function (row, place) {
      var key = row.cells[column].dataset.key;
      return { row: row, place: place, key: numeric ? Number(key) : key };
    });
    rows.sort(function (a, b) {
      var order = numeric ? a.key - b.key : a.key.localeCompare(b.key, "en");
      return (descending ? -order : order) || a.place - b.place;
    });
    rows.forEach(function (item) { body.append(item.row); });
    heads.forEach(function (head) { head.removeAttribute("aria-sort"); });
    heads[column].setAttribute("aria-sort", descending ? "descending" : "ascending");
  }

  heads.forEach(function (head, column) {
    var button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", function () {
      sort(column, head.getAttribute("aria-sort") === "ascending");
    });
  });
  heads[0].setAttribute("aria-sort", "ascending");
})();
