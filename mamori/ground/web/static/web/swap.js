// A form with data-swap changes one part of the page and leaves the rest, with what was typed there, as it stands.  Without
// this script its answer is a page of its own that shows the same.

const put = (name, answer, address) => {
  const place = document.querySelector(name);
  const found = answer.response?.querySelector(name);
  if (!found || new URL(answer.responseURL).pathname !== new URL(address).pathname) {
    place.querySelector("[data-failed]").hidden = false; // nothing is left for it: what was typed elsewhere stays
    return;
  }
  place.replaceWith(found);
  (found.querySelector(".faults") ?? found.querySelector("[tabindex]")).focus();
};

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-swap]");
  if (form === null || event.defaultPrevented) return;
  event.preventDefault();
  if ("sending" in form.dataset) return;
  form.dataset.sending = "";
  const answer = new XMLHttpRequest(); // it hands over a document, in which no script runs
  answer.open("POST", form.action);
  answer.responseType = "document";
  answer.addEventListener("loadend", () => {
    delete form.dataset.sending;
    put(form.dataset.swap, answer, form.action);
  });
  answer.send(new URLSearchParams(new FormData(form)));
});
