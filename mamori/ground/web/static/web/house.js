// What pages do a little better where scripts run; every page works without this file.

document.documentElement.classList.add("lively");

// Say first what was wrong: where the address still names a place on the page (“skip to content”), a browser goes there.
const wrong = document.querySelector(".faults[autofocus]");
if (wrong && location.hash) {
  history.replaceState(history.state, "", location.pathname + location.search);
  wrong.focus();
}

// Count the letters left, as the server will count them: line ends as two, surrogate pairs as one.
for (const told of document.querySelectorAll("[data-count]")) {
  const box = document.getElementById(told.dataset.count);
  const most = Number(told.dataset.most);
  const tell = () => {
    const left = most - [...box.value.replace(/\r?\n/g, "\r\n")].length;
    told.textContent = (left < 0 ? told.dataset.over : told.dataset.left).replace("#", Math.abs(left).toLocaleString());
    told.classList.toggle("over", left < 0);
  };
  box?.addEventListener("input", tell);
  if (box?.value) tell();
}

// A field that only some choices need comes with one of them, and is not sent without; what was wrong with it is always shown.
const fit = (form) => {
  for (const field of form.querySelectorAll("[data-only-with]")) {
    const chosen = field.dataset.onlyWith.split(" ").some((one) => {
      const [name, value] = one.split("=");
      return new FormData(form).getAll(name).includes(value);
    });
    field.hidden = !chosen && !field.classList.contains("wrong");
    for (const part of field.querySelectorAll("input, select, textarea")) part.disabled = field.hidden;
  }
};
for (const form of document.querySelectorAll("form:has([data-only-with])")) {
  form.addEventListener("change", () => fit(form));
  fit(form);
}

// Copy a number.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
  });
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.addEventListener("click", () => window.print());
}

// A form is sent once: a second press within a few seconds does nothing.
for (const form of document.querySelectorAll("form[method=post]")) {
  let sent = 0;
  form.addEventListener("submit", (event) => {
    if (event.timeStamp - sent < 5000 && sent > 0) event.preventDefault();
    else sent = event.timeStamp;
  });
}

// A usual text names its readers where no other words stand, and takes the place of another one; beside typed words it is added,
// and who reads them stays.  Without the script its link does the same where nothing is typed.
for (const link of document.querySelectorAll("a[data-phrase]")) {
  link.addEventListener("click", (event) => {
    const form = link.closest("form");
    const words = form.querySelector("textarea");
    const usual = [...form.querySelectorAll("a[data-phrase]")].map((one) => one.dataset.phrase.trim());
    const typed = words.value.trim();
    if (typed === "" || usual.includes(typed)) {
      words.value = link.dataset.phrase;
      form.querySelector(`input[value="${link.dataset.readers}"]`).checked = true;
    } else words.value += `\n${link.dataset.phrase}`;
    words.focus();
    event.preventDefault();
  });
}
