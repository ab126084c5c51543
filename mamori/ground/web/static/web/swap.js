// A form or a link with data-swap changes one part of the page and leaves the rest, with what was typed there, as it stands.
// Without this script its answer is a page of its own that shows the same.

const put = (name, answer, address) => {
  const place = document.querySelector(name);
  const found = answer.response?.querySelector(name);
  if (!found || new URL(answer.responseURL).pathname !== new URL(address).pathname) {
    const failed = place.querySelector("[data-failed]"); // nothing is left for it: what was typed elsewhere stays
    failed.hidden = false;
    failed.querySelector("a").href = address;
    return;
  }
  place.replaceWith(found);
  (found.querySelector(".faults") ?? found.querySelector("[tabindex]")).focus();
};

const ask = (event, from, method, address, body) => {
  event.preventDefault();
  if ("sending" in from.dataset) return;
  from.dataset.sending = "";
  const answer = new XMLHttpRequest(); // it hands over a document, in which no script runs
  answer.open(method, address);
  answer.responseType = "document";
  answer.addEventListener("loadend", () => {
    delete from.dataset.sending;
    put(from.dataset.swap, answer, address);
  });
  answer.send(body);
};

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-swap]");
  if (form === null || event.defaultPrevented) return;
  ask(event, form, "POST", form.action, new URLSearchParams(new FormData(form)));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-swap]");
  if (link === null || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  ask(event, link, "GET", link.href);
});
