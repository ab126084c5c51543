// A form with data-swap changes one part of the page and leaves the rest, with what was typed there, as it stands.  Without
// this script its answer is a page of its own that shows the same.

const put = (name, answer, address) => {
  const found = answer.response?.querySelector(name);
  if (!found || new URL(answer.responseURL).pathname !== new URL(address).pathname) {
    location.assign(answer.responseURL || address); // somebody has to sign in first, or there is nothing here any more
    return;
  }
  document.querySelector(name).replaceWith(found);
  (found.querySelector(".faults") ?? found.querySelector("[tabindex]")).focus();
};

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-swap]");
  if (form === null || event.defaultPrevented) return;
  event.preventDefault();
  const answer = new XMLHttpRequest(); // it hands over a document, in which no script runs
  answer.open("POST", form.action);
  answer.responseType = "document";
  answer.addEventListener("load", () => put(form.dataset.swap, answer, form.action));
  answer.addEventListener("error", () => form.submit()); // the browser says itself that it cannot reach the house
  answer.send(new URLSearchParams(new FormData(form)));
});
